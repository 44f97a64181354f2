"""The words of what clients leave with the UPT and of the UPT's tools. A leaf."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    """Which way money and belongings went, seen from the UPT."""

    IN = "in", _("Diterima")
    OUT = "out", _("Diserahkan")


class ToolKind(TextChoices):
    """What a tool is for."""

    WORKSHOP = "workshop", _("Alat keterampilan")
    SPORT = "sport", _("Alat olahraga")
    ART = "art", _("Alat musik dan kesenian")
    WORSHIP = "worship", _("Perlengkapan ibadah")
    MEDIA = "media", _("Media belajar dan terapi")
    ELECTRONIC = "electronic", _("Elektronik")
    HEALTH = "health", _("Alat kesehatan")
    AID = "aid", _("Alat bantu")
    OTHER = "other", _("Lainnya")


class ToolCondition(TextChoices):
    GOOD = "good", _("Baik")
    WORN = "worn", _("Rusak ringan")
    BROKEN = "broken", _("Rusak berat")
    LOST = "lost", _("Hilang")


class ToolWork(TextChoices):
    """What is done to tools (D.ee)."""

    PREPARE = "prepare", _("Penyiapan")
    CHECK = "check", _("Pemeriksaan")
    CLEAN = "clean", _("Pembersihan")
    REPAIR = "repair", _("Perbaikan")
    PARTS = "parts", _("Penggantian suku cadang")
