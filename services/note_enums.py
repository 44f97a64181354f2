"""The words of the work with one client: notes, courts, obstacles. A leaf."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoteKind(TextChoices):
    COUNSELLING = "counselling", _("Konseling")
    MOTIVATION = "motivation", _("Motivasi")
    ACCOMPANIMENT = "accompaniment", _("Pendampingan")
    FAMILY = "family", _("Hubungan keluarga")
    SCHOOL = "school", _("Sekolah")
    HEALTH = "health", _("Pemeriksaan kesehatan")
    ADVOCACY = "advocacy", _("Advokasi")

    @classmethod
    def restricted(cls) -> tuple["NoteKind", "NoteKind"]:
        """Those whose words are for few."""
        return cls.COUNSELLING, cls.HEALTH


class Variant(TextChoices):
    """What sort of note of its kind."""

    PROCESS = "process", _("Rekaman proses")
    SUMMARY = "summary", _("Ringkasan")
    MEETING = "meeting", _("Tatap muka")
    PHONE = "phone", _("Telepon atau panggilan video")
    VISIT = "visit", _("Kunjungan rumah")
    LETTER = "letter", _("Surat atau pesan")
    ENROLMENT = "enrolment", _("Pendaftaran atau pindah")
    CLASS = "class", _("Kemajuan di kelas")
    REPORT_CARD = "report_card", _("Rapor")
    URINE = "urine", _("Tes urine")
    CHECK = "check", _("Pemeriksaan umum")
    FOLLOW_UP = "follow_up", _("Kontrol atau rujukan berobat")
    SOCIAL_AID = "social_aid", _("Bantuan sosial")
    INSURANCE = "insurance", _("Asuransi sosial")
    INCOME = "income", _("Pemeliharaan penghasilan")
    DEFENCE = "defence", _("Pembelaan perkara")
    PREVENTION = "prevention", _("Pencegahan")


class Finding(TextChoices):
    """What a urine test said."""

    NEGATIVE = "negative", _("Negatif")
    POSITIVE = "positive", _("Positif")
    UNCLEAR = "unclear", _("Tidak sah, diulang")


class CourtKind(TextChoices):
    HEARING = "hearing", _("Sidang")
    BAPAS = "bapas", _("Bapas")
    PROSECUTOR = "prosecutor", _("Kejaksaan")
    POLICE = "police", _("Kepolisian")
    REPORT = "report", _("Laporan jatuh tempo")


class CourtState(TextChoices):
    PLANNED = "planned", _("Dijadwalkan")
    HELD = "held", _("Terlaksana")
    POSTPONED = "postponed", _("Ditunda")
    CANCELLED = "cancelled", _("Batal")
