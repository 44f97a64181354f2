"""The app of what we do; brings its system checks."""

from django.apps import AppConfig
from django.core.checks import register

from services.checks import catalogue_is_whole, codes_are_known


class ServicesConfig(AppConfig):
    name = "services"
    append_only_tables = ("services_transition", "services_decision", "services_supervision")

    def ready(self) -> None:
        register(catalogue_is_whole)
        register(codes_are_known)
