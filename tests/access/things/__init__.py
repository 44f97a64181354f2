"""What each area of the site adds to the small world: one module per area, one of each kind of object in it."""

from collections.abc import Callable

from tests.access.things import (
    aftercare,
    belongings,
    daily,
    documents,
    facility,
    filters,
    individual,
    outreach,
    papers,
    referrals,
    sessions,
    start,
    supporting,
)
from tests.access.things.scene import Scene

AREAS: tuple[Callable[[Scene], None], ...] = (
    aftercare.settle,
    daily.settle,
    documents.settle,
    belongings.settle,
    facility.settle,
    filters.settle,
    individual.settle,
    outreach.settle,
    papers.settle,
    referrals.settle,
    sessions.settle,
    start.settle,
    supporting.settle,
)
