"""The forms of a referral: its design, and each act that follows."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from services.forms.base import KeyedForm, column
from services.forms.columns import drawn, prose
from services.forms.fields import day_field, past_day
from services.models import Partner, ReferralCourse
from services.models.referral import CourseQuerySet
from services.referral_enums import CourseState, PackagePart, PartnerService
from services.referrals import course


def _text(name: str, **options: Any) -> forms.Field:
    return prose(ReferralCourse._meta.get_field(name), **options)


class DesignForm(KeyedForm):
    """Need and receiver, what goes along, and what the client's side says to it."""

    need = forms.ChoiceField(label=_("Kebutuhan yang dirujuk"), choices=[("", _("Pilih…")), *PartnerService.choices])
    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label=_("Lembaga tujuan"),
        empty_label=_("Pilih…"),
        help_text=_("Layanan tiap lembaga tertulis di belakang namanya; yang belum ada ditambahkan di Mitra rujukan."),
    )
    reason = _text("reason")
    asked = _text("asked")
    parts = forms.MultipleChoiceField(
        label=_("Yang disertakan"),
        choices=PackagePart.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tidak lebih daripada yang diperlukan lembaga penerima."),
    )
    summary = _text("summary", help_text=_("Hanya inilah yang dibagikan. Klien disebut dengan inisial."))
    consent = drawn(ReferralCourse._meta.get_field("consent"))
    consent_name = column(ReferralCourse, "consent_name")
    consent_on = day_field(label=_("Tanggal persetujuan"), required=False)
    witness_1 = column(ReferralCourse, "witness_1")
    witness_2 = column(ReferralCourse, "witness_2")

    fieldsets = (
        (_("Kebutuhan dan tujuan"), ("need", "partner", "reason", "asked")),
        (_("Yang dibagikan"), ("parts", "summary")),
        (
            _("Persetujuan berbagi data"),
            ("consent", ("consent_name", "consent_on"), ("witness_1", "witness_2")),
        ),
    )

    def __init__(self, *args: Any, earlier: ReferralCourse | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Partner.objects.filter(institution=self.user.institution).in_use().prefetch_related("offers")
        field: Any = self.fields["partner"]
        field.queryset = rows
        field.label_from_instance = _with_services
        if earlier:
            again = ("need", "reason", "asked", "parts", "summary")
            self.initial = {**{name: getattr(earlier, name) for name in again}, **self.initial}

    def clean_consent_on(self) -> Any:
        return past_day(self.cleaned_data["consent_on"], self.user)

    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in course.FIELDS}


class CourseActForm(KeyedForm):
    """When it happened, and what there is to say."""

    on = day_field(label=_("Tanggal"))
    text = forms.CharField(
        label=_("Keterangan"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", self.user.institution.today())

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.user)


class CourseFilter(django_filters.FilterSet):
    """The referrals in sight by state, need and receiver."""

    state = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        empty_label=_("Semua"),
        choices=[("late", _("Jawaban lewat waktu")), *CourseState.choices],
        method="narrow_state",
    )
    need = django_filters.ChoiceFilter(label=_("Kebutuhan"), empty_label=_("Semua"), choices=PartnerService.choices)
    partner = django_filters.ModelChoiceFilter(
        label=_("Lembaga"), empty_label=_("Semua"), queryset=Partner.objects.none()
    )

    def __init__(self, data: Any, queryset: CourseQuerySet, *, user: Any) -> None:
        super().__init__(data, queryset)
        self.today = user.institution.today()
        self.filters["partner"].queryset = Partner.objects.filter(institution=user.institution)

    def narrow_state(self, queryset: CourseQuerySet, _name: str, value: str) -> CourseQuerySet:
        if value == "late":
            return queryset.waiting().filter(answer_due_on__lt=self.today)
        return queryset.filter(state=value)


def _with_services(partner: Partner) -> str:
    return f"{partner.name} – {', '.join(partner.service_labels).lower()}"
