"""One session: mark the group, put it right, cancel it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms.compare import renewed
from accounts.models import User
from audit.trail import Subject
from rehsos import doors, formatting
from services import arranging, attendees, attending, permissions, session_permissions
from services.attendees import AtHand
from services.forms.attendance import MARKS, SCORES, AttendanceForm
from services.forms.base import tried
from services.forms.programme import CancelForm
from services.models import Session
from services.pages import attendance
from services.pages.attendance import Row
from services.views import fetch, readers

FORM = ("GET", "POST")


@doors.roles(*readers.WORKLOG, methods=FORM)
def session(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _posted(request, pk)
    now = attendees.at_hand(pk, by=request.user)
    return _drawn(request, now, _form(request.user, now))


def _form(user: User, now: AtHand, data: Any = None, files: Any = None) -> AttendanceForm:
    kept = now.session
    stored = {name: getattr(kept, name) for name in attending.TOLD}
    return AttendanceForm(
        data,
        files,
        initial={**stored, "guests": kept.guests or None},
        user=user,
        act="attend",
        subject=f"session:{kept.pk}",
        version=kept.version,
    )


def _posted(request: HttpRequest, pk: int) -> HttpResponse:
    """The session itself is read by the write alone: a post of any size asks the database as often as one of ten."""
    form = AttendanceForm(request.POST, request.FILES, user=request.user, act="attend", subject=f"session:{pk}")
    if form.wish or not _is_whole(form, pk):
        now = attendees.at_hand(pk, by=request.user)
        return _drawn(request, now, form, status=200 if form.wish else 422)
    try:
        saved = tried(
            form,
            attending.save,
            session_id=pk,
            answers=form.answers,
            values=form.told(),
            by=request.user,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            photos=form.cleaned_data["photos"],
            key=form.cleaned_data["form_key"],
        )
    except doors.Stale as stale:
        return _overtaken(request, pk, stale)
    if saved is None:
        return _drawn(request, attendees.at_hand(pk, by=request.user), form, status=422)
    held = _("Kehadiran disimpan.") if saved.is_held else _("Disimpan. Sesi terhitung terlaksana bila semua ditandai.")
    messages.success(request, held)
    return redirect("services:session", pk)


def _is_whole(form: AttendanceForm, pk: int) -> bool:
    """Whether the form is filled in; of a session out of sight not even that is told."""
    try:
        return form.is_valid()
    except doors.Refused:
        attendees.at_hand(pk, by=form.user)
        raise


def _overtaken(request: HttpRequest, pk: int, stale: doors.Stale) -> HttpResponse:
    """409: somebody was faster. Both come back, and a form that knows of theirs."""
    now = attendees.at_hand(pk, by=request.user)
    mine = _form(request.user, now, renewed(request.POST, _form(request.user, now)))
    mine.add_error(None, _("%s Bandingkan, lalu simpan lagi bila tulisan Anda yang benar.") % stale.message)
    stored = attendance.rows(now, request.user)
    return _drawn(request, now, mine, status=409, stored=stored)


def _drawn(
    request: HttpRequest, now: AtHand, form: AttendanceForm, *, status: int = 200, stored: list[Row] | None = None
) -> HttpResponse:
    kept, user = now.session, request.user
    rows = attendance.rows(now, user, form.answers)
    if form.wish == "all-present":
        for row in rows:
            row.mark = row.mark or "present"
    fetch.seen(request, "session", _subjects(now, rows))
    why_not = _why_not(user, kept)
    words = form.data.get("find", "") if form.is_bound and form.wish == "find" else ""
    form.fields["reason"].required = not attending.may_edit_freely(kept)  # as the page says; the write asks for it
    context = {
        "session": kept,
        "form": form,
        "rows": rows,
        "found": attendance.found(now, words, rows) if not why_not else [],
        "is_found": bool(words.strip()),
        "marks": MARKS,
        "scores": SCORES,
        "tally": attendance.tally(rows),
        "is_told": any(row.score or row.note for row in rows),
        "marked": sum(1 for row in rows if row.mark),
        "why_not": why_not,
        "is_free": attending.may_edit_freely(kept),
        "free_until": attending.free_until(kept),
        "corrections": attendance.corrections(kept, rows),
        "differences": attendance.differences(rows, stored, form, kept) if stored is not None else None,
        "photos": kept.photos.select_related("file") if session_permissions.may_read_notes(user, kept) else [],
        "may_supervise": kept.is_held and user.has_role(*permissions.SUPERVISING),
        "may_plan": user.has_role(*session_permissions.PLANNERS),
        "may_read_notes": session_permissions.may_read_notes(user, kept),
        "sheet_url": reverse("reports:session_sheet", args=[kept.pk]),
        "crumbs": crumbs(kept),
    }
    return render(request, "services/session.html", context, status=status)


def crumbs(kept: Session) -> list[tuple[str, str]]:
    week = f"{reverse('services:timetable')}?tanggal={kept.on:%Y-%m-%d}"
    return [(_("Jadwal"), week), (formatting.weekday_date(kept.on), "")]


def _subjects(now: AtHand, rows: list[Row]) -> list[Subject]:
    """Whose attendance is seen: by case, and the session itself."""
    subject = Subject("session", now.session.pk, now.session.activity.name)
    return [subject, *(Subject("case", row.case, now.places[row.stay].number) for row in rows)]


def _why_not(user: User, kept: Session) -> str:
    """Why nothing can be marked now; empty when it can."""
    if kept.is_cancelled:
        return _("Sesi ini dibatalkan.")
    if kept.on > kept.institution.today():
        return _("Sesi ini belum berlangsung; kehadiran dicatat mulai harinya.")
    return session_permissions.why_not_mark(user, kept)


@doors.roles(*readers.WORKLOG, methods=FORM)
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    now = attendees.at_hand(pk, by=request.user)
    kept = now.session
    form = CancelForm(
        fetch.posted(request),
        user=request.user,
        act="session_cancel",
        subject=f"session:{pk}",
        version=kept.version,
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        done = tried(
            form,
            arranging.cancel,
            session_id=pk,
            reason=data["reason"],
            by=request.user,
            version=data["version"],
            key=data["form_key"],
        )
        if done:
            messages.success(request, _("Sesi dibatalkan."))
            return redirect("services:session", pk)
    fetch.seen(request, "session_cancel", [Subject("session", pk, kept.activity.name)])
    context = {"session": kept, "form": form, "crumbs": [*crumbs(kept)[:1], (kept.activity.name, _url(kept))]}
    return render(request, "services/session_cancel.html", context, status=422 if form.is_bound else 200)


def _url(kept: Session) -> str:
    return reverse("services:session", args=[kept.pk])
