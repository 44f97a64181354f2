"""``manage.py backup PATH``: one file that holds the database, every file and the keys."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from backups import making, sealing


class Command(BaseCommand):
    help = _("Mencadangkan basis data, berkas, dan kunci ke satu berkas.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help=_("berkas cadangan yang akan dibuat; tidak boleh sudah ada"))
        parser.add_argument("--recipient", default="", help=_("kunci publik age, atau berkas berisi kunci publik"))

    def handle(self, *args: Any, path: Path, recipient: str, **options: Any) -> None:
        keys = sealing.recipients(recipient) if recipient else []
        try:
            manifest = making.make(path, keys)
        except OSError as error:
            raise CommandError(_("Cadangan gagal: %(error)s.") % {"error": error}) from error
        self.stdout.write(
            _("Cadangan %(path)s: %(tables)d tabel, %(rows)d baris, %(files)d berkas, %(size)d bita.")
            % {
                "path": path,
                "tables": len(manifest.contents.counts),
                "rows": manifest.rows,
                "files": len(manifest.sha256) - 1,
                "size": path.stat().st_size,
            }
        )
        if not keys:
            self.stderr.write(
                _("Cadangan ini TIDAK tersegel dan memuat kunci data; pakai --recipient, atau simpan seketat map data.")
            )
