"""The forms of a UPT's houses: a new one with all its beds, its rule, more rooms, what is no longer used."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.keyed import column
from services import facility
from services.forms.base import KeyedForm
from services.forms.columns import prose
from services.models import Bed, House, Room


def _number(label: Any, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, **options)


class HouseForm(KeyedForm):
    """What a house is called and for whom it is."""

    name = column(House, "name")
    sex_rule = forms.ChoiceField(
        label=gettext_lazy("Untuk"),
        required=False,
        choices=[("", gettext_lazy("laki-laki dan perempuan")), *House._meta.get_field("sex_rule").choices],
        help_text=gettext_lazy("Klien dari jenis kelamin lain ditolak."),
    )
    min_age = column(House, "min_age", max_value=120)
    max_age = column(House, "max_age", max_value=120)
    note = prose(House._meta.get_field("note"))

    fieldsets = ((gettext_lazy("Asrama/wisma"), ("name", "sex_rule", ("min_age", "max_age"), "note")),)

    def __init__(self, *args: Any, house: House | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["max_age"].help_text = _("Usia di luar ini hanya dengan alasan tertulis.")
        if house:
            self.initial |= {name: getattr(house, name) for name in facility.WORDS}

    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name not in ("form_key", "version", "draft")}


class NewHouseForm(HouseForm):
    """The same with its rooms and beds, all at once."""

    rooms = _number(gettext_lazy("Banyaknya kamar"), facility.MOST_ROOMS, initial=4)
    beds = _number(gettext_lazy("Tempat tidur tiap kamar"), facility.MOST_BEDS, initial=4)

    fieldsets = (
        (gettext_lazy("Asrama/wisma"), ("name", "sex_rule", ("min_age", "max_age"), "note")),
        (gettext_lazy("Kamar dan tempat tidur"), (("rooms", "beds"),)),
    )


class RoomsForm(KeyedForm):
    """More rooms, numbered on."""

    rooms = forms.IntegerField(label=gettext_lazy("Banyaknya kamar"), min_value=1, max_value=facility.MOST_ROOMS)
    beds = _number(gettext_lazy("Tempat tidur tiap kamar"), facility.MOST_BEDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("rooms", 1)
        self.initial.setdefault("beds", 4)


class BedsForm(KeyedForm):
    """More beds in one room."""

    room = forms.ModelChoiceField(label=gettext_lazy("Kamar"), queryset=Room.objects.none(), empty_label=None)
    beds = forms.IntegerField(
        label=gettext_lazy("Banyaknya tempat tidur"), min_value=1, max_value=facility.MOST_BEDS, initial=1
    )

    def __init__(self, *args: Any, house: House, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = house.rooms.filter(retired_on__isnull=True).select_related("house__institution")


class RetireForm(KeyedForm):
    """What is no longer used: the house, a room, or a bed."""

    place = forms.ChoiceField(label=gettext_lazy("Yang tidak dipakai lagi"))

    def __init__(self, *args: Any, house: House, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, House | Room | Bed] = {f"house-{house.pk}": house}
        names = {f"house-{house.pk}": _("Seluruh %s") % house.name}
        for bed in (
            Bed.objects.filter(room__house=house).select_related("room__house__institution").order_by("room", "pk")
        ):
            room = f"room-{bed.room_id}"
            if room not in names:
                self.places[room], names[room] = bed.room, _("Kamar %s, semua tempat tidur") % bed.room.name
            self.places[f"bed-{bed.pk}"] = bed
            told = {"room": bed.room.name, "bed": bed.name}
            names[f"bed-{bed.pk}"] = _("Kamar %(room)s, tempat tidur %(bed)s") % told
        # What was retired is read, so that a second click is answered like the first; only what is in use is offered.
        self.fields["place"].choices = list(names.items())
        offered = [(key, words) for key, words in names.items() if not self.places[key].retired_on]
        self.fields["place"].widget.choices = [("", _("Pilih…")), *offered]

    def clean_place(self) -> House | Room | Bed:
        return self.places[self.cleaned_data["place"]]
