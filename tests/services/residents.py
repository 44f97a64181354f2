"""Residents for tests of daily life: many at once, placed in houses by rows, for what counts queries."""

from datetime import date, timedelta

from accounts.models import User
from cases.enums import Stage, Status
from cases.models import Case, Client, Stay


def many(worker: User, number: int, *, house: str = "Melati", stage: str = Stage.ASSESSMENT) -> list[Stay]:
    """So many residents of the worker's UPT, written straight into the tables."""
    upt = worker.institution
    day = upt.today() - timedelta(days=5)
    tag = f"{house}-{Client.objects.count()}"
    people = [
        Client(
            institution=upt,
            number=f"{tag}-{n}",
            name=f"Penghuni {house} {n:03d}",
            folded_name=f"penghuni {n:03d} {tag}",
            sex="male",
            birth_on=date(2008, 1, 1),
            registered_by=worker,
        )
        for n in range(number)
    ]
    Client.objects.bulk_create(people)
    cases = [
        Case(
            number=f"{tag}-K{person.pk}",
            client=person,
            institution=upt,
            service_kind=upt.service_kind,
            first_contact_on=day,
            opened_on=day,
            stage_since_on=day,
            stage=stage,
            status=Status.ACTIVE,
        )
        for person in people
    ]
    Case.objects.bulk_create(cases)
    return Stay.objects.bulk_create(
        Stay(case=case, institution=upt, house=house, room="1", placed_on=day) for case in cases
    )
