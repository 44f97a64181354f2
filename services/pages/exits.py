"""What the page of an exit shows: the ways that are open now, the event, its papers, its berita acara."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Stage, StayEnd
from cases.models import Case
from rehsos import clock
from services import gates, permissions, records
from services.models import Departure, Minutes, StageRecord
from services.models.record import Fact
from services.pages import links
from services.pages.reader import Reader
from services.situation import Situation
from services.workflow import CANDIDATE_EXITS, EXITS, Exit, codes_of, exit_row

NOT_TOLD = ("id", "departure", "version", "author", "author_ids", "saved_at")


@dataclass(frozen=True)
class ExitPaper:
    """One paper of an exit: is it there, until when may it follow, and where is it written."""

    title: str
    code: str
    is_there: bool
    due_on: date | None
    is_late: bool
    url: str
    action: str


def ways(now: Situation) -> Mapping[StayEnd, Exit]:
    """How this client may leave today; nothing where nobody is there to leave."""
    if now.case.is_closed or now.departure:
        return {}
    if any(stay.left_on is None for stay in now.stays):
        return {way: row for way, row in EXITS.items() if not (row.barred_by_court_order and is_held(now))}
    return CANDIDATE_EXITS if now.stage == Stage.INTAKE else {}


def is_held(now: Situation) -> bool:
    """A court order or deposit still holds the placement."""
    return bool(now.case.order_until_on and now.case.order_until_on >= now.today)


def url(case: Case, anchor: str = "") -> str:
    """The page of the exit of a case."""
    return reverse("services:leaving", args=[case.number]) + (f"#{anchor}" if anchor else "")


def entry_url(now: Situation, user: User) -> str:
    """The same, for who may record now that the client left."""
    return url(now.case) if ways(now) and not permissions.why_not_depart(user, now.case) else ""


def last(now: Situation) -> Departure | None:
    """The open departure, or else the last one there was."""
    return now.departure or (now.departures[-1] if now.departures else None)


def row_of(departure: Departure | None) -> Exit | None:
    """The row of the table behind a departure."""
    if departure is None:
        return None
    return exit_row(StayEnd(departure.way), is_placed=departure.stay_id is not None)


def back_until(now: Situation, departure: Departure | None) -> date | None:
    """The last day on which somebody who left without leave comes back to the same case; ``None`` for all others."""
    row = row_of(departure)
    if departure is None or row is None or not row.may_come_back or departure.undone_at:
        return None
    if departure.is_open:
        return now.today
    limit = departure.left_on + timedelta(days=now.case.institution.return_days)
    return limit if limit >= now.today else None


def papers(now: Situation, departure: Departure, reader: Reader) -> list[ExitPaper]:
    """Everything the row asks for, the berita acara first."""
    row = row_of(departure)
    due = {arrear.code: arrear.due_on for arrear in now.arrears}
    found = [_minutes(now, departure, due)]
    for kind in records.behind(codes_of(row.papers)) if row else ():
        found.append(_record(now, departure, kind, due, reader))
    return found


def _minutes(now: Situation, departure: Departure, due: dict[str, date]) -> ExitPaper:
    minutes = getattr(departure, "minutes", None)
    is_there = bool(minutes) and not (departure.is_open and gates.missing_of(now, gates.MINUTES))
    return ExitPaper(
        _("Berita acara keluar"),
        "",
        is_there,
        *_term(now, due.get(gates.MINUTES)),
        reverse("reports:departure_pdf", args=[now.case.number]) if minutes else url(now.case, "berita-acara"),
        _("Cetak (PDF)") if minutes else _("Isi"),
    )


def _record(
    now: Situation, departure: Departure, kind: type[StageRecord], due: dict[str, date], reader: Reader
) -> ExitPaper:
    code, rows = kind.codes[0], now.records_of(kind)
    is_there = bool(rows) and not gates.missing_of(now, code)
    may_write = reader.is_worker and departure.is_open and not now.waiting
    if rows:
        where, action = links.record(now.case, rows[-1]), _("Ubah") if may_write else _("Baca")
    else:
        where, action = (links.new_record(now.case, kind), _("Isi")) if may_write else ("", "")
    return ExitPaper(str(kind.title), code, is_there, *_term(now, due.get(code)), where, action)


def _term(now: Situation, due_on: date | None) -> tuple[date | None, bool]:
    """Until when a paper may follow, and whether that day is over."""
    return due_on, bool(due_on and due_on < now.today)


def facts(minutes: Minutes) -> list[Fact]:
    """What a berita acara says, as label and value."""
    found = []
    for field in minutes._meta.concrete_fields:
        value = getattr(minutes, field.name)
        if field.name not in NOT_TOLD and value:
            found.append((str(field.verbose_name), clock.spelled(value) if isinstance(value, date) else str(value)))
    return found


def told(departure: Departure) -> list[tuple[str, Any]]:
    """The event, as label and value."""
    rows = [
        (_("Cara keluar"), departure.get_way_display()),
        (_("Tanggal peristiwa"), clock.spelled(departure.left_on)),
        (_("Uraian kejadian"), departure.account),
    ]
    if departure.returned_on:
        rows.append((_("Kembali"), clock.spelled(departure.returned_on)))
    return rows
