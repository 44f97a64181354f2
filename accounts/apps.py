"""The app of who works here; says what of it rests on a member of staff."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    duties = ((_("Jabatan yang sedang digantikannya"), "accounts.standing.running_of"),)
