"""The forms around an exit: that a client left, the berita acara, its endorsement, coming back, undoing it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.keyed import column
from cases.enums import StayEnd
from cases.models import Case, Stay
from services import beds, leftovers
from services.belongings_enums import ToolCondition
from services.forms.acts import Answer, AnswerField
from services.forms.base import KeyedForm
from services.forms.beds import BedField, exception_field
from services.forms.columns import DayInput, drawn, prose
from services.forms.fields import day_field
from services.models import Departure, DepositMovement, Minutes, Request
from services.workflow import Exit

RECEIVER = ("receiver_name", "receiver_relation", "receiver_address")
CONFERENCE = ("conference",)
PLACES = ("on", "house", "room", "bed", "exception")


class DepartForm(KeyedForm):
    """That somebody left, when, and what happened."""

    way = AnswerField(label=_("Cara keluar"), error_messages={"required": _("Pilih cara keluar.")})
    left_on = day_field(label=_("Tanggal peristiwa"))
    account = prose(Departure._meta.get_field("account"), help_text=_("Apa yang terjadi, siapa yang hadir."))

    receiver = column(DepositMovement, "party", label=_("Titipan diserahkan kepada"), required=False)
    relation = column(DepositMovement, "relation", required=False)

    fieldsets = ((_("Peristiwa"), ("way", "left_on", "account")),)

    def __init__(self, *args: Any, ways: Mapping[StayEnd, Exit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Any way is read, so that a second click is answered like the first; only the possible ones are offered.
        self.fields["way"].choices = [(way.value, Answer(way.label)) for way in StayEnd]
        offered = [(way.value, Answer(way.label, _consequence(row))) for way, row in ways.items()]
        self.fields["way"].widget.choices = offered
        self.fields["left_on"].widget.attrs["max"] = self.user.institution.today().isoformat()
        self.initial.setdefault("left_on", self.user.institution.today())
        self.left = leftovers.of_case(self.subject.pk)
        self._ask_for_what_is_left()

    def _ask_for_what_is_left(self) -> None:
        """What is kept may go out in the same act, and tools come back; left empty it stays listed."""
        if not self.left.is_kept:
            del self.fields["receiver"], self.fields["relation"]
        else:
            words = _("Yang disimpan: %s. Kosongkan bila belum diserahkan; tetap tercatat di Tunggakan.")
            self.fields["receiver"].help_text = words % self.left.kept_words
        for loan in self.left.loans:
            choices = [("", _("Belum kembali")), *ToolCondition.choices]
            label = _("Alat dipinjam: %s") % loan.tool
            self.fields[f"loan-{loan.pk}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("receiver") and not data.get("relation"):
            self.add_error("relation", _("Isi hubungan penerima dengan klien."))
        return data

    def settled(self) -> dict[str, Any]:
        """For ``transitions.depart``: who receives what is kept, and the tools handed in."""
        data = self.cleaned_data
        back = {loan.pk: data[f"loan-{loan.pk}"] for loan in self.left.loans if data.get(f"loan-{loan.pk}")}
        return {"receiver": data.get("receiver", ""), "relation": data.get("relation", ""), "returned": back}


def _consequence(row: Exit) -> str:
    """What a way of leaving asks for afterwards, in one line."""
    parts = []
    if row.needs_conference:
        parts.append(_("Temu bahas dan peringatan sebelumnya ikut dicatat."))
    if len(row.papers) > 1:
        parts.append(_("Rujukan dan laporannya menyusul."))
    if row.may_come_back:
        parts.append(_("Bila kembali dalam batas hari, kasus yang sama dilanjutkan."))
    return " ".join(map(str, parts))


class MinutesForm(KeyedForm, forms.ModelForm):
    """The berita acara; what its kind of exit does not need is not asked."""

    class Meta:
        model = Minutes
        fields = (
            "on",
            "number",
            "place",
            *RECEIVER,
            "belongings",
            *CONFERENCE,
            "conclusion",
            "witness_1",
            "witness_2",
        )
        formfield_callback = drawn

    fieldsets = (
        (_("Tempat dan tanggal"), (("on", "number"), "place")),
        (_("Yang menerima"), (("receiver_name", "receiver_relation"), "receiver_address")),
        (_("Isi berita acara"), ("belongings", "conference", "conclusion")),
        (_("Saksi"), (("witness_1", "witness_2"),)),
    )

    def __init__(self, *args: Any, row: Exit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row and not row.needs_receiver:
            self._leave_out(RECEIVER)
        if row and not row.needs_conference:
            self._leave_out(CONFERENCE)
        for name in ("receiver_name", *CONFERENCE):
            if row and name in self.fields:
                self.fields[name].required = True

    def _leave_out(self, names: tuple[str, ...]) -> None:
        for name in names:
            del self.fields[name]

    def content(self) -> dict[str, Any]:
        """The values for ``transitions.write_minutes``."""
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.fields}


class ProposeExitForm(KeyedForm):
    """The worker asks for the endorsement of an exit."""

    reason = prose(
        Request._meta.get_field("reason"),
        label=_("Alasan dan pertimbangan"),
        required=True,
        error_messages={"required": _("Isi alasan keputusan.")},
    )
    opens_aftercare = forms.BooleanField(
        label=_("Lanjutkan dengan bimbingan lanjut"),
        required=False,
        help_text=_("Kasus tetap terbuka di tahap F; tanpa ini kasus ditutup."),
    )

    def __init__(self, *args: Any, row: Exit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row and not row.opens_aftercare:
            del self.fields["opens_aftercare"]


class ComeBackForm(KeyedForm):
    """Somebody who had left without leave is there again."""

    on = forms.DateField(label=_("Kembali tanggal"), widget=DayInput)
    house = column(Stay, "house")
    room = column(Stay, "room")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if beds.has_any(case.institution):
            del self.fields["house"], self.fields["room"]
            self.fields["bed"] = BedField(case.institution, case.client, required=False)
            if beds.has_age_rules(case.institution):
                self.fields["exception"] = exception_field()
        today = self.user.institution.today()
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        self.initial.setdefault("on", today)

    def content(self) -> dict[str, Any]:
        """The values for ``transitions.come_back``: a bed, or a typed place where the UPT has entered none."""
        return {name: self.cleaned_data[name] for name in PLACES if name in self.fields}


class ReversalForm(KeyedForm):
    """The last exit or closing was wrong."""

    reason = prose(
        Request._meta.get_field("reason"),
        label=_("Alasan pembatalan"),
        required=True,
        error_messages={"required": _("Isi alasan pembatalan.")},
        help_text=_("Mengapa keputusan itu keliru."),
    )
