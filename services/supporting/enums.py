"""The words of supporting work. A leaf."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from services.catalogue import LISTS


class WorkKind(TextChoices):
    """What a piece of supporting work is; the value is the list of the catalogue, or the one code of II.B."""

    POLICY = "II.A.a", _("Pengkajian kebijakan dan rencana pelayanan")
    MODEL = "II.A.b", _("Pengembangan model pelayanan")
    EVALUATION = "II.A.c", _("Evaluasi program pelayanan")
    WRITING = "II.B.a", _("Karya tulis atau karya ilmiah")
    TRANSLATION = "II.B.b", _("Penerjemahan atau penyaduran")
    GUIDE = "II.B.c", _("Buku, pedoman, atau petunjuk")
    PUBLISHING = "II.B.d", _("Penerbitan buku atau majalah")
    STUDY_VISIT = "II.B.e", _("Studi banding")

    @property
    def is_professional(self) -> bool:
        """II.B, professional development: it has bibliographic data, and no level."""
        return self.value.startswith("II.B")

    @property
    def codes(self) -> tuple[str, ...]:
        """The activities that a step of it may be."""
        return (self.value,) if self.is_professional else tuple(item.code for item in LISTS[self.value].items)

    @classmethod
    def professional(cls) -> tuple[str, ...]:
        return tuple(kind.value for kind in cls if kind.is_professional)


class WorkState(TextChoices):
    RUNNING = "running", _("Berjalan")
    DONE = "done", _("Selesai")
    STOPPED = "stopped", _("Dihentikan")


class Level(TextChoices):
    MICRO = "micro", _("Mikro")
    MACRO = "macro", _("Makro")


class Part(TextChoices):
    """What somebody is in the team."""

    LEAD = "lead", _("Ketua atau penulis utama")
    MEMBER = "member", _("Anggota")
    OUTSIDE = "outside", _("Dari luar UPT")
