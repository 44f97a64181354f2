"""The forms about issued papers, and what the register of letters can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.forms.keyed import KeyedForm, column
from cases.files import MAX_BYTES, CheckedFileField
from cases.models import Case
from reports import codes
from reports.enums import PaperAct, PaperKind, PaperState
from reports.models import IssuedPaper, IssuedPaperQuerySet, PaperFact

UNSCANNED = "unscanned"


class IssueForm(KeyedForm):
    """One button: this paper, as it stands now."""

    paper = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def chosen(self) -> tuple[PaperKind, str] | None:
        """Kind and subject of the paper; nothing where there is no such kind."""
        kind, _colon, subject = self.cleaned_data["paper"].partition(":")
        return (PaperKind(kind), subject) if kind in PaperKind.values else None


class ScanForm(KeyedForm):
    """The signed paper as a picture or PDF; on a phone the camera is offered."""

    scan = CheckedFileField(
        label=_("Pindaian atau foto"),
        help_text=_("PDF, JPEG, atau PNG, paling besar 10 MB. Di ponsel dapat langsung difoto."),
    )
    on = day_field(label=_("Tanggal ditandatangani"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", self.user.institution.today())


class HandOverForm(KeyedForm):
    to = column(
        PaperFact, "words", label=_("Diserahkan kepada"), required=True, help_text=_("Nama dan hubungan atau jabatan.")
    )
    on = day_field(label=_("Tanggal diserahkan"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", self.user.institution.today())


class CancelForm(KeyedForm):
    reason = column(
        PaperFact,
        "words",
        label=_("Alasan pembatalan"),
        required=True,
        help_text=_("Nomornya tetap terpakai dan naskahnya tetap tersimpan."),
    )


class CasesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, case: Case) -> str:
        return f"{case.client.shown_name} · {case.number}"


class PlaceManyForm(KeyedForm):
    """The cases that one decree places."""

    cases = CasesField(
        Case.objects.none(),
        label=_("Penerima manfaat"),
        to_field_name="number",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu kasus.")},
    )

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].queryset = cases
        self.fields["cases"].label = self.user.institution.client_term.capitalize()


class CodeForm(forms.Form):
    """A code as it stands on paper."""

    kode = forms.CharField(
        label=_("Kode pemeriksaan"), max_length=20, widget=forms.TextInput(attrs={"autocapitalize": "characters"})
    )

    def clean_kode(self) -> str:
        code = codes.meant(self.cleaned_data["kode"])
        if not code:
            raise forms.ValidationError(_("Kode terdiri atas delapan huruf dan angka, misalnya C6ND-2JUF."))
        return code


class CompareForm(forms.Form):
    """A file that somebody holds; it is compared and not kept."""

    berkas = forms.FileField(
        label=_("Bandingkan dengan berkas PDF Anda"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        help_text=_("Berkas hanya dibandingkan, tidak disimpan."),
    )

    def clean_berkas(self) -> Any:
        upload = self.cleaned_data["berkas"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(_("Berkas lebih besar dari 10 MB; naskah terbit tidak sebesar itu."))
        return upload


class LetterFilter(django_filters.FilterSet):
    """The register narrowed by words, kind, state and days; what makes no sense narrows nothing."""

    q = django_filters.CharFilter(label=_("Nomor, kode, atau kasus"), method="narrow_words", max_length=80)
    kind = django_filters.ChoiceFilter(label=_("Jenis"), empty_label=_("Semua"), choices=PaperKind.choices)
    state = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        empty_label=_("Semua"),
        method="narrow_state",
        choices=[(UNSCANNED, _("Belum ada pindaian")), *PaperState.choices],
    )
    since = django_filters.DateFilter(
        label=_("Sejak"), field_name="issued_on", lookup_expr="gte", widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        label=_("Sampai"), field_name="issued_on", lookup_expr="lte", widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = IssuedPaper
        fields: list[str] = []

    def narrow_words(self, queryset: IssuedPaperQuerySet, _name: str, value: str) -> IssuedPaperQuerySet:
        value = value.strip()
        found = Q(number__icontains=value) | Q(links__case__number__iexact=value)
        if code := codes.meant(value):
            found |= Q(code=code)
        return queryset.filter(pk__in=IssuedPaper.objects.filter(found).values("pk"))

    def narrow_state(self, queryset: IssuedPaperQuerySet, _name: str, value: str) -> IssuedPaperQuerySet:
        """A paper is what happened to it last: cancelled before handed over before signed."""
        if value == UNSCANNED:
            return queryset.live().without_act(PaperAct.SIGNED)
        order = (PaperState.CANCELLED, PaperState.HANDED_OVER, PaperState.SIGNED, PaperState.ISSUED)
        for state in order[: order.index(PaperState(value))]:
            queryset = queryset.without_act(PaperAct(state.value))
        return queryset if value == PaperState.ISSUED else queryset.with_act(PaperAct(value))
