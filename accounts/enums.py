"""The roles and kinds of people and institutions: a leaf, so that everyone may import it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does in a UPT (or, for the last two, in the dinas)."""

    SOCIAL_WORKER = "social_worker", _("Pekerja sosial")
    SUPERVISOR = "supervisor", _("Supervisor")
    SECTION_HEAD = "section_head", _("Kepala seksi")
    HEAD = "head", _("Kepala UPT")
    INSTRUCTOR = "instructor", _("Instruktur")
    BOARDING_OFFICER = "boarding_officer", _("Petugas asrama")
    RELIGIOUS_INSTRUCTOR = "religious_instructor", _("Pembimbing agama")
    NURSE = "nurse", _("Perawat")
    PSYCHOLOGIST = "psychologist", _("Psikolog")
    ADMIN_OFFICE = "admin_office", _("Tata usaha")
    PROVINCE = "province", _("Dinas provinsi")
    ADMINISTRATOR = "administrator", _("Administrator")


class Employment(TextChoices):
    CIVIL_SERVANT = "pns", _("PNS")
    CONTRACT = "pppk", _("PPPK")
    OTHER = "other", _("Non-ASN")


class InstitutionKind(TextChoices):
    UPT = "upt", _("UPT")
    DINAS = "dinas", _("Dinas")


class ServiceKind(TextChoices):
    RESIDENTIAL = "residential", _("Berasrama")
    NON_RESIDENTIAL = "non_residential", _("Tidak berasrama")
    TRANSIT = "transit", _("Transit")


class StandInKind(TextChoices):
    """As what somebody stands in for another; what a decision and a sign-off keep of it."""

    ACTING = "plt", _("Plt.")
    DAILY = "plh", _("Plh.")
    MANDATE = "an", _("a.n.")
    SUPERVISOR = "supervisor", _("Pengganti supervisor")


class MandatePaper(TextChoices):
    """The papers that somebody may sign a.n. the head; decisions and the monthly report never."""

    ASSESSMENT = "assessment", _("Laporan tahap Asesmen")
    PLANNING = "planning", _("Laporan tahap Rencana")
    INTERVENTION = "intervention", _("Laporan tahap Pelaksanaan")
    AFTERCARE = "aftercare", _("Laporan tahap Bimbingan lanjut")


class StandInState(TextChoices):
    """Where an order stands on a day; asked of the row, never stored."""

    WAITING = "waiting", _("Menunggu konfirmasi")
    IN_FORCE = "in_force", _("Berlaku")
    COMING = "coming", _("Akan datang")
    OVER = "over", _("Sudah lewat")
    REVOKED = "revoked", _("Dicabut")
