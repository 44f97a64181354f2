"""The houses of the demo, and the bed of each life: a free one in a house for its sex."""

import random
from collections.abc import Sequence
from typing import Any

from accounts.models import Institution, User
from cases.models import Case
from services import beds, facility
from services.models import Bed


def build(upt: Institution, row: dict[str, Any], head: User) -> None:
    """The houses of a UPT, each with so many rooms of so many beds."""
    for name, sex in zip(row["houses"], row.get("house_sexes", ()), strict=True):
        rooms, in_each = row["rooms"]
        values = {"name": name, "sex_rule": sex, "rooms": rooms, "beds": in_each}
        facility.add_house(institution=upt, values=values, by=head)


def bed_of(case: Case, words: dict[str, str]) -> Bed | None:
    """The free bed that a placement's words name."""
    free = beds.free(case.institution, case.institution.today())
    return next((bed for bed in free if beds.names_of(bed) == words), None)


def choose(houses: Sequence[str], case: Case, chance: random.Random) -> dict[str, str]:
    """The words of a placement; no bed where all are taken, or the UPT has no houses."""
    if not houses:
        return beds.names_of(None)
    wish, turn = chance.choice(houses), chance.randint(1, 8)
    free = beds.free(case.institution, case.institution.today())
    fitting = [bed for bed in free if not beds.breaks_sex_rule(bed.room.house, case.client)]
    wished = [bed for bed in fitting if bed.room.house.name == wish] or fitting
    return beds.names_of(wished[turn % len(wished)] if wished else None)
