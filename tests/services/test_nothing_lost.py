"""Words that somebody typed come back whatever answer their form gets: 404, 413, 422, 503, 507."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from cases import registry
from cases.enums import Stage
from rehsos import doors
from services import models
from services.models import Activity, Assessment
from tests import factories
from tests.services.kept_words import base, shown, texts, typed

pytestmark = pytest.mark.django_db

NEW = "/kegiatan/baru/"
WORDS = "Klien bercerita tentang\nkeluarganya di Ngawi."


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


def carried(page: str) -> dict[str, str]:
    """The fields of the form on an error page, by name."""
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.S)
    lines = re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(text) for name, text in [*lines, *areas] if name not in ("q", "csrfmiddlewaretoken")}


# --- 404 and 413 ----------------------------------------------------------------------------------------------------
def test_words_for_a_case_that_was_given_away_are_shown_and_go_nowhere(browser, people, case):
    mine = typed(browser, case)
    registry.assign(case=case, worker=people.other_worker, by=people.head, only=True)
    answer = browser.post(base(case), mine)
    assert answer.status_code == 404
    assert texts(mine) <= shown(answer.content.decode())
    assert "Kirim lagi" not in answer.content.decode()


def test_a_record_beyond_the_limit_comes_back_with_its_rows(browser, case):
    mine = typed(browser, case, problem_statement="a" * 17_000_000)
    body = "&".join(f"{name}={value}" for name, value in mine.items())
    answer = browser.post(base(case), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert texts(mine) <= shown(answer.content.decode())
    assert mine["problem_statement"] in shown(answer.content.decode())


def test_an_upload_beyond_the_limit_gives_the_words_back_and_takes_them_with_a_smaller_file(browser, people, settings):
    settings.BODY_MAX_SIZE = 100_000
    form = browser.get(NEW).context["form"]
    values = {"form_key": form["form_key"].value(), "code": "A.a", "on": people.worker.institution.today().isoformat()}
    values |= {"account": WORDS}
    answer = browser.post(NEW, {**values, "evidence": SimpleUploadedFile("bukti.png", b"x" * 120_000, "image/png")})
    page = answer.content.decode()
    assert answer.status_code == 413
    assert carried(page) == values
    assert "Pilih lagi berkas bukti.png" in page
    assert browser.post(NEW, carried(page)).status_code == 302
    assert Activity.objects.get().account == WORDS


def test_an_upload_far_beyond_the_limit_leads_back_to_the_draft(browser, people):
    key = browser.get(NEW).context["form"]["form_key"].value()
    browser.post("/draf/", {"form_key": key, "draft_page": NEW, "account": WORDS})
    answer = browser.generic(
        "POST",
        NEW,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(140 * 1024 * 1024),
        headers={"Referer": f"http://testserver{NEW}"},
    )
    assert answer.status_code == 413
    assert f'href="http://testserver{NEW}">' in answer.content.decode()
    assert "Pakai draf" in browser.get(NEW).content.decode()


# --- 422 ------------------------------------------------------------------------------------------------------------
def test_a_refused_record_keeps_its_rows(browser, case):
    mine = typed(browser, case, problem_statement="", on="2020-01-01")
    row = next(name for name in mine if name.endswith("-condition"))
    answer = browser.post(base(case), mine | {row: WORDS})
    assert answer.status_code == 422
    assert texts(mine | {row: WORDS}) <= shown(answer.content.decode())


def test_a_refused_activity_and_a_refused_client_keep_their_words(browser, people):
    person = factories.client(people)
    for url, words in ((NEW, {"account": WORDS}), (f"/klien/{person.number}/ubah/", {"address": WORDS, "name": ""})):
        key = browser.get(url).context["form"]["form_key"].value()
        answer = browser.post(url, {"form_key": key, **words})
        assert (answer.status_code, WORDS in shown(answer.content.decode())) == (422, True)


def test_letters_that_nobody_sees_are_washed_out_and_the_rest_is_kept(browser, case):
    mine = typed(browser, case, problem_statement="Awal\x00 akhir")
    answer = browser.post(base(case), mine)
    assert answer.status_code == 422
    assert texts(mine | {"problem_statement": "Awal akhir"}) <= shown(answer.content.decode())


# --- 503: a database that is held by somebody else ------------------------------------------------------------------
@contextmanager
def held() -> Iterator[None]:
    """Another connection keeps everybody from writing, and we lose patience sooner than usual."""
    other = connection.copy()
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as mine, other.cursor() as theirs:
        mine.execute("PRAGMA busy_timeout = 200" if is_sqlite else "SET lock_timeout = '200ms'")
        theirs.execute("BEGIN IMMEDIATE" if is_sqlite else "BEGIN")
        if not is_sqlite:
            theirs.execute("LOCK TABLE cases_case, cases_client, services_activity, accounts_draft IN EXCLUSIVE MODE")
        try:
            yield
        finally:
            theirs.execute("ROLLBACK")
            mine.execute("PRAGMA busy_timeout = 20000" if is_sqlite else "RESET lock_timeout")
    other.close()


@pytest.mark.django_db(transaction=True)
def test_a_held_database_gives_every_word_back_and_takes_them_afterwards(browser, people, case):
    mine = typed(browser, case)
    with held():
        answer = browser.post(base(case), mine)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert texts(mine) <= shown(page)
    assert Assessment.objects.count() == 0
    assert browser.post(base(case), carried(page)).status_code == 302
    assert Assessment.objects.get().problem_statement == mine["problem_statement"]


@pytest.mark.django_db(transaction=True)
def test_a_held_database_gives_activity_and_client_back(browser, people):
    person = factories.client(people)
    url = f"/klien/{person.number}/ubah/"
    activity, client = (browser.get(address).context["form"] for address in (NEW, url))
    edited = {field.name: field.value() for field in client if field.value() not in (None, False)} | {"address": WORDS}
    logged = {"form_key": activity["form_key"].value(), "code": "D.p", "on": str(activity["on"].value())}
    with held():
        answers = [browser.post(url, edited), browser.post(NEW, {**logged, "account": WORDS})]
    for answer in answers:
        assert (answer.status_code, WORDS in shown(answer.content.decode())) == (503, True)
    for answer, address in zip(answers, (url, NEW), strict=True):
        assert browser.post(address, carried(answer.content.decode())).status_code == 302, address
    assert (Activity.objects.get().account, models.Activity.objects.count()) == (WORDS, 1)


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_cannot_be_kept_is_said_and_tried_again(browser, people, case):
    mine = typed(browser, case)
    with held():
        assert browser.post("/draf/", mine).status_code == 503
    assert browser.post("/draf/", mine).status_code == 204


# --- 507: no room left ----------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_full_database_gives_every_word_back_and_takes_them_afterwards(browser, people, case):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own limit on its size; PostgreSQL can only be filled up by filling a disk")
    mine = typed(browser, case)
    long = "Panjang sekali. " * 120 + "Sampai di sini."
    mine |= {name: long for name, text in mine.items() if " " in text and name != "form_key"}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no room inside the file either
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite takes it as "not one page more than now"
        try:
            answer = browser.post(base(case), mine)
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    page = answer.content.decode()
    assert answer.status_code == 507
    assert {name for name, text in carried(page).items() if text == long} == {n for n, t in mine.items() if t == long}
    assert Assessment.objects.count() == 0
    assert browser.post(base(case), carried(page)).status_code == 302


@pytest.fixture
def small_disk(tmp_path: Path, settings) -> Iterator[Path]:
    """A disk of its own for the files, with room for next to nothing."""
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", tmp_path], capture_output=True)
    if made.returncode:
        pytest.skip("only root may mount the small disk that this needs")
    settings.FILES_DIR = tmp_path
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)


def test_a_full_file_store_gives_the_words_back_and_keeps_nothing(browser, people, small_disk):
    noise = BytesIO()
    Image.effect_noise((200, 200), 90).save(noise, "PNG")
    form = browser.get(NEW).context["form"]
    values = {"form_key": form["form_key"].value(), "code": "D.p", "on": str(form["on"].value()), "account": WORDS}
    evidence = SimpleUploadedFile("bukti.png", noise.getvalue(), content_type="image/png")
    answer = browser.post(NEW, {**values, "evidence": evidence})
    page = answer.content.decode()
    assert answer.status_code == 507
    assert WORDS in shown(page)
    assert "Pilih lagi berkas bukti.png" in page
    assert (Activity.objects.count(), doors.key_owner(values["form_key"])) == (0, people.worker.pk)
    assert browser.post(NEW, values).status_code == 302
