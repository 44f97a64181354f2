"""The pages with which a UPT begins."""

from django.urls import path

from services.views import start

urlpatterns = [
    path("pengaturan/mulai/", start.start, name="start"),
]
