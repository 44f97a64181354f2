"""The tab of documents and photos of a case, and the guarded ways to their files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases import files
from cases.models import Case
from rehsos import doors
from services import documents, photos, restricted
from services.forms.base import KeyedForm, tried
from services.forms.documents import DocumentForm, OpenForm, PhotoForm, WithdrawForm
from services.models import CaseDocument, ClientPhoto
from services.pages import documents as pages
from services.views import fetch, readers
from services.views.case import around

ACT = ("POST",)


@doors.roles(*readers.CASES)
def case_documents(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, fetch.case(request, number, "case_documents"))


@doors.roles(*readers.CASES, methods=ACT)
def document_add(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "case_documents")
    form = _form(request, DocumentForm, case)
    if form.is_valid():
        words = {"values": form.values(), "file": form.cleaned_data["file"], "key": form.cleaned_data["form_key"]}
        if tried(form, documents.add, case=case, by=request.user, **words):
            messages.success(request, _("Dokumen disimpan."))
            return redirect("services:case_documents", number)
    return _page(request, case, form)


@doors.roles(*readers.CASES, methods=ACT)
def photo_take(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "case_documents")
    form = _form(request, PhotoForm, case)
    if form.is_valid():
        words = {"photo": form.taken(), "key": form.cleaned_data["form_key"]}
        if tried(form, documents.take_photo, case=case, by=request.user, **words):
            messages.success(request, _("Foto klien disimpan."))
            return redirect("services:case_documents", number)
    return _page(request, case, form)


@doors.roles(*restricted.BY_REASON, methods=ACT)
def restricted_open(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "case_documents")
    form = _form(request, OpenForm, case)
    if form.is_valid():
        words = {"reason": form.cleaned_data["reason"], "key": form.cleaned_data["form_key"]}
        if tried(form, restricted.open_with_reason, case=case, by=request.user, **words):
            messages.success(request, _("Bagian terbatas kasus ini terbuka bagi Anda sampai akhir hari ini."))
            return redirect("services:case_documents", number)
    return _page(request, case, form)


@doors.roles(*readers.CASES, methods=ACT)
def document_withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    case = fetch.case(request, number, "case_documents")
    if not CaseDocument.objects.filter(case=case, pk=pk).exists():
        raise Http404(_("Dokumen tidak ditemukan."))
    form = _form(request, WithdrawForm, case, f"document_withdraw-{pk}")
    if form.is_valid():
        words = {"reason": form.cleaned_data["reason"], "key": form.cleaned_data["form_key"]}
        if tried(form, documents.withdraw, case=case, document_id=pk, by=request.user, **words):
            messages.success(request, _("Dokumen ditarik."))
            return redirect("services:case_documents", number)
    return _page(request, case, form)


@doors.roles(*readers.WORKLOG)
def photo(request: HttpRequest, pk: UUID) -> FileResponse:
    """The newest photo of a client, large or small."""
    found = photos.of_file(request.user, pk)
    if found is None or not files.path(found[1]).is_file():
        raise Http404(_("Foto tidak ditemukan."))
    fetch.seen(request, "photo", [fetch.client_subject(found[0].client)])
    return files.serve(found[1])


def file_of_document(request: HttpRequest, pk: UUID) -> FileResponse | None:
    """The file of a document, for who may read it; what is restricted goes out under a name that tells nothing."""
    if not request.user.has_role(*readers.CASES):
        return None
    rows = CaseDocument.objects.filter(case__in=Case.objects.visible_to(request.user), file=pk)
    document = rows.filter(withdrawal__isnull=True).select_related("file", "case__client", "case__institution").first()
    if document is None or not files.path(document.file).is_file():
        return None
    if not pages.may_read(request.user, document, restricted.reading(request.user, document.case)):
        raise PermissionDenied(_("Dokumen ini bagian terbatas. Buka dahulu dengan alasan dari tab Dokumen & foto."))
    fetch.seen_case(request, document.case, "restricted_document" if document.is_restricted else "document")
    return files.serve(document.file, _neutral_name(document) if document.is_restricted else "")


def _neutral_name(document: CaseDocument) -> str:
    suffix = document.file.name.rpartition(".")[2]
    return f"dokumen-{document.case.number}-{document.pk}.{suffix}"


def _form(request: HttpRequest, kind: type[KeyedForm], case: Case, act: str = "") -> Any:
    act = act or ACTS[kind]
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    return kind(*data, user=request.user, act=act, subject=case, auto_id=f"{act}-%s")


ACTS: dict[type[KeyedForm], str] = {
    DocumentForm: "document_add",
    PhotoForm: "photo_take",
    OpenForm: "restricted_open",
}


def _page(request: HttpRequest, case: Case, refused: KeyedForm | None = None) -> HttpResponse:
    """The tab; with a refused form it is the answer to a POST and keeps what was typed."""
    if refused:
        fetch.seen_case(request, case, "case_documents")
    context = around(request, case, "case_documents")
    shelf = pages.shelf(request.user, case)
    forms = {act: _blank(request, kind, case, refused, act) for kind, act in ACTS.items()}
    withdrawing = [(row, _withdrawing(request, row, case, refused)) for row in shelf.rows]
    context |= {
        "shelf": shelf,
        "rows": withdrawing,
        "photo_row": ClientPhoto.objects.filter(client=case.client_id).select_related("by").order_by("-pk").first(),
        "may_add": context["reader"].may_log,
        "earlier": case.client.cases.visible_to(request.user).exclude(pk=case.pk).order_by("episode"),
        **forms,
    }
    return render(request, "services/documents/tab.html", context, status=422 if refused else 200)


def _blank(request: HttpRequest, kind: type[KeyedForm], case: Case, refused: KeyedForm | None, act: str) -> KeyedForm:
    if refused and refused.act == act:
        return refused
    form: KeyedForm = kind(user=request.user, act=act, subject=case, auto_id=f"{act}-%s")
    return form


def _withdrawing(request: HttpRequest, row: pages.Row, case: Case, refused: KeyedForm | None) -> KeyedForm | None:
    act = f"document_withdraw-{row.document.pk}"
    return _blank(request, WithdrawForm, case, refused, act) if row.may_withdraw else None
