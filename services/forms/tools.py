"""The forms of tools: the register, a loan and its end, maintenance, what is no longer used."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from services import tools
from services.belongings_enums import ToolCondition
from services.forms.base import KeyedForm, column
from services.forms.columns import drawn
from services.forms.daily import DatedForm, named
from services.forms.fields import day_field
from services.forms.money import RupiahField
from services.models import Session, Tool, ToolCare, ToolLoan
from services.models.deposit import MOST
from services.roster import Resident

USUAL_DAYS = timedelta(days=7)
RESIDENT, PERSON, SESSION = "klien", "petugas", "sesi"


class ToolForm(KeyedForm):
    """What a tool is and where."""

    name = column(Tool, "name")
    kind = drawn(Tool._meta.get_field("kind"))
    number = column(Tool, "number")
    room = column(Tool, "room", help_text=_("Ruang atau lemari tempat alat disimpan."))
    bimbingan = drawn(Tool._meta.get_field("bimbingan"))
    condition = drawn(Tool._meta.get_field("condition"))
    bought_on = day_field(label=_("Tanggal perolehan"), required=False)
    note = column(Tool, "note")

    fieldsets = (
        (_("Alat"), ("name", ("number", "kind"), ("room", "bimbingan"))),
        (_("Keadaan"), (("condition", "bought_on"), "note")),
    )

    def __init__(self, *args: Any, tool: Tool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tool:
            self.initial |= {name: getattr(tool, name) for name in tools.WORDS}

    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in tools.WORDS}


class LendForm(KeyedForm):
    """To whom, until when; a session ends its loan on its own day."""

    whom = forms.ChoiceField(label=_("Dipinjam oleh"))
    out_on = day_field(label=_("Tanggal pinjam"))
    due_on = day_field(label=_("Harus kembali"))
    note = column(ToolLoan, "note")

    def __init__(
        self,
        *args: Any,
        residents: Iterable[Resident],
        staff: Iterable[User],
        sessions: Iterable[Session],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"{RESIDENT}-{row.stay.pk}": {"stay": row.stay} for row in residents}
        groups = [(_("Klien"), [(f"{RESIDENT}-{row.stay.pk}", named(row)) for row in residents])]
        staff = {person.pk: person for person in staff}
        self.people |= {f"{PERSON}-{pk}": {"person": person} for pk, person in staff.items()}
        led = [one for one in sessions if one.leader_id in staff]
        self.people |= {f"{SESSION}-{one.pk}": {"person": staff[one.leader_id], "session": one} for one in led}
        groups.append((_("Sesi"), [(f"{SESSION}-{one.pk}", _of(one, staff[one.leader_id])) for one in led]))
        groups.append((_("Petugas"), [(f"{PERSON}-{pk}", person.full_name) for pk, person in staff.items()]))
        self.fields["whom"].choices = [("", _("Pilih")), *(group for group in groups if group[1])]
        self.initial |= {"out_on": today, "due_on": today + USUAL_DAYS}

    def values(self) -> dict[str, Any]:
        """For ``tools.lend``."""
        data = self.cleaned_data
        return {name: data[name] for name in ("out_on", "due_on", "note")} | self.people[data["whom"]]


def _of(session: Session, leader: User) -> str:
    return f"{session.on:%d-%m} {session.starts_at:%H.%M} {session.activity.name} · {leader.full_name}"


class ReturnForm(DatedForm):
    """The tool is back."""

    on = day_field(label=_("Kembali tanggal"))
    condition = forms.ChoiceField(label=_("Keadaan"), choices=ToolCondition.choices, widget=forms.RadioSelect)
    note = column(ToolLoan, "return_note", label=_("Catatan"))

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "condition", "note")}


class CareForm(DatedForm):
    """What was done to a tool."""

    kind = drawn(ToolCare._meta.get_field("kind"))
    account = column(ToolCare, "account")
    cost = RupiahField(label=_("Biaya (Rp)"), required=False, most=MOST)
    condition = drawn(ToolCare._meta.get_field("condition"))

    field_order = ("on", "kind", "account", "cost", "condition")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "kind", "account", "cost", "condition")}


class RetireToolForm(KeyedForm):
    """It is not used any more."""

    reason = column(Tool, "retired_reason", required=True)
