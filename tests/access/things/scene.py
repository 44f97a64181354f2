"""The small world so far, as the areas of the site add to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.enums import Role
from audit.models import Access
from cases.models import Case
from services.demo.walk import Team


@dataclass(frozen=True)
class Known:
    """The case of a client, and the roles that have it in sight; of the social workers the one called "orang"."""

    case: Case
    in_sight: frozenset[Role]

    @property
    def name(self) -> str:
        return self.case.client.name

    def is_read(self, rows: Iterable[Access]) -> bool:
        """Whether one of these readings is of the case or of the client."""
        keys = {("case", self.case.pk), ("client", self.case.client_id)}
        return any((row.kind, row.subject_id) in keys for row in rows)


@dataclass
class Scene:
    """The world, the team of the reader, a colleague's in the same UPT, a stranger's, and their cases."""

    world: Any
    team: Team
    rival: Team
    other: Team
    cases: dict[str, Case]
