"""The part of a nurse or psychologist in a case: identity, the problem, their own notes and tasks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from cases import search
from rehsos import doors
from services import confidential, notes
from services.acts import case_subject
from services.confidential import Reading
from services.models import Assessment, Note, Task
from services.models.note import parts_of
from services.note_enums import NoteKind
from services.note_shapes import SHAPES
from services.views import fetch
from services.views.paging import page_of

CARE = (Role.NURSE, Role.PSYCHOLOGIST)
PAGE = 30
SHOWN = 50


@doors.roles(*CARE)
def parts(request: HttpRequest) -> HttpResponse:
    """The residents of a nurse, those referred to a psychologist, by name."""
    user, words = request.user, request.GET.get("q", "").strip()
    rows = parts_of(user).select_related("client").defer("client__nik").prefetch_related("stays")
    found = rows.filter(search.cases(words, user.institution)) if words else rows
    page = page_of(request, found.order_by("client__folded_name", "pk"), PAGE)
    fetch.seen(request, "parts", map(case_subject, page))
    context = {"page": page, "words": words, "is_nurse": user.has_role(Role.NURSE)}
    return render(request, "services/individual/parts.html", context)


@doors.roles(*CARE)
def part(request: HttpRequest, number: str) -> HttpResponse:
    user = request.user
    case = parts_of(user).select_related("client", "institution").filter(number=number).first()
    if case is None:
        raise Http404(_("Kasus tidak ditemukan."))
    fetch.seen_case(request, case, "part")
    rows = Note.objects.visible_to(user).filter(case=case).standing().select_related("by", "case__institution")
    assessment = Assessment.of(case).first()
    tasks = Task.objects.visible_to(user).running().filter(case=case, for_user=user)
    context = {
        "case": case,
        "client": case.client,
        "age": case.client.age_on(case.institution.today()),
        "stay": case.stays.filter(left_on__isnull=True).first(),
        "problem": assessment.problem_statement if assessment else "",
        "notes": [
            (row, SHAPES[NoteKind(row.kind)], confidential.reading(user, row) == Reading.OPEN) for row in rows[:SHOWN]
        ],
        "writable": [s for s in SHAPES.values() if s.is_restricted and not notes.why_not_write(user, case, s.kind)],
        "tasks": tasks.select_related("case__client", "for_user", "given_by"),
        "crumbs": [(_("Bagian saya"), reverse("services:parts")), (case.client.shown_name, "")],
    }
    return render(request, "services/individual/part.html", context)
