"""The pages of stage records: fill one in, correct it while it is open, read it afterwards."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.forms import compare
from cases.enums import Stage
from cases.models import Case
from rehsos import doors
from services import editing, permissions, recording, records, worktime
from services.acts import allow
from services.catalogue import CATALOGUE, DEFINITIONS
from services.forms.base import tried
from services.forms.record import RecordForm
from services.forms.records import FORMS
from services.models import StageRecord
from services.pages import exits, links, panels
from services.situation import Situation
from services.views import fetch, readers

FORM = ("GET", "POST")


@doors.roles(Role.SOCIAL_WORKER, methods=FORM)
def record_new(request: HttpRequest, number: str, stage: str, slug: str) -> HttpResponse:
    case = fetch.case(request, number, "record_new")
    kind = _kind(stage, slug)
    form = _form(request, case, kind, data=fetch.posted(request), initial=_asked(request))
    if request.method == "POST":
        return _saved(request, case, kind, form)
    now = Situation(case)
    present = now.records_of(kind)
    if kind.is_single and present:
        return redirect(links.record(case, present[0]))
    why_not = permissions.why_not_record(request.user, case) or editing.why_not(now, kind)
    return _drawn(request, case, kind, form, why_not=why_not)


@doors.roles(*readers.CASES, methods=FORM)
def record(request: HttpRequest, number: str, stage: str, slug: str, pk: int) -> HttpResponse:
    case = fetch.case(request, number, "record")
    kind = _kind(stage, slug)
    row = kind._default_manager.select_related("author").filter(case=case, pk=pk).first()
    if row is None:
        raise Http404(_("Catatan tidak ditemukan."))
    form = _form(request, case, kind, row, data=fetch.posted(request))
    if request.method == "POST":
        return _saved(request, case, kind, form)
    why_not = permissions.why_not_record(request.user, case) or _why_frozen(case, kind, row)
    stored = _form(request, case, kind, row, with_draft=False) if form.is_draft_outdated else None
    return _drawn(request, case, kind, form, row=row, why_not=why_not, stored=stored)


def _kind(stage: str, slug: str) -> type[StageRecord]:
    try:
        return records.by_slug(fetch.stage(stage), slug)
    except LookupError as unknown:
        raise Http404(_("Formulir tidak ditemukan.")) from unknown


def _form(
    request: HttpRequest,
    case: Case,
    kind: type[StageRecord],
    row: StageRecord | None = None,
    *,
    data: QueryDict | None = None,
    with_draft: bool = True,
    initial: dict[str, Any] | None = None,
) -> RecordForm:
    return FORMS[kind](
        data,
        initial=initial or {},
        instance=row,
        with_draft=with_draft,
        user=request.user,
        act=f"record-{kind.slug}",
        subject=row or case,
        version=row.version if row else None,
        case=case,
    )


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The period a link to a new progress sheet asks for; the form takes one that is open."""
    try:
        return {"period_on": worktime.month(request.GET.get("periode", ""))}
    except ValueError:
        return {}


def _why_frozen(case: Case, kind: type[StageRecord], row: StageRecord) -> str:
    if row.round != case.round_of(kind.home):
        return _("Ini catatan putaran %s; isinya hanya dapat dibaca.") % row.round
    if kind.edition_of and row.edition != getattr(case, kind.edition_of):
        return _("Ini versi %s; isinya hanya dapat dibaca.") % row.edition
    return editing.why_not(Situation(case), kind)


def _saved(request: HttpRequest, case: Case, kind: type[StageRecord], form: RecordForm) -> HttpResponse:
    allow(permissions.why_not_record(request.user, case))
    if form.is_valid():
        values, parts = form.content()
        try:
            saved = tried(
                form,
                recording.save_record,
                case=case,
                kind=kind,
                values=values,
                parts=parts,
                by=request.user,
                record_id=form.instance.pk,
                version=form.cleaned_data["version"],
                key=form.cleaned_data["form_key"],
            )
        except doors.Stale as stale:
            return _overtaken(request, case, kind, form, stale)
        if saved:
            messages.success(request, _("%s disimpan.") % kind.title)
            is_of_exit = case.is_leaving and kind.home == Stage.CLOSING
            return redirect(exits.url(case) if is_of_exit else links.stage(case, kind.home))
    fetch.seen_case(request, case, "record")
    return _drawn(request, case, kind, form, status=422)


def _overtaken(
    request: HttpRequest, case: Case, kind: type[StageRecord], form: RecordForm, stale: doors.Stale
) -> HttpResponse:
    """409: somebody was faster. Both texts come back, and a form that knows of theirs."""
    present = {row.pk: row for row in Situation(case).records_of(kind)}
    row = present.get(form.instance.pk) or (kind.is_single and next(iter(present.values()), None))
    if not row:
        raise stale
    stored = _form(request, case, kind, row)
    mine = _form(request, case, kind, row, data=compare.renewed(request.POST, stored))
    mine.add_error(None, _("%s Bandingkan, lalu simpan lagi bila tulisan Anda yang benar.") % stale.message)
    fetch.seen_case(request, case, "record")
    return _drawn(request, case, kind, mine, row=row, stored=stored, status=409)


def _drawn(
    request: HttpRequest,
    case: Case,
    kind: type[StageRecord],
    form: RecordForm,
    *,
    row: StageRecord | None = None,
    why_not: str = "",
    stored: RecordForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form, beside what is ``stored`` where that differs; or, where it cannot be written, what is, and why not."""
    stage_url = links.stage(case, kind.home)
    context = {
        "case": case,
        "kind": kind,
        "stage": kind.home,
        "form": form,
        "is_new": form.instance.pk is None,
        "why_not": why_not,
        "card": panels.card(row) if row and why_not else None,
        "record": row,
        "suggestion": getattr(form, "suggestion", None),
        "differences": compare.differences(form, stored) if stored else None,
        "action": links.record(case, row) if row else "",
        "items": [{"item": CATALOGUE[code], "kind": DEFINITIONS.kinds[CATALOGUE[code].kind]} for code in kind.codes],
        "definition": DEFINITIONS.stages[kind.home],
        "stage_url": stage_url,
        "crumbs": [*links.crumbs(case), (kind.home.label, stage_url), (kind.title, "")],
    }
    return render(request, "services/record.html", context, status=status)
