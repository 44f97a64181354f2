"""Who may open and who may send what, address by address: the table behind docs/hak-akses.csv.

It is written by hand from the rules of the offices and compared with the running site; nothing here asks the views.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from accounts.enums import Role

SIGNED_OUT = None
Who = Role | None
EVERYBODY: tuple[Who, ...] = (*Role, SIGNED_OUT)

# --- the offices ----------------------------------------------------------------------------------------------------
WORKER = frozenset({Role.SOCIAL_WORKER})
DECIDERS = frozenset({Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD})
SUPERVISOR_HEAD = frozenset({Role.SUPERVISOR, Role.HEAD})
HEAD = frozenset({Role.HEAD})
OFFICE = frozenset({Role.ADMIN_OFFICE})
PROVINCE = frozenset({Role.PROVINCE})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
CARERS = frozenset({Role.INSTRUCTOR, Role.BOARDING_OFFICER, Role.RELIGIOUS_INSTRUCTOR, Role.NURSE, Role.PSYCHOLOGIST})
NOBODY: frozenset[Role] = frozenset()
ALL = frozenset(Role)
CASE_STAFF = WORKER | DECIDERS
UPT_WIDE = DECIDERS | OFFICE
REGISTER = WORKER | UPT_WIDE
WORKLOG = CASE_STAFF | CARERS
MANAGERS = ADMINISTRATOR | HEAD | OFFICE

# --- what an address is about, and who has which of it in sight -------------------------------------------------------
OWN, COLLEAGUE, ELSEWHERE, CLOSED = "sendiri", "rekan", "UPT lain", "selesai"
INCOMING, OUTGOING = "masuk", "keluar"
VALID, SPENT = "berlaku", "mati"
NO_OBJECT = ""


@dataclass(frozen=True)
class About:
    """The kinds of object behind an address; whoever does not have one in sight gets 404."""

    objects: tuple[str, ...]
    sight: Mapping[Who, frozenset[str]]
    key: str

    def sees(self, who: Who, thing: str) -> bool:
        return thing in self.sight.get(who, frozenset())


def _sight(*rows: tuple[frozenset[Role], set[str]]) -> dict[Who, frozenset[str]]:
    return {role: frozenset(things) for roles, things in rows for role in roles}


_STATES = (OWN, COLLEAGUE, ELSEWHERE, CLOSED)
_OF_THE_UPT = {OWN, COLLEAGUE, CLOSED}
CASE = About(_STATES, _sight((WORKER, {OWN, CLOSED}), (UPT_WIDE, _OF_THE_UPT)), "case")
CLIENT = About(_STATES, CASE.sight, "client")
# An activity is its author's; "selesai" is the worker's, for a case that is closed.
ACTIVITY = About(_STATES, _sight((WORKER, {OWN, CLOSED}), (DECIDERS, _OF_THE_UPT), (CARERS, {OWN})), "activity")
# "sendiri" is one's own account, "selesai" one that was closed.
ACCOUNT = About(_STATES, _sight((ADMINISTRATOR, set(_STATES)), (HEAD | OFFICE, _OF_THE_UPT)), "account")
INSTITUTION = About((OWN, ELSEWHERE), _sight((ADMINISTRATOR, {OWN, ELSEWHERE})), "institution")
# "sendiri" is of one's own UPT.
STAND_IN = About((OWN, ELSEWHERE), _sight((ADMINISTRATOR, {OWN, ELSEWHERE}), (UPT_WIDE, {OWN})), "stand_in")
POSTS = {"plt": OFFICE, "plh": OFFICE, "an": HEAD, "supervisor": SUPERVISOR_HEAD}
POST = About(tuple(POSTS), dict.fromkeys(EVERYBODY, frozenset(POSTS)), "post")
# A transfer is offered to one's own UPT, by it, or between two others.
TRANSFER = (INCOMING, OUTGOING, ELSEWHERE)
OFFERED = About(TRANSFER, _sight((SUPERVISOR_HEAD, {INCOMING})), "transfer")
OFFERING = About(TRANSFER, _sight((SUPERVISOR_HEAD, {OUTGOING})), "transfer")
LINK = About((VALID, SPENT), dict.fromkeys(EVERYBODY, frozenset({VALID})), "link")
NOTHING = About((NO_OBJECT,), dict.fromkeys(EVERYBODY, frozenset({NO_OBJECT})), "")


# --- one address ----------------------------------------------------------------------------------------------------
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


# --- the table ------------------------------------------------------------------------------------------------------
RULES: dict[str, Rule] = {
    "healthz": page(ALL, is_public=True),
    # coming and going
    "accounts:login": form(ALL, is_public=True, answers_signed_in={"GET": 302, "POST": 302}),
    "accounts:code": form(ALL, is_public=True, opened=302, sent=302),
    "accounts:set_password": form(ALL, is_public=True, about=LINK),
    "accounts:logout": act(ALL, sent=302),
    "accounts:resume": page(ALL, opened=302),
    # one's own
    "accounts:session": act(ALL, sent=204),
    "accounts:account": form(ALL),
    "accounts:second_factor": form(ALL),
    "accounts:recovery_codes": form(ALL, opened=302, sent=302),
    "accounts:second_factor_off": form(ALL),
    "accounts:drafts": page(ALL),
    "accounts:draft": act(ALL, signed_out_sent=401),
    "accounts:draft_discard": act(ALL, sent=302),
    # settings: staff
    "accounts:staff_list": page(MANAGERS),
    "accounts:staff_new": form(MANAGERS),
    "accounts:staff": page(MANAGERS, about=ACCOUNT),
    "accounts:staff_edit": form(MANAGERS, about=ACCOUNT),
    "accounts:staff_roles": form(MANAGERS, about=ACCOUNT),
    "accounts:deactivate": form(MANAGERS, about=ACCOUNT),
    "accounts:reactivate": form(MANAGERS, about=ACCOUNT),
    "accounts:reset_password": form(MANAGERS, about=ACCOUNT),
    "accounts:reset_code": form(ADMINISTRATOR, about=ACCOUNT),
    # shown once, to whoever has just made it; everybody else is sent back to the list
    "accounts:staff_link": page(MANAGERS, opened=302),
    # settings: stand-ins; who may confirm or revoke one is asked of a filled form
    "accounts:stand_in_list": page(UPT_WIDE | ADMINISTRATOR),
    "accounts:stand_in_new": form(OFFICE | SUPERVISOR_HEAD, about=POST, only=POSTS),
    "accounts:stand_in_confirm": form(UPT_WIDE | ADMINISTRATOR, about=STAND_IN),
    "accounts:stand_in_revoke": form(UPT_WIDE | ADMINISTRATOR, about=STAND_IN),
    # settings: institutions
    "accounts:own_institution": form(HEAD | OFFICE),
    "accounts:institution_list": page(ADMINISTRATOR),
    "accounts:institution_new": form(ADMINISTRATOR),
    "accounts:institution": form(ADMINISTRATOR, about=INSTITUTION),
    # home and the register
    "services:home": page(ALL, shows=REGISTER),
    "services:client_list": page(REGISTER, shows=REGISTER),
    "services:client_new": form(REGISTER - {Role.SECTION_HEAD}),
    "services:client": page(REGISTER, about=CLIENT, shows=REGISTER),
    "services:client_edit": form(REGISTER - {Role.SECTION_HEAD}, about=CLIENT, shows=REGISTER),
    "services:case_new": form(WORKER | SUPERVISOR_HEAD, about=CLIENT, shows=REGISTER),
    # cases
    "services:case_list": page(REGISTER, shows=REGISTER),
    "services:case": case_page(CASE_STAFF),
    "services:case_stages": case_page(CASE_STAFF),
    "services:case_notes": case_page(CASE_STAFF),
    "services:case_plan": case_page(CASE_STAFF),
    "services:case_trail": case_page(CASE_STAFF),
    "services:case_assign": case_form(SUPERVISOR_HEAD),
    "services:send_back": case_act(DECIDERS),
    # leaving: an event is recorded by whoever is on duty, its papers by the worker; who may is asked of a filled form
    "services:leaving": case_form(CASE_STAFF),
    "services:minutes": case_act(CASE_STAFF),
    "services:exit_propose": case_act(CASE_STAFF),
    "services:come_back": case_act(CASE_STAFF),
    "services:reverse": case_act(CASE_STAFF),
    # moving to another UPT: the receiver reads what is offered, the sender takes it back
    "services:transfer_new": case_form(CASE_STAFF),
    "services:transfers": page(SUPERVISOR_HEAD, shows=SUPERVISOR_HEAD),
    "services:package": page(SUPERVISOR_HEAD, about=OFFERED, shows=SUPERVISOR_HEAD),
    "services:transfer_accept": act(SUPERVISOR_HEAD, about=OFFERED),
    "services:transfer_refuse": act(SUPERVISOR_HEAD, about=OFFERED),
    "services:transfer_revoke": act(SUPERVISOR_HEAD, about=OFFERING),
    # outside its time
    "services:admit": case_act(CASE_STAFF),
    "services:revise": case_act(CASE_STAFF),
    "services:waive": case_act(CASE_STAFF),
    "services:addendum": case_act(CASE_STAFF),
    # one stage
    "services:stage": case_page(CASE_STAFF),
    "services:record_new": case_form(WORKER),
    "services:record": Rule(reads=CASE_STAFF, acts=WORKER, about=CASE, shows=CASE_STAFF),
    "services:submit": case_act(WORKER),
    "services:decide": case_act(WORKER),
    "services:withdraw": case_act(WORKER),
    "services:supervise": case_act(DECIDERS),
    "services:approve_or_return": case_act(DECIDERS),
    "services:endorse_or_return": case_act(HEAD),
    # queues and one's own work
    "services:arrears": page(CASE_STAFF, shows=CASE_STAFF),
    "services:supervision": page(DECIDERS, shows=DECIDERS),
    "services:supervise_many": form(DECIDERS, shows=DECIDERS),
    "services:decide_many": form(DECIDERS, shows=DECIDERS),
    "services:activity_list": page(WORKLOG, shows=CASE_STAFF),
    "services:activity_new": form(WORKLOG, shows=CASE_STAFF),
    "services:activity": page(WORKLOG, about=ACTIVITY, shows=WORKLOG),
    "services:file": page(WORKLOG, about=ACTIVITY, shows=WORKLOG),
    "services:handover": form(SUPERVISOR_HEAD, shows=SUPERVISOR_HEAD),
    "services:catalogue": page(ALL),
    # reports
    "reports:case_table": page(REGISTER, shows=REGISTER),
    "reports:stage_pdf": case_page(CASE_STAFF),
    "reports:departure_pdf": case_page(CASE_STAFF),
    "reports:index": page(UPT_WIDE | PROVINCE),
    "reports:monthly": page(UPT_WIDE, shows=UPT_WIDE),
    "reports:monthly_pdf": page(UPT_WIDE, shows=UPT_WIDE),
}


@dataclass(frozen=True)
class Row:
    """One line of the matrix."""

    address: str
    name: str
    who: str
    thing: str
    opened: int
    sent: int
    trace: str


HEADINGS = ("alamat", "nama", "peran", "objek", "GET", "POST", "jejak baca")
SIGNED_OUT_LABEL = "belum masuk"


def rows(addresses: Mapping[str, str]) -> Iterator[Row]:
    """The matrix over all addresses (name → route), in their order. Raises KeyError for one that has no rule."""
    for name, route in addresses.items():
        rule = RULES[name]
        for who in EVERYBODY:
            for thing in rule.about.objects:
                answers = [rule.answer(who, thing, method) for method in ("GET", "POST")]
                trace = "ya" if rule.leaves_trace(who, thing) else "tidak"
                yield Row(f"/{route}", name, label(who), thing, *answers, trace)


def label(who: Who) -> str:
    return str(who.label) if who else SIGNED_OUT_LABEL
