"""The words of outreach. A leaf."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OutreachKind(TextChoices):
    """What was done outside before anybody is a client; the value is the code of the catalogue."""

    CONTACT = "A.a", _("Penjajakan awal dengan pihak terkait")
    CONSULTATION = "A.b", _("Konsultasi persiapan sosialisasi")
    PUBLIC = "A.f", _("Sosialisasi kepada masyarakat luas")
    TARGET_GROUP = "A.g", _("Sosialisasi kepada kelompok sasaran")
    INFLUENTIAL = "A.h", _("Sosialisasi kepada pihak yang berpengaruh")
    POCKET = "A.l", _("Kunjungan ke kantong masalah")
    COMMUNITY = "A.m", _("Pertemuan dengan masyarakat")

    @classmethod
    def told(cls) -> tuple["OutreachKind", ...]:
        """The events at which the service is told of: who came to them is participant data (A.e)."""
        return cls.PUBLIC, cls.TARGET_GROUP, cls.INFLUENTIAL

    @classmethod
    def sought(cls) -> tuple["OutreachKind", ...]:
        """The events at which candidates are looked for: the activity counts for the case of whom they found."""
        return cls.POCKET, cls.COMMUNITY


class OutreachPaperKind(TextChoices):
    """What is written for a programme; the value is the code of the catalogue."""

    MATERIAL = "A.d", _("Materi sosialisasi")
    PARTICIPANTS = "A.e", _("Data peserta")
    EVALUATION = "A.j", _("Evaluasi proses")
