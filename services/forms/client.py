"""The forms about a person: search the register, enter somebody, correct what is written."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases import nik, reference, search
from cases.models import Client
from cases.models.client import ClientQuerySet
from services.forms.base import KeyedForm
from services.forms.fields import day_field, past_day

OLDEST = 120
CASELESS, THIS_MONTH = "caseless", "month"
PERSON = (
    "name",
    "nickname",
    "sex",
    "birth_place",
    "birth_on",
    "estimated_age",
    "nik",
    "religion",
    "education",
    "regency",
    "district",
    "address",
    "phone",
    "guardian_name",
    "guardian_relation",
    "guardian_phone",
    "guardian_address",
    "is_protected",
)


def _field(name: str, **options: Any) -> forms.Field:
    """A field with the label and the limits of the register's column."""
    return Client._meta.get_field(name).formfield(**options)


class ClientSearch(forms.Form):
    """Whom somebody looks for; nothing typed finds everybody in sight."""

    q = forms.CharField(label=_("Nama, nomor induk, atau NIK"), max_length=120, required=False)
    only = forms.ChoiceField(
        label=_("Yang mana"),
        required=False,
        choices=[("", _("Semua")), (CASELESS, _("Belum punya kasus")), (THIS_MONTH, _("Terdaftar bulan ini"))],
    )

    def words(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("q", "")

    def narrowed(self, clients: ClientQuerySet, today: date) -> ClientQuerySet:
        """Those who pass; what makes no sense leaves nobody out."""
        only = self.cleaned_data.get("only", "")
        if only == CASELESS:
            clients = clients.filter(cases__isnull=True)
        if only == THIS_MONTH:
            clients = clients.filter(registered_at__date__gte=today.replace(day=1))
        return clients.filter(search.clients(self.words()))


class ClientForm(KeyedForm):
    """What the register holds of a person."""

    name = _field("name", help_text=_("Seperti pada akta kelahiran atau kartu keluarga; satu kata pun boleh."))
    nickname = _field("nickname")
    sex = _field("sex", widget=forms.RadioSelect, choices=Client._meta.get_field("sex").choices)
    birth_place = _field("birth_place")
    birth_on = day_field(label=_("Tanggal lahir"), required=False)
    estimated_age = _field(
        "estimated_age",
        help_text=_("Dalam tahun; hanya bila tanggal lahir tidak diketahui."),
        min_value=0,
        max_value=OLDEST,
    )
    nik = forms.CharField(
        label=_("NIK"), required=False, max_length=40, help_text=_("16 angka. Kosongkan bila belum punya.")
    )
    religion = _field("religion", choices=lambda: [("", _("Belum diketahui")), *reference.religion_choices()])
    education = _field("education", choices=lambda: [("", _("Belum diketahui")), *reference.education_choices()])
    regency = _field("regency", choices=lambda: [("", _("Belum diketahui")), *reference.regency_choices()])
    district = _field("district", choices=lambda: [("", _("Belum diketahui")), *reference.district_choices()])
    address = _field("address", widget=forms.Textarea(attrs={"rows": 2}))
    phone = _field("phone", widget=forms.TextInput(attrs={"type": "tel"}))
    guardian_name = _field("guardian_name")
    guardian_relation = _field("guardian_relation", help_text=_("Misalnya ibu, paman, atau petugas pengirim."))
    guardian_phone = _field("guardian_phone", widget=forms.TextInput(attrs={"type": "tel"}))
    guardian_address = _field("guardian_address")
    primary = forms.ChoiceField(
        label=_("Kategori PPKS utama"), choices=lambda: [("", _("Pilih kategori")), *reference.category_choices()]
    )
    others = forms.MultipleChoiceField(
        label=_("Kategori lain"),
        required=False,
        choices=reference.category_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    is_protected = _field("is_protected")

    fieldsets = (
        (
            _("Identitas"),
            (
                "name",
                ("nickname", "sex"),
                "nik",
                ("birth_place", "birth_on"),
                "estimated_age",
                ("religion", "education"),
            ),
        ),
        (
            _("Alamat dan wali"),
            (
                ("regency", "district"),
                "address",
                "phone",
                ("guardian_name", "guardian_relation"),
                ("guardian_phone", "guardian_address"),
            ),
        ),
        (_("Kategori dan perlindungan"), ("primary", "is_protected", "others")),
    )

    def __init__(self, *args: Any, keeps: Client | None = None, **options: Any) -> None:
        """``keeps`` is whose NIK the reader sees masked: an empty field then leaves it as it is."""
        super().__init__(*args, **options)
        self.kept_nik = keeps.nik if keeps else ""
        if keeps and keeps.nik:
            words = _("Tersimpan: %s. Kosongkan bila tetap; isi 16 angka hanya untuk menggantinya.")
            self.fields["nik"].help_text = words % keeps.masked_nik

    def clean_nik(self) -> str:
        return nik.clean(self.cleaned_data["nik"]) or self.kept_nik

    def clean_birth_on(self) -> date | None:
        return past_day(self.cleaned_data["birth_on"], self.user)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("birth_on") and data.get("estimated_age") is None and not self.has_error("birth_on"):
            if not self.has_error("estimated_age"):
                self.add_error("birth_on", _("Isi tanggal lahir, atau perkiraan umur bila tidak diketahui."))
        self._clean_place(data.get("regency", ""), data.get("district", ""))
        return data

    def _clean_place(self, regency: str, district: str) -> None:
        """A district brings its regency along, and must lie in the one that was chosen."""
        if not district or self.has_error("regency"):
            return
        home = reference.regency_of(district)
        if regency and regency != home:
            words = _("Kecamatan ini ada di %s; pilih ulang salah satunya.") % reference.REGENCIES[home]
            self.add_error("district", words)
        else:
            self.cleaned_data["regency"] = home

    def person(self) -> dict[str, Any]:
        """The columns of the register."""
        return {name: self.cleaned_data[name] for name in PERSON}


class DistinctForm(forms.Form):
    """Where the register holds the like of a newcomer, they must be said to be two, and why: both, or neither."""

    is_distinct = forms.BooleanField(
        label=_("Bukan orang yang sama, daftarkan sebagai klien baru"),
        error_messages={"required": _("Centang bila ini memang bukan orang yang sama.")},
    )
    distinct_because = forms.CharField(
        label=_("Alasannya"),
        max_length=300,
        help_text=_("Misalnya: nama ibu dan alamat berbeda menurut kartu keluarga."),
        error_messages={"required": _("Tulis bagaimana Anda tahu bahwa ini orang lain.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, empty_permitted=True, use_required_attribute=False)

    def reason(self) -> str:
        return self.cleaned_data.get("distinct_because", "")
