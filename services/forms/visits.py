"""The form of a trip: what is common to all, and for each former client what was found there."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.files import CheckedFileField
from cases.models import Case
from services.aftercare.enums import MissReason
from services.aftercare.visiting import Condition, Found
from services.forms.base import KeyedForm, column, put_in
from services.forms.columns import drawn, prose
from services.forms.fields import day_field, past_day
from services.models import AftercareMiss, AftercareTrip, AftercareVisit, AidCheck, BusinessAid

MET = "met"
CHECKED = ("asset", "business", "note")
SEEN = ("living", "acceptance", "pursuit", "relapse", "standing")
VISIT = (
    "way",
    "living",
    "lives_with",
    "acceptance",
    "family",
    "pursuit",
    "occupation",
    "monthly_income",
    "relapse",
    "standing",
    "community",
    "needs",
    "obstacles",
    "plan",
)


def _of(model: type, name: str) -> forms.Field:
    field = drawn(model._meta.get_field(name))
    assert field is not None
    return field


class ClientForm(forms.Form):
    """One former client: met, with how they fare; or not met, with the cause. Only one of the two is read."""

    met = forms.ChoiceField(
        label=_("Bertemu?"),
        choices=[(MET, _("Bertemu")), *MissReason.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih bertemu, atau sebab tidak bertemu.")},
    )

    def __init__(
        self, *args: Any, case: Case, aids: list[BusinessAid], last: AftercareVisit | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=str(case.pk), use_required_attribute=False, **kwargs)
        self.case, self.aids = case, aids
        for name in VISIT:
            self.fields[name] = _of(AftercareVisit, name)
        for name in SEEN if last else ():
            self.fields[name].help_text = _("Kunjungan lalu: %s.") % getattr(last, f"get_{name}_display")().lower()
        self.fields["photo"] = CheckedFileField(
            label=_("Foto"), required=False, help_text=_("Dapat langsung dari kamera.")
        )
        self.fields["note"] = prose(AftercareMiss._meta.get_field("note"))
        self.fields["note"].widget.attrs["rows"] = 2
        self.fields["retry_days"] = column(AftercareMiss, "retry_days", min_value=1, max_value=180)
        self.fields["monthly_income"].widget.attrs["inputmode"] = "numeric"
        self.initial.setdefault("retry_days", 14)
        for aid in aids:
            for name in CHECKED:
                field = self.fields[f"{name}-{aid.pk}"] = _of(AidCheck, name)
                field.required = False
                if name != "note":
                    field.choices = [("", _("Tidak diperiksa")), *AidCheck._meta.get_field(name).choices]
                    field.widget = forms.Select(choices=field.choices)
        if self.is_bound:
            for name in self._unread():
                self.fields[name].required = False

    @property
    def is_met(self) -> bool:
        return self["met"].data == MET

    def _unread(self) -> tuple[str, ...]:
        if not self["met"].data:
            return (*VISIT, "note")
        return ("note", "retry_days") if self.is_met else VISIT

    def found(self) -> Found:
        data = self.cleaned_data
        if data["met"] == MET:
            values = {name: data[name] for name in VISIT}
            return Found(self.case, True, values, data.get("photo"), tuple(self._conditions()))
        values = {"reason": data["met"], "note": data["note"], "retry_days": data["retry_days"]}
        return Found(self.case, False, values)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for aid in self.aids:
            asset, business = (data.get(f"{name}-{aid.pk}") for name in CHECKED[:2])
            if bool(asset) != bool(business):
                self.add_error(f"{'business' if asset else 'asset'}-{aid.pk}", _("Isi keadaan bantuan dan usahanya."))
        return data

    def _conditions(self) -> Iterator[Condition]:
        for aid in self.aids:
            asset, business, note = (self.cleaned_data.get(f"{name}-{aid.pk}", "") for name in CHECKED)
            if asset:
                yield Condition(aid.pk, asset, business, note)

    @property
    def aid_rows(self) -> list[tuple[BusinessAid, list[forms.BoundField]]]:
        return [(aid, [self[f"{name}-{aid.pk}"] for name in CHECKED]) for aid in self.aids]

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of a visit under their headings, as the paper has them."""
        told = (
            ("", ("way",)),
            (_("Tempat tinggal dan keluarga"), ("living", "lives_with", "acceptance", "family")),
            (_("Sekolah, pekerjaan, masyarakat"), ("pursuit", "occupation", "monthly_income", "standing", "community")),
            ("", ("relapse",)),
            (_("Tindak lanjut"), ("needs", "obstacles", "plan", "photo")),
        )
        return [(str(legend), [self[name] for name in names]) for legend, names in told]

    @property
    def missed(self) -> list[forms.BoundField]:
        return [self["note"], self["retry_days"]]


class TripForm(KeyedForm):
    """Day, travellers and transport once; then each former client."""

    on = day_field(label=_("Tanggal"))
    travellers = column(
        AftercareTrip,
        "travellers",
        help_text=_("Nama semua yang berangkat."),
        error_messages={"required": _("Isi siapa yang berangkat.")},
    )
    transport = column(AftercareTrip, "transport")

    def __init__(self, *args: Any, cases: list[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", self.user.institution.today())
        self.initial.setdefault("travellers", self.user.full_name)
        data, files = (self.data, self.files) if self.is_bound else (None, None)
        given: dict[int, list[BusinessAid]] = {case.pk: [] for case in cases}
        for aid in BusinessAid.objects.filter(case__in=cases):
            given[aid.case_id].append(aid)
        last = {visit.case_id: visit for visit in AftercareVisit.objects.filter(case__in=cases).order_by("on", "pk")}
        self.clients = [
            ClientForm(data, files, case=case, aids=given[case.pk], last=last.get(case.pk)) for case in cases
        ]
        if self.typed_before:
            for form in self.clients:
                put_in(form, self.typed_before)

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.user)

    def is_valid(self) -> bool:
        """Every client is looked at, so that all that is wrong is said at once."""
        return all([super().is_valid(), *[form.is_valid() for form in self.clients]])

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "travellers", "transport")}

    def found(self) -> list[Found]:
        return [form.found() for form in self.clients]

    @property
    def problems(self) -> list[dict[str, str]]:
        """All that is wrong, in words, each with the id of the field to mend."""
        return [*({"id": "", "text": text} for text in self.non_field_errors()), *self._wrong_fields()]

    def _wrong_fields(self) -> Iterator[dict[str, str]]:
        for form in (self, *self.clients):
            about = f"{form.case.client.shown_name}, " if isinstance(form, ClientForm) else ""
            for field in form.visible_fields():
                label = f"{about}{str(field.label).lower()}" if about else field.label
                yield from ({"id": field.auto_id, "text": f"{label}: {text}"} for text in field.errors)
