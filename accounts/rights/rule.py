"""One line of the table: who may open an address, who may send to it, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from accounts.enums import Role
from accounts.rights.offices import ALL, CASE_STAFF, NOBODY, SIGNED_OUT, Who
from accounts.rights.sights import CASE, NOTHING, About


@dataclass(frozen=True)
class Rule:
    """Who may open an address, who may send to it, and what it answers them; an empty form sent is refused with 422.

    ``shows`` are those to whom it shows clients: each such page leaves a trace of the reading. ``only`` says for whom
    one kind of object is, where that differs.
    """

    reads: frozenset[Role] = NOBODY
    acts: frozenset[Role] = NOBODY
    about: About = NOTHING
    shows: frozenset[Role] = NOBODY
    only: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    opened: int = 200
    sent: int = 422
    is_public: bool = False
    signed_out_sent: int = 302
    answers_signed_in: Mapping[str, int] = field(default_factory=dict)  # of a public page

    def answer(self, who: Who, thing: str, method: str) -> int:
        """The status for one person, object and method (``GET`` or ``POST``, the latter without any field filled)."""
        if who is SIGNED_OUT and not self.is_public:
            return 302 if method == "GET" else self.signed_out_sent
        if self.is_public and who and method in self.answers_signed_in:
            return self.answers_signed_in[method]
        if who and who not in self.reads | self.acts:
            return 403
        allowed = self.reads if method == "GET" else self.acts
        if not allowed:
            return 405
        if not self.about.sees(who, thing):
            return 404
        if who and who not in allowed & self.only.get(thing, ALL):
            return 403
        return self.opened if method == "GET" else self.sent

    def leaves_trace(self, who: Who, thing: str) -> bool:
        """Whether opening it shows a client."""
        return who in self.shows and self.answer(who, thing, "GET") == 200


def page(reads: frozenset[Role], **more) -> Rule:
    return Rule(reads=reads, **more)


def form(both: frozenset[Role], **more) -> Rule:
    return Rule(reads=both, acts=both, **more)


def act(acts: frozenset[Role], **more) -> Rule:
    return Rule(acts=acts, **more)


def _of_case(make, roles: frozenset[Role], **more) -> Rule:
    return make(roles, about=CASE, shows=CASE_STAFF, **more)


case_page, case_form, case_act = (partial(_of_case, make) for make in (page, form, act))
