"""What a UPT needs before it begins, step by step: what is there, what is missing, and the page which does it.

Everything is read from what was entered; nothing keeps a state of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role, ServiceKind
from accounts.models import Institution, Membership, User
from accounts.patterns import written
from rehsos import navigation
from rehsos.formatting import number
from services.models import Bed, House, OpeningList, OpeningUpload, ProgrammeActivity

ADMINISTRATOR, HEAD, OFFICE = Role.ADMINISTRATOR, Role.HEAD, Role.ADMIN_OFFICE
OWN = (HEAD, OFFICE)
DONE, CHECK, MISS = "done", "wait", "miss"
SIGNING = (Role.HEAD, Role.SECTION_HEAD, Role.SUPERVISOR)
SHOWN = 6


@dataclass
class Link:
    """Where something is done; ``is_main`` for what the step waits for, and on the page for the next one alone."""

    label: str
    url: str
    is_main: bool = False


@dataclass
class Step:
    """One step. ``told`` is what is there, ``missing`` what it waits for, ``notes`` what may follow later."""

    title: str
    told: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    who: str = ""

    @property
    def state(self) -> str:
        if self.missing:
            return MISS
        return CHECK if self.notes else DONE


@dataclass(frozen=True)
class Desk:
    """A reader before a UPT, with the roles that are held there today."""

    user: User
    upt: Institution
    held: list[Membership]

    def people(self, *roles: Role) -> list[User]:
        """Whoever holds one of the roles, each once."""
        return list(dict.fromkeys(row.user for row in self.held if row.role in roles))

    def link(self, label: Any, name: str, *args: Any, roles: Iterable[Role], is_main: bool, **query: str) -> list[Link]:
        """The link, for who may follow it; its page leads back here."""
        if not self.user.has_role(*roles):
            return []
        asked = urlencode({**query, navigation.FROM_START: self.upt.code})
        return [Link(str(label), f"{reverse(name, args=args)}?{asked}", is_main)]


def steps(user: User, upt: Institution) -> list[Step]:
    """All of them, in the order in which they are best taken; the same number of queries for every UPT."""
    rows = upt.memberships.filter(user__is_active=True).select_related("user").order_by("user__name", "pk")
    desk = Desk(user, upt, [row for row in rows if row.holds_on(upt.today())])
    found = [build(desk) for build in STEPS]
    for link in [link for step in found for link in step.links if link.is_main][1:]:
        link.is_main = False
    return found


def _letterhead(desk: Desk) -> Step:
    upt = desk.upt
    wanted = (
        (upt.letterhead, _("baris kop: pemerintah provinsi dan nama dinas")),
        (upt.address, _("alamat")),
        (upt.contact, _("telepon atau pos-el")),
        (upt.city, _("tempat surat")),
    )
    missing = [words for value, words in wanted if not value.strip()]
    lines = [*upt.letterhead.splitlines(), upt.name]
    told = [" · ".join(line.strip() for line in lines if line.strip())]
    return Step(_("Kop surat"), told, missing, links=_settings(desk, _("Isi kop surat"), "letterhead", bool(missing)))


def _logo(desk: Desk) -> Step:
    has_one = desk.upt.logo is not None
    told = [_("Tercetak pada kop semua naskah.")] if has_one else []
    notes = [] if has_one else [_("belum ada; kop dicetak tanpa lambang")]
    managers = (ADMINISTRATOR, *OWN)
    label = _("Ganti lambang") if has_one else _("Unggah lambang")
    return Step(
        _("Lambang"),
        told,
        notes=notes,
        links=desk.link(label, "services:logo", desk.upt.code, roles=managers, is_main=False),
    )


def _settings(desk: Desk, label: str, place: str, is_main: bool) -> list[Link]:
    """The page of the UPT's settings, at one of its fields."""
    if desk.user.has_role(*OWN):
        found = desk.link(label, "accounts:own_institution", roles=OWN, is_main=is_main)
    else:
        found = desk.link(label, "accounts:institution", desk.upt.code, roles=(ADMINISTRATOR,), is_main=is_main)
    return [Link(link.label, f"{link.url}#id_{place}", link.is_main) for link in found]


