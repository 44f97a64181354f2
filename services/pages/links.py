"""Addresses on the pages of a case, and the one that mends something that is missing."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cases.enums import Stage
from cases.models import Case
from services import records
from services.gates import MINUTES, Unmet
from services.models import Activity, AftercareMiss, AftercareVisit, StageRecord
from services.processes import CODES as PROCESS_CODES
from services.situation import Situation


def stage(case: Case, home: Stage, anchor: str = "") -> str:
    return reverse("services:stage", args=[case.number, home.slug]) + (f"#{anchor}" if anchor else "")


def new_record(case: Case, kind: type[StageRecord]) -> str:
    """The form of a new record; visits and those in vain are written as a trip, with a photo and the state of aids."""
    if kind in (AftercareVisit, AftercareMiss):
        return f"{reverse('services:trip_new')}?{urlencode({'kasus': case.number})}"
    return reverse("services:record_new", args=[case.number, kind.home.slug, kind.slug])


def record(case: Case, row: StageRecord) -> str:
    return reverse("services:record", args=[case.number, row.home.slug, row.slug, row.pk])


def notes(case: Case, code: str) -> str:
    """The notes of a case under one code."""
    return f"{reverse('services:case_notes', args=[case.number])}?{urlencode({'kode': code})}"


def log(case: Case, code: str = "", bimbingan: str = "") -> str:
    """The form that records an activity, with what is known already; plans and evaluations have one of their own."""
    if code in PROCESS_CODES:
        return f"{reverse('services:process_new')}?{urlencode({'kode': code, 'kasus': case.number})}"
    known = {"kasus": case.number, "kode": code, "bimbingan": bimbingan}
    return f"{reverse('services:activity_new')}?{urlencode({name: value for name, value in known.items() if value})}"


def to_mend(now: Situation, missing: Unmet) -> tuple[str, str]:
    """Address and words of the button that fills what is missing; nothing where no page fills it."""
    if missing.code == MINUTES:
        return reverse("services:leaving", args=[now.case.number]) + "#berita-acara", _("Isi")
    if missing.record:
        kind = _kind_of(now, missing)
        rows = now.records_of(kind)
        if rows and (kind.is_single or rows[-1].lacks()):
            return record(now.case, rows[-1]), _("Lengkapi")
        return new_record(now.case, kind), _("Isi")
    if missing.code:
        return log(now.case, missing.code, missing.bimbingan), _("Catat")
    return "", ""


def _kind_of(now: Situation, missing: Unmet) -> type[StageRecord]:
    """The record that is missing: of this stage, or of another one, for an exit or a new version."""
    try:
        return records.by_slug(now.stage, missing.record)
    except LookupError:
        return records.behind((missing.code,))[0]


def crumbs(case: Case) -> list[tuple[object, str]]:
    """The way to a case; the page itself comes last."""
    here = reverse("services:case", args=[case.number])
    return [(_("Kasus"), reverse("services:case_list")), (case.client.shown_name, here)]


def stage_pdf(case: Case, home: Stage) -> str:
    """The stage report. Its app stands above this one, so it is known by name only."""
    return reverse("reports:stage_pdf", args=[case.number, home.slug])


PAGES_OF = {"note": "services:note", "processrecord": "services:process_record", "courtdate": "services:court"}


def written(activity: Activity) -> str:
    """The page of the note, court day or process record that wrote an activity; nothing for the others."""
    name = PAGES_OF.get(activity.record_kind)
    return reverse(name, args=[activity.record_id]) if name else ""
