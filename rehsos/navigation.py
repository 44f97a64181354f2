"""The menu as data: what each role finds in it, in order."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from rehsos import policies

# The roles of accounts.enums by their values: this package names no app above it.
WORKER, SUPERVISOR = "social_worker", "supervisor"
HEADS = ("head", "section_head")
INSTRUCTORS = ("instructor", "boarding_officer", "religious_instructor")
HEALTH = ("nurse", "psychologist")
OFFICE, PROVINCE, ADMINISTRATOR = "admin_office", "province", "administrator"

CASE_READERS = (WORKER, SUPERVISOR, *HEADS, OFFICE)
FILE_READERS = (WORKER, SUPERVISOR, *HEADS)
RECORDERS = (WORKER, SUPERVISOR, *HEADS, *INSTRUCTORS, *HEALTH)
PHONE_PLACES = 4


@dataclass(frozen=True)
class Entry:
    """One line of the menu: a URL name, its words, its picture, and for whom (nobody named: everyone)."""

    name: str
    label: str
    icon: str
    roles: tuple[str, ...] = ()
    short: str = ""  # in the bar of a phone; without it the entry is only in the menu


MENU: tuple[tuple[Entry, ...], ...] = (
    (
        Entry("services:home", _("Beranda"), "house", short=_("Beranda")),
        Entry("services:inbox", _("Kotak masuk"), "inbox"),
        Entry("services:supervision", _("Supervisi"), "clipboard-check", (SUPERVISOR, *HEADS), _("Supervisi")),
        Entry("services:case_list", _("Kasus"), "folder2-open", CASE_READERS, _("Kasus")),
        Entry("services:arrears", _("Tunggakan"), "hourglass-split", (WORKER, SUPERVISOR, *HEADS)),
        Entry("services:daily", _("Buku harian"), "journal-text", RECORDERS, _("Harian")),
        Entry("services:activity_new", _("Catat kegiatan"), "journal-plus", RECORDERS, _("Catat")),
        Entry("services:timetable", _("Jadwal & kehadiran"), "calendar3", RECORDERS, _("Jadwal")),
        Entry("services:aftercare", _("Bimbingan lanjut"), "geo-alt", FILE_READERS),
        Entry("services:client_list", _("Klien"), "people", CASE_READERS, _("Klien")),
        Entry("services:candidates", _("Calon klien"), "person-plus", (WORKER, SUPERVISOR, *HEADS)),
        Entry("services:outreach", _("Sosialisasi"), "megaphone", (WORKER, SUPERVISOR, *HEADS)),
        Entry("services:parts", _("Bagian saya"), "heart-pulse", HEALTH, _("Bagian")),
    ),
    (
        Entry("services:court_list", _("Agenda sidang"), "calendar-check", FILE_READERS),
        Entry("services:obstacles", _("Hambatan"), "exclamation-triangle-fill", FILE_READERS),
        Entry("services:supporting", _("Kegiatan penunjang"), "signpost-split", FILE_READERS),
        Entry("services:referrals", _("Rujukan"), "signpost-split", FILE_READERS),
        Entry("services:process_list", _("Catatan proses"), "journal-bookmark", FILE_READERS),
    ),
    (
        Entry("reports:letters", _("Surat"), "envelope", (SUPERVISOR, *HEADS, OFFICE)),
        Entry("reports:index", _("Laporan"), "file-earmark-text", (SUPERVISOR, *HEADS, OFFICE, PROVINCE), _("Laporan")),
    ),
    (
        Entry("services:catalogue", _("Katalog kegiatan"), "journal-bookmark", short=_("Katalog")),
        Entry("services:partners", _("Mitra rujukan"), "building", CASE_READERS),
        Entry("services:sarana", _("Sarana"), "house-heart", CASE_READERS),
        Entry("services:tools", _("Alat"), "sliders", (*INSTRUCTORS, *HEALTH)),
        Entry("services:transfers", _("Mutasi"), "box-arrow-right", (SUPERVISOR, "head")),
        Entry("services:handover", _("Serah tugas"), "person-check", (SUPERVISOR,)),
        Entry("accounts:stand_in_list", _("Pengganti"), "person-check", ("section_head",)),
        Entry("accounts:staff_list", _("Pengaturan"), "gear", ("head", OFFICE, ADMINISTRATOR), _("Pengaturan")),
    ),
)
SEARCH = "services:case_list"
INBOX = "services:inbox"
FROM_START = "mulai"  # in an address: the UPT from whose preparation somebody came here


@dataclass
class Line:
    """An entry as drawn: with its address, and whether the reader is there."""

    entry: Entry
    url: str
    is_current: bool


@dataclass
class Shell:
    """What surrounds every page of a signed-in person."""

    groups: list[list[Line]] = field(default_factory=list)
    phone: list[Line] = field(default_factory=list)
    search_url: str = ""
    inbox_url: str = ""
    unread: int = 0
    institution: Any = None
    role_labels: str = ""
    idle_seconds: int = 0
    start_url: str = ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``shell``, worked out only by templates that draw it."""
    return {"shell": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Shell:
    """The menu of this person on this page; empty for who is signed out."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Shell()
    groups = [lines for entries in MENU if (lines := [line for e in entries if (line := _line(e, user, request.path))])]
    lines = [line for group in groups for line in group]
    return Shell(
        groups=groups,
        phone=[line for line in lines if line.entry.short][:PHONE_PLACES],
        search_url=next((line.url for line in lines if line.entry.name == SEARCH), ""),
        inbox_url=next((line.url for line in lines if line.entry.name == INBOX), ""),
        unread=user.unread_notices,
        institution=user.institution,
        role_labels=", ".join(user.role_labels),
        idle_seconds=policies.safe_seconds(),
        start_url=start_url(request),
    )


def start_url(request: HttpRequest) -> str:
    """Back to the preparation of a UPT, for who came from there to do one of its steps; else nothing."""
    code = request.GET.get(FROM_START)
    return start_of(code) if code else ""


def start_of(code: str) -> str:
    """The preparation of the UPT with this code."""
    return f"{reverse('services:start')}?{urlencode({'upt': code})}"


def _line(entry: Entry, user: Any, path: str) -> Line | None:
    """The entry with its address, or nothing if it is not for this person or its page is not mounted."""
    if entry.roles and user.roles.isdisjoint(entry.roles):
        return None
    try:
        url = reverse(entry.name)
    except NoReverseMatch:
        return None
    return Line(entry, url, path == url or (url != "/" and path.startswith(url)))
