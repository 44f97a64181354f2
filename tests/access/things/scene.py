"""The small world so far, as the areas of the site add to it."""

from dataclasses import dataclass
from typing import Any

from cases.models import Case
from services.demo.walk import Team


@dataclass
class Scene:
    """The world, the team of the reader, a colleague's in the same UPT, a stranger's, and their cases."""

    world: Any
    team: Team
    rival: Team
    other: Team
    cases: dict[str, Case]
