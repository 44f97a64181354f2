"""Hasil bimbingan lanjut: what became of those who left, for who leads a UPT; the same as a spreadsheet."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rehsos import doors, formatting
from reports import outcome_picture, outcomes, tables
from reports.outcomes import MONTHS, Line, Measure, Person
from services import worktime
from services.acts import case_subject
from services.due_dates import add_months
from services.views import fetch, readers

LONGEST = 60  # months of leaving in one page
LEFT, DUE = "keluar", "semua"


@dataclass(frozen=True)
class Asked:
    """The months of leaving and how many months later somebody asks about."""

    first: date
    last: date
    months: int

    @property
    def end(self) -> date:
        return add_months(self.last, 1) - timedelta(days=1)

    def query(self, **more: Any) -> str:
        told = {"dari": f"{self.first:%Y-%m}", "sampai": f"{self.last:%Y-%m}", "bulan": self.months, **more}
        return f"?{urlencode(told)}"


def _asked(request: HttpRequest, today: date) -> Asked:
    """What makes no sense is the usual: the twelve months that ended a quarter ago."""
    given = request.GET.get("bulan", "")
    months = int(given) if given in map(str, MONTHS) else MONTHS[0]
    last = _month(request, "sampai", add_months(today.replace(day=1), -months - 1))
    first = _month(request, "dari", add_months(last, -11))
    return Asked(max(min(first, last), add_months(last, -LONGEST)), last, months)


def _month(request: HttpRequest, name: str, otherwise: date) -> date:
    try:
        return worktime.month(request.GET.get(name, ""))
    except ValueError:
        return otherwise


@doors.roles(*readers.SUPERVISION)
def outcome(request: HttpRequest) -> HttpResponse:
    """Picture and tables; every number leads to the people behind it."""
    upt, today = request.user.institution, request.user.institution.today()
    asked = _asked(request, today)
    people = outcomes.cohort(upt, asked.first, asked.end)
    due = [person for person in people if person.is_due(asked.months, today)]
    shown, listed = _listed(request, people, due, asked)
    fetch.seen(request, "outcomes", [case_subject(person.case) for person in listed])
    measured = [(months, [p for p in people if p.is_due(months, today)]) for months in MONTHS]
    context = {
        "asked": asked,
        "all": len(people),
        "due": len(due),
        "chart": outcome_picture.of([outcomes.line("", rows, months) for months, rows in measured]) if people else None,
        "measures": list(Measure),
        "months": [(months, f"{asked.first:%Y-%m}", f"{asked.last:%Y-%m}") for months in MONTHS],
        "tables": [(title, [_linked(one, asked) for one in lines]) for title, lines in _tables(due, asked)],
        "shown": shown,
        "listed": [(person, sorted(m.label for m in person.at(asked.months))) for person in listed],
        "all_url": asked.query(siapa=LEFT),
        "xlsx": asked.query(),
    }
    return render(request, "reports/outcomes.html", context)


def _tables(due: list[Person], asked: Asked) -> list[tuple[str, list[Line]]]:
    return [
        (_("Semua"), [outcomes.line(_("Semua yang keluar"), due, asked.months)] if due else []),
        (_("Menurut bimbingan yang diterima"), outcomes.by_bimbingan(due, asked.months)),
        (_("Menurut kategori"), outcomes.by_category(due, asked.months)),
    ]


def _linked(one: Line, asked: Asked) -> dict[str, Any]:
    """A row with its cells; each number leads to the people behind it."""
    group = {"kelompok": one.group} if one.group else {}
    cells = []
    for measure in Measure:
        number = one.counts[measure]
        url = asked.query(siapa=measure.value, **group) if number else ""
        share = f"{formatting.number(round(100 * number / one.people))}%" if number else ""
        cells.append({"label": measure.label, "number": number, "share": share, "url": url})
    return {"label": one.label, "people": one.people, "cells": cells, "url": asked.query(siapa=DUE, **group)}


def _listed(request: HttpRequest, people: list[Person], due: list[Person], asked: Asked) -> tuple[str, list[Person]]:
    """The people behind a number, if somebody asks for them."""
    wanted, group = request.GET.get("siapa", ""), request.GET.get("kelompok", "")
    if wanted == LEFT:
        return _("Semua yang keluar"), people
    if wanted == DUE:
        return _("Sudah %s bulan di luar") % asked.months, outcomes.of_group(due, group)
    if wanted not in Measure:
        return "", []
    measure = Measure(wanted)
    found = [person for person in outcomes.of_group(due, group) if measure in person.at(asked.months)]
    return str(measure.label), found


@doors.roles(*readers.SUPERVISION)
def outcome_table(request: HttpRequest) -> HttpResponse:
    """The numbers as a spreadsheet; it names nobody."""
    upt, today = request.user.institution, request.user.institution.today()
    asked = _asked(request, today)
    people = outcomes.cohort(upt, asked.first, asked.end)
    due = [person for person in people if person.is_due(asked.months, today)]
    headings = (_("Tabel"), _("Kelompok"), _("Bulan sesudah keluar"), _("Orang"), *(str(m.label) for m in Measure))
    lines = [
        (title, one.label, asked.months, one.people, *(one.counts[m] for m in Measure))
        for title, rows in _tables(due, asked)
        for one in rows
    ]
    return tables.export("hasil-bimbingan-lanjut.xlsx", _("Hasil binjut"), headings, lines)
