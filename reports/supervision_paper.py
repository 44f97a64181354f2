"""Catatan supervisi: one supervision with its directions and what came of them; and all of a period as a table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Institution, User
from rehsos.formatting import long_date, moment
from reports import given, pdf, portrait
from reports.blocks import Block, Chapter, Column, Facts, Table, Words, row
from reports.dates import period
from reports.given import Given
from reports.letters import Made, framed
from reports.paper import Paper, Stamp, foot, numbered_line, place_and_date, signature
from reports.signers import head_signature
from services import directions
from services.catalogue import CATALOGUE
from services.enums import TaskAct

TEMPLATE = "reports/print/session_sheet.html"


def context(upt: Institution, one: Given, *, by: User, stamp: Stamp | None = None) -> dict[str, Any]:
    """The paper of one supervision."""
    with timezone.override(ZoneInfo(upt.time_zone)):
        return {"paper": _paper(upt, one, Made(upt, by, stamp)), "chapters": [Chapter("", _blocks(one))]}


def note(upt: Institution, one: Given, *, by: User) -> bytes:
    """The same as a PDF, for what no case keeps: a word on a session. Its number is written by hand."""
    drawn = context(upt, one, by=by)
    with timezone.override(ZoneInfo(upt.time_zone)):
        drawn["paper"] = _final(drawn["paper"], numbered_line(None), _("Supervisi %s") % long_date(one.on), by=by)
    return pdf.render(TEMPLATE, drawn)


def _final(paper: Paper, *under: str, by: User) -> Paper:
    """A print that nobody issues is no draft of anything."""
    head = " · ".join(filter(None, (paper.title, paper.about, _("RAHASIA") if paper.is_secret else "")))
    return replace(paper, subtitle="\n".join(under), running_head=head, foot=foot(paper.institution, by=by))


def _blocks(one: Given) -> list[Block]:
    photo = portrait.of(one.case.client) if one.case else ""
    return [
        Facts(_facts(one), is_first_strong=True, photo=photo),
        Words(one.row.note, _("Catatan supervisi")),
        Words(one.row.directions or _("Tidak ada arahan."), _("Arahan")),
        *_follow_up(one),
    ]


def _facts(one: Given) -> list[tuple[str, str]]:
    item = CATALOGUE[one.row.code]
    rows = [
        (_("Nama"), one.case.client.name.upper() if one.case else ""),
        (_("No. induk / no. kasus"), f"{one.case.client.number} / {one.case.number}" if one.case else ""),
        (_("Yang disupervisi"), _what(one)),
        (_("Dikerjakan oleh"), one.person.full_name if one.person and one.kind != given.ON_CASE else ""),
        (_("Butir supervisi"), f"{item.code} {item.display}."),
        (_("Bimbingan"), one.field),
        (_("Tanggal supervisi"), long_date(one.on)),
        (_("Hasil"), one.verdict),
    ]
    return [fact for fact in rows if fact[1]]


def _what(one: Given) -> str:
    if one.kind == given.ON_CASE:
        return _("Tahap %s") % one.row.get_stage_display()
    subject = one.row.of_note or one.row.session
    return f"{one.what}, {long_date(subject.on)}"


def _follow_up(one: Given) -> list[Block]:
    """What was answered to the directions, and whether that was enough."""
    steps = [(task, step) for task in one.tasks for step in task.steps.all() if step.act != TaskAct.PASS_ON]
    if not one.tasks:
        return []
    if not steps:
        due = one.tasks[0].due_on
        return [Words(_("Belum dijawab; tenggat %s.") % long_date(due), _("Tindak lanjut"))]
    columns = [Column(_("Waktu"), 22), Column(_("Oleh"), 26), Column(_("Uraian"), 52)]
    rows = [
        row(moment(step.at), step.by.full_name, f"{step.get_act_display()}. {step.text}".strip())
        for _task, step in steps
    ]
    return [Table(columns, rows, _("Tindak lanjut"))]


def _paper(upt: Institution, one: Given, made: Made) -> Paper:
    about = _("kasus %s") % one.case.number if one.case else f"{one.what}, {long_date(one.on)}"
    post = _("%s,") % (one.row.by.position or _("Supervisor"))
    giver = signature(one.row.by, lead=place_and_date(upt, long_date(one.on)), post=post)
    taker = one.person or next(iter(directions.workers_of(one.case)), None) if one.case else one.person
    duty = _("%s,") % (taker.position if taker and taker.position else _("Petugas"))
    return framed(
        made,
        _("Catatan Supervisi"),
        about,
        under=_("Supervisi %s") % long_date(one.on),
        is_secret=True,
        closing=_("Catatan ini menjadi dasar tindak lanjut petugas yang menerimanya."),
        signatures=[(signature(taker, lead=_("Menerima,"), post=duty), giver)],
    )


def of_period(
    upt: Institution, rows: Sequence[Given], days: tuple[date, date], giver: User | None, *, by: User
) -> bytes:
    """Every supervision of a period as a PDF, on landscape pages."""
    with timezone.override(ZoneInfo(upt.time_zone)):
        return pdf.render(TEMPLATE, _period_context(upt, rows, days, giver, by))


def _period_context(
    upt: Institution, rows: Sequence[Given], days: tuple[date, date], giver: User | None, by: User
) -> dict[str, Any]:
    columns = [Column(_("Tanggal"), 9), Column(_("Butir"), 6, "c"), Column(_("Klien atau kegiatan"), 19)]
    columns += [Column(_("Supervisor"), 13), Column(_("Catatan"), 23), Column(_("Arahan"), 19)]
    columns.append(Column(_("Tindak lanjut"), 11))
    lines = [row(*_line(one)) for one in sorted(rows, key=lambda one: (one.on, one.row.at))]
    told: list[Block] = [Table(columns, lines)] if lines else [Words(_("Tidak ada supervisi dalam periode ini."))]
    lead, upto = place_and_date(upt, long_date(min(days[1], upt.today()))), min(days[1], upt.today())
    maker = giver or by
    signed = signature(maker, lead=lead, post=_("%s,") % (maker.position or _("Supervisor")))
    head = head_signature(upt, upto, lead=_("Mengetahui,"), maker=maker)
    paper = framed(
        Made(upt, by),
        _("Catatan Supervisi"),
        period(*days),
        is_secret=True,
        signatures=[(head, signed)],
    )
    return {
        "paper": _final(paper, _("Periode %s") % period(*days), by=by),
        "chapters": [Chapter("", told)],
        "is_wide": True,
    }


def _line(one: Given) -> list[str]:
    who = f"{one.case.client.shown_name}\n{one.case.number}" if one.case else one.what
    if one.kind == given.ON_NOTE:
        who = f"{who}\n{one.what}"
    words = [one.masked, ""] if one.masked else [one.row.note, one.row.directions]
    return [long_date(one.on), one.row.code, who, one.row.by.full_name, *words, one.state]
