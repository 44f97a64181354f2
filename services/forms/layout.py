"""The shape of a form on a stage record: groups of fields, rows inside, and what is written there beforehand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.enums import Aspect
from cases.models import Case
from services import models
from services.enums import ReadinessItem, Recipient
from services.models import RecordPart

Line = str | tuple[str, ...]  # names in a tuple share a line


@dataclass(frozen=True)
class Row:
    """One row to fill in: its key in the names of the form, what it is about, and a word beside it."""

    key: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Group:
    """Some fields of the record under one heading."""

    legend: Any
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Rows:
    """The rows inside the record under one heading.

    A ``free`` row has no label of its own: the name that is typed there becomes it, and a row left blank is none.
    ``kept_by`` says how a saved row finds its place again: by its ``key`` or by its ``label``.
    """

    legend: Any
    part: type[RecordPart]
    relation: str
    lines: tuple[Line, ...]
    keys: Callable[[Case], list[Row]]
    free: bool = False
    kept_by: str = "key"
    initial: Mapping[str, Any] = field(default_factory=dict)
    hint: Any = ""


@dataclass(frozen=True)
class Layout:
    """One form: its groups in order, and what may be written there beforehand."""

    groups: tuple[Group | Rows, ...]
    initial: Callable[[Case, User], dict[str, Any]] = lambda case, user: {}

    @property
    def fields(self) -> tuple[str, ...]:
        return names(line for group in self.groups if isinstance(group, Group) for line in group.lines)

    @property
    def rows(self) -> tuple[Rows, ...]:
        return tuple(group for group in self.groups if isinstance(group, Rows))


def names(lines: Any) -> tuple[str, ...]:
    """The field names of some lines."""
    return tuple(name for line in lines for name in ((line,) if isinstance(line, str) else line))


# --- The rows of records --------------------------------------------------------------------------------------------
def requirements(case: Case) -> list[Row]:
    """The UPT's own list of papers, one per line."""
    lines = [line.strip() for line in case.institution.admin_requirements.splitlines() if line.strip()]
    return [Row(str(number), line) for number, line in enumerate(lines, 1)]


def recipients(_case: Case) -> list[Row]:
    return [Row(who.value, str(who.label)) for who in Recipient]


def aspects(_case: Case) -> list[Row]:
    return [Row(aspect.value, str(aspect.label)) for aspect in Aspect]


def aspects_then(case: Case) -> list[Row]:
    """The four aspects, each with what the assessment found."""
    found = {row.key: row for row in models.AspectFinding.objects.filter(record__case=case)}
    hints = {
        key: _("Saat asesmen: nilai %(score)s. %(condition)s") % {"score": row.score, "condition": row.condition[:160]}
        for key, row in found.items()
    }
    return [Row(aspect.value, str(aspect.label), str(hints.get(aspect.value, ""))) for aspect in Aspect]


def readiness(_case: Case) -> list[Row]:
    return [Row(item.value, str(item.label)) for item in ReadinessItem]


def goals(case: Case) -> list[Row]:
    """The goals of the client's plan in the present round."""
    return [Row(str(goal.pk), goal.goal, str(_("Indikator: %s") % goal.indicator)) for goal in models.Goal.of(case)]


def participants(_case: Case) -> list[Row]:
    return participant_rows(1, 8)


def participant_rows(first: int, last: int) -> list[Row]:
    """Blank rows with their numbers."""
    return [Row(str(number), str(_("Peserta %d") % number)) for number in range(first, last + 1)]


# --- What is written beforehand ----------------------------------------------------------------------------------
def signed_by_client(case: Case, _user: User) -> dict[str, Any]:
    return {"signer_name": case.client.name}


def agreed(case: Case, user: User) -> dict[str, Any]:
    """The usual words of an agreement, to be changed where this client's is different."""
    return {
        **signed_by_client(case, user),
        "client_rights": str(
            _(
                "1. Mendapat pelayanan sesuai kebutuhan dan rencana yang disepakati.\n"
                "2. Diperlakukan dengan hormat dan aman.\n"
                "3. Kerahasiaan data dijaga.\n"
                "4. Menyampaikan pendapat dan keluhan."
            )
        ),
        "client_duties": str(
            _(
                "1. Mengikuti kegiatan sesuai jadwal.\n"
                "2. Menaati tata tertib.\n"
                "3. Menjaga kebersihan, ketertiban, dan barang milik bersama."
            )
        ),
        "upt_duties": str(
            _(
                "1. Memberi pelayanan sesuai rencana.\n"
                "2. Menjaga keselamatan dan kerahasiaan klien.\n"
                "3. Memberi tahu keluarga atau wali tentang perkembangan klien."
            )
        ),
    }


def handed_over(case: Case, _user: User) -> dict[str, Any]:
    """Most clients go home to the guardian on the register."""
    client = case.client
    return {
        "place": case.institution.name,
        "receiver_name": client.guardian_name,
        "receiver_relation": client.guardian_relation,
        "receiver_address": client.guardian_address,
    }
