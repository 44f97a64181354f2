"""What the list of cases can be narrowed by; what makes no sense narrows nothing."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.enums import ServiceKind
from accounts.models import User
from cases import reference, search
from cases.enums import Bimbingan, Sex, Stage, Status, WayIn
from cases.models import WHOLE_UPT, CaseQuerySet
from rehsos import formatting
from services import caseload, narrowing

ALL, CLOSED = "all", "closed"
CASE_LIST = "services:case_list"
NOT_KEPT = ("q", "page")  # what somebody looked for names a person, so no saved filter holds it


def _choice(label: Any, choices: Any, **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, empty_label=_("Semua"), choices=choices, **options)


def _day(label: Any, **options: Any) -> django_filters.DateFilter:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return django_filters.DateFilter(label=label, widget=widget, **options)


class CaseFilter(django_filters.FilterSet):
    """The first four are in the bar, the others fold. Without a status the list shows open cases, a search all."""

    q = django_filters.CharFilter(label=_("Nama, nomor, atau NIK"), method="narrow_words", max_length=120)
    stage = _choice(_("Tahap"), [(s.value, f"{s.letter} {s.label}") for s in Stage])
    worker = _choice(_("Pekerja sosial"), (), method="narrow_worker")
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        empty_label=_("Terbuka"),
        method="narrow_status",
        choices=[(ALL, _("Semua")), (CLOSED, _("Ditutup")), *Status.choices],
    )
    due = _choice(_("Tenggat"), [("late", _("Lewat tenggat")), ("week", _("Minggu ini"))], method="narrow_due")
    waiting = _choice(_("Menunggu"), narrowing.WAITING, method="narrow_waiting")
    contact = _choice(_("Kontak"), [("quiet", _("Tanpa kontak 14 hari"))], method="narrow_contact")
    arrears = _choice(_("Tunggakan"), [("open", _("Ada tunggakan"))], method="narrow_arrears")
    court = _choice(_("Agenda sidang"), narrowing.COURT, method="narrow_court")
    leaving = _choice(_("Keluar"), [("unsettled", _("Keluar, belum disahkan"))], method="narrow_leaving")
    stay = _choice(
        _("Masa tinggal"),
        [("running", _("Sedang tinggal")), ("came", _("Masuk bulan ini")), ("gone", _("Keluar bulan ini"))],
        method="narrow_stay",
    )
    category = _choice(_("Kategori"), reference.category_choices, field_name="client__categories__category")
    sex = _choice(_("Jenis kelamin"), Sex.choices, field_name="client__sex")
    age = _choice(_("Umur"), narrowing.AGE_CHOICES, method="narrow_age")
    regency = _choice(_("Asal"), reference.regency_choices, field_name="client__regency")
    way_in = _choice(_("Jalur masuk"), WayIn.choices)
    service_kind = _choice(_("Jenis layanan"), ServiceKind.choices)
    bimbingan = _choice(_("Bimbingan dalam rencana"), Bimbingan.choices, method="narrow_bimbingan")
    opened_from = _day(_("Dibuka sejak"), field_name="opened_on", lookup_expr="gte")
    opened_to = _day(_("Dibuka sampai"), field_name="opened_on", lookup_expr="lte")
    placed_from = _day(_("Ditempatkan sejak"), method="narrow_placed")
    placed_to = _day(_("Ditempatkan sampai"), method="narrow_placed")

    def __init__(self, data: Any, queryset: CaseQuerySet, *, user: User) -> None:
        super().__init__(data, queryset)
        self.upt, self.today = user.institution, user.institution.today()
        if user.has_role(*WHOLE_UPT):
            people = caseload.workers(user.institution)
            self.filters["worker"].extra["choices"] = [(str(person.pk), person.name) for person in people]
        else:
            del self.filters["worker"]

    def filter_queryset(self, queryset: CaseQuerySet) -> CaseQuerySet:
        data = self.form.cleaned_data
        if not data.get("status") and not data.get("q"):
            queryset = queryset.open()
        if data.get("placed_from") or data.get("placed_to"):
            queryset = queryset.filter(narrowing.placed_between(data.get("placed_from"), data.get("placed_to")))
        return super().filter_queryset(queryset)

    @property
    def in_order(self) -> CaseQuerySet:
        """The cases that pass: the nearest due date first, or what was closed last."""
        found = self.qs
        if self.is_closed_only:
            return found.order_by("-closed_on", "-pk")
        return found.order_by(F("next_due_on").asc(nulls_last=True), "-opened_on", "-pk")

    @property
    def is_closed_only(self) -> bool:
        return self.form.cleaned_data.get("status") == CLOSED

    def narrow_words(self, queryset: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        return queryset.filter(search.cases(value, self.upt))

    def narrow_court(self, queryset: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        return queryset.filter(narrowing.in_court(value, self.today))

    def narrow_worker(self, queryset: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        return queryset.filter(caseload.carried_by(value, self.today))

    def narrow_status(self, queryset: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        if value == ALL:
            return queryset
        return queryset.filter(closed_on__isnull=False) if value == CLOSED else queryset.filter(status=value)

    def narrow_due(self, queryset: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        return queryset.filter(caseload.late(self.today) if value == "late" else caseload.due_soon(self.today))

    def narrow_contact(self, queryset: CaseQuerySet, _name: str, _value: str) -> CaseQuerySet:
        return caseload.quiet(queryset, self.today)

    def narrow_stay(self, queryset: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        return queryset.filter(caseload.stays(value, self.today))

    def narrow_waiting(self, queryset: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        return queryset.filter(narrowing.waits_for(value))

    def narrow_arrears(self, queryset: CaseQuerySet, _name: str, _value: str) -> CaseQuerySet:
        return queryset.filter(has_arrears=True)

    def narrow_leaving(self, queryset: CaseQuerySet, _name: str, _value: str) -> CaseQuerySet:
        return queryset.filter(is_leaving=True)

    def narrow_age(self, queryset: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        return queryset.filter(narrowing.aged(value, self.today))

    def narrow_bimbingan(self, queryset: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        return queryset.filter(narrowing.planned(value))

    def narrow_placed(self, queryset: CaseQuerySet, _name: str, _value: date) -> CaseQuerySet:
        """Both ends of the period are about one and the same stay: ``filter_queryset`` asks for them together."""
        return queryset


def chips(form: forms.Form, params: QueryDict) -> list[tuple[str, str, str]]:
    """Each filter in force as label, value in words, and the address without it."""
    found = []
    for field in form:
        value = form.cleaned_data.get(field.name)
        if value:
            rest = params.copy()
            for name in (field.name, "page"):
                rest.pop(name, None)
            found.append((str(field.label), _in_words(field, value), f"?{rest.urlencode()}"))
    return found


def _in_words(field: forms.BoundField, value: Any) -> str:
    if isinstance(value, date):
        return formatting.long_date(value)
    return str(dict(getattr(field.field, "choices", ())).get(value, value))


def kept(narrowed: CaseFilter) -> str:
    """The filter in force as the query of an address, without what is not kept and what makes no sense."""
    narrowed.form.is_valid()
    fields = {name: value for name, value in narrowed.form.cleaned_data.items() if value and name not in NOT_KEPT}
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query[name] = value.isoformat() if isinstance(value, date) else str(value)
    return query.urlencode()
