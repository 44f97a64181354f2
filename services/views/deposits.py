"""Titipan: what the UPT keeps for its clients, the book of one, and every movement in it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import files
from cases.models import Case, Stay
from rehsos import doors
from rehsos.formatting import rupiah
from services import deposits, presence, roster
from services.acts import case_subject
from services.forms.base import KeyedForm, tried
from services.forms.deposits import ROWS, GiveOutForm, ReverseForm, TakeInForm
from services.models import DepositMovement
from services.pages import daily as pages
from services.pages import deposits as books
from services.pages.deposits import Book
from services.views import fetch, readers
from services.views.case import around
from services.views.paging import page_of

FORM = ("GET", "POST")
PAGE = 40
LEFT = "keluar"


@doors.roles(*deposits.KEEPERS)
def deposits_list(request: HttpRequest) -> HttpResponse:
    """What is kept, for whom, and the sums; from here somebody is chosen whose first deposit it is."""
    user = request.user
    people = roster.residents(user, user.institution.today(), with_alerts=False)
    if (asked := request.GET.get("penghuni")) in {row.case.number for row in people}:
        return redirect("services:deposit_in", asked)
    is_left = request.GET.get("tampil") == LEFT
    rows = deposits.accounts(user).kept().order_by("case__client__folded_name", "pk")
    rows = rows.left_behind() if is_left else rows
    page = page_of(request, rows.select_related("case__client").defer("case__client__nik"), PAGE)
    here = {row.case.pk for row in people}
    shown = [row.case for row in people] + [row.case for row in page]
    fetch.seen(request, "deposits", dict.fromkeys(map(case_subject, shown)))
    context = {
        "tabs": pages.tabs(user, "deposits"),
        "page": page,
        "rows": [(row, row.case_id in here) for row in page],
        "sums": books.sums(user),
        "people": people,
        "is_left": is_left,
    }
    return render(request, "services/daily/deposits.html", context)


@doors.roles(*deposits.KEEPERS)
def deposit_book(request: HttpRequest, number: str) -> HttpResponse:
    """All that one client left with the UPT, and where it went."""
    return _page(request, _stay(request, number))


@doors.roles(*readers.CASES)
def case_deposits(request: HttpRequest, number: str) -> HttpResponse:
    """The same book, as a part of the case."""
    found = fetch.case(request, number, "case_deposits")
    context = around(request, found, "case_deposits")
    stays = context["now"].stays
    context |= _book_of(request, found, books.book(found.pk), stays[-1] if stays else None)
    return render(request, "services/case_deposits.html", context)


@doors.roles(*deposits.KEEPERS, methods=FORM)
def deposit_in(request: HttpRequest, number: str) -> HttpResponse:
    stay = _stay(request, number)
    asked = request.GET.get("baris", "")
    rows = int(asked) if asked.isdecimal() and len(asked) < 3 else ROWS
    form = _form(request, TakeInForm, "deposit_in", stay, rows=rows)
    if form.is_bound and form.is_valid():
        row = _moved(request, form, stay, deposits.take_in, form.items())
        if row:
            messages.success(request, _("Titipan diterima; saldo %s.") % rupiah(row.balance))
            return redirect("services:deposit_book", number)
    return _form_page(request, form, stay, _("Terima titipan"), more=len(form.rows) + ROWS)


@doors.roles(*deposits.KEEPERS, methods=FORM)
def deposit_out(request: HttpRequest, number: str) -> HttpResponse:
    """Money the client asks for, or all of it: ``?semua`` fills in everything that is kept."""
    stay = _stay(request, number)
    book = books.book(stay.case_id)
    if "semua" in request.GET:
        first = {"amount": book.balance, "items": [item.pk for item in book.things]}
    else:
        first = {"party": stay.case.client.shown_name, "relation": _("klien sendiri")}
    form = _form(request, GiveOutForm, "deposit_out", stay, first, balance=book.balance, things=book.things)
    if form.is_bound and form.is_valid():
        row = _moved(request, form, stay, deposits.give_out, form.items_chosen())
        if row:
            messages.success(request, _("Titipan diserahkan; saldo %s.") % rupiah(row.balance))
            return redirect("services:deposit_book", number)
    return _form_page(request, form, stay, _("Serahkan titipan"))


def _moved(request: HttpRequest, form: KeyedForm, stay: Stay, act: Any, items: Any) -> DepositMovement | None:
    data = form.cleaned_data
    words = {"values": form.values(), "items": items, "scan": data["scan"] or None}
    return tried(form, act, stay_id=stay.pk, by=request.user, key=data["form_key"], **words)


@doors.roles(*deposits.KEEPERS, methods=("POST",))
def deposit_reverse(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    stay, row = _movement(request, number, pk)
    form = ReverseForm(request.POST, user=request.user, act="deposit_reverse", subject=row, auto_id=f"batal-{pk}-%s")
    if form.is_valid():
        data = form.cleaned_data
        words = {"movement_id": pk, "reason": data["reason"], "key": data["form_key"]}
        if tried(form, deposits.reverse, by=request.user, **words):
            messages.success(request, _("Catatan dibatalkan; keduanya tetap terbaca di buku."))
            return redirect("services:deposit_book", number)
    return _page(request, stay, (pk, form))


@doors.roles(*deposits.KEEPERS)
def deposit_scan(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The signature of a movement."""
    stay, row = _movement(request, number, pk)
    if row.scan is None or not files.path(row.scan).is_file():
        raise Http404(_("Berkas tidak ditemukan."))
    fetch.seen_case(request, stay.case, "deposit_scan")
    return files.serve(row.scan)


