"""The forms about staff: who they are, which roles they hold, and why an account is closed or opened."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts import authority
from accounts.enums import Employment, Role
from accounts.forms.fields import day_field
from accounts.forms.keyed import KeyedForm, column
from accounts.identifiers import USERNAME, why_not_employed
from accounts.models import Institution, User
from accounts.staffing import PERSON, Grant

SHOWN = (("", _("Semua akun")), ("aktif", _("Aktif")), ("nonaktif", _("Tidak aktif")))


class StaffFilter(forms.Form):
    """Which accounts of those in sight are listed."""

    q = forms.CharField(label=_("Nama, nama pengguna, atau NIP"), max_length=120, required=False)
    peran = forms.ChoiceField(label=_("Peran"), required=False, choices=[("", _("Semua peran")), *Role.choices])
    status = forms.ChoiceField(label=_("Status"), required=False, choices=SHOWN)
    tempat = forms.ModelChoiceField(
        label=_("Tempat tugas"),
        required=False,
        queryset=Institution.objects.all(),
        to_field_name="code",
        empty_label=_("Semua lembaga"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not user.has_role(Role.ADMINISTRATOR):
            del self.fields["tempat"]


class PersonForm(KeyedForm):
    """What papers print of a member of staff."""

    name = column(User, "name")
    title_before = column(User, "title_before", help_text=_("Misalnya Drs. atau dr."))
    title_after = column(User, "title_after", help_text=_("Misalnya S.ST., M.P.S.Sp."))
    employment = column(User, "employment", widget=forms.RadioSelect, choices=Employment.choices)
    nip = forms.CharField(label=_("NIP"), required=False, max_length=30, help_text=_("18 angka; spasi boleh."))
    rank = column(User, "rank", help_text=_("Misalnya Penata"))
    rank_group = column(User, "rank_group", help_text=_("Misalnya III/c"))
    position = column(User, "position", help_text=_("Seperti di bawah tanda tangan, misalnya Pekerja Sosial Ahli Muda"))
    email = column(User, "email")

    fieldsets = (
        (_("Nama"), ("name", ("title_before", "title_after"), "email")),
        (_("Kepegawaian"), ("employment", "nip", ("rank", "rank_group"), "position")),
    )

    def clean_nip(self) -> str:
        nip = re.sub(r"[\s.]", "", self.cleaned_data["nip"])
        if nip:
            User._meta.get_field("nip").run_validators(nip)
        return nip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "employment" in data and "nip" in data and (why_not := why_not_employed(data["employment"], data["nip"])):
            self.add_error("nip", why_not)
        return data

    def person(self) -> dict[str, Any]:
        """The columns of the account."""
        return {name: self.cleaned_data[name] for name in PERSON}


class NewPersonForm(PersonForm):
    """A new account: the person, the name to sign in with, and what they do where."""

    username = column(User, "username", help_text=_("Untuk masuk: huruf kecil, angka, titik, atau garis bawah."))
    institution = forms.ModelChoiceField(label=_("Tempat tugas"), queryset=Institution.objects.all(), empty_label=None)
    roles = forms.MultipleChoiceField(label=_("Peran"), widget=forms.CheckboxSelectMultiple)
    since_on = day_field(label=_("Mulai"), required=False, help_text=_("Kosong berarti sejak sekarang."))
    until_on = day_field(label=_("Sampai dengan"), required=False, help_text=_("Kosong berarti tetap."))

    fieldsets = (
        PersonForm.fieldsets[0],
        (_("Akun"), (("username", "institution"), "roles", ("since_on", "until_on"))),
        *PersonForm.fieldsets[1:],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "autocomplete": "off"}
        self.fields["roles"].choices = role_choices(self.user)
        if not self.user.has_role(Role.ADMINISTRATOR):
            del self.fields["institution"]

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].strip()
        if not USERNAME.fullmatch(username):
            raise ValidationError(_("3–60 huruf kecil, angka, titik, atau garis bawah; tanpa spasi."))
        return username

    def grants(self) -> list[Grant]:
        data = self.cleaned_data
        place = data.get("institution") or self.user.institution
        return [Grant(Role(role), place, data["since_on"], data["until_on"]) for role in data["roles"]]


class GrantForm(forms.Form):
    """One role, where and when."""

    role = forms.ChoiceField(label=_("Peran"), required=False)
    institution = forms.ModelChoiceField(label=_("Tempat tugas"), queryset=Institution.objects.none(), empty_label=None)
    since_on = day_field(label=_("Mulai"), required=False)
    until_on = day_field(label=_("Sampai dengan"), required=False)

    def __init__(
        self, *args: Any, user: User, places: list[Institution], home: Institution | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.title = _("Peran %s") % (int(str(self.prefix).rpartition("-")[2]) + 1)
        self.initial.setdefault("institution", home)
        self.fields["role"].choices = [("", _("Tidak ada")), *role_choices(user)]
        if user.has_role(Role.ADMINISTRATOR):
            self.fields["institution"].queryset = Institution.objects.all()
            self.fields["institution"].choices = [(place.pk, str(place)) for place in places]
        else:
            del self.fields["institution"]

    def grant(self) -> Grant | None:
        data = self.cleaned_data
        if not data.get("role"):
            return None
        place = data.get("institution") or self.user.institution
        return Grant(Role(data["role"]), place, data["since_on"], data["until_on"])


GrantFormSet = forms.formset_factory(GrantForm, extra=2, max_num=24, absolute_max=24)


class RolesForm(KeyedForm):
    """All roles of one person, in rows; an empty row is none."""

    def __init__(self, data: QueryDict | None, *, rows: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.rows = GrantFormSet(data, prefix="peran", **rows)

    def is_valid(self) -> bool:
        return super().is_valid() & self.rows.is_valid()

    def grants(self) -> list[Grant]:
        return [grant for row in self.rows if (grant := row.grant())]

    @property
    def parts(self) -> list[GrantForm]:
        return list(self.rows)


class ReasonForm(KeyedForm):
    """An act on somebody's account, with the reason that the trail keeps."""

    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def role_choices(user: User) -> list[tuple[str, str]]:
    """The roles somebody may give, in their usual order."""
    allowed = authority.grantable(user)
    return [(role.value, role.label) for role in Role if role in allowed]
