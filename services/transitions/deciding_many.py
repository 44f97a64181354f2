"""Many requests decided from one page: each its own act with its own key, and what became of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from rehsos.doors import Refused, Stale
from services.enums import State
from services.models import Request
from services.transitions.deciding import approve, endorse, give_back


@dataclass(frozen=True)
class Choice:
    """One request as a page decided it. ``state`` is the one it showed, ``version`` its case's, ``key`` its own key."""

    request: Request
    state: str
    is_return: bool
    note: str
    version: int
    key: str


@dataclass(frozen=True)
class Answer:
    """What became of one choice; no reason: it is done."""

    choice: Choice
    why_not: str = ""

    def __str__(self) -> str:
        case = self.choice.request.case
        told = {"name": case.client.shown_name, "number": case.number, "why": self.why_not}
        return _("%(name)s (%(number)s): %(why)s") % told


def decide_many(*, choices: Iterable[Choice], by: User, key: str = "") -> list[Answer]:
    """Every choice in a transaction of its own, in the order of the page; ``key`` is that of the page itself."""
    answers = [_answer(choice, by) for choice in choices]
    with transaction.atomic():
        keys.claim(key, by=by)
    return answers


def _answer(choice: Choice, by: User) -> Answer:
    act, words = _act(choice)
    try:
        act(request=choice.request, by=by, version=choice.version, key=choice.key, **words)
    except Refused as refusal:
        return Answer(choice, " ".join(refusal.reasons))
    except Stale as stale:
        return Answer(
            choice, _("%(why)s (oleh %(who)s)") % {"why": stale.message, "who": stale.by} if stale.by else stale.message
        )
    except (PermissionDenied, Http404) as closed:
        return Answer(choice, str(closed))
    return Answer(choice)


def _act(choice: Choice) -> tuple[Callable[..., Request], dict[str, Any]]:
    """What the page showed decides which act it is; the act itself asks under the lock whether that still holds."""
    if choice.is_return:
        return give_back, {"reason": choice.note}
    act = endorse if choice.state == State.AWAITING_HEAD else approve
    return act, {"note": choice.note}
