"""Kamar: the bed of one client, another one, an exchange, and the beds there were."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case
from rehsos import doors
from services import bed_moves, beds, permissions
from services.forms.base import KeyedForm, tried
from services.forms.beds import MoveForm, SwapForm
from services.models import BedUse
from services.pages import links
from services.pages.box import Box
from services.views import fetch, readers

ACT, FORM = ("POST",), ("GET", "POST")


@doors.roles(*readers.REGISTER, methods=FORM)
def bed(request: HttpRequest, number: str) -> HttpResponse:
    """The bed of a client; posted to, another one."""
    case = fetch.case(request, number, "bed")
    if request.method != "POST":
        return _page(request, case)
    form = _bound(request, MoveForm, "bed", case)
    if form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("bed", "on", "reason", "exception") if name in data}
        use = tried(form, bed_moves.move, case=case, by=request.user, key=data["form_key"], **values)
        if use:
            messages.success(request, _("Pindah ke %s.") % beds.place_words(use.bed))
            return redirect("services:bed", number)
    return _page(request, case, form)


@doors.roles(*readers.REGISTER, methods=ACT)
def bed_swap(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "bed")
    form = _bound(request, SwapForm, "bed_swap", case)
    if form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("other", "on", "reason", "exception") if name in data}
        use = tried(form, bed_moves.swap, case=case, by=request.user, key=data["form_key"], **values)
        if use:
            told = {"who": data["other"].client.shown_name, "place": beds.place_words(use.bed)}
            messages.success(request, _("Bertukar dengan %(who)s; sekarang di %(place)s.") % told)
            return redirect("services:bed", number)
    return _page(request, case, form)


def _bound(request: HttpRequest, make: type[KeyedForm], act: str, case: Case) -> KeyedForm:
    return make(request.POST, user=request.user, act=act, subject=case, auto_id=f"{act}-%s", case=case)


def _page(request: HttpRequest, case: Case, refused: KeyedForm | None = None) -> HttpResponse:
    if refused:
        fetch.seen_case(request, case, "bed")
    today = case.institution.today()
    stay = case.stays.filter(left_on__isnull=True).first()
    uses = list(BedUse.objects.filter(stay__case=case).select_related("bed__room__house", "placed_by").order_by("-pk"))
    current = next((use for use in uses if use.until_on is None), None)
    context = {
        "case": case,
        "stay": stay,
        "current": current,
        "uses": [(use, beds.nights(use, today), use.since_on == use.until_on) for use in uses],
        "boxes": _boxes(request, case, current, refused) if stay else [],
        "is_open": request.user.has_role(*readers.CASES),
        "has_beds": beds.has_any(case.institution),
        "crumbs": [*_way(request, case), (_("Kamar"), "")],
    }
    return render(request, "services/bed.html", context, status=422 if refused else 200)


def _way(request: HttpRequest, case: Case) -> list[tuple[object, str]]:
    """To the case, for whoever may open it; the office comes from the rooms."""
    if request.user.has_role(*readers.CASES):
        return links.crumbs(case)
    return [(_("Sarana"), reverse("services:sarana")), (case.client.shown_name, "")]


def _boxes(request: HttpRequest, case: Case, current: BedUse | None, refused: KeyedForm | None) -> list[Box]:
    if permissions.why_not_house(request.user, case) or not beds.has_any(case.institution):
        return []

    def form(act: str, make: type[KeyedForm]) -> Any:
        if refused and refused.act == act:
            return refused
        return make(user=request.user, act=act, subject=case, auto_id=f"{act}-%s", case=case)

    move = form("bed", MoveForm)
    texts = [_("Semua tempat tidur yang cocok sedang terisi; bertukar masih dapat.")] if move.is_full else []
    title = _("Pindah tempat tidur") if current else _("Pilih tempat tidur")
    found = [
        Box(title, "decision", texts=texts, form=move, url=reverse("services:bed", args=[case.number]), button=title)
    ]
    swap = form("bed_swap", SwapForm) if current else None
    if swap and (swap.partners or swap.is_bound):
        words = _("Bertukar tempat tidur")
        url = reverse("services:bed_swap", args=[case.number])
        text = _("Keduanya pindah sekaligus, pada tanggal yang sama.")
        found.append(Box(words, texts=[text], form=swap, url=url, button=words, fold="" if swap.is_bound else words))
    return found
