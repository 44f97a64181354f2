"""The six reports of one finished case, printed once for all tests that only read them."""

from typing import Any

import pytest
from django.db import transaction

from cases.enums import Stage
from rehsos import clock
from reports import documents
from tests.reports.lives import lived
from tests.reports.papers import team, upt, wib
from tests.services.conftest import people, walked, walked_once

__all__ = ["people", "walked", "walked_once"]  # the walked cases, here too


@pytest.fixture(scope="session")
def six_papers(django_db_setup: None, django_db_blocker: Any) -> dict[Stage, bytes]:
    """M. Rafi Pratama, case ANKN-2026-0001, through all stages in January 2026; printed on 2 February, 10.42 WIB."""
    with django_db_blocker.unblock(), transaction.atomic():
        staff = team(upt())
        case = lived(staff, name="M. Rafi Pratama")
        with clock.at(wib(2026, 2, 2, 10, 42)):
            papers = {stage: documents.stage_report(case, stage, by=staff.head) for stage in Stage}
        transaction.set_rollback(True)
    return papers