def _stay(request: HttpRequest, number: str) -> Stay:
    """The latest stay of a case, for whoever may keep its deposits; also after the client left."""
    rows = presence.visible_stays(request.user).filter(case__number=number)
    found = rows.select_related("case__client", "institution").order_by("-placed_on", "-pk").first()
    if found is None:
        raise Http404(_("Penghuni tidak ditemukan."))
    return found


def _movement(request: HttpRequest, number: str, pk: int) -> tuple[Stay, DepositMovement]:
    stay = _stay(request, number)
    rows = DepositMovement.objects.filter(account__case=stay.case_id, pk=pk)
    row = rows.select_related("scan", "account").first()
    if row is None:
        raise Http404(_("Catatan tidak ditemukan."))
    return stay, row


def _form(
    request: HttpRequest, make: Any, act: str, stay: Stay, first: dict[str, Any] | None = None, **more: Any
) -> Any:
    initial = {"on": stay.institution.today(), **(first or {})}
    posted, uploaded = fetch.posted(request), request.FILES or None
    return make(posted, uploaded, user=request.user, act=act, subject=stay, initial=initial, **more)


def _form_page(request: HttpRequest, form: Any, stay: Stay, title: str, more: int = 0) -> HttpResponse:
    fetch.seen_case(request, stay.case, form.act)
    book_url = reverse("services:deposit_book", args=[stay.case.number])
    context = {
        "form": form,
        "stay": stay,
        "client": stay.case.client,
        "title": title,
        "more": more,
        "crumbs": [(_("Titipan"), reverse("services:deposits")), (stay.case.client.number, book_url), (title, "")],
    }
    return render(request, "services/daily/deposit_form.html", context, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, stay: Stay, refused: tuple[int, KeyedForm] | None = None) -> HttpResponse:
    fetch.seen_case(request, stay.case, "deposit_book")
    context = {"tabs": pages.tabs(request.user, "deposits"), "client": stay.case.client}
    context |= _book_of(request, stay.case, books.book(stay.case_id), stay, refused)
    return render(request, "services/daily/deposit_book.html", context, status=422 if refused else 200)


def _book_of(
    request: HttpRequest, case: Case, book: Book, stay: Stay | None, refused: tuple[int, KeyedForm] | None = None
) -> dict[str, Any]:
    """The book with what may be done in it: each movement, and the form to take it back for whoever may."""
    user = request.user

    def back(row: DepositMovement) -> KeyedForm | None:
        if refused and refused[0] == row.pk:
            return refused[1]
        if row.is_reversed or row.reverses_id or deposits.why_not_reverse(user, row):
            return None
        return ReverseForm(user=user, act="deposit_reverse", subject=row, auto_id=f"batal-{row.pk}-%s")

    return {
        "book": book,
        "lines": [(row, back(row)) for row in book.movements],
        "case": case,
        "stay": stay,
        "may_keep": bool(stay) and not deposits.why_not_keep(user),
        "is_here": bool(stay) and stay.left_on is None,
    }
