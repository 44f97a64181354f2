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