def _signers(desk: Desk) -> Step:
    """Whose names stand below papers: the head, the heads of sections, who supervises."""
    step = Step(_("Penanda tangan"))
    for role in SIGNING:
        step.told += [f"{role.label}: {_named(person)}" for person in desk.people(role)]
    for role, is_must in ((Role.HEAD, True), (Role.SUPERVISOR, True), (Role.SECTION_HEAD, False)):
        if desk.people(role):
            continue
        words = _("%s belum ada") % role.label
        (step.missing if is_must else step.notes).append(words)
        may = (ADMINISTRATOR,) if role == Role.HEAD else (ADMINISTRATOR, HEAD)
        step.links += _new_account(desk, role, may, is_must)
    if not desk.people(Role.SECTION_HEAD):
        step.notes = [_("kepala seksi belum ada; lewati bila UPT tidak memilikinya")]
    bare = [person for person in desk.people(*SIGNING) if not person.position]
    if bare:
        step.notes.append(_("jabatan belum diisi: %s") % _names(bare))
    step.links += [
        link
        for person in bare[:SHOWN]
        for link in desk.link(
            _("Lengkapi %s") % person.name, "accounts:staff_edit", person.pk, roles=(ADMINISTRATOR, *OWN), is_main=False
        )
    ]
    step.who = "" if step.links or not step.missing else _("Dibuat oleh administrator atau Kepala UPT.")
    return step


def _new_account(desk: Desk, role: Role, may: Iterable[Role], is_main: bool) -> list[Link]:
    asked = {"tempat": desk.upt.code, "peran": role.value}
    return desk.link(_("Buat akun %s") % role.label, "accounts:staff_new", roles=may, is_main=is_main, **asked)


def _numbers(desk: Desk) -> Step:
    """Patterns are never empty; what they make is shown, so that somebody looks at it before the first number."""
    upt = desk.upt
    patterns = (
        (_("Nomor induk"), upt.client_number_pattern),
        (_("Nomor kasus"), upt.case_number_pattern),
        (_("Nomor surat"), upt.letter_number_pattern),
    )
    year = upt.today().year
    told = [f"{label}: {written(pattern, code=upt.code, year=year, seq=1)}" for label, pattern in patterns]
    standing = {name: Institution._meta.get_field(name).default for name in ("letter_number_pattern",)}
    notes = []
    if upt.letter_number_pattern == standing["letter_number_pattern"]:
        notes = [_("nomor surat masih pola bawaan; samakan dengan buku agenda")]
    links = _settings(desk, _("Ubah pola nomor"), "client_number_pattern", False)
    return Step(_("Pola nomor"), told, notes=notes, links=links)


def _houses(desk: Desk) -> Step:
    houses = House.objects.filter(institution=desk.upt, retired_on__isnull=True)
    names = list(houses.values_list("name", flat=True))
    live = {"retired_on__isnull": True, "room__retired_on__isnull": True}
    beds = Bed.objects.filter(room__house__in=houses, **live).count()
    step = Step(_("Asrama dan kamar"))
    if names:
        told = {"houses": ", ".join(names), "beds": number(beds)}
        step.told = [_("%(houses)s; %(beds)s tempat tidur") % told]
    if desk.upt.service_kind == ServiceKind.NON_RESIDENTIAL:
        step.told = step.told or [_("Layanan tidak berasrama: tidak diperlukan.")]
        return step
    if not names:
        step.missing = [_("belum ada asrama atau wisma")]
    elif not beds:
        step.missing = [_("belum ada tempat tidur")]
    is_main = not names
    step.links = desk.link(_("Tambah asrama"), "services:house_new", roles=OWN, is_main=is_main)
    if names:
        step.links += desk.link(_("Lihat sarana"), "services:sarana", roles=OWN, is_main=not beds)
    return _by_others(step, _("Dikerjakan Kepala UPT atau tata usaha."))


