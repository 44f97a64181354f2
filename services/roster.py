"""The residents of a UPT as everybody on duty sees them: name, number, house, where they are, what to mind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models.functions import Lower

from accounts.models import User
from cases.models import Case, Client, Stay
from services import photos, presence
from services.enums import PresenceKind
from services.models import Presence, ResidentAlert


@dataclass(frozen=True)
class Resident:
    """One resident on one day."""

    stay: Stay
    kind: PresenceKind
    away: Presence | None = None
    alerts: list[ResidentAlert] = field(default_factory=list)

    @property
    def case(self) -> Case:
        return self.stay.case

    @property
    def client(self) -> Client:
        return self.stay.case.client

    @property
    def photo(self) -> object:
        """The key of the small photo; of nobody whose identity is protected."""
        return None if self.client.is_protected else getattr(self.stay, "photo", None)

    @property
    def is_here(self) -> bool:
        return self.kind == PresenceKind.IN_HOUSE

    @property
    def is_missing(self) -> bool:
        """Belum kembali: nobody knows, or the leave is over."""
        return self.kind == PresenceKind.NOT_BACK


def residents(user: User, day: date, *, house: str = "", with_alerts: bool = True) -> list[Resident]:
    """By house and name, in three queries whatever their number."""
    if not user.institution or not user.has_role(*presence.ON_DUTY):
        return []
    rows = presence.living_here(user.institution, day)
    rows = rows.filter(house=house) if house else rows
    rows = rows.select_related("case__client").defer("case__client__nik")
    rows = rows.annotate(photo=photos.newest("case__client"))
    stays = list(rows.order_by(Lower("house"), "case__client__folded_name", "pk"))
    away = {row.stay_id: row for row in Presence.objects.on(day).filter(stay__institution=user.institution)}
    alerts = _alerts(stay.case.client_id for stay in stays) if with_alerts else {}
    return [_resident(stay, away.get(stay.pk), alerts.get(stay.case.client_id, []), day) for stay in stays]


def one(user: User, stay: Stay) -> Resident:
    """A single resident today, alerts and all."""
    today = user.institution.today()
    away = Presence.objects.on(today).filter(stay=stay).first()
    return _resident(stay, away, _alerts([stay.case.client_id]).get(stay.case.client_id, []), today)


def houses(user: User) -> list[str]:
    """The names of the houses in which somebody lives now."""
    rows = presence.living_here(user.institution, user.institution.today()).order_by("house")
    return [house for house in rows.values_list("house", flat=True).distinct() if house]


def by_house(rows: Iterable[Resident]) -> list[tuple[str, list[Resident]]]:
    found: dict[str, list[Resident]] = defaultdict(list)
    for row in rows:
        found[row.stay.house].append(row)
    return sorted(found.items(), key=lambda pair: (not pair[0], pair[0].casefold()))


def _resident(stay: Stay, away: Presence | None, alerts: list[ResidentAlert], day: date) -> Resident:
    return Resident(stay, away.seen_on(day) if away else PresenceKind.IN_HOUSE, away, alerts)


def _alerts(clients: Iterable[int]) -> dict[int, list[ResidentAlert]]:
    found: dict[int, list[ResidentAlert]] = defaultdict(list)
    for row in ResidentAlert.objects.filter(client__in=list(clients), ended_at__isnull=True):
        found[row.client_id].append(row)
    return found


def counts(rows: Iterable[Resident]) -> dict[PresenceKind, int]:
    """How many are where; every kind is there, zero or not."""
    found: dict[Any, int] = dict.fromkeys(PresenceKind, 0)
    for row in rows:
        found[row.kind] += 1
    return found
