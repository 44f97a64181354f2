"""What addresses are about, and who has which of it in sight."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.enums import Role
from accounts.rights.offices import (
    ADMINISTRATOR,
    ALL,
    CARERS,
    DECIDERS,
    EVERYBODY,
    HEAD,
    OFFICE,
    REGISTER,
    SUPERVISOR_HEAD,
    UPT_WIDE,
    WORKER,
    WORKLOG,
    Who,
)

OWN, COLLEAGUE, ELSEWHERE, CLOSED = "sendiri", "rekan", "UPT lain", "selesai"
INCOMING, OUTGOING = "masuk", "keluar"
VALID, SPENT = "berlaku", "mati"
NO_OBJECT = ""
SECRET = "rahasia"


@dataclass(frozen=True)
class About:
    """The kinds of object behind an address; whoever does not have one in sight gets 404."""

    objects: tuple[str, ...]
    sight: Mapping[Who, frozenset[str]]
    key: str

    def sees(self, who: Who, thing: str) -> bool:
        return thing in self.sight.get(who, frozenset())


def _sight(*rows: tuple[frozenset[Role], set[str]]) -> dict[Who, frozenset[str]]:
    return {role: frozenset(things) for roles, things in reversed(rows) for role in roles}


_STATES = (OWN, COLLEAGUE, ELSEWHERE, CLOSED)
_OF_THE_UPT = {OWN, COLLEAGUE, CLOSED}
CASE = About(_STATES, _sight((WORKER, {OWN, CLOSED}), (UPT_WIDE, _OF_THE_UPT)), "case")
CLIENT = About(_STATES, CASE.sight, "client")
# An activity is its author's; "selesai" is the worker's, for a case that is closed.
ACTIVITY = About(_STATES, _sight((WORKER, {OWN, CLOSED}), (DECIDERS, _OF_THE_UPT), (CARERS, {OWN})), "activity")
# "sendiri" is one's own account, "selesai" one that was closed.
ACCOUNT = About(_STATES, _sight((ADMINISTRATOR, set(_STATES)), (HEAD | OFFICE, _OF_THE_UPT)), "account")
# One's own, or another's, which only the administrator reaches.
LOGO_OF = About((OWN, ELSEWHERE), _sight((ADMINISTRATOR, {OWN, ELSEWHERE}), (ALL, {OWN})), "logo_of")
INSTITUTION = About((OWN, ELSEWHERE), _sight((ADMINISTRATOR, {OWN, ELSEWHERE})), "institution")
# "sendiri" is of one's own UPT.
STAND_IN = About((OWN, ELSEWHERE), _sight((ADMINISTRATOR, {OWN, ELSEWHERE}), (UPT_WIDE, {OWN})), "stand_in")
# A house of one's own UPT, or of another.
HOUSE = About((OWN, ELSEWHERE), _sight((WORKER | UPT_WIDE, {OWN})), "house")
POSTS = {"plt": OFFICE, "plh": OFFICE, "an": HEAD, "supervisor": SUPERVISOR_HEAD}
POST = About(tuple(POSTS), dict.fromkeys(EVERYBODY, frozenset(POSTS)), "post")
# A task is one's own; supervisors and head see what was asked of others about the cases of the UPT.
TASK = About((OWN, COLLEAGUE, ELSEWHERE), _sight((DECIDERS, {OWN, COLLEAGUE}), (ALL, {OWN})), "task")
# A placed client: a nurse has a part in every resident, a psychologist in whom a task was about.
_HAND = _sight((WORKER, {OWN}), (DECIDERS | {Role.NURSE}, {OWN, COLLEAGUE}), (frozenset({Role.PSYCHOLOGIST}), {OWN}))
HAND = About((OWN, COLLEAGUE, ELSEWHERE), _HAND, "hand")
# A note is its author's, and tells whoever reads the case at least that it is there.
_OF_CASE = _sight((WORKER, {OWN}), (DECIDERS, {OWN, COLLEAGUE}))
_CARE = frozenset({Role.NURSE, Role.PSYCHOLOGIST})
NOTE = About((OWN, COLLEAGUE, ELSEWHERE), _OF_CASE | _sight((_CARE, {OWN})), "note")
OBSTACLE = About((OWN, COLLEAGUE, ELSEWHERE), _OF_CASE, "obstacle")
COURT = About((OWN, COLLEAGUE, ELSEWHERE), _OF_CASE, "court")
PROCESS = About((OWN, COLLEAGUE, ELSEWHERE), _OF_CASE, "process_record")
# Of the day book: of the reader's own UPT, or another's. A log can be changed by its author, so each role has one.
RESIDENT = About((OWN, ELSEWHERE), _sight((WORKLOG, {OWN})), "resident")
RESIDENT_PART = About((OWN, ELSEWHERE), RESIDENT.sight, "resident_part")
HOME_LEAVE = About((OWN, ELSEWHERE), RESIDENT.sight, "home_leave")
HEAD_COUNT = About((OWN, ELSEWHERE), RESIDENT.sight, "head_count")
SHIFT_LOG = About((OWN, ELSEWHERE), RESIDENT.sight, "shift_log")
# Outreach is everybody's who does it in the UPT; the participant is one whose name the reader may see.
OUTREACH_EVENT = About((OWN, ELSEWHERE), _sight((WORKER | DECIDERS, {OWN})), "outreach_event")
OUTREACH_PROGRAMME = About((OWN, ELSEWHERE), OUTREACH_EVENT.sight, "outreach_programme")
SUPPORTING_WORK = About((OWN, ELSEWHERE), OUTREACH_EVENT.sight, "supporting_work")
SUPPORTING_STEP = About((OWN, ELSEWHERE), OUTREACH_EVENT.sight, "supporting_step")
BATCH = About((OWN, ELSEWHERE), OUTREACH_EVENT.sight, "batch")
BATCH_KEPT = About((OWN, ELSEWHERE), _sight((HEAD | OFFICE, {OWN})), "batch")
BATCH_PLACE = About((OWN, ELSEWHERE), _sight((DECIDERS, {OWN})), "batch_place")
PARTICIPANT = About((OWN, COLLEAGUE, ELSEWHERE), _sight((WORKER, {OWN}), (DECIDERS, {OWN, COLLEAGUE})), "participant")
DEPOSIT = About((OWN, ELSEWHERE), RESIDENT.sight, "deposit")
TOOL = About((OWN, ELSEWHERE), _sight((WORKLOG | OFFICE, {OWN})), "tool")
# The directory of institutions of a UPT.
PARTNER = About((OWN, ELSEWHERE), _sight((REGISTER, {OWN})), "partner")
REFERRAL = About((OWN, COLLEAGUE, ELSEWHERE), _OF_CASE, "referral")
INCIDENT = About((OWN, ELSEWHERE), RESIDENT.sight, "incident")
# A transfer is offered to one's own UPT, by it, or between two others.
TRANSFER = (INCOMING, OUTGOING, ELSEWHERE)
OFFERED = About(TRANSFER, _sight((SUPERVISOR_HEAD, {INCOMING})), "transfer")
OFFERING = About(TRANSFER, _sight((SUPERVISOR_HEAD, {OUTGOING})), "transfer")
# Papers of one's own case (a letter, and a secret one), a colleague's, another UPT's; "selesai" is cancelled.
PAPER = About(
    (OWN, SECRET, COLLEAGUE, ELSEWHERE, CLOSED),
    _sight((WORKER, {OWN, SECRET, CLOSED}), (UPT_WIDE, _OF_THE_UPT | {SECRET})),
    "paper",
)
# Whoever has the code of a paper may check it.
ANY_PAPER = About(PAPER.objects, dict.fromkeys(EVERYBODY, frozenset(PAPER.objects)), "paper")
LETTER_IN = About((OWN, ELSEWHERE), _sight((UPT_WIDE, {OWN})), "letter_in")
# A case in which a letter is written, and not yet issued.
WRITTEN = About((OWN, COLLEAGUE, ELSEWHERE), _sight((WORKER, {OWN}), (UPT_WIDE, {OWN, COLLEAGUE})), "written")
# A filter is nobody's but one's own.
SAVED_FILTER = About((OWN, COLLEAGUE), _sight((REGISTER, {OWN})), "saved_filter")
# A session is its leader's and, for whom it has clients of theirs, the worker's; supervisors and head see the UPT's.
SESSION = About((OWN, COLLEAGUE, ELSEWHERE), _sight((DECIDERS, {OWN, COLLEAGUE}), (WORKER | CARERS, {OWN})), "session")
# A word on a session that somebody of the UPT led.
REVIEW = About((OWN, ELSEWHERE), _sight((DECIDERS, {OWN})), "review")
PROGRAMME = About((OWN, ELSEWHERE), _sight((UPT_WIDE, {OWN})), "programme")
PROGRAMME_ON_DUTY = About((OWN, ELSEWHERE), _sight((WORKER | DECIDERS | CARERS, {OWN})), "programme")
SLOT = About((OWN, ELSEWHERE), _sight((DECIDERS, {OWN})), "slot")
DOCUMENT = About((OWN, COLLEAGUE, ELSEWHERE), _sight((WORKER, {OWN}), (DECIDERS, {OWN, COLLEAGUE})), "document")
PHOTO = About((OWN, ELSEWHERE), _sight((WORKLOG, {OWN})), "photo")
HOLIDAY = About((OWN, ELSEWHERE), _sight((DECIDERS, {OWN})), "holiday")
OPENING = About((OWN, ELSEWHERE), _sight((SUPERVISOR_HEAD | OFFICE, {OWN})), "opening")
ENDORSED = About((OWN, ELSEWHERE), OPENING.sight, "endorsed")
LINK = About((VALID, SPENT), dict.fromkeys(EVERYBODY, frozenset({VALID})), "link")
NOTHING = About((NO_OBJECT,), dict.fromkeys(EVERYBODY, frozenset({NO_OBJECT})), "")
