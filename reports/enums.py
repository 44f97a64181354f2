"""The words of issued papers: their kinds, how closely they are kept, and what may happen to one. A leaf."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    """What the UPT gives out under a number of its own."""

    NOTICE = "notice", _("Surat pemberitahuan hasil seleksi")
    AGREEMENT = "agreement", _("Surat kesepakatan")
    PLACEMENT = "placement", _("SK penempatan")
    STAGE_REPORT = "stage_report", _("Laporan tahap")
    PLAN = "plan", _("Rencana intervensi")
    DEPARTURE = "departure", _("Berita acara keluar")
    PROGRESS = "progress", _("Laporan perkembangan")
    SUPERVISION = "supervision", _("Catatan supervisi")
    AID = "aid", _("Tanda terima bantuan")
    AFTERCARE = "aftercare", _("Laporan bimbingan lanjut")
    MONTH = "month", _("Laporan bulanan")

    @property
    def slug(self) -> str:
        """The kind in addresses."""
        return _SLUGS[self]

    @classmethod
    def from_slug(cls, slug: str) -> "PaperKind":
        """The kind of a slug; ``ValueError`` where there is none."""
        return list(_SLUGS)[list(_SLUGS.values()).index(slug)]


_SLUGS = {
    PaperKind.NOTICE: "pemberitahuan",
    PaperKind.AGREEMENT: "kesepakatan",
    PaperKind.PLACEMENT: "penempatan",
    PaperKind.STAGE_REPORT: "laporan-tahap",
    PaperKind.PLAN: "rencana",
    PaperKind.DEPARTURE: "berita-acara-keluar",
    PaperKind.PROGRESS: "laporan-perkembangan",
    PaperKind.SUPERVISION: "catatan-supervisi",
    PaperKind.AID: "tanda-terima-bantuan",
    PaperKind.AFTERCARE: "laporan-bimbingan-lanjut",
    PaperKind.MONTH: "laporan-bulanan",
}


class Restriction(TextChoices):
    """The highest restriction of what is in a paper."""

    ORDINARY = "ordinary", _("Biasa")
    SECRET = "secret", _("Rahasia")


class PaperAct(TextChoices):
    """What happens to an issued paper; each a fact that is added and never changed."""

    SIGNED = "signed", _("Ditandatangani")
    HANDED_OVER = "handed_over", _("Diserahkan")
    CANCELLED = "cancelled", _("Dibatalkan")


class PaperState(TextChoices):
    """Where a paper stands; asked of its facts, never stored."""

    ISSUED = "issued", _("Terbit")
    SIGNED = "signed", _("Ditandatangani")
    HANDED_OVER = "handed_over", _("Diserahkan")
    CANCELLED = "cancelled", _("Dibatalkan")
