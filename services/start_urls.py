"""The pages with which a UPT begins."""

from django.urls import path

from services.views import logo, start

urlpatterns = [
    path("pengaturan/mulai/", start.start, name="start"),
    path("pengaturan/lambang/<slug:code>/", logo.logo, name="logo"),
    path("lambang/<slug:code>/", logo.logo_image, name="logo_image"),
]
