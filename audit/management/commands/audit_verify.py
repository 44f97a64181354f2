"""Checks that the trail is whole: every chain, every anchor, every trigger. Exit code 1 if anything is wrong."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _

from audit import anchors, triggers, verify


class Command(BaseCommand):
    help = _("Memeriksa keutuhan jejak audit; kode keluar 1 bila ada temuan.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", type=Path, help=_("berkas patokan, hasil audit_head yang disimpan"))

    def handle(self, *args: Any, anchor: Path | None, **options: Any) -> None:
        found = self._missing_triggers()
        for walk in verify.walks(_read(anchor)):
            problems = verify.merged(walk.problems())
            found += len(problems)
            for problem in problems:
                self.stderr.write(str(problem))
            self._summarise(walk)
        if found:
            self.stderr.write(_("Jejak audit TIDAK utuh: %(found)d temuan.") % {"found": found})
            raise SystemExit(1)
        self.stdout.write(_("Jejak audit utuh."))

    def _missing_triggers(self) -> int:
        missing = triggers.missing(connection)
        for name in missing:
            self.stderr.write(_("Pemicu pelindung tidak ada: %(name)s.") % {"name": name})
        return len(missing)

    def _summarise(self, walk: verify.Walk) -> None:
        self.stdout.write(
            _("Institusi %(id)d: %(entries)d entri diperiksa, %(erased)d tanpa rincian.")
            % {"id": walk.institution_id, "entries": walk.entries, "erased": walk.erased}
        )
        if walk.clock_went_back:
            self.stdout.write(
                _("Institusi %(id)d: catatan, jam mundur %(times)d kali; urutan tetap berlaku.")
                % {"id": walk.institution_id, "times": walk.clock_went_back}
            )


def _read(path: Path | None) -> anchors.Anchors:
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8") as lines:
            return anchors.read(lines)
    except (OSError, ValueError) as error:
        raise CommandError(_("Berkas patokan tidak dapat dibaca: %(error)s") % {"error": error}) from error
