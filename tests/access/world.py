"""A small world in which every address of the site has something behind it: two UPT, their dinas, a person per role."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.base import BaseHandler
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image

from accounts import passwords, rights, standins
from accounts.enums import InstitutionKind, Role, StandInKind
from accounts.management.commands import access_matrix
from accounts.models import Institution, User
from accounts.rights import CLOSED, COLLEAGUE, ELSEWHERE, INCOMING, OUTGOING, OWN, SPENT, VALID, Who
from audit.models import Access
from cases.enums import Stage, StayEnd
from cases.models import Case
from rehsos import clock
from services import models, recording, transitions
from services.demo import walk
from services.models import Activity, Request, Transfer
from tests import factories
from tests.access import things
from tests.access.things.scene import Known, Scene
from tests.services.walked import NOW, WALKED_AT

HANDLER = BaseHandler()
HANDLER.load_middleware()
STAGE = "pendekatan-awal"
BOTH_DINAS = (Role.PROVINCE, Role.ADMINISTRATOR)
CASE_WORK = "A.o"
MINUTES = {
    "place": "Kantor UPT",
    "receiver_name": "Siti Aminah",
    "receiver_relation": "Ibu",
    "receiver_address": "Waru",
    "conclusion": "Klien diserahkan kepada keluarga.",
    "witness_1": "Petugas asrama",
}


@dataclass
class World:
    """Who is there, and what each kind of address is about: ``things[kind][which]``, the own ones by role too."""

    people: dict[Role, User] = field(default_factory=dict)
    sessions: dict[Role, str] = field(default_factory=dict)
    things: dict[str, dict[Any, dict[str, Any]]] = field(default_factory=dict)
    known: list[Known] = field(default_factory=list)
    queries: dict[str, str] = field(default_factory=dict)

    def parts(self, name: str, who: Who, thing: str) -> dict[str, Any]:
        """The parts of an address about one object."""
        today = {"year": NOW.year, "month": NOW.month}
        of_kind = self.things.get(rights.RULES[name].about.key, {})
        found = {**today, **(of_kind.get((who, thing)) or of_kind.get(thing) or {})}
        if name == "services:file":
            found["pk"] = found["evidence"]
        if name == "services:record_new":
            found["slug"] = models.Notice.slug
        if name == "accounts:staff_link":
            found["pk"] = self.things["account"][COLLEAGUE]["pk"]
        return found

    def address(self, name: str, who: Who, thing: str) -> str:
        """The address of a page about one object."""
        parts = self.parts(name, who, thing)
        wanted = access_matrix.parts_of(access_matrix.addresses()[name])
        return reverse(name, kwargs={part: parts[part] for part in wanted}) + self.query(name)

    def query(self, name: str) -> str:
        """What makes an address show clients that shows none by itself."""
        return self.queries.get(name, "")

    def wrongly_shown(self, who: Who, answer: HttpResponse, readings: list[Access]) -> list[str]:
        """Clients named on a page to whom they are not in sight, or without a trace of the reading."""
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return []
        html = answer.content.decode()
        shown = [known for known in self.known if known.name in html]
        strange = [f"{known.name} is out of sight" for known in shown if who not in known.in_sight]
        return strange + [f"{known.name} is read without a trace" for known in shown if not known.is_read(readings)]

    def send(self, who: Who, method: str, address: str, data: Any = None, **options: Any) -> HttpResponse:
        """The answer to one request of somebody who has signed in and done nothing since.

        Not through the test client, which copies the context of every template: that takes longer than the pages.
        """
        factory = RequestFactory()
        if who:
            factory.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        request = factory.post(address, data or {}, **options) if method == "POST" else factory.get(address)
        request._dont_enforce_csrf_checks = True
        answer = HANDLER.get_response(request)
        if isinstance(answer, FileResponse):
            answer.getvalue()  # read to its end, it closes its file
        return answer


@contextmanager
def built() -> Iterator[World]:
    """The world, at ``NOW``; its rows stay for the caller to clear away."""
    with clock.at(WALKED_AT):
        world = World()
        _settle(world)
    with clock.at(NOW):
        for who in rights.EVERYBODY:
            if who:
                browser = Client()
                browser.force_login(world.people[who])
                world.sessions[who] = browser.cookies[settings.SESSION_COOKIE_NAME].value
        yield world


def _settle(world: World) -> None:
    here = factories.institution("ANKN")
    # Registers count by themselves: the same number in two of them would be two people.
    there = factories.institution("LANSIA", client_number_pattern="L{yy}-{seq:04d}")
    dinas = factories.institution("DINSOS", kind=InstitutionKind.DINAS)
    for role in Role:
        world.people[role] = factories.user(f"orang_{role}", role, upt=dinas if role in BOTH_DINAS else here)
    worker, supervisor, head = (world.people[role] for role in (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.HEAD))
    team, other = walk.Team(worker, supervisor, head), factories.team(there)
    rival = walk.Team(factories.user("rekan", Role.SOCIAL_WORKER, upt=here), supervisor, head)
    cases = {
        OWN: _leaving(team, "Wahyu Setiawan"),
        COLLEAGUE: _leaving(rival, "Bagus Wicaksono"),
        ELSEWHERE: _leaving(other, "Mbah Karto"),
        CLOSED: _left(team, "Rizal Maulana"),
    }
    _approved(team, cases[COLLEAGUE])
    third = factories.institution("ANAK")
    offers = {
        INCOMING: _offered(other, here, "Mbah Sarinah"),
        OUTGOING: _offered(team, there, "Agus Salim"),
        ELSEWHERE: _offered(other, third, "Mbah Tumirah"),
    }
    world.known = [
        *(Known(case, rights.REGISTER) for case in (cases[OWN], cases[CLOSED], _departed(team, "Yusuf Hidayat"))),
        Known(offers[OUTGOING].case, rights.REGISTER | rights.WORKLOG),  # lives here: on the roster
        Known(cases[COLLEAGUE], rights.UPT_WIDE),
        Known(offers[INCOMING].case, rights.SUPERVISOR_HEAD),
        *(Known(case, rights.NOBODY) for case in (cases[ELSEWHERE], offers[ELSEWHERE].case)),
    ]
    world.things["transfer"] = {thing: {"pk": offer.pk} for thing, offer in offers.items()}
    world.things["stand_in"] = {OWN: _stand_in(team, here), ELSEWHERE: _stand_in(other, there)}
    world.things["institution"] = {OWN: {"code": dinas.code}, ELSEWHERE: {"code": there.code}}
    world.things["post"] = {kind: {"kind": kind} for kind in rights.POSTS}
    _settle_cases(world, cases)
    _settle_accounts(world, rival.worker, other.worker)
    world.queries = {
        "services:activity_new": f"?kode=D.k&kasus={cases[OWN].number}",
        "services:handover": f"?dari={worker.pk}",
        "services:supervise_many": "?tahap=asesmen",
    }
    scene = Scene(world, team, rival, other, cases)
    for settle in things.AREAS:
        settle(scene)


def _settle_cases(world: World, cases: dict[str, Case]) -> None:
    world.things["case"] = {thing: _case_parts(case) for thing, case in cases.items()}
    world.things["client"] = {thing: {"number": case.client.number} for thing, case in cases.items()}
    works = {thing: case.activities.filter(code=CASE_WORK).first() for thing, case in cases.items()}
    for role in rights.WORKLOG:
        person, for_case = world.people[role], role in rights.CASE_STAFF
        works[role, OWN] = _worked(person, CASE_WORK, cases[OWN]) if for_case else _worked(person, "A.a")
    world.things["activity"] = {key: {"pk": work.pk, "evidence": work.evidence_id} for key, work in works.items()}


def _settle_accounts(world: World, rival: User, stranger: User) -> None:
    """One's own, a colleague's, one of another UPT, one that was closed; and two links to choose a password."""
    here = rival.institution
    former = factories.user("mantan", Role.SOCIAL_WORKER, upt=here, is_active=False)
    accounts = {COLLEAGUE: rival, ELSEWHERE: stranger, CLOSED: former}
    accounts |= {(role, OWN): world.people[role] for role in rights.MANAGERS}
    accounts[OWN] = world.people[Role.SOCIAL_WORKER]
    world.things["account"] = {key: {"pk": person.pk} for key, person in accounts.items()}
    newcomer = factories.user("baru", Role.NURSE, upt=here)
    newcomer.set_unusable_password()
    newcomer.save(update_fields=["password"])
    settled = factories.user("lama", Role.NURSE, upt=here)
    links = {VALID: newcomer, SPENT: settled}
    world.things["link"] = {thing: {"token": passwords.token(person)} for thing, person in links.items()}


def _departed(team: walk.Team, name: str) -> Case:
    """A case with papers, whose client has withdrawn; the berita acara is owed."""
    case = walk.open_case(team, factories.client(team, name=name))
    _worked(team.worker, CASE_WORK, case)
    walk.fill(team, case, models.AdminChecklist, models.Eligibility)
    today = case.institution.today()
    transitions.depart(case=case, way=StayEnd.WITHDREW, left_on=today, account="Mengundurkan diri.", by=team.worker)
    return case


def _leaving(team: walk.Team, name: str) -> Case:
    """The same with its berita acara; the endorsement waits for the supervisor."""
    case = _departed(team, name)
    minutes = {**MINUTES, "on": case.institution.today()}
    transitions.write_minutes(case=case, values=minutes, by=team.worker)
    case.refresh_from_db()
    transitions.propose_exit(case=case, reason="Permintaan sendiri.", by=team.worker, version=case.version)
    return case


def _approved(team: walk.Team, case: Case) -> Request:
    """The same, approved; the endorsement waits for the head."""
    asked = case.requests.get()
    return transitions.approve(request=asked, by=team.supervisor, version=case.version, note="Sesuai.")


def _left(team: walk.Team, name: str) -> Case:
    """The same, endorsed: the case is closed."""
    case = _leaving(team, name)
    transitions.endorse(request=_approved(team, case), by=team.head, version=case.version)
    case.refresh_from_db()
    assert case.is_closed
    return case


def _offered(team: walk.Team, receiver: Institution, name: str) -> Transfer:
    """A placed client, offered to another UPT."""
    case = factories.case(team, Stage.ASSESSMENT, factories.client(team, name=name))
    reason = "Lebih dekat dengan keluarga."
    asked = transitions.propose_transfer(
        case=case, receiver=receiver, reason=reason, by=team.worker, version=case.version
    )
    transitions.approve(request=asked, by=team.supervisor, version=case.version, note="Sesuai.")
    transitions.endorse(request=asked, by=team.head, version=case.version)
    return Transfer.objects.select_related("case__client").get(case=case)


def _stand_in(team: walk.Team, upt: Institution) -> dict[str, int]:
    """Somebody in the supervisor's place, on the head's word, not confirmed yet."""
    holder = factories.user(f"pengganti_{upt.code.lower()}", Role.SOCIAL_WORKER, upt=upt)
    days = {"since_on": upt.today(), "until_on": upt.today() + timedelta(days=7)}
    who = {"for_whom": team.supervisor, "holder": holder}
    return {"pk": standins.enter(kind=StandInKind.SUPERVISOR, values={**days, **who}, by=team.head).pk}


def _case_parts(case: Case) -> dict[str, Any]:
    record = models.AdminChecklist.objects.get(case=case)
    asked = {"request": case.requests.get().pk}
    return {"number": case.number, "stage": STAGE, "slug": record.slug, "pk": record.pk, "post": asked}


def _worked(by: User, code: str, *cases: Case) -> Activity:
    """An activity with a picture that proves it."""
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(drawn, "JPEG")
    return recording.log_activity(
        code=code,
        by=by,
        on=by.institution.today(),
        cases=cases,
        values={"account": "Sesuai rencana."},
        evidence=SimpleUploadedFile("foto.jpg", drawn.getvalue(), content_type="image/jpeg"),
    )
