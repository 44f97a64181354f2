"""The app of what we do; brings its system checks."""

from django.apps import AppConfig
from django.core.checks import register

from services.checks import catalogue_is_whole


class ServicesConfig(AppConfig):
    name = "services"

    def ready(self) -> None:
        register(catalogue_is_whole)
