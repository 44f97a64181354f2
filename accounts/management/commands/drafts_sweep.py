"""``manage.py drafts_sweep``: deletes drafts that nobody came back for in thirty days, or whose form was sent."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounts import drafts


class Command(BaseCommand):
    help = _("Menghapus draf yang sudah terkirim atau lebih tua dari tiga puluh hari.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("%(number)d draf dihapus.") % {"number": drafts.sweep()})
