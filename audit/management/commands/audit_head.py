"""Prints the heads of the chains: keep the lines outside the database as anchors for ``audit_verify``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from audit import anchors


class Command(BaseCommand):
    help = _("Mencetak kepala rantai jejak audit: institusi, urutan, digest, waktu. Simpan di luar basis data.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--institution", type=int, help=_("hanya institusi dengan id ini"))

    def handle(self, *args: Any, institution: int | None, **options: Any) -> None:
        for line in anchors.lines(institution):
            self.stdout.write(line)
