"""Papers of the day's work: daftar hadir of a session (filled or to be filled by hand) and of a month, and the week."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Institution, User
from rehsos.formatting import WEEKDAYS, long_date, month_and_year, number, weekday_date
from reports import pdf
from reports.blocks import Block, Chapter, Column, Facts, Row, Table, Words, row
from reports.dates import period
from reports.paper import Paper, Signature, foot, place_and_date, signature
from reports.signers import head_signature
from services.attendees import AtHand
from services.models import Attendance, ProgrammeActivity, Session
from services.pages import attendance, week
from services.pages.attendance import Row as Listed
from services.session_enums import Mark, SessionState

LETTERS = {Mark.PRESENT: "H", Mark.EXCUSED: "I", Mark.SICK: "S", Mark.ABSENT: "A", Mark.DUTY: "T"}
KEY = _("H hadir, I izin, S sakit, A alpa, T tugas luar.")
TICK = "√"
DOTS = "." * 40
EMPTY_LINES = 5
TEMPLATE = "reports/print/session_sheet.html"


# --- One session ------------------------------------------------------------------------------------------------------
def session_sheet(now: AtHand, *, by: User, is_blank: bool = False) -> bytes:
    """The daftar hadir of a session as a PDF: what is marked, or lines to sign by hand."""
    return pdf.render(TEMPLATE, session_context(now, by=by, is_blank=is_blank))


def session_context(now: AtHand, *, by: User, is_blank: bool = False) -> dict[str, Any]:
    session = now.session
    with timezone.override(ZoneInfo(session.institution.time_zone)):
        listed = attendance.rows(now, by)
        blocks = [_about(session), _lines(listed) if is_blank else _marked(listed, session)]
        if not is_blank and any(one.is_masked for one in listed):
            blocks.append(Words(_("Nama disamarkan karena kegiatan ini rahasia.")))
        if not is_blank and session.result and not session.activity.is_confidential:
            blocks.append(Words(_("Catatan pemimpin: %s") % session.result))
        title = _("Daftar Hadir Kegiatan Bimbingan")
        note = _("Lembar kosong untuk diisi tangan") if is_blank else _state(session)
        paper = Paper(
            title=title,
            about=f"{session.activity.name}, {long_date(session.on)}",
            subtitle="\n".join(filter(None, (_("Nomor sesi: %s") % session.pk, note))),
            running_head=f"{title} · {session.activity.name}, {long_date(session.on)}",
            foot=foot(session.institution, by=by, draft=note if is_blank else ""),
            institution=session.institution,
            is_secret=session.activity.is_confidential,
            signatures=[_signatures(session, is_blank)],
        )
    return {"paper": paper, "chapters": [Chapter("", blocks)]}


def _state(session: Session) -> str:
    if session.state == SessionState.CANCELLED:
        return _("DIBATALKAN: %s") % session.cancel_reason
    return "" if session.state == SessionState.HELD else _("KONSEP – belum semua ditandai")


def _about(session: Session) -> Facts:
    when = f"{weekday_date(session.on)}, {session.starts_at:%H.%M}–{session.ends_at:%H.%M}"
    return Facts(
        [
            (_("Bimbingan / kegiatan"), f"{session.activity.get_bimbingan_display()} / {session.activity.name}"),
            (_("Hari, tanggal, waktu"), when),
            (_("Tempat"), session.room),
            (_("Pemimpin"), session.leader_shown),
            (_("Materi"), session.material),
        ]
    )


def _marked(listed: Sequence[Listed], session: Session) -> Table:
    columns = [Column(_("No."), 5, "c"), Column(_("Nama klien"), 31), Column(_("No. induk"), 12, "c")]
    columns += [Column(letter, 6, "c") for letter in LETTERS.values()] + [Column(_("Keterangan"), 22)]
    rows = [
        row(
            str(place),
            one.name,
            "" if one.is_masked else one.number,
            *(TICK if one.mark == mark else " " for mark in LETTERS),
            _told(one) or " ",
        )
        for place, one in enumerate(listed, 1)
    ]
    counts = [sum(1 for one in listed if one.mark == mark) for mark in LETTERS]
    marked = sum(counts)
    rate = f" ({number(round(100 * counts[0] / marked, 1))}%)" if marked else ""
    told = _("%(present)s dari %(all)s hadir%(rate)s") % {"present": counts[0], "all": len(listed), "rate": rate}
    rows.append(row(" ", _("Jumlah"), " ", *(str(count) for count in counts), told, tone="j"))
    guests = ""
    if session.guests:
        guests = " " + _("Peserta bukan klien: %(number)s. %(names)s") % {
            "number": session.guests,
            "names": session.guest_names,
        }
    return Table(columns, rows, note=KEY + guests, head=1)


def _told(one: Listed) -> str:
    score = _("nilai %s") % one.score if one.score else ""
    outside = _("di luar daftar") if one.is_unplanned else ""
    return ", ".join(filter(None, (score, one.note, outside)))


def _lines(listed: Sequence[Listed]) -> Table:
    """Names with room to sign in a zigzag, and some empty lines for who comes unplanned."""
    columns = [
        Column(_("No."), 6, "c"), Column(_("Nama klien"), 34), Column(_("No. induk"), 13, "c"),
        Column(_("Tanda tangan"), 30), Column("H / I / S / A / T", 17, "c"),
    ]  # fmt: skip
    names = [("" if one.is_masked else one.name, "" if one.is_masked else one.number) for one in listed]
    names += [("", "")] * EMPTY_LINES
    rows = [
        row(str(place), name or " ", client or " ", f"{'' if place % 2 else chr(0x2003) * 7}{place}.\n ", " ")
        for place, (name, client) in enumerate(names, 1)
    ]
    return Table(
        columns, rows, note=KEY + " " + _("Disalin ke aplikasi paling lambat 24 jam sesudah kegiatan."), head=1
    )


def _signatures(session: Session, is_blank: bool) -> list[Signature]:
    institution = session.institution
    day = f"{DOTS[:20]} {session.on.year}" if is_blank else long_date(session.on)
    place = place_and_date(institution, day)
    leader = session.leader
    post = _("%s,") % (leader.position if leader and leader.position else _("Pemimpin kegiatan"))
    maker = signature(leader, lead=place, post=post)
    if leader is None and session.leader_name:
        maker = Signature(place, post, session.leader_name.upper())
    return [_section_head(institution, session.on), maker]


def _section_head(institution: Institution, day: date) -> Signature:
    rows = institution.memberships.filter(role=Role.SECTION_HEAD, user__is_active=True).select_related("user")
    holder = next((one for one in rows.order_by("pk") if one.holds_on(day)), None)
    if holder is None:
        return head_signature(institution, day, lead=_("Mengetahui,"))
    post = _("%s,") % (holder.user.position or holder.get_role_display())
    return signature(holder.user, lead=_("Mengetahui,"), post=post)


# --- A month of one activity ------------------------------------------------------------------------------------------
def month_sheet(context: dict[str, Any]) -> bytes:
    """The daftar hadir of a month as a PDF, of what ``month_context`` found."""
    return pdf.render(TEMPLATE, context)


def month_context(activity: ProgrammeActivity, first: date, last: date, *, by: User) -> dict[str, Any]:
    """Clients down, the sessions held across, a letter where they meet; three queries."""
    institution = activity.institution
    held = Session.objects.visible_to(by).filter(activity=activity, on__range=(first, last), state=SessionState.HELD)
    sessions = list(held.order_by("on", "starts_at", "pk")[:30])
    rows = Attendance.objects.filter(session__in=sessions).select_related("stay__case__client")
    found: dict[int, dict[int, str]] = defaultdict(dict)
    names = {}
    for one in rows.order_by("stay__case__client__folded_name", "stay_id"):
        found[one.stay.case_id][one.session_id] = one.mark
        names[one.stay.case_id] = one.stay.case.client.shown_name
    title = _("Daftar Hadir Bulanan")
    with timezone.override(ZoneInfo(institution.time_zone)):
        paper = Paper(
            title=title,
            about=f"{activity.name}, {month_and_year(first)}",
            subtitle=f"{activity.name} · {month_and_year(first)}",
            running_head=f"{title} · {activity.name}, {month_and_year(first)}",
            foot=foot(institution, by=by),
            institution=institution,
            is_secret=activity.is_confidential,
            signatures=[[head_signature(institution, min(last, institution.today()), lead=_("Mengetahui,"))]],
        )
    blocks: list[Block] = [_matrix(sessions, found, names)] if sessions else [Words(_("Belum ada sesi terlaksana."))]
    return {"paper": paper, "chapters": [Chapter("", blocks)], "is_wide": True, "cases": list(found)}


def _matrix(sessions: list[Session], found: dict[int, dict[int, str]], names: dict[int, str]) -> Table:
    wide = max(2, 58 // len(sessions))
    name_wide = 100 - 5 - 12 - wide * len(sessions)
    columns = [Column(_("No."), 5, "c"), Column(_("Nama klien"), name_wide)]
    columns += [Column(str(one.on.day), wide, "c") for one in sessions]
    columns += [Column(_("Hadir"), 6, "c"), Column("%", 6, "c")]
    rows: list[Row] = []
    for place, (case, marks) in enumerate(found.items(), 1):
        letters = [LETTERS[Mark(marks[one.pk])] if marks.get(one.pk) else " " for one in sessions]
        present = letters.count("H")
        seats = sum(1 for letter in letters if letter != " ")
        rate = str(round(100 * present / seats)) if seats else " "
        rows.append(row(str(place), names[case], *letters, str(present), rate))
    came = [sum(1 for marks in found.values() if marks.get(one.pk) == Mark.PRESENT) for one in sessions]
    rows.append(row(" ", _("Hadir"), *map(str, came), str(sum(came)), " ", tone="j"))
    return Table(columns, rows, note=KEY, head=1)


# --- The week ---------------------------------------------------------------------------------------------------------
def week_paper(day: date, *, by: User) -> bytes:
    return pdf.render(TEMPLATE, week_context(day, by=by))


def week_context(day: date, *, by: User) -> dict[str, Any]:
    """Times down, days across, as it hangs on the wall: what the reader may see, and no client."""
    institution = by.institution
    assert institution is not None
    with timezone.override(ZoneInfo(institution.time_zone)):
        days = week.of(by, day)
        first = days[0].on
        span = period(first, first + timedelta(days=6))
        title = _("Jadwal Kegiatan Bimbingan")
        paper = Paper(
            title=title,
            about=span,
            subtitle=_("Minggu %s") % span,
            running_head=f"{title} · {span}",
            foot=foot(institution, by=by),
            institution=institution,
            signatures=[[head_signature(institution, first, lead=place_and_date(institution, long_date(first)))]],
        )
        return {"paper": paper, "chapters": [Chapter("", [_grid(days)])], "is_wide": True}


def _grid(days: list[week.Day]) -> Table:
    columns = [Column(_("Waktu"), 9, "c")]
    columns += [Column(f"{WEEKDAYS[one.on.weekday()]}\n{one.on.day}", 13) for one in days]
    cells: dict[tuple[str, str], list[list[str]]] = {}
    for at, one in enumerate(days):
        for meeting in one.meetings:
            if meeting.tone == "stop":
                continue
            here = cells.setdefault((meeting.starts, meeting.ends), [[] for _day in days])
            where = ", ".join(filter(None, (meeting.room, meeting.leader)))
            here[at].append("\n".join(filter(None, (meeting.name, where))))
    rows = [
        row(f"{starts}–{ends}", *("\n".join(told) or " " for told in here))
        for (starts, ends), here in sorted(cells.items())
    ]
    free = [one for one in days if one.holiday]
    note = "; ".join(_("%(day)s libur: %(name)s") % {"day": long_date(one.on), "name": one.holiday} for one in free)
    return Table(columns, rows, note=note)
