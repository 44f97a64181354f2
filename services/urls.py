"""The pages of services."""

from django.urls import path

from services.views import catalogue

app_name = "services"

urlpatterns = [
    path("katalog/", catalogue.catalogue, name="catalogue"),
]
