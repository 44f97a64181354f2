"""``manage.py files_sweep``: deletes files no row names; lists rows whose file is gone or changed, with exit code 1."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cases import sweep


class Command(BaseCommand):
    help = _("Menghapus berkas tanpa catatan yang lebih tua dari sehari; memeriksa keutuhan semua berkas lain.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = sweep.look()
        for stored in found.missing:
            self.stderr.write(_("Berkas %(id)s hilang.") % {"id": stored.pk})
        for stored in found.changed:
            self.stderr.write(_("Berkas %(id)s telah berubah.") % {"id": stored.pk})
        if found.is_strange:
            raise CommandError(
                _("%(orphans)d berkas tanpa catatan, hanya %(whole)d yang tercatat; periksa DATABASE_URL dan map data.")
                % {"orphans": len(found.orphans), "whole": found.whole}
            )
        sweep.remove(found.orphans)
        for orphan in found.orphans:
            self.stdout.write(_("Berkas tanpa catatan %(path)s dihapus.") % {"path": orphan})
        self.stdout.write(_("%(whole)d berkas utuh.") % {"whole": found.whole})
        if found.missing or found.changed:
            raise SystemExit(1)