def _staff(desk: Desk) -> Step:
    counts = [(role, len(desk.people(role))) for role in Role]
    step = Step(_("Akun petugas"))
    if present := [f"{role.label} {number(count)}" for role, count in counts if count]:
        step.told = [", ".join(present)]
    everybody = (ADMINISTRATOR, *OWN)
    if not desk.people(Role.SOCIAL_WORKER):
        step.missing = [_("pekerja sosial belum ada")]
        step.links += _new_account(desk, Role.SOCIAL_WORKER, everybody, True)
    if not desk.people(OFFICE):
        step.notes = [_("tata usaha belum ada")]
        step.links += _new_account(desk, OFFICE, (ADMINISTRATOR, HEAD), False)
    waiting = [person for person in desk.people(*Role) if not person.has_usable_password()]
    if waiting:
        step.notes.append(_("belum memasang kata sandi: %s") % _names(waiting))
    asked = {"tempat": str(desk.upt.pk)} if desk.user.has_role(ADMINISTRATOR) else {}
    step.links += desk.link(_("Daftar akun"), "accounts:staff_list", roles=everybody, is_main=False, **asked)
    return step


def _lists(desk: Desk) -> Step:
    """What forms and sessions choose from."""
    activities = ProgrammeActivity.objects.filter(institution=desk.upt, retired_on__isnull=True).count()
    requirements = len([line for line in desk.upt.admin_requirements.splitlines() if line.strip()])
    told = [
        _("%s persyaratan administrasi") % number(requirements),
        _("giliran jaga %s") % desk.upt.shifts,
        _("sebutan klien: %s") % desk.upt.client_term,
    ]
    step = Step(_("Daftar acuan"), [" · ".join(told)])
    keepers = (HEAD, OFFICE, Role.SUPERVISOR, Role.SECTION_HEAD)
    if activities:
        step.told.append(_("%s kegiatan bimbingan") % number(activities))
    else:
        step.missing = [_("daftar kegiatan bimbingan masih kosong")]
    step.links = desk.link(_("Daftar kegiatan"), "services:programme", roles=keepers, is_main=not activities)
    _by_others(step, _("Daftar kegiatan diisi Kepala UPT, tata usaha, atau supervisor."))
    step.links += _settings(desk, _("Ubah persyaratan dan giliran jaga"), "admin_requirements", False)
    return step


def _running(desk: Desk) -> Step:
    """Running cases, if there are any: a UPT that is new has none."""
    lists = list(OpeningList.objects.filter(institution=desk.upt))
    is_waiting = OpeningUpload.objects.filter(institution=desk.upt).exists()
    step = Step(_("Kasus berjalan"))
    step.told = [str(row) + (_(": disahkan") if row.is_endorsed else "") for row in lists]
    if is_waiting:
        step.missing.append(_("ada berkas yang diunggah dan belum diimpor"))
    if any(not row.is_endorsed for row in lists):
        step.missing.append(_("daftar menunggu pengesahan Kepala UPT"))
    if not lists and not is_waiting:
        step.notes = [_("belum ada; lewati bila UPT belum melayani siapa pun")]
    readers = (HEAD, OFFICE, Role.SUPERVISOR)
    is_main = bool(step.missing)
    step.links = desk.link(_("Impor kasus berjalan"), "services:opening", roles=readers, is_main=is_main)
    return _by_others(step, _("Diimpor tata usaha atau supervisor, disahkan Kepala UPT."))


STEPS: tuple[Callable[[Desk], Step], ...] = (_letterhead, _logo, _signers, _numbers, _houses, _staff, _lists, _running)


def _by_others(step: Step, who: str) -> Step:
    """Say whose work a step is to those who cannot do it."""
    if not step.links:
        step.who = who
    return step


def _named(person: User) -> str:
    return f"{person.full_name}, NIP {person.nip_display}" if person.nip else person.full_name


def _names(people: list[User]) -> str:
    shown = ", ".join(person.full_name for person in people[:SHOWN])
    more = len(people) - SHOWN
    return _("%(names)s, dan %(more)d lainnya") % {"names": shown, "more": more} if more > 0 else shown
