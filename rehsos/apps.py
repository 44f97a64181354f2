from django.apps import AppConfig
from django.core import checks

from rehsos import checks as ours


class RehsosConfig(AppConfig):
    name = "rehsos"

    def ready(self) -> None:
        checks.register(ours.every_url_declares_its_policy, checks.Tags.urls)
        checks.register(ours.production_is_closed, checks.Tags.security)
        checks.register(ours.database_keeps_what_it_acknowledged, checks.Tags.database)
