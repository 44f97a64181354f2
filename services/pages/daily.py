"""What every page of the day book has around it: its tabs, and the numbers of the morning without a name."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.models import Institution, User
from rehsos import formatting
from services import deposits, meals, residence, roster
from services.enums import PresenceKind
from services.models import HeadCount, Incident
from services.roster import Resident

NURSING = (*residence.HEALTH, Role.HEAD, Role.SOCIAL_WORKER)
TABS = (
    ("daily", gettext_lazy("Penghuni"), ()),
    ("head_counts", gettext_lazy("Apel"), ()),
    ("shift_logs", gettext_lazy("Buku jaga"), ()),
    ("incidents", gettext_lazy("Kejadian"), ()),
    ("visits", gettext_lazy("Kunjungan"), ()),
    ("deposits", gettext_lazy("Titipan"), deposits.KEEPERS),
    ("sick_bay", gettext_lazy("Ruang sakit"), NURSING),
    ("meals", gettext_lazy("Makan"), ()),
    ("care_new", gettext_lazy("Pemeliharaan fisik"), ()),
    ("briefing", gettext_lazy("Ringkasan pagi"), ()),
)


def tabs(user: User, current: str) -> list[dict[str, Any]]:
    """The parts of the day book that a person may open."""
    return [
        {"label": label, "url": reverse(f"services:{name}"), "is_current": name == current}
        for name, label, roles in TABS
        if not roles or user.has_role(*roles)
    ]


def meals_of(rows: list[Resident]) -> list[meals.Meal]:
    return meals.meals(rows, (_("Makan pagi"), _("Makan siang"), _("Makan malam")))


def briefing(user: User, today: date, rows: list[Resident]) -> str:
    """The morning in numbers, to be copied into a chat group: nobody is named."""
    upt = user.institution
    counts = roster.counts(rows)
    away = [f"- {kind.label}: {counts[kind]}" for kind in PresenceKind if kind != PresenceKind.IN_HOUSE]
    houses = [
        f"- {house or _('Tanpa asrama')}: {sum(row.is_here for row in inside)}/{len(inside)}"
        for house, inside in roster.by_house(rows)
    ]
    lines = [
        f"*{upt.name}*",
        f"{formatting.weekday_date(today)}",
        "",
        _("Penghuni: %d") % len(rows),
        _("Di asrama: %d") % counts[PresenceKind.IN_HOUSE],
        *away,
        "",
        _("Per asrama (di asrama/penghuni):"),
        *houses,
        "",
        *_meal_lines(rows),
        "",
        *_event_lines(upt, user, today),
    ]
    return "\n".join(lines)


def _meal_lines(rows: list[Resident]) -> list[str]:
    found = []
    for meal in meals_of(rows):
        diets = ", ".join(f"{text} {number}" for text, number in meal.diets)
        found.append(f"{meal.name}: {meal.number}" + (f" ({diets})" if diets else ""))
    return found


def _event_lines(upt: Institution, user: User, today: date) -> list[str]:
    open_now = Incident.objects.visible_to(user).filter(closed_at__isnull=True).count()
    last = HeadCount.objects.filter(institution=upt, on=today).first()
    told = _("belum ada") if last is None else f"{last.counted}/{last.expected} ({last.get_roll_call_display()})"
    return [_("Apel hari ini: %s") % told, _("Kejadian belum selesai: %d") % open_now]
