"""The app of whom we serve; says what of it rests on a member of staff."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    append_only_tables = ("cases_clientmerge",)
    duties = ((_("Kasus terbuka yang ditangani"), "cases.registry.open_cases_of"),)
