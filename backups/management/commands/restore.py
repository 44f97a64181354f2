"""``manage.py restore PATH``: an empty installation becomes the one that was backed up."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from backups import restoring


class Command(BaseCommand):
    help = _("Memulihkan cadangan ke basis data dan map data yang kosong.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help=_("berkas cadangan"))
        parser.add_argument("--identity", type=Path, help=_("berkas kunci privat age, bila cadangan tersegel"))

    def handle(self, *args: Any, path: Path, identity: Path | None, **options: Any) -> None:
        manifest = restoring.restore(path, identity, self._tell)
        self._tell(
            _("Dipulihkan dari %(made_at)s (versi %(version)s): %(tables)d tabel, %(rows)d baris, %(files)d berkas.")
            % {
                "made_at": manifest.made_at,
                "version": manifest.version,
                "tables": len(manifest.contents.counts),
                "rows": manifest.rows,
                "files": len(manifest.sha256) - 1,
            }
        )

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
