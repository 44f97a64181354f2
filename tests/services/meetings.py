"""Sessions for tests: a UPT with a list of activities, a crowd of residents, and sessions for them."""

from datetime import date, time
from typing import Any

from accounts.models import Institution, User
from cases.enums import Bimbingan, Sex, Stage, Status
from cases.models import Case, Client, Stay
from services import arranging, attendees, attending, programme
from services.attending import Answer
from services.models import ProgrammeActivity, Session
from services.session_enums import Audience, Leader, Mark


def activity(by: User, name: str = "Dinamika Kelompok", **values: Any) -> ProgrammeActivity:
    """One activity of the UPT's list; social, led by a social worker, unless told."""
    told = {"bimbingan": Bimbingan.SOCIAL, "code": "D.l", "led_by": Leader.SOCIAL_WORKER, **values}
    return programme.add(institution=by.institution, values={"name": name, **told}, by=by)


def session(by: User, what: ProgrammeActivity, *stays: Stay, **values: Any) -> Session:
    """A session of today, for everybody who is served; with stays, for these."""
    audience = Audience.CHOSEN if stays else Audience.EVERYONE
    told = {"on": by.institution.today(), "starts_at": time(9), "ends_at": time(10, 30), "audience": audience}
    values = {"activity": what, **told, **values}
    return arranging.add(institution=by.institution, values=values, stays=stays, by=by, despite=True)


def mark(by: User, which: Session, marks: dict[int, str] | str = Mark.PRESENT, **more: Any) -> Session:
    """Save marks by stay; one mark for all who are on the list."""
    if isinstance(marks, str):
        marks = {place.stay: marks for place in attendees.at_hand(which.pk, by=by).listed}
    answers = {stay: Answer(value) if isinstance(value, str) else value for stay, value in marks.items()}
    which.refresh_from_db()
    return attending.save(
        session_id=which.pk, answers=answers, values=more.pop("values", {}), by=by, version=which.version, **more
    )


def crowd(upt: Institution, by: User, number: int, placed_on: date, stage: Stage = Stage.INTERVENTION) -> list[Stay]:
    """So many residents at once, straight into the tables: for counting queries and time, not for the process."""
    people = Client.objects.bulk_create(
        Client(
            institution=upt, number=f"K{n:04d}", name=f"Warga {n:04d}", folded_name=f"warga {n:04d}", sex=Sex.MALE,
            estimated_age=20, estimated_on=placed_on, registered_by=by,
        )
        for n in range(number)
    )  # fmt: skip
    cases = Case.objects.bulk_create(
        Case(
            number=f"{upt.code}-K-{person.number}", client=person, institution=upt, service_kind=upt.service_kind,
            first_contact_on=placed_on, stage=stage, status=Status.ACTIVE, opened_on=placed_on,
            stage_since_on=placed_on,
        )
        for person in people
    )  # fmt: skip
    return Stay.objects.bulk_create(
        Stay(case=case, institution=upt, house="Asrama Melati", placed_on=placed_on) for case in cases
    )
