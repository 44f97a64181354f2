"""Prints the workflow table as a Mermaid diagram, or writes it into the README between its two marks."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from services import diagram

MARKS = re.compile(r"(?<=<!-- workflow:start -->\n).*?(?=<!-- workflow:end -->)", re.DOTALL)


def block() -> str:
    """The diagram as it stands between the marks."""
    return f"```mermaid\n{diagram.mermaid()}```\n"


class Command(BaseCommand):
    help = "Draws the workflow table as a Mermaid diagram."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="replace the diagram in README.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["write"]:
            self.stdout.write(diagram.mermaid(), ending="")
            return
        readme = Path(settings.BASE_DIR) / "README.md"
        readme.write_text(MARKS.sub(lambda _: block(), readme.read_text(encoding="utf-8")), encoding="utf-8")
