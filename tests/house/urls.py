"""The site, and pages that fail on purpose."""

import errno

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from accounts.enums import Role
from rehsos import doors, urls

BOTH = ("GET", "POST")
ERRORS = {
    "stale": doors.Stale("Catatan ini sudah diubah.", by="Siti"),
    "refused": doors.Refused(["Belum disupervisi.", "Belum ada rencana."]),
    "denied": PermissionDenied("Anda pengaju permintaan ini."),
    "missing": Http404("kasus 12345"),
    "too-many": doors.TooMany(300),
    "down": OperationalError("could not connect to server"),
    "gone": InterfaceError("connection already closed"),
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "number": OverflowError("Python int too large to convert to SQLite INTEGER"),
    "fault": RuntimeError("NIK 3515000000000001 milik Slamet"),
}


class NoteForm(forms.Form):
    note = forms.CharField(max_length=4000, widget=forms.Textarea)


@doors.signed_in(methods=BOTH)
def failing(request: HttpRequest, name: str) -> HttpResponse:
    raise ERRORS[name]


@doors.public(methods=BOTH)
def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("note") or request.GET.get("q", ""))


@doors.signed_in(methods=BOTH)
def note(request: HttpRequest) -> HttpResponse:
    form = NoteForm(request.POST or None)
    return HttpResponse(form.as_p(), status=422 if form.errors else 200)


@doors.signed_in(methods=("POST",))
def overfilled(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite takes it as "not one page more than now"
        cursor.execute("CREATE TABLE too_big (content)")
        cursor.execute("INSERT INTO too_big VALUES (zeroblob(10000000))")
    return HttpResponse("unreachable")


@doors.roles(Role.HEAD, methods=BOTH)
def heads(request: HttpRequest) -> HttpResponse:
    return HttpResponse("kepala")


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("unreachable")


urlpatterns = [
    *urls.urlpatterns,
    path("uji/gagal/<str:name>/", failing),
    path("uji/gema/", echo),
    path("uji/catatan/", note),
    path("uji/penuh/", overfilled),
    path("uji/kepala/", heads),
    path("uji/tanpa/", undeclared),
]

handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler500 = urls.handler500
