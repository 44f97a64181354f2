"""The work with one client: its notes, one note, a restricted one opened with a reason, a supervisor's word on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from audit import trail
from cases.models import Case
from rehsos import doors
from services import confidential, notes, permissions, reviews
from services.acts import allow, case_subject
from services.confidential import Reading
from services.forms.base import KeyedForm, tried
from services.forms.notes import NoteForm, OpenForm, ReviewForm
from services.models import CourtDate, Note, Obstacle, ProcessRecord, Task
from services.models.note import CASE_READERS, in_hand
from services.note_enums import NoteKind
from services.note_shapes import SHAPES, Shape, by_slug
from services.pages import links
from services.views import fetch, readers
from services.views.case import around
from services.views.paging import page_of

HANDS = (*CASE_READERS, Role.NURSE, Role.PSYCHOLOGIST)
PAGE = 25
SHOWN = 10


@doors.roles(*readers.CASES)
def case_work(request: HttpRequest, number: str) -> HttpResponse:
    """All individual work of a case, restricted parts masked; obstacles, days of the law, open directions beside it."""
    return _list(request, number, request.GET.get("jenis", ""))


@doors.roles(*readers.CASES)
def counselling(request: HttpRequest, number: str) -> HttpResponse:
    return _list(request, number, SHAPES[NoteKind.COUNSELLING].slug)


def _list(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    found = fetch.case(request, number, "case_work")
    user, chosen = request.user, next((shape for shape in SHAPES.values() if shape.slug == slug), None)
    rows = Note.objects.filter(case=found).standing().select_related("by")
    page = page_of(request, rows.filter(kind=chosen.kind) if chosen else rows, PAGE)
    tasks = (
        Task.objects.visible_to(user)
        .running()
        .filter(case=found)
        .select_related("case__client", "for_user", "given_by")
    )
    context = around(request, found, "case_work")
    context |= {
        "page": page,
        "rows": [(row, SHAPES[NoteKind(row.kind)]) for row in page],
        "shapes": [SHAPES[NoteKind(kind)] for kind in sorted(set(rows.order_by().values_list("kind", flat=True)))],
        "chosen": chosen,
        "writable": [
            s for s in SHAPES.values() if not found.is_closed and not notes.why_not_write(user, found, s.kind)
        ],
        "obstacles": Obstacle.objects.filter(case=found).order_by("overcome_on", "-on"),
        "courts": CourtDate.objects.filter(case=found).order_by("-on")[:SHOWN],
        "tasks": tasks,
        "processes": ProcessRecord.objects.visible_to(user).filter(links__case=found)[:SHOWN],
    }
    return render(request, "services/individual/case_work.html", context)


@doors.roles(*HANDS, methods=("GET", "POST"))
def note_new(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    case, shape = _case_in_hand(request, number), _shape(slug)
    corrects = _to_correct(request, case, shape)
    form = NoteForm(
        fetch.posted(request),
        request.FILES or None,
        shape=shape,
        initial=_earlier(corrects),
        user=request.user,
        act="note_new",
        subject=f"{case.pk}.{shape.slug}.{corrects.pk if corrects else ''}",
    )
    allow(notes.why_not_write(request.user, case, shape.kind))
    if form.is_bound and form.is_valid():
        note = _written(form, case, shape, corrects, request)
        if note:
            messages.success(request, _("%s tersimpan.") % shape.title)
            return redirect("services:note", note.pk)
    fetch.seen_case(request, case, "note_new")
    context = {
        "form": form,
        "shape": shape,
        "case": case,
        "corrects": corrects,
        "back": _home_of(request, case),
        "crumbs": [*_crumbs(request, case), (shape.title, "")],
    }
    return render(request, "services/individual/note_new.html", context, status=422 if form.is_bound else 200)


def _written(form: NoteForm, case: Case, shape: Shape, corrects: Note | None, request: HttpRequest) -> Note | None:
    data = form.cleaned_data
    return tried(
        form,
        notes.write,
        case=case,
        kind=shape.kind,
        bimbingan=form.bimbingan(),
        on=data["on"],
        values=form.values(),
        evidence=data.get("evidence"),
        by=request.user,
        corrects=corrects,
        key=data["form_key"],
    )


@doors.roles(*HANDS)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _note(request, pk))


@doors.roles(Role.HEAD, Role.SECTION_HEAD, methods=("POST",))
def note_open(request: HttpRequest, pk: int) -> HttpResponse:
    found = _note(request, pk)
    form = OpenForm(request.POST, user=request.user, act="note_open", subject=found, auto_id="note_open-%s")
    if form.is_valid():
        data = form.cleaned_data
        if tried(
            form, confidential.open_note, note=found, reason=data["reason"], by=request.user, key=data["form_key"]
        ):
            return redirect("services:note", pk)
    return _page(request, found, form)


@doors.roles(*permissions.SUPERVISING, methods=("POST",))
def note_review(request: HttpRequest, pk: int) -> HttpResponse:
    found = _note(request, pk)
    form = ReviewForm(request.POST, user=request.user, act="note_review", subject=found, auto_id="note_review-%s")
    if form.is_valid():
        data = form.cleaned_data
        words = {name: data[name] for name in ("on", "note", "directions", "due_on")}
        if tried(form, reviews.give, of_note=found, by=request.user, key=data["form_key"], **words):
            messages.success(request, _("Supervisi tersimpan."))
            return redirect("services:note", pk)
    return _page(request, found, form)


def _page(request: HttpRequest, found: Note, refused: KeyedForm | None = None) -> HttpResponse:
    user, shape = request.user, SHAPES[NoteKind(found.kind)]
    fetch.seen(request, "note", [_subject(found), case_subject(found.case)])
    how = confidential.reading(user, found)
    is_open = how == Reading.OPEN
    may_review = is_open and not reviews.why_not(user, found)
    shown = {refused.act: refused} if refused else {}
    context = {
        "note": found,
        "shape": shape,
        "is_open": is_open,
        "facts": _facts(found, shape) if is_open else [],
        "reviews": found.reviews.select_related("by", "task") if is_open else [],
        "openings": found.openings.select_related("by") if is_open else [],
        "ask": (shown.get("note_open") or OpenForm(user=user, act="note_open", subject=found, auto_id="note_open-%s"))
        if how == Reading.BY_REASON
        else None,
        "review": (
            shown.get("note_review")
            or ReviewForm(user=user, act="note_review", subject=found, auto_id="note_review-%s")
        )
        if may_review
        else None,
        "refused": refused,
        "may_correct": found.by_id == user.pk and not hasattr(found, "correction") and not found.case.is_closed,
        "crumbs": [*_crumbs(request, found.case), (shape.title, "")],
    }
    return render(request, "services/individual/note.html", context, status=422 if refused else 200)


def _facts(found: Note, shape: Shape) -> list[tuple[str, str]]:
    """Label and words of every column that says something."""
    rows = []
    for name, label in shape.columns.items():
        value = found.get_finding_display() if name == "finding" else getattr(found, name)
        rows.append((str(label), str(value)))
    return [(label, value) for label, value in rows if value]


def _note(request: HttpRequest, pk: int) -> Note:
    rows = Note.objects.visible_to(request.user).select_related(
        "case__client", "case__institution", "institution", "by"
    )
    found = rows.select_related("correction", "corrects").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Catatan tidak ditemukan."))
    return found


def _case_in_hand(request: HttpRequest, number: str) -> Case:
    found = in_hand(request.user).select_related("client", "institution").filter(number=number).first()
    if found is None:
        raise Http404(_("Kasus tidak ditemukan."))
    return found


def _shape(slug: str) -> Shape:
    try:
        return by_slug(slug)
    except LookupError as unknown:
        raise Http404(_("Jenis catatan tidak dikenal.")) from unknown


def _to_correct(request: HttpRequest, case: Case, shape: Shape) -> Note | None:
    """The note that the address says is to be corrected, if it is the reader's own."""
    pk = request.GET.get("perbaiki", "")
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return Note.objects.filter(pk=int(pk), case=case, kind=shape.kind, by=request.user).first()


def _earlier(corrects: Note | None) -> dict[str, Any]:
    names = ("variant", "bimbingan", "on", "starts_at", "minutes", "method", "with_whom", "topic", "account")
    return {
        name: value
        for name in (*names, "finding", "result", "follow_up")
        if corrects and (value := getattr(corrects, name)) not in ("", None)
    }


def _crumbs(request: HttpRequest, case: Case) -> list[tuple[object, str]]:
    if request.user.has_role(*CASE_READERS):
        return [*links.crumbs(case), (_("Perorangan"), reverse("services:case_work", args=[case.number]))]
    return [(_("Bagian saya"), reverse("services:parts")), (case.client.shown_name, _home_of(request, case))]


def _home_of(request: HttpRequest, case: Case) -> str:
    name = "services:case_work" if request.user.has_role(*CASE_READERS) else "services:part"
    return reverse(name, args=[case.number])


def _subject(found: Note) -> Any:
    return trail.Subject("note", found.pk, found.get_kind_display())
