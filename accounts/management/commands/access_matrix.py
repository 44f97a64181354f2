"""Prints who may open and send what, address by address, or writes it to docs/hak-akses.csv."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import URLResolver, get_resolver

from accounts import rights

FILE = Path(settings.BASE_DIR) / "docs" / "hak-akses.csv"
PART = re.compile(r"<(?P<kind>\w+):(?P<name>\w+)>")


def addresses() -> dict[str, str]:
    """Every address of the site but those of static files: name → route."""
    return dict(_addresses(get_resolver(), "", ""))


def _addresses(resolver: URLResolver, route: str, space: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, here, f"{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", here


def parts_of(route: str) -> list[str]:
    """The names of what is filled into a route."""
    return [part["name"] for part in PART.finditer(route)]


def table() -> str:
    """The whole matrix as CSV."""
    found = addresses()
    if strange := found.keys() ^ rights.RULES.keys():
        raise CommandError(f"Without a rule in accounts/rights/, or without an address: {', '.join(sorted(strange))}")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rights.HEADINGS)
    for row in rights.rows(found):
        writer.writerow((row.address, row.name, row.who, row.thing, row.opened, row.sent, row.trace))
    return text.getvalue()


class Command(BaseCommand):
    help = "Tells who may open and send what, address by address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write it to docs/hak-akses.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            FILE.write_text(table(), encoding="utf-8")
        else:
            self.stdout.write(table(), ending="")
