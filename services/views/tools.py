"""Alat: the register, one tool with its loans and its maintenance, and what the office changes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rehsos import doors
from services import facility, presence, tools
from services.acts import case_subject
from services.forms.base import KeyedForm, tried
from services.forms.tools import CareForm, LendForm, RetireToolForm, ReturnForm, ToolForm
from services.models import Tool
from services.pages import facility as sarana
from services.pages import tools as pages
from services.views import fetch
from services.views.paging import page_of

ACT, FORM = ("POST",), ("GET", "POST")
PAGE = 40


@doors.roles(*tools.READERS)
def tools_list(request: HttpRequest) -> HttpResponse:
    """What there is, who has it, what is not in order."""
    user, shown = request.user, request.GET.get("tampil", "")
    words = request.GET.get("cari", "").strip()[:60]
    page = page_of(request, pages.narrowed(user, shown, words), PAGE)
    rows = [(tool, next(iter(tool.lent_now), None)) for tool in page]
    fetch.seen(request, "tools", [case_subject(loan.stay.case) for _tool, loan in rows if loan and loan.stay])
    counts = pages.counts(user)
    chips = (
        ("", _("Semua"), counts["all"], False),
        (pages.LENT, _("Dipinjam"), counts["lent"], False),
        (pages.LATE, _("Terlambat"), counts["late"], bool(counts["late"])),
        (pages.BROKEN, _("Rusak atau hilang"), counts["broken"], False),
        (pages.RETIRED, _("Tidak dipakai"), None, False),
    )
    today = user.institution.today()
    context = {
        "tabs": sarana.tabs("tools", user),
        "page": page,
        "rows": [(tool, loan, bool(loan and loan.is_overdue(today))) for tool, loan in rows],
        "chips": chips,
        "shown": shown,
        "words": words,
        "may_edit": facility.may_edit(user),
    }
    return render(request, "services/tools.html", context)


@doors.roles(*facility.EDITORS, methods=FORM)
def tool_new(request: HttpRequest) -> HttpResponse:
    upt = request.user.institution
    form = ToolForm(fetch.posted(request), user=request.user, act="tool_new", subject=upt)
    if form.is_bound and form.is_valid():
        words = {"values": form.content(), "by": request.user, "key": form.cleaned_data["form_key"]}
        if made := tried(form, tools.add, institution=upt, **words):
            messages.success(request, _("%s tercatat.") % made)
            return redirect("services:tool", made.pk)
    return _form_page(request, form, _("Alat baru"), reverse("services:tools"))


@doors.roles(*facility.EDITORS, methods=FORM)
def tool_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _tool(request, pk)
    form = ToolForm(fetch.posted(request), user=request.user, act="tool_edit", subject=found, tool=found)
    if form.is_bound and form.is_valid():
        words = {"values": form.content(), "by": request.user, "key": form.cleaned_data["form_key"]}
        if tried(form, tools.edit, tool_id=pk, **words):
            messages.success(request, _("Data alat diperbarui."))
            return redirect("services:tool", pk)
    return _form_page(request, form, found.name, reverse("services:tool", args=[pk]))


@doors.roles(*tools.READERS)
def tool(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _tool(request, pk))


@doors.roles(*presence.ON_DUTY, methods=ACT)
def tool_lend(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "tool_lend", LendForm, tools.lend, _("Pinjaman tercatat."))


@doors.roles(*presence.ON_DUTY, methods=ACT)
def tool_return(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "tool_return", ReturnForm, tools.take_back, _("Alat tercatat kembali."))


@doors.roles(*presence.ON_DUTY, methods=ACT)
def tool_care(request: HttpRequest, pk: int) -> HttpResponse:
    told = _("Perawatan tercatat, juga sebagai kegiatan %s.") % tools.CODE
    return _act(request, pk, "tool_care", CareForm, tools.maintain, told)


@doors.roles(*facility.EDITORS, methods=ACT)
def tool_retire(request: HttpRequest, pk: int) -> HttpResponse:
    told = _("Tidak dipakai lagi mulai hari ini; riwayatnya tetap ada.")
    return _act(request, pk, "tool_retire", RetireToolForm, tools.retire, told)


def _act(request: HttpRequest, pk: int, name: str, make: type[KeyedForm], act: Any, told: str) -> HttpResponse:
    """One act on one tool; refused, the page comes back with the form as it was typed."""
    found = _tool(request, pk)
    form: Any = pages.form(request.user, found, name, make, request.POST)
    if form.is_valid() and tried(form, act, tool_id=pk, by=request.user, **_words(form)):
        messages.success(request, told)
        return redirect("services:tool", pk)
    return _page(request, found, form)


def _words(form: Any) -> dict[str, Any]:
    key = {"key": form.cleaned_data["form_key"]}
    if isinstance(form, CareForm):
        return {"values": form.values(), **key}
    if isinstance(form, RetireToolForm):
        return {"reason": form.cleaned_data["reason"], **key}
    return {**form.values(), **key}


def _tool(request: HttpRequest, pk: int) -> Tool:
    found = tools.visible_to(request.user).select_related("institution").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Alat tidak ditemukan."))
    return found


def _page(request: HttpRequest, found: Tool, refused: KeyedForm | None = None) -> HttpResponse:
    user = request.user
    rows = found.loans.select_related("stay__case__client", "person", "session__activity", "lent_by", "received_by")
    loans = list(rows.defer("stay__case__client__nik"))
    now = next((loan for loan in loans if loan.returned_on is None), None)
    boxes = pages.boxes(user, found, now, refused)
    offered = [one["stay"].case for box in boxes for one in getattr(box.form, "people", {}).values() if "stay" in one]
    shown = [loan.stay.case for loan in loans if loan.stay] + offered
    fetch.seen(request, "tool", dict.fromkeys(map(case_subject, shown)))
    context = {
        "tool": found,
        "now": now,
        "is_late": bool(now and now.is_overdue(user.institution.today())),
        "loans": loans,
        "cares": list(found.cares.select_related("by")),
        "boxes": boxes,
        "may_edit": facility.may_edit(user) and not found.retired_on,
        "crumbs": [(_("Alat"), reverse("services:tools")), (found.number, "")],
    }
    return render(request, "services/tool.html", context, status=422 if refused else 200)


def _form_page(request: HttpRequest, form: KeyedForm, title: str, back: str) -> HttpResponse:
    crumbs = [(_("Alat"), reverse("services:tools")), (title, "")]
    context = {"form": form, "title": title, "back": back, "crumbs": crumbs}
    return render(request, "services/facility_form.html", context, status=422 if form.is_bound else 200)
