"""What the list of cases can be narrowed by; what makes no sense narrows nothing."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import reference, search
from cases.enums import Stage, Status
from cases.models import WHOLE_UPT, CaseQuerySet
from services import caseload

ALL, CLOSED = "all", "closed"


class CaseFilter(django_filters.FilterSet):
    """The first four are in the bar, the others fold. Without a status the list shows open cases, a search all."""

    q = django_filters.CharFilter(label=_("Nama, nomor, atau NIK"), method="narrow_words", max_length=120)
    stage = django_filters.ChoiceFilter(
        label=_("Tahap"), empty_label=_("Semua"), choices=[(s.value, f"{s.letter} {s.label}") for s in Stage]
    )
    worker = django_filters.ChoiceFilter(label=_("Pekerja sosial"), empty_label=_("Semua"), method="narrow_worker")
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        empty_label=_("Terbuka"),
        method="narrow_status",
        choices=[(ALL, _("Semua")), (CLOSED, _("Ditutup")), *Status.choices],
    )
    due = django_filters.ChoiceFilter(
        label=_("Tenggat"),
        empty_label=_("Semua"),
        method="narrow_due",
        choices=[("late", _("Lewat tenggat")), ("week", _("Minggu ini"))],
    )
    contact = django_filters.ChoiceFilter(
        label=_("Kontak"),
        empty_label=_("Semua"),
        method="narrow_contact",
        choices=[("quiet", _("Tanpa kontak 14 hari"))],
    )
    stay = django_filters.ChoiceFilter(
        label=_("Masa tinggal"),
        empty_label=_("Semua"),
        method="narrow_stay",
        choices=[
            ("running", _("Sedang tinggal")),
            ("came", _("Masuk bulan ini")),
            ("gone", _("Keluar bulan ini")),
        ],
    )
    category = django_filters.ChoiceFilter(
        label=_("Kategori"),
        empty_label=_("Semua"),
        field_name="client__categories__category",
        choices=reference.category_choices,
    )

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


def chips(form: forms.Form, params: QueryDict) -> list[tuple[str, str, str]]:
    """Each filter in force as label, value in words, and the address without it."""
    found = []
    for field in form:
        value = form.cleaned_data.get(field.name)
        if value:
            rest = params.copy()
            for name in (field.name, "page"):
                rest.pop(name, None)
            words = dict(getattr(field.field, "choices", ())).get(value, value)
            found.append((str(field.label), str(words), f"?{rest.urlencode()}"))
    return found
