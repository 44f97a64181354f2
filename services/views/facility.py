"""Sarana: the houses of a UPT on a day, one house with its beds and who lay in them, and what the office changes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case
from rehsos import doors, navigation
from services import beds, facility, occupancy
from services.acts import case_subject
from services.forms.base import KeyedForm, tried
from services.forms.columns import DayInput
from services.forms.facility import BedsForm, HouseForm, NewHouseForm, RetireForm, RoomsForm
from services.models import BedUse, House
from services.pages import rooms
from services.pages.box import Box
from services.pages.facility import tabs
from services.views import fetch, readers
from services.views.paging import page_of

ACT, FORM = ("POST",), ("GET", "POST")
BEDLESS_SHOWN = 300  # a whole UPT, on the day its running cases come in


class DayForm(forms.Form):
    """The day of the picture."""

    tanggal = forms.DateField(label="", required=False, widget=DayInput)


@doors.roles(*readers.REGISTER)
def sarana(request: HttpRequest) -> HttpResponse:
    """How full the UPT is on a day."""
    upt = request.user.institution
    form = DayForm(request.GET or None)
    day = (form.is_valid() and form.cleaned_data["tanggal"]) or upt.today()
    places = occupancy.places(upt, day)
    waiting = list(beds.bedless(upt).defer("case__client__nik")[:BEDLESS_SHOWN]) if day == upt.today() else []
    cases = [place.use.stay.case for place in places if place.use] + [stay.case for stay in waiting]
    in_sight = _in_sight(request, cases)
    context = {
        "day": day,
        "is_today": day == upt.today(),
        "fill": occupancy.fill(places),
        "houses": rooms.houses(places, in_sight=in_sight),
        "bare": House.objects.filter(institution=upt, retired_on__isnull=True, rooms__isnull=True),
        "waiting": [(stay, stay.case_id in in_sight) for stay in waiting] if places else [],
        "may_edit": facility.may_edit(request.user),
        "tabs": tabs("sarana", request.user),
    }
    _seen(request, "sarana", cases)
    return render(request, "services/sarana.html", context)


@doors.roles(*facility.EDITORS, methods=FORM)
def house_new(request: HttpRequest) -> HttpResponse:
    upt = request.user.institution
    form = NewHouseForm(fetch.posted(request), user=request.user, act="house_new", subject=upt)
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            facility.add_house,
            institution=upt,
            values=form.content(),
            by=request.user,
            key=form.cleaned_data["form_key"],
        )
        if made:
            messages.success(request, _("%s ditambahkan.") % made.name)
            return redirect(navigation.start_url(request) or reverse("services:house", args=[made.pk]))
    return _form_page(request, form, _("Asrama/wisma baru"), reverse("services:sarana"))


@doors.roles(*facility.EDITORS, methods=FORM)
def house_edit(request: HttpRequest, pk: int) -> HttpResponse:
    house = _house(request, pk)
    form = HouseForm(fetch.posted(request), user=request.user, act="house_edit", subject=house, house=house)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        changed = tried(
            form, facility.edit_house, house=house, values=form.content(), by=request.user, key=data["form_key"]
        )
        if changed:
            messages.success(request, _("%s diperbarui.") % changed.name)
            return redirect("services:house", pk)
    return _form_page(request, form, house.name, reverse("services:house", args=[pk]))


@doors.roles(*readers.REGISTER)
def house(request: HttpRequest, pk: int) -> HttpResponse:
    """One house today, and who had its beds."""
    return _page(request, _house(request, pk))


@doors.roles(*facility.EDITORS, methods=ACT)
def house_rooms(request: HttpRequest, pk: int) -> HttpResponse:
    found = _house(request, pk)
    form = RoomsForm(request.POST, user=request.user, act="rooms", subject=found, auto_id="rooms-%s")
    if form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("rooms", "beds")}
        if tried(form, facility.add_rooms, house=found, by=request.user, key=data["form_key"], **values) is not None:
            told = _("%(rooms)s kamar × %(beds)s tempat tidur ditambahkan.") % values
            messages.success(request, told)
            return redirect("services:house", pk)
    return _page(request, found, form)


@doors.roles(*facility.EDITORS, methods=ACT)
def house_beds(request: HttpRequest, pk: int) -> HttpResponse:
    found = _house(request, pk)
    form = BedsForm(request.POST, user=request.user, act="beds", subject=found, auto_id="beds-%s", house=found)
    if form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("room", "beds")}
        if tried(form, facility.add_beds, by=request.user, key=data["form_key"], **values):
            messages.success(request, _("%s tempat tidur ditambahkan.") % data["beds"])
            return redirect("services:house", pk)
    return _page(request, found, form)


@doors.roles(*facility.EDITORS, methods=ACT)
def house_retire(request: HttpRequest, pk: int) -> HttpResponse:
    found = _house(request, pk)
    form = RetireForm(request.POST, user=request.user, act="retire", subject=found, auto_id="retire-%s", house=found)
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, facility.retire, place=data["place"], by=request.user, key=data["form_key"]):
            messages.success(request, _("Tidak dipakai lagi mulai hari ini; riwayatnya tetap ada."))
            return redirect("services:house", pk)
    return _page(request, found, form)


def _house(request: HttpRequest, pk: int) -> House:
    rows = House.objects.filter(institution=request.user.institution).select_related("institution")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Asrama/wisma tidak ditemukan."))
    return found


def _page(request: HttpRequest, found: House, refused: KeyedForm | None = None) -> HttpResponse:
    upt = request.user.institution
    today = upt.today()
    places = [place for place in occupancy.places(upt, today) if place.bed.room.house_id == found.pk]
    rows = BedUse.objects.filter(bed__room__house=found).exclude(until_on=F("since_on"))
    rows = rows.select_related("stay__case__client", "bed__room").defer("stay__case__client__nik")
    page = page_of(request, rows.order_by("-since_on", "-pk"))
    cases = [place.use.stay.case for place in places if place.use] + [use.stay.case for use in page]
    in_sight = _in_sight(request, cases)
    context = {
        "house": found,
        "rule": beds.rule_words(found),
        "pictures": rooms.houses(places, in_sight=in_sight),
        "page": page,
        "uses": [(use, beds.nights(use, today), use.stay.case_id in in_sight) for use in page],
        "may_edit": facility.may_edit(request.user) and not found.retired_on,
        "boxes": _boxes(request, found, refused),
        "tabs": tabs("sarana", request.user),
        "crumbs": [(_("Sarana"), reverse("services:sarana")), (found.name, "")],
    }
    _seen(request, "house", cases)
    return render(request, "services/house.html", context, status=422 if refused else 200)


def _boxes(request: HttpRequest, found: House, refused: KeyedForm | None) -> list[Box]:
    """What the office may do to a house."""
    if not facility.may_edit(request.user) or found.retired_on:
        return []
    acts: list[tuple[str, type[KeyedForm], str, str, str, dict[str, Any]]] = [
        ("rooms", RoomsForm, _("Tambah kamar"), "house_rooms", "", {}),
        ("beds", BedsForm, _("Tambah tempat tidur"), "house_beds", _("Di kamar yang sudah ada."), {"house": found}),
        (
            "retire",
            RetireForm,
            _("Tidak dipakai lagi"),
            "house_retire",
            _("Yang masih ditempati tidak dapat dihentikan. Riwayatnya tetap ada."),
            {"house": found},
        ),
    ]
    boxes = []
    for act, make, title, name, text, options in acts:
        is_this = refused is not None and refused.act == act
        fresh = dict(user=request.user, act=act, subject=found, auto_id=f"{act}-%s", **options)
        form = refused if is_this else make(**fresh)
        url = reverse(f"services:{name}", args=[found.pk])
        boxes.append(
            Box(title, texts=[text] if text else [], form=form, url=url, button=title, fold="" if is_this else title)
        )
    return boxes


def _form_page(request: HttpRequest, form: KeyedForm, title: str, back: str) -> HttpResponse:
    crumbs = [(_("Sarana"), reverse("services:sarana")), (title, "")]
    context = {"form": form, "title": title, "back": back, "crumbs": crumbs}
    return render(request, "services/facility_form.html", context, status=422 if form.is_bound else 200)


def _in_sight(request: HttpRequest, cases: list[Case]) -> set[int]:
    """Which of these cases the reader may open; the roster itself is everybody's on duty."""
    rows = Case.objects.visible_to(request.user).filter(pk__in={case.pk for case in cases})
    return set(rows.values_list("pk", flat=True))


def _seen(request: HttpRequest, page: str, cases: list[Case]) -> None:
    shown = {case.pk: case for case in cases}.values()
    subjects = [subject for case in shown for subject in (case_subject(case), fetch.client_subject(case.client))]
    fetch.seen(request, page, subjects)
