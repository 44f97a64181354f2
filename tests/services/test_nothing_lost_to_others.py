"""Words that somebody typed come back although somebody else was faster (409)."""

import pytest
from django.test import Client

from accounts.models import Draft
from audit.models import Access
from cases import registry
from cases.enums import Stage
from services.demo import walk
from services.models import Assessment
from tests import factories
from tests.services.kept_words import base, shown, texts, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return factories.team()


@pytest.fixture
def case(people):
    return factories.case(people, Stage.ASSESSMENT)


@pytest.fixture
def browser(people) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(people.worker)
    return browser


def test_an_overtaken_record_shows_both_texts_where_they_differ_and_can_be_saved_again(browser, people, case):
    record = walk.paper(people, case, Assessment)
    url = f"{base(case)}{record.pk}/"
    row = next(name for name in typed(browser, case, url) if name.endswith("-condition"))
    mine = typed(browser, case, url, problem_statement="Tulisan saya", **{row: "Baris saya"})
    registry.assign(case=case, worker=people.other_worker, by=people.head)
    other = Client()
    other.force_login(people.other_worker)
    other.post(url, typed(other, case, url, problem_statement="Tulisan rekan"))
    readings = Access.objects.count()

    answer = browser.post(url, mine)
    assert answer.status_code == 409
    said = [(one.label, one.mine, one.stored) for one in answer.context["differences"]]
    assert [(mine_, stored) for _label, mine_, stored in said][0] == ("Tulisan saya", "Tulisan rekan")
    assert (len(said), said[1][:2]) == (2, ("Biologis, keadaan", "Baris saya"))
    page = answer.content.decode()
    assert "Catatan ini sudah diubah sejak Anda membukanya. Bandingkan" in page
    assert f"disimpan {people.other_worker.full_name}" in page
    assert texts(mine) <= shown(page)
    assert Access.objects.count() > readings
    record.refresh_from_db()
    assert record.problem_statement == "Tulisan rekan"

    again = mine | {name: answer.context["form"][name].value() for name in ("form_key", "version", "draft")}
    assert browser.post(url, again).status_code == 302
    record.refresh_from_db()
    assert (record.problem_statement, record.version, record.author) == ("Tulisan saya", 3, people.worker)


def test_the_second_of_two_first_records_becomes_a_correction_of_the_first(browser, people, case):
    mine = typed(browser, case, problem_statement="Tulisan saya")
    record = walk.paper(people, case, Assessment)
    answer = browser.post(base(case), mine)
    assert answer.status_code == 409
    assert f'action="{base(case)}{record.pk}/"' in answer.content.decode()
    again = mine | {name: answer.context["form"][name].value() for name in ("form_key", "version", "draft")}
    assert browser.post(f"{base(case)}{record.pk}/", again).status_code == 302
    assert Assessment.objects.get(case=case).problem_statement == "Tulisan saya"


def test_an_overtaken_record_that_says_the_same_says_so(browser, people, case):
    record = walk.paper(people, case, Assessment)
    url = f"{base(case)}{record.pk}/"
    first, second = typed(browser, case, url), typed(browser, case, url)
    browser.post(url, first)
    answer = browser.post(url, second)
    assert (answer.status_code, answer.context["differences"]) == (409, [])
    assert "Tulisan Anda sama dengan yang tersimpan." in answer.content.decode()


def test_an_overtaken_page_goes_on_with_its_own_draft(browser, people, case):
    record = walk.paper(people, case, Assessment)
    url = f"{base(case)}{record.pk}/"
    mine = typed(browser, case, url, problem_statement="Tulisan saya")
    assert browser.post("/draf/", mine).status_code == 204
    type(record).objects.filter(pk=record.pk).update(version=2)
    form = browser.post(url, mine).context["form"]
    again = mine | {name: form[name].value() for name in ("form_key", "version", "draft")}
    assert browser.post("/draf/", again).status_code == 204


def test_an_overtaken_page_goes_on_with_the_draft_that_it_took(browser, people, case):
    record = walk.paper(people, case, Assessment)
    url = f"{base(case)}{record.pk}/"
    browser.post("/draf/", typed(browser, case, url, problem_statement="Tulisan saya"))
    mine = typed(browser, case, f"{url}?draf={Draft.objects.get().place}")
    type(record).objects.filter(pk=record.pk).update(version=2)
    form = browser.post(url, mine).context["form"]
    again = mine | {name: form[name].value() for name in ("form_key", "version", "draft")}
    assert browser.post("/draf/", again).status_code == 204


def test_an_overtaken_correction_of_the_register_shows_both(browser, people):
    person = factories.client(people, others=["poor"])
    url = f"/klien/{person.number}/ubah/"
    form = browser.get(url).context["form"]
    mine = {field.name: field.value() for field in form if field.value() not in (None, False)}
    registry.correct(
        client=person,
        values={**{name: getattr(person, name) for name in ("name", "sex", "birth_on")}, "nickname": "Dim"},
        primary="homeless",
        others=["poor"],
        by=people.supervisor,
        version=1,
    )
    answer = browser.post(url, mine | {"nickname": "Mas Dim"})
    assert answer.status_code == 409
    said = {one.label: (one.mine, one.stored) for one in answer.context["differences"]}
    assert said["Nama panggilan"] == ("Mas Dim", "Dim")
    assert len(said) == 2
    again = {name: answer.context["form"][name].value() for name in ("form_key", "version", "draft")}
    assert browser.post(url, {**mine, "nickname": "Mas Dim", **again}).status_code == 302
    person.refresh_from_db()
    assert (person.nickname, person.version) == ("Mas Dim", 3)
