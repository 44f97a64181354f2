"""What a home page is made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from cases.models import Case, Client
from services import owed
from services.models import Request
from services.pages import timeline


@dataclass(frozen=True)
class Home:
    """A template with its context, and the cases and clients it shows, each of which is a reading."""

    template: str
    context: dict[str, Any]
    shown: list[Case] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)


@dataclass(frozen=True)
class Door:
    """A home for some roles; ``key`` names it in the address for people who have several."""

    key: str
    label: Any
    roles: tuple[Role, ...]
    build: Callable[[User], Home]


def figure(number: int, label: Any, url: str, tone: str = "") -> dict[str, Any]:
    """One number of the strip on top; it calls for attention only when there is something."""
    return {"number": number, "label": label, "url": url, "tone": tone if number else ""}


def owing(user: User) -> dict[str, Any]:
    """The lists behind ``owes``."""
    rows = owed.arrears(user)
    return {"owed": rows, "owed_late": rows.filter(due_on__lt=user.institution.today())}


def owes(counts: dict[str, int]) -> dict[str, Any]:
    """The papers that follow in the cases of this person; red once one is late."""
    return figure(counts["owed"], _("tunggakan"), reverse("services:arrears"), "due" if counts["owed_late"] else "wait")


def offered(number: int) -> list[dict[str, Any]]:
    """Transfers that wait for an answer of this UPT; a UPT to which none is offered need not hear of it."""
    return [figure(number, _("tawaran mutasi"), reverse("services:transfers"), "wait")] if number else []


def sheets_late(number: int) -> list[dict[str, Any]]:
    """Progress sheets of periods that are over; where none is, nobody need hear of it."""
    return [figure(number, _("lembar lewat tenggat"), reverse("services:sheets_due"), "due")] if number else []


def visits_late(number: int) -> list[dict[str, Any]]:
    """Visits to former clients that are overdue; where none is, nobody need hear of it."""
    url = f"{reverse('services:aftercare')}?tampil=lewat"
    return [figure(number, _("kunjungan binjut lewat"), url, "due")] if number else []


def asked(requests: Iterable[Request]) -> list[tuple[Request, str]]:
    """Waiting requests, each with the answer it proposes, in words."""
    return [(request, str(timeline.way_label(request))) for request in requests]


def month_start(today: date) -> date:
    return today.replace(day=1)
