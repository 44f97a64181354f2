"""What is still missing from a month before it is frozen: what, how much of it, whose, and where to mend it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from accounts.models import Institution, User
from cases.models import Client, ClientCategory, Stay
from rehsos.formatting import long_date
from reports.months import Month
from services.enums import State
from services.models import Arrear, Departure, Request, Session
from services.session_enums import SessionState

SHOWN = 30


class Line(NamedTuple):
    """One thing to mend: what it is called, and where."""

    label: str
    url: str
    whose: str = ""


class Gap(NamedTuple):
    """One kind of thing that is missing. ``changes`` says whether bringing it changes a number of the report."""

    what: str
    count: int
    changes: bool
    lines: list[Line]
    clients: list[Client]


def gaps(reader: User, month: Month) -> list[Gap]:
    """Every kind, those with nothing missing too: a page that says so is worth more than an empty one.

    A line leads only where its reader may go: the office reads which case it is and whose.
    """
    upt = reader.institution
    assert upt is not None
    found = [_sessions(upt, month), _exits(upt, month), _requests(upt, month), _arrears(upt, month)]
    return [_for(reader, gap) for gap in (*found, *_persons(upt, month))]


def _for(reader: User, gap: Gap) -> Gap:
    return gap._replace(lines=[line if _leads(line, reader) else line._replace(url="") for line in gap.lines])


def _leads(line: Line, reader: User) -> bool:
    roles = resolve(line.url).func.policy.roles
    return not roles or not roles.isdisjoint(reader.roles)


def _gap(what: str, lines: list[Line], *, changes: bool, clients: Iterable[Client] = ()) -> Gap:
    return Gap(what, len(lines), changes, lines[:SHOWN], list(clients)[:SHOWN])


def _sessions(institution: Institution, month: Month) -> Gap:
    last = min(month.last, institution.today())
    rows = Session.objects.filter(institution=institution, on__range=(month.first, last), state=SessionState.PLANNED)
    lines = [
        Line(
            _("%(activity)s, %(day)s") % {"activity": row, "day": long_date(row.on)},
            reverse("services:session", args=[row.pk]),
            row.leader_shown,
        )
        for row in rows.select_related("activity", "leader")
    ]
    return _gap(_("Sesi yang kehadirannya belum ditandai"), lines, changes=True)


def _exits(institution: Institution, month: Month) -> Gap:
    open_ones = Departure.objects.filter(settled_at__isnull=True, undone_at__isnull=True)
    rows = open_ones.filter(case__institution=institution, left_on__range=(month.first, month.last))
    found = list(rows.select_related("case__client", "recorded_by"))
    lines = [
        Line(row.case.number, reverse("services:leaving", args=[row.case.number]), row.recorded_by.name)
        for row in found
    ]
    return _gap(_("Klien keluar, belum disahkan"), lines, changes=True, clients=(row.case.client for row in found))


def _requests(institution: Institution, month: Month) -> Gap:
    _begin, end = month.moments(institution.time_zone)
    rows = Request.objects.filter(case__institution=institution, state__in=State.waiting(), requested_at__lt=end)
    found = list(rows.select_related("case__client", "requested_by").order_by("requested_at", "pk"))
    lines = [
        Line(row.case.number, reverse("services:case", args=[row.case.number]), row.requested_by.name) for row in found
    ]
    return _gap(_("Pengajuan yang belum dijawab"), lines, changes=False, clients=(row.case.client for row in found))


def _arrears(institution: Institution, month: Month) -> Gap:
    rows = Arrear.objects.filter(institution=institution, settled_at__isnull=True, due_on__lte=month.last)
    found = list(rows.select_related("case__client", "opened_by"))
    lines = [
        Line(f"{row.text}, {row.case.number}", reverse("services:case", args=[row.case.number]), row.opened_by.name)
        for row in found
    ]
    return _gap(_("Tunggakan yang lewat tenggat"), lines, changes=False, clients=(row.case.client for row in found))


def _persons(institution: Institution, month: Month) -> list[Gap]:
    """Clients who were there in the month and lack what tables count by."""
    there = Stay.objects.filter(institution=institution, placed_on__lte=month.last)
    there = there.filter(Q(left_on__isnull=True) | Q(left_on__gte=month.first), case__client=OuterRef("pk"))
    primary = ClientCategory.objects.filter(client=OuterRef("pk"), is_primary=True)
    people = Client.objects.filter(Exists(there), institution=institution).defer("nik")
    found = list(people.annotate(has_category=Exists(primary)).order_by("folded_name", "pk"))
    return [
        _lacking(_("Tanpa kategori PPKS utama"), [one for one in found if not one.has_category]),
        _lacking(_("Tanpa umur"), [one for one in found if not one.birth_on and one.estimated_age is None]),
        _lacking(_("Tanpa agama"), [one for one in found if not one.religion]),
        _lacking(_("Tanpa pendidikan"), [one for one in found if not one.education]),
        _lacking(_("Tanpa kabupaten/kota asal"), [one for one in found if not one.regency]),
    ]


def _lacking(what: str, people: list[Client]) -> Gap:
    lines = [Line(one.shown_name, reverse("services:client_edit", args=[one.number])) for one in people]
    return _gap(what, lines, changes=True, clients=people)
