"""The words of what clients leave with the UPT and of the UPT's tools. A leaf."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    """Which way money and belongings went, seen from the UPT."""

    IN = "in", _("Diterima")
    OUT = "out", _("Diserahkan")
