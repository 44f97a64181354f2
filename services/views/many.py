"""Acts on many cases from one page: sign-offs for a whole stage, and the decisions of the queue."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.enums import Stage
from cases.models import Case
from rehsos import doors
from services import owing, transitions
from services.acts import case_subject
from services.forms.base import tried
from services.forms.many import DecideManyForm, SuperviseManyForm, shown_in
from services.models import Request
from services.owing import Owing
from services.queue import Queue, Waiting
from services.transitions.supervising_many import Given
from services.views import fetch, readers

FORM = ("GET", "POST")


# --- Sign-offs ---
@doors.roles(*readers.SUPERVISION, methods=FORM)
def supervise_many(request: HttpRequest) -> HttpResponse:
    """Choose a stage, then the cases of it that owe sign-offs."""
    user, stage = request.user, _stage(request)
    is_sent = request.method == "POST"
    rows = owing.of_cases(user, shown_in(request.POST)) if is_sent else owing.of_stage(user, stage)
    form = SuperviseManyForm(
        fetch.posted(request),
        user=user,
        act="supervise_many",
        subject=f"{user.institution.pk}:{stage}",
        rows=rows,
        all_chosen=request.GET.get("pilih") == "semua",
    )
    if is_sent and form.is_valid() and (given := _given(request, form, rows)):
        _tell(request, given)
        return redirect(_address(stage))
    fetch.seen(request, "supervise_many", (case_subject(row.case) for row in rows))
    context = {
        "form": form,
        "stage": stage,
        "stages": [(each, _address(each)) for each in Stage],
        "rows": [(row, drawn) for row in rows if (drawn := form.row(row.case.pk))],
        "barred": [row for row in rows if form.row(row.case.pk) is None],
        "all_url": f"{_address(stage)}&pilih=semua",
        "is_capped": len(rows) >= owing.SHOWN,
    }
    return render(request, "services/supervise_many.html", context, status=422 if form.is_bound else 200)


def _stage(request: HttpRequest) -> Stage:
    """The one asked for; else the longest, which has a sign-off for each bimbingan."""
    slug = request.GET.get("tahap", "")
    return fetch.stage(slug) if slug else Stage.INTERVENTION


def _address(stage: Stage) -> str:
    return f"{reverse('services:supervise_many')}?tahap={stage.slug}"


def _given(request: HttpRequest, form: SuperviseManyForm, rows: list[Owing]) -> Given | None:
    data, chosen = form.cleaned_data, set(form.chosen())
    return tried(
        form,
        transitions.supervise_many,
        cases=[row.case for row in rows if row.case.pk in chosen],
        versions={pk: form.version_of(pk) for pk in chosen},
        exceptions=form.own_notes(),
        by=request.user,
        key=data["form_key"],
        **{name: data[name] for name in ("codes", "on", "note", "directions", "partly")},
    )


def _tell(request: HttpRequest, given: Given) -> None:
    told = {"cases": given.cases, "codes": len(given.signed)}
    messages.success(request, _("Supervisi diberikan pada %(cases)s kasus (%(codes)s butir).") % told)
    for words in given.failed:
        messages.warning(request, _("Belum: %s") % words)


# --- Decisions ---
@doors.roles(*readers.SUPERVISION, methods=FORM)
def decide_many(request: HttpRequest) -> HttpResponse:
    """Every request of the queue that the reader may decide, each with what it still needs."""
    if request.method != "POST":
        return _decisions(request)
    form = _form(request, _asked(request), request.POST)
    if not form.is_valid():
        return _decisions(request, form)
    answers = transitions.decide_many(choices=form.choices(), by=request.user, key=form.cleaned_data["form_key"])
    failed = [answer for answer in answers if answer.why_not]
    if done := len(answers) - len(failed):
        messages.success(request, _("%s pengajuan diputus.") % done)
    if not failed:
        return redirect("services:supervision")
    return _decisions(request, failed=list(map(str, failed)), typed=form)


def _asked(request: HttpRequest) -> list[Request]:
    """The requests that the page showed, whatever has become of them."""
    rows = Request.objects.filter(case__in=Case.objects.visible_to(request.user), pk__in=shown_in(request.POST))
    found = list(rows.select_related("case__client", "requested_by").order_by("requested_at", "pk"))
    if any(f"pick-{pk}" in request.POST for pk in set(shown_in(request.POST)) - {asked.pk for asked in found}):
        raise Http404(_("Pengajuan tidak ditemukan."))
    return found


def _form(request: HttpRequest, asked: list[Request], posted: Any = None, **initial: Any) -> DecideManyForm:
    user = request.user
    subject = f"{user.institution.pk}"
    return DecideManyForm(posted, user=user, act="decide_many", subject=subject, requests=asked, initial=initial)


def _decisions(
    request: HttpRequest,
    bound: DecideManyForm | None = None,
    failed: list[str] | None = None,
    typed: DecideManyForm | None = None,
) -> HttpResponse:
    """The page; after a refusal with what was typed, after a failure with what still waits and why it does."""
    waiting = [row for row in Queue(request.user).waiting() if not row.why_not]
    kept = _kept(typed) if typed else {}
    form = bound or _form(request, [row.request for row in waiting], **kept)
    fetch.seen(request, "decide_many", (case_subject(row.case) for row in waiting))
    context = {
        "form": form,
        "rows": [(row, drawn, _kind(row)) for row in waiting if (drawn := form.row(row.request.pk))],
        "failed": [{"text": words, "id": ""} for words in failed or []],
    }
    return render(request, "services/decide_many.html", context, status=422 if bound or failed else 200)


def _kept(typed: DecideManyForm) -> dict[str, Any]:
    """What was typed and chosen; keys and versions are those of the new page."""
    return {name: value for name, value in typed.cleaned_data.items() if not typed.fields[name].widget.is_hidden}


def _kind(row: Waiting) -> str:
    """What deciding on a row does, in words."""
    return _("sahkan") if row.request.state == "awaiting_head" else _("setujui")
