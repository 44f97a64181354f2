"""The forms of the directory of institutions."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases import reference
from services.forms.base import KeyedForm, column
from services.forms.columns import drawn, prose
from services.forms.fields import day_field
from services.models import Partner
from services.models.partner import PartnerQuerySet
from services.referral_enums import PartnerKind, PartnerService
from services.referrals import partners


def _field(name: str, **options: Any) -> forms.Field:
    return column(Partner, name, **options)


class PartnerForm(KeyedForm):
    """What is known of an institution."""

    name = _field("name")
    kind = drawn(Partner._meta.get_field("kind"))
    services = forms.MultipleChoiceField(
        label=_("Layanan yang diberikan"),
        choices=PartnerService.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Menurut kebutuhan inilah lembaga ditawarkan saat rujukan disusun."),
    )
    head_title = _field("head_title", help_text=_("Misalnya: Direktur RSJ Contoh. Dipakai di surat rujukan."))
    address = _field("address")
    regency = _field("regency", choices=lambda: [("", _("Belum diisi")), *reference.regency_choices()])
    district = _field("district", choices=lambda: [("", _("Belum diisi")), *reference.district_choices()])
    phone = _field("phone", widget=forms.TextInput(attrs={"type": "tel"}))
    email = _field("email")
    contact_name = _field("contact_name")
    contact_phone = _field("contact_phone", widget=forms.TextInput(attrs={"type": "tel"}))
    agreement_number = _field("agreement_number")
    agreement_until = day_field(label=_("Berlaku sampai"), required=False)
    capacity_note = _field("capacity_note", help_text=_("Misalnya: 12 tempat tidur putri, rujukan lewat puskesmas."))
    note = prose(Partner._meta.get_field("note"))

    fieldsets = (
        (_("Lembaga"), ("name", "kind", "services")),
        (_("Alamat"), ("head_title", "address", ("regency", "district"))),
        (_("Hubungan"), (("phone", "email"), ("contact_name", "contact_phone"))),
        (
            _("Kerja sama dan daya tampung"),
            (("agreement_number", "agreement_until"), "capacity_note", "note"),
        ),
    )

    def __init__(self, *args: Any, partner: Partner | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if partner:
            written = {name: getattr(partner, name) for name in partners.WORDS}
            self.initial = {**written, "services": partner.services, **self.initial}

    def content(self) -> dict[str, Any]:
        """For ``partners.add`` and ``partners.edit``."""
        return {name: self.cleaned_data[name] for name in (*partners.WORDS, "services")}


class RetirePartnerForm(KeyedForm):
    """No new referral goes there."""

    reason = column(Partner, "retired_reason", required=True)


class PartnerFilter(django_filters.FilterSet):
    """The directory by need, kind and place; without a state it shows those in use."""

    q = django_filters.CharFilter(label=_("Nama, alamat, atau penghubung"), method="narrow_words", max_length=120)
    service = django_filters.ChoiceFilter(
        label=_("Layanan"), empty_label=_("Semua"), choices=PartnerService.choices, method="narrow_service"
    )
    kind = django_filters.ChoiceFilter(label=_("Jenis"), empty_label=_("Semua"), choices=PartnerKind.choices)
    regency = django_filters.ChoiceFilter(
        label=_("Kabupaten/kota"), empty_label=_("Semua"), choices=reference.regency_choices
    )
    state = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        empty_label=_("Dipakai"),
        choices=[("ending", _("Kerja sama berakhir")), ("retired", _("Tidak dipakai"))],
        method="narrow_state",
    )

    def __init__(self, data: Any, queryset: PartnerQuerySet, *, today: Any) -> None:
        super().__init__(data, queryset)
        self.today = today

    def filter_queryset(self, queryset: PartnerQuerySet) -> PartnerQuerySet:
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.in_use()
        return super().filter_queryset(queryset)

    def narrow_words(self, queryset: PartnerQuerySet, _name: str, value: str) -> PartnerQuerySet:
        named = Q(name__icontains=value) | Q(address__icontains=value)
        return queryset.filter(named | Q(contact_name__icontains=value) | Q(capacity_note__icontains=value))

    def narrow_service(self, queryset: PartnerQuerySet, _name: str, value: str) -> PartnerQuerySet:
        return queryset.offering(value)

    def narrow_state(self, queryset: PartnerQuerySet, _name: str, value: str) -> PartnerQuerySet:
        if value == "retired":
            return queryset.filter(retired_on__isnull=False)
        return queryset.in_use().filter(agreement_until__lt=self.today)
