"""The register as one person may see it: names nearly right, people like a newcomer, the facts of a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from cases import duplicates, reference, search
from cases.models import Client
from rehsos import clock

Section = tuple[str, list[tuple[str, Any]]]


@dataclass(frozen=True)
class Alike:
    """Somebody like a newcomer. Without ``client`` the file is out of the reader's sight: whom to ask instead."""

    reason: str
    client: Client | None = None
    ask: str = ""


def near(user: User, words: str) -> list[Client]:
    """Clients in sight whose name is nearly what was typed, likeliest first."""
    in_sight = Client.objects.visible_to(user)
    order = search.near(words, dict(in_sight.values_list("pk", "folded_name")))
    rows = {row.pk: row for row in in_sight.filter(pk__in=order).defer("nik")}
    return [rows[pk] for pk in order]


def alike(user: User, *, name: str, birth_on: date | None, nik: str) -> list[Alike]:
    """People of the whole register who may be the newcomer; of a stranger's client only that there is one."""
    matches = duplicates.find(user.institution, name=name, birth_on=birth_on, nik=nik)
    found = [match.candidate.pk for match in matches]
    shown = set(Client.objects.visible_to(user).filter(pk__in=found).values_list("pk", flat=True))
    ask = _whom_to_ask(user) if set(found) - shown else ""
    return [
        Alike(match.reason, client=match.candidate) if match.candidate.pk in shown else Alike(match.reason, ask=ask)
        for match in matches
    ]


def _whom_to_ask(user: User) -> str:
    """The supervisors of the UPT by name; they see the whole register."""
    supervisors = User.objects.filter(
        is_active=True, memberships__institution=user.institution, memberships__role=Role.SUPERVISOR
    )
    names = [person.full_name for person in supervisors.distinct()[:3]]
    return _(" atau ").join(names) or _("supervisor UPT Anda")


def sections(client: Client, *, with_nik: bool = False) -> list[Section]:
    """Everything the register holds of a person, in words, as groups of label and value; the NIK masked or whole."""
    return [
        (_("Identitas"), _identity(client, with_nik)),
        (_("Alamat dan wali"), _place(client)),
    ]


def _identity(client: Client, with_nik: bool) -> list[tuple[str, Any]]:
    others = [row.get_category_display() for row in client.categories.all() if not row.is_primary]
    primary = [row.get_category_display() for row in client.categories.all() if row.is_primary]
    return [
        (_("Nama panggilan"), client.nickname),
        (_("Jenis kelamin"), client.get_sex_display()),
        (_("Tempat, tanggal lahir"), _birth(client)),
        (_("Umur"), _age(client)),
        (_("NIK"), client.nik if with_nik else client.masked_nik),
        (_("Agama"), client.get_religion_display()),
        (_("Pendidikan terakhir"), client.get_education_display()),
        (_("Kategori PPKS utama"), ", ".join(primary)),
        (_("Kategori lain"), ", ".join(others)),
    ]


def _place(client: Client) -> list[tuple[str, Any]]:
    guardian = ", ".join(filter(None, (client.guardian_name, client.guardian_relation)))
    return [
        (_("Kabupaten/kota"), client.get_regency_display()),
        (_("Kecamatan"), reference.DISTRICTS.get(client.district, "")),
        (_("Alamat"), client.address),
        (_("Telepon"), client.phone),
        (_("Wali"), guardian),
        (_("Telepon wali"), client.guardian_phone),
        (_("Alamat wali"), client.guardian_address),
    ]


def _birth(client: Client) -> str:
    return ", ".join(filter(None, (client.birth_place, clock.spelled(client.birth_on) if client.birth_on else "")))


def _age(client: Client) -> str:
    age = client.age_on(client.institution.today())
    if age is None:
        return ""
    if client.birth_on:
        return _("%s tahun") % age
    return _("sekitar %(age)s tahun (diperkirakan %(day)s)") % {"age": age, "day": clock.spelled(client.estimated_on)}
