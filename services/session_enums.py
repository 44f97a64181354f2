"""The words of timetable and sessions. A leaf."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Leader(TextChoices):
    """Who usually leads an activity: an office of the UPT, or somebody from outside."""

    SOCIAL_WORKER = "social_worker", _("Pekerja sosial")
    INSTRUCTOR = "instructor", _("Instruktur")
    BOARDING_OFFICER = "boarding_officer", _("Petugas asrama")
    RELIGIOUS_INSTRUCTOR = "religious_instructor", _("Pembimbing agama")
    NURSE = "nurse", _("Perawat")
    PSYCHOLOGIST = "psychologist", _("Psikolog")
    EXTERNAL = "external_speaker", _("Narasumber dari luar")


class Weekday(IntegerChoices):
    """Days as Python counts them."""

    MONDAY = 0, _("Senin")
    TUESDAY = 1, _("Selasa")
    WEDNESDAY = 2, _("Rabu")
    THURSDAY = 3, _("Kamis")
    FRIDAY = 4, _("Jumat")
    SATURDAY = 5, _("Sabtu")
    SUNDAY = 6, _("Minggu")


class Audience(TextChoices):
    """For whom a session is."""

    PLAN = "plan", _("Semua yang rencananya memuat bimbingan ini")
    HOUSE = "house", _("Satu asrama atau wisma")
    CHOSEN = "chosen", _("Klien yang dipilih")
    EVERYONE = "everyone", _("Semua yang sedang dilayani")


class SessionState(TextChoices):
    """A session is held once everybody on its list is marked."""

    PLANNED = "planned", _("Terjadwal")
    HELD = "held", _("Terlaksana")
    CANCELLED = "cancelled", _("Dibatalkan")


class Mark(TextChoices):
    """Attendance of one client."""

    PRESENT = "present", _("Hadir")
    EXCUSED = "excused", _("Izin")
    SICK = "sick", _("Sakit")
    ABSENT = "absent", _("Alpa")
    DUTY = "duty", _("Tugas luar")
