"""The words of a case: stages, bimbingan, statuses, outcomes. A leaf, so that everyone may import it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """The six stages of the founding document, in order."""

    INTAKE = "intake", _("Pendekatan awal")
    ASSESSMENT = "assessment", _("Asesmen")
    PLANNING = "planning", _("Rencana")
    INTERVENTION = "intervention", _("Pelaksanaan")
    CLOSING = "closing", _("Evaluasi & terminasi")
    AFTERCARE = "aftercare", _("Bimbingan lanjut")

    @property
    def letter(self) -> str:
        return "ABCDEF"[self.position]

    @property
    def position(self) -> int:
        return list(Stage).index(self)

    @property
    def slug(self) -> str:
        """The stage in URLs."""
        return _SLUGS[self.position]

    @property
    def is_per_round(self) -> bool:
        """Papers of planning, intervention and closing are asked anew in every round."""
        return self in (Stage.PLANNING, Stage.INTERVENTION, Stage.CLOSING)

    @classmethod
    def from_slug(cls, slug: str) -> "Stage":
        """The stage of a URL slug; ``ValueError`` where there is none."""
        return list(cls)[_SLUGS.index(slug)]


_SLUGS = ("pendekatan-awal", "asesmen", "rencana", "pelaksanaan", "evaluasi", "bimbingan-lanjut")


class Bimbingan(TextChoices):
    """The seven lines of service, in the order of section D.3."""

    PHYSICAL = "physical", _("Bimbingan fisik")
    VOCATIONAL = "vocational", _("Bimbingan keterampilan")
    PSYCHOSOCIAL = "psychosocial", _("Bimbingan psikososial")
    SOCIAL = "social", _("Bimbingan sosial")
    RESOCIALIZATION = "resocialization", _("Bimbingan resosialisasi")
    COMMUNITY_DEVELOPMENT = "community_development", _("Pengembangan masyarakat")
    ADVOCACY = "advocacy", _("Advokasi")


class Method(TextChoices):
    """The five methods of social work."""

    CASEWORK = "social_casework", _("Individu dan keluarga (casework)")
    GROUP_WORK = "social_group_work", _("Kelompok (group work)")
    COMMUNITY = "community_development_organization", _("Masyarakat (CO/CD)")
    ADMINISTRATION = "social_work_administration", _("Administrasi pekerjaan sosial")
    RESEARCH = "social_work_research", _("Penelitian pekerjaan sosial")


class Aspect(TextChoices):
    """The four aspects of every assessment and progress sheet."""

    BIOLOGICAL = "biological", _("Biologis")
    PSYCHOLOGICAL = "psychological", _("Psikologis")
    SOCIAL = "social", _("Sosial")
    SPIRITUAL = "spiritual", _("Spiritual")


class Status(TextChoices):
    CANDIDATE = "candidate", _("Calon")
    WAITING = "waiting", _("Daftar tunggu")
    ACTIVE = "active", _("Aktif")
    AFTERCARE = "aftercare", _("Binjut")
    COMPLETED = "completed", _("Selesai")
    STOPPED = "stopped", _("Berhenti")


class Outcome(TextChoices):
    """Why a case ended."""

    COMPLETED = "completed", _("Selesai bimbingan lanjut")
    NOT_ELIGIBLE = "not_eligible", _("Tidak memenuhi syarat seleksi")
    REFERRED_AT_SELECTION = "referred_at_selection", _("Dirujuk saat seleksi")
    REFERRED = "referred", _("Dirujuk ke lembaga lain")
    PERIOD_OVER = "period_over", _("Masa binjut habis")
    MOVED = "moved", _("Pindah tempat tinggal")
    REFUSED = "refused", _("Menolak bimbingan lanjut")
    DECEASED = "deceased", _("Meninggal dunia")
    LOST_CONTACT = "lost_contact", _("Putus kontak")
    TERM_OVER = "term_over", _("Masa pelayanan habis")
    TAKEN_HOME = "taken_home", _("Pulang atas kehendak sendiri atau keluarga")
    EXPELLED = "expelled", _("Dikeluarkan karena pelanggaran tata tertib")
    TRANSFERRED = "transferred", _("Mutasi ke UPT lain")
    BY_LAW = "by_law", _("Diambil penegak hukum atau masa penetapan berakhir")
    REUNIFIED = "reunified", _("Reunifikasi, pengasuhan pengganti, atau bekerja")
    LEFT_WITHOUT_LEAVE = "left_without_leave", _("Meninggalkan UPT tanpa izin")
    WITHDREW = "withdrew", _("Mengundurkan diri")


class WayIn(TextChoices):
    """Jalur masuk."""

    OWN_WISH = "own_wish", _("Kehendak sendiri atau keluarga")
    DISTRICT_OFFICE = "district_office", _("Dinas sosial kabupaten/kota")
    OUTREACH = "outreach", _("Penjangkauan")
    LAW_DEPOSIT = "law_deposit", _("Titipan penegak hukum")
    COURT_ORDER = "court_order", _("Penetapan pengadilan")
    TRANSFER = "transfer", _("Pindahan dari UPT lain")

    @classmethod
    def by_order(cls) -> tuple["WayIn", "WayIn"]:
        """The ways in that rest on somebody's order or letter, with a day on which it ends."""
        return cls.COURT_ORDER, cls.LAW_DEPOSIT


class Sex(TextChoices):
    MALE = "male", _("Laki-laki")
    FEMALE = "female", _("Perempuan")


class StayEnd(TextChoices):
    """How a stay ended, as the monthly report counts it; a candidate's departure uses the same words."""

    COMPLETED = "completed", _("Selesai program")
    TERM_OVER = "term_over", _("Masa pelayanan habis")
    REFERRED = "referred", _("Dirujuk")
    TAKEN_HOME = "taken_home", _("Pulang atas kehendak sendiri atau keluarga")
    EXPELLED = "expelled", _("Dikeluarkan karena pelanggaran tata tertib")
    MOVED_UPT = "moved_upt", _("Mutasi ke UPT lain")
    BY_LAW = "by_law", _("Diambil penegak hukum atau masa penetapan berakhir")
    REUNIFIED = "reunified", _("Reunifikasi, pengasuhan pengganti, atau bekerja")
    LEFT_WITHOUT_LEAVE = "left_without_leave", _("Meninggalkan UPT tanpa izin")
    DECEASED = "deceased", _("Meninggal dunia")
    WITHDREW = "withdrew", _("Mengundurkan diri")
