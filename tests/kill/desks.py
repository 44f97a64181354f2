"""Desks at which people work without a pause: real forms, each with its key, posted over HTTP until nobody answers."""

import http.client
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import unescape
from threading import Thread
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from rehsos import doors
from services.demo import walk
from services.models import Assessment
from tests import factories
from tests.services.forms import filled

TOKEN = "kunciujicsrf" + "x" * 20
WORDS = "Klien bercerita tentang\nkeluarganya di Ngawi; ibunya “sangat” menunggu & berharap."
ACTS = ("activity", "record", "submit", "approve", "send_back")


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in."""

    user: User
    cookie: str

    @classmethod
    def sign_in(cls, user: User) -> "Person":
        browser = Client()
        browser.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        return cls(user, f"{name}={browser.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={TOKEN}")


@dataclass(frozen=True)
class Post:
    """One form on its way."""

    act: str
    by: Person
    url: str
    data: dict[str, str]

    @property
    def key(self) -> str:
        return self.data["form_key"]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    page: str


class Unanswered(Exception):
    """The application went away before it answered."""


@dataclass
class Desk:
    """One case, its worker and its supervisor, who take turns."""

    case: Case
    worker: Person
    supervisor: Person
    record: Assessment
    typed: dict[str, str]
    version: int
    next_act: str = "submit"
    pending: Post | None = None
    acknowledged: dict[str, str] = field(default_factory=dict)  # key of the form: act
    told: Counter = field(default_factory=Counter)
    meanwhile: list[Answer] = field(default_factory=list)
    draw: random.Random = field(default_factory=random.Random)

    # --- What is sent next ------------------------------------------------------------------------------------------
    def fill_in(self, ask: Callable[..., Answer], act: str = "") -> Post:
        act = act or self.draw.choice(["activity", "record", "move", "move"])
        if act == "activity":
            return self._activity()
        if act == "record" and self.next_act == "submit":  # else it is frozen, or of another stage
            return self._record()
        return getattr(self, f"_{self.next_act}")(ask)

    def _activity(self) -> Post:
        words = {"code": "B.c", "cases": self.case.number, "on": self.today, "account": WORDS}
        return self._post("activity", self.worker, "/kegiatan/baru/", "activity_new", self.worker.user, words)

    def _record(self) -> Post:
        words = self.typed | {"problem_statement": f"{WORDS} {self.record.version}", "version": self.record.version}
        url = f"/kasus/{self.case.number}/tahap/asesmen/isi/asesmen/{self.record.pk}/"
        return self._post("record", self.worker, url, f"record-{Assessment.slug}", self.record, words)

    def _submit(self, _ask) -> Post:
        words = {"version": self.version, "reason": WORDS}
        return self._post("submit", self.worker, f"{self._stage()}ajukan/", "submit", self.case, words)

    def _approve(self, ask) -> Post:
        url = f"{self._stage()}putuskan/"
        hidden = hidden_in(ask("GET", self._stage(), self.supervisor).page, url)
        return Post("approve", self.supervisor, url, hidden | {"choice": "setujui", "note": WORDS})

    def _send_back(self, _ask) -> Post:
        words = {"version": self.version, "to_stage": Stage.ASSESSMENT, "reason": WORDS}
        url = f"/kasus/{self.case.number}/mundur/"
        return self._post("send_back", self.supervisor, url, "send_back", self.case, words)

    def _post(self, act: str, by: Person, url: str, form: str, subject, words: dict) -> Post:
        data = {name: str(value) for name, value in words.items()}
        return Post(act, by, url, data | {"form_key": doors.form_key(by.user, form, subject)})

    def _stage(self) -> str:
        return f"/kasus/{self.case.number}/tahap/asesmen/"

    @property
    def today(self) -> str:
        return self.case.institution.today().isoformat()

    # --- What came of it --------------------------------------------------------------------------------------------
    def take(self, post: Post, answer: Answer) -> bool:
        """Note the answer; whether work can go on."""
        self.told[answer.status] += 1
        if answer.status == 503:
            self.meanwhile.append(answer)
            self.pending = Post(post.act, post.by, post.url, carried(answer.page))
            assert self.pending.data == post.data
            return False
        assert answer.status == 302 and "/masuk/" not in answer.headers["Location"], (post, answer)
        self.pending = None
        self.acknowledged[post.key] = post.act
        if post.act == "record":
            self.record.version += 1
        if post.act in ("submit", "approve", "send_back"):
            self.next_act = {"submit": "approve", "approve": "send_back", "send_back": "submit"}[post.act]
            self.version += post.act != "submit"
        return True


def open_desks(number: int) -> list[Desk]:
    """Desks in two UPTs, each with a case whose assessment is complete."""
    teams = [factories.team(factories.institution(code)) for code in ("SATU", "DUA")]
    return [_desk(teams[turn % 2]) for turn in range(number)]


def _desk(people: factories.Team) -> Desk:
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    record = Assessment.objects.get(case=case)
    browser = Client()
    browser.force_login(people.worker)
    page = browser.get(f"/kasus/{case.number}/tahap/asesmen/isi/asesmen/{record.pk}/")
    typed = filled(case, Assessment, page.context["form"])
    typed.pop("draft", None)
    people_in = Person.sign_in(people.worker), Person.sign_in(people.supervisor)
    case.refresh_from_db()
    return Desk(case, *people_in, record, typed, case.version)


# --- Over HTTP ------------------------------------------------------------------------------------------------------
class Visit:
    """One connection, kept as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self.door = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, method: str, url: str, by: Person, data: dict[str, str] | None = None) -> Answer:
        headers = {"Cookie": by.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({**data, "csrfmiddlewaretoken": TOKEN}) if data else None
        try:
            self.door.request(method, url, body, headers)
            answer = self.door.getresponse()
            return Answer(answer.status, dict(answer.headers), answer.read().decode())
        except (OSError, http.client.HTTPException) as gone:
            raise Unanswered from gone


def work(desk: Desk, port: int) -> None:
    """What is still unanswered first, then on and on until the application or its database goes away."""
    visit = Visit(port)
    try:
        while True:
            desk.pending = post = desk.pending or desk.fill_in(visit.ask)
            if not desk.take(post, visit.ask("POST", post.url, post.by, post.data)):
                return
    except Unanswered:
        desk.told["unanswered"] += 1
    finally:
        visit.door.close()


class Room:
    """All desks at work at once, each in a thread of its own."""

    def __init__(self, desks: Iterable[Desk], port: int) -> None:
        self.failed: list[BaseException] = []
        self.desks = list(desks)
        self.threads = [Thread(target=self._run, args=(desk, port)) for desk in self.desks]
        for thread in self.threads:
            thread.start()

    def wait_for(self, number: int) -> None:
        """Until so many more forms were acknowledged: work is counted, not seconds, however busy the machine is."""
        wanted = self.done + number
        while self.done < wanted and any(thread.is_alive() for thread in self.threads):
            time.sleep(0.005)

    @property
    def done(self) -> int:
        return sum(len(desk.acknowledged) for desk in self.desks)

    def _run(self, desk: Desk, port: int) -> None:
        try:
            work(desk, port)
        except BaseException as error:  # noqa: BLE001 - told to the test, whatever it is
            self.failed.append(error)

    def close(self) -> None:
        for thread in self.threads:
            thread.join()
        assert self.failed == []


def finish(desk: Desk, port: int) -> None:
    """Send once more what is still unanswered."""
    if desk.pending:
        visit = Visit(port)
        answered = desk.take(desk.pending, visit.ask("POST", desk.pending.url, desk.pending.by, desk.pending.data))
        visit.door.close()
        assert answered


# --- Pages ----------------------------------------------------------------------------------------------------------
def hidden_in(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that goes to ``action``."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.S)
    if form is None:
        raise Unanswered  # a page that is no stage: the database is away
    return _without_token(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))


def carried(page: str) -> dict[str, str]:
    """Every field of the form on an error page, by name."""
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.S)
    return _without_token([*re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', page), *areas])


def _without_token(fields: list[tuple[str, str]]) -> dict[str, str]:
    return {name: unescape(text) for name, text in fields if name != "csrfmiddlewaretoken"}
