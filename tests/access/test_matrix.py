"""Every address answers every role about every object as docs/hak-akses.csv says; who sees a client leaves a trace."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from django.db.models import Max
from django.http import HttpResponse

from accounts import rights
from accounts.enums import Role
from accounts.management.commands import access_matrix
from accounts.rights import Who
from audit.models import Access
from rehsos import clock
from reports import pdf
from tests.access.drawn import Page
from tests.access.world import World, built
from tests.services.walked import NOW

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="who may what is the same on every database")

ROUTES = access_matrix.addresses()
LABELS = {rights.label(who): who for who in rights.EVERYBODY}
PAGES_WALKED = 400
# Papers have no forms.
WITH_FORMS = [name for name, rule in rights.RULES.items() if rule.reads & rule.shows and "reports:" not in name]
WRITERS = {Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.HEAD, Role.ADMIN_OFFICE}


class Cell(NamedTuple):
    """One request of the matrix."""

    who: str
    thing: str
    method: str


class Answer(NamedTuple):
    status: int
    leaves_trace: bool


@pytest.fixture(scope="module")
def settled(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        with built() as world:
            yield world
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def papers(monkeypatch) -> None:
    """What is in a paper is judged elsewhere, and printing takes a second: one of each kind, then that one again."""
    printed: dict[str, bytes] = {}
    render = pdf.render

    def once(template: str, context: Any) -> bytes:
        if template not in printed:
            printed[template] = render(template, context)
        return printed[template]

    monkeypatch.setattr(pdf, "render", once)


@pytest.fixture
def world(settled: World, db: None) -> Iterator[World]:
    with clock.at(NOW):
        yield settled


def promised() -> dict[str, dict[Cell, Answer]]:
    """The file as it lies there: for every name what is asked and how it is answered."""
    found: dict[str, dict[Cell, Answer]] = defaultdict(dict)
    with access_matrix.FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["alamat"] == f"/{ROUTES[row['nama']]}"
            for method in ("GET", "POST"):
                shows = method == "GET" and row["jejak baca"] == "ya" and row[method] == "200"
                found[row["nama"]][Cell(row["peran"], row["objek"], method)] = Answer(int(row[method]), shows)
    return found


PROMISED = promised()


def asked(world: World, name: str, cell: Cell) -> Answer:
    who = LABELS[cell.who]
    address, filled = world.address(name, who, cell.thing), world.parts(name, who, cell.thing).get("post")
    answer, readings = noted(world, who, cell.method, address, filled)
    assert world.wrongly_shown(who, answer, readings) == [], cell
    return Answer(answer.status_code, bool(readings))


def noted(world: World, who: Who, method: str, address: str, data: Any) -> tuple[HttpResponse, list[Access]]:
    """The answer to a request, and the readings it left; nothing of it stays."""
    with transaction.atomic():
        last = Access.objects.aggregate(pk=Max("pk", default=0))["pk"]
        answer = world.send(who, method, address, data)
        readings = list(Access.objects.filter(pk__gt=last))
        transaction.set_rollback(True)
    return answer, readings


def told(cell: Cell, found: Answer, promised: Answer) -> str:
    return f"{cell.who}, {cell.thing or '-'}, {cell.method}: {tuple(found)} instead of {tuple(promised)}"


def everything(promised: dict[Cell, Answer]) -> list[Cell]:
    return list(promised)


def what_differs(promised: dict[Cell, Answer]) -> list[Cell]:
    """Whoever gets one answer whatever it is about asks about one object only, each role about another."""
    about = list(dict.fromkeys(cell.thing for cell in promised))
    turn = {who: about[place % len(about)] for place, who in enumerate(LABELS)}
    return [cell for cell in promised if cell.thing == turn[cell.who] or len(set(answers(promised, cell))) > 1]


def answers(promised: dict[Cell, Answer], cell: Cell) -> list[Answer]:
    """All that one person gets with one method."""
    return [answer for (who, _thing, method), answer in promised.items() if (who, method) == (cell.who, cell.method)]


@pytest.mark.parametrize("cells", [what_differs, pytest.param(everything, marks=pytest.mark.heavy)])
@pytest.mark.parametrize("name", ROUTES)
def test_an_address_answers_as_the_matrix_says(world, name, cells):
    promised = PROMISED[name]
    found = {cell: asked(world, name, cell) for cell in cells(promised)}
    assert [told(cell, found[cell], promised[cell]) for cell in found if found[cell] != promised[cell]] == []
    assert any(answer.status < 400 for answer in found.values()) or rights.RULES[name].reads == rights.NOBODY


@pytest.mark.parametrize("name", WITH_FORMS)
def test_a_refused_form_that_comes_back_with_a_client_leaves_a_trace(world, name):
    """Every form on every page that shows clients, sent as it was drawn or with nothing but its key."""
    wrong = []
    for role in WRITERS & rights.RULES[name].reads:
        answer = world.send(role, "GET", address := world.address(name, role, rights.RULES[name].about.objects[0]))
        html = answer.content.decode() if answer.headers["Content-Type"].startswith("text/html") else ""
        for form in Page(html).forms:
            for data in (form.hidden, form.fields) if form.method == "POST" and form.hidden else ():
                back, readings = noted(world, role, "POST", form.action or address, data)
                assert back.status_code < 500
                wrong += [(role, form.action, words) for words in world.wrongly_shown(role, back, readings)]
    assert wrong == []


@pytest.mark.heavy
@pytest.mark.parametrize("role", Role)
def test_no_page_leads_where_its_reader_may_not_go(world, role):
    """From home on, every link of every page that links lead to."""
    ahead, known, refused = ["/"], {"/"}, []
    while ahead and len(known) < PAGES_WALKED:
        answer, _readings = noted(world, role, "GET", address := ahead.pop(0), None)
        if answer.status_code >= 400:
            refused.append((address, answer.status_code))
        elif answer.headers.get("Content-Type", "").startswith("text/html"):
            found = [link.partition("#")[0] for link in Page(answer.content.decode()).links]
            ahead += [link for link in dict.fromkeys(found) if link not in known and not link.startswith("/static/")]
            known.update(found)
    assert refused == []
