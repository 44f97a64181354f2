"""Who in a UPT's register may be the person about to be entered: by NIK for certain, by name and birth likely."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Institution
from cases.crypto import blind_index
from cases.models import Client
from cases.names import Match, similar
from rehsos.doors import Refused

SHOWN = ("number", "name", "folded_name", "birth_on", "estimated_age", "estimated_on", "regency", "district")


class Duplicates(Refused):
    """The register holds somebody like this person; ``matches`` says who and why."""

    def __init__(self, reason: str, matches: list[Match]) -> None:
        super().__init__(reason)
        self.matches = matches


def find(institution: Institution, *, name: str, birth_on: date | None, nik: str = "") -> list[Match]:
    """Everybody in the whole register, out of sight or not, who may be this person; the same NIK first."""
    # Without ``only`` every row would have its NIK unsealed.
    register = Client.objects.filter(institution=institution, is_merged=False).only(
        *SHOWN, "nik_index", "is_protected", "institution"
    )
    same = [row for row in register.filter(nik_index=blind_index(nik))] if nik else []
    others = register.exclude(pk__in=[row.pk for row in same])
    return [*(Match(row, 100, _("NIK sama")) for row in same), *similar(name, birth_on, others)]


def refuse(client: Client, *, distinct_because: str) -> None:
    """Refuse to enter a person whose NIK is in the register, or whose like is, unless a reason says they are two."""
    matches = find(client.institution, name=client.name, birth_on=client.birth_on, nik=client.nik)
    client.index()
    if client.nik_index and any(match.candidate.nik_index == client.nik_index for match in matches):
        raise Duplicates(_("NIK ini sudah terdaftar di UPT ini."), matches)
    if matches and not distinct_because.strip():
        raise Duplicates(
            _("Orang yang mirip sudah terdaftar. Periksa dahulu, lalu nyatakan bahwa ini bukan orang yang sama."),
            matches,
        )
