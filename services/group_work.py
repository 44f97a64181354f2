"""One activity for all residents of a house: linked to every case at once, with as many queries for ten as for 300."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef

from accounts.models import User
from cases.enums import Bimbingan
from cases.models import Case, Stay
from rehsos import rows
from services import presence
from services.models import Activity, ActivityBimbingan, ActivityCase, Presence
from services.refreshing import first_of, refresh_many


def lock_residents(*, code: str, by: User, day: date, house: str = "") -> list[Stay]:
    """The residents of a house (or of the UPT) on a day, their cases locked in the order of their keys.

    Each says whether they were away (``is_away``), and whether an activity under ``code`` changes the next step of
    the case (``is_first``).
    """
    here = presence.living_here(by.institution, day)
    here = here.filter(house=house) if house else here
    away = Exists(Presence.objects.on(day).filter(stay=OuterRef("pk")))
    is_first = ExpressionWrapper(first_of(code), BooleanField())
    here = here.annotate(is_away=away, is_first=is_first).select_related("case__client", "case__institution")
    return list(here.select_for_update(of=("case",), no_key=True).defer("case__client__nik").order_by("case_id", "pk"))


def record(
    *,
    code: str,
    by: User,
    on: date,
    stays: Sequence[Stay],
    values: dict[str, Any],
    bimbingan: Iterable[Bimbingan] = (),
) -> Activity:
    """Write the activity and its links, and bring those cases up to date for which it is the first of its kind.

    Part of another write, which has locked the cases and appends the one entry of the trail.
    """
    activity = Activity.objects.create(institution=by.institution, code=code, on=on, by=by, **values)
    rows.insert(ActivityCase, ("activity", "case"), [(activity.pk, stay.case_id) for stay in stays])
    rows.insert(ActivityBimbingan, ("activity", "bimbingan"), [(activity.pk, line) for line in bimbingan])
    first: list[Case] = [stay.case for stay in stays if stay.is_first]
    if first:
        refresh_many(first, by=by)
    return activity
