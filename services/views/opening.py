"""Running cases: fetch the template, send it filled in, look at every row, import the good ones, endorse the list."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.views import tabs
from audit import trail
from cases.models import Case
from rehsos import doors
from rehsos.formatting import number as spelled
from services import permissions, transitions
from services.acts import case_subject
from services.forms.base import tried
from services.forms.opening import EndorseListForm, ImportForm, UploadForm
from services.models import OpeningList, OpeningUpload
from services.opening import checking, template, uploads
from services.opening.checking import Answer, Checked
from services.views import fetch

IMPORTING = (Role.ADMIN_OFFICE, Role.SUPERVISOR)
READING = (*IMPORTING, Role.HEAD)
ACT, FORM = ("POST",), ("GET", "POST")
SHOWN = 50
KINDS = {"salah": Answer.WRONG, "baru": Answer.NEW, "ada": Answer.KNOWN}


@doors.roles(*READING)
def opening(request: HttpRequest) -> HttpResponse:
    """The lists of the UPT, and where the next one begins."""
    return _page(request)


@doors.roles(*IMPORTING, methods=ACT)
def opening_upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES, user=request.user, act="opening_upload", subject="opening")
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, uploads.keep, sent=data["file"], by=request.user, key=data["form_key"]):
            return redirect("services:opening_preview")
    return _page(request, form)


def _page(request: HttpRequest, form: UploadForm | None = None) -> HttpResponse:
    user = request.user
    may_import = user.has_role(*IMPORTING)
    if form is None and may_import:
        form = UploadForm(user=user, act="opening_upload", subject="opening")
    context = {
        "form": form,
        "lists": OpeningList.objects.filter(institution=user.institution).select_related("endorsed_by", "opened_by"),
        "upload": OpeningUpload.objects.filter(by=user).defer("sealed").first() if may_import else None,
        "tabs": tabs.of(request, "services:opening"),
    }
    return render(request, "services/opening.html", context, status=422 if form and form.is_bound else 200)


@doors.roles(*READING)
def opening_template(request: HttpRequest) -> HttpResponse:
    return _download("kasus-berjalan.xlsx", template.empty(request.user.institution))


@doors.roles(*IMPORTING)
def opening_wrong(request: HttpRequest) -> HttpResponse:
    """The rows that need another look, each with what to do, ready to be sent again."""
    rows = [one for one in _checked(_upload(request)) if one.answer == Answer.WRONG]
    lines = [(one.row.cells, _told(one)) for one in rows]
    return _download("kasus-berjalan-perbaiki.xlsx", template.returned(request.user.institution, lines))


def _told(one: Checked) -> str:
    return "; ".join(f"{heading}: {words}" if heading else words for heading, words in one.row.faults)


def _download(name: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=template.CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@doors.roles(*IMPORTING, methods=FORM)
def opening_preview(request: HttpRequest) -> HttpResponse:
    """Every row with its answer; the good ones are imported from here."""
    upload = _upload(request)
    form = ImportForm(fetch.posted(request), user=request.user, act="opening_import", subject=upload)
    if request.method == "POST" and form.is_valid():
        taken = tried(
            form,
            transitions.take_over,
            institution=upload.institution,
            rows=uploads.rows_of(upload),
            by=request.user,
            source=upload.sha256,
            key=form.cleaned_data["form_key"],
        )
        if taken:
            messages.success(request, _("Kasus sudah diimpor ke %s; Kepala UPT mengesahkan daftarnya.") % taken)
            return redirect("services:opening_list", taken.number)
    return _preview(request, upload, form)


def _preview(request: HttpRequest, upload: OpeningUpload, form: ImportForm) -> HttpResponse:
    rows = _checked(upload)
    counts = {name: sum(one.answer == answer for one in rows) for name, answer in KINDS.items()}
    first = next((name for name in KINDS if counts[name]), "baru")
    chosen = request.GET.get("yang", "")
    chosen = chosen if chosen in KINDS else first
    page = _page_of(request, [one for one in rows if one.answer == KINDS[chosen]])
    known = [one.case_number for one in page if one.case_number]
    fetch.seen(request, "opening_preview", map(case_subject, Case.objects.filter(number__in=known)))
    context = {
        "upload": upload,
        "form": form,
        "counts": counts,
        "chosen": chosen,
        "page": page,
        "all": spelled(len(rows)),
    }
    return render(request, "services/opening_preview.html", context, status=422 if form.is_bound else 200)


def _page_of(request: HttpRequest, found: Any) -> Page:
    """Every page of it, to the last: who endorses a list can read all of it."""
    return Paginator(found, SHOWN).get_page(request.GET.get("page"))


def _checked(upload: OpeningUpload) -> list[Checked]:
    return checking.checked(uploads.rows_of(upload), upload.institution)


def _upload(request: HttpRequest) -> OpeningUpload:
    upload = OpeningUpload.objects.select_related("institution").filter(by=request.user).first()
    if upload is None or upload.institution != request.user.institution:
        raise Http404(_("Belum ada berkas yang menunggu; unggah dahulu."))
    return upload


@doors.roles(*READING, methods=FORM)
def opening_list(request: HttpRequest, number: int) -> HttpResponse:
    """One list with its cases; the head endorses it from here."""
    rows = OpeningList.objects.select_related("institution", "endorsed_by", "opened_by")
    found = rows.filter(institution=request.user.institution, number=number).first()
    if found is None:
        raise Http404(_("Daftar ini tidak ada."))
    about: dict[str, Any] = {"user": request.user, "act": "opening_endorse", "subject": found, "version": found.version}
    form = EndorseListForm(fetch.posted(request), **about)
    if request.method == "POST" and form.is_valid() and _endorsed(request, found, form):
        messages.success(request, _("%s sudah disahkan dan tidak berubah lagi.") % found)
        return redirect("services:opening_list", number)
    return _list(request, found, form)


def _endorsed(request: HttpRequest, found: OpeningList, form: EndorseListForm) -> OpeningList | None:
    data = form.cleaned_data
    values = {"note": data["note"], "version": data["version"], "key": data["form_key"]}
    return tried(form, transitions.endorse_list, opening=found, by=request.user, **values)


def _list(request: HttpRequest, found: OpeningList, form: EndorseListForm) -> HttpResponse:
    entries = found.entries.select_related("case__client", "imported_by").defer("case__client__nik").order_by("pk")
    page = _page_of(request, entries.prefetch_related("case__stays"))
    shown = [entry.case for entry in page]
    people = [trail.Subject("client", case.client_id, case.client.number) for case in shown]
    fetch.seen(request, "opening_list", [*map(case_subject, shown), *people])
    why_not = permissions.why_not_endorse_opening(request.user, found)
    context = {
        "opening": found,
        "page": page,
        "form": form if not found.is_endorsed and not why_not else None,
        "why_not": "" if found.is_endorsed else why_not,
        "may_read_cases": request.user.has_role(Role.SUPERVISOR, Role.HEAD),
        "crumbs": [(_("Kasus berjalan"), "/pengaturan/kasus-berjalan/"), (str(found), "")],
    }
    return render(request, "services/opening_list.html", context, status=422 if form.is_bound else 200)
