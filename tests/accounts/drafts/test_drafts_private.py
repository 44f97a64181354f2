"""A draft is for its writer alone, also after the session has ended."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from accounts import drafts
from accounts.models import Draft
from cases import registry
from rehsos import doors
from services import models
from tests import factories
from tests.accounts.drafts.drafting import TEXT, autosave, key_of, offer, signed_in
from tests.services.forms import filled

pytestmark = pytest.mark.django_db


# --- for its writer alone -------------------------------------------------------------------------------------------
def test_nobody_else_is_offered_a_draft_or_can_touch_it(browser, people, case, url):
    registry.assign(case=case, worker=people.other_worker, by=people.head)
    key = key_of(browser, url)
    autosave(browser, key, url)
    asked = offer(browser, url)
    for user in (people.other_worker, people.supervisor, people.head):
        other = signed_in(user)
        for page in (url, asked, "/akun/draf/"):
            answer = other.get(page)
            assert (answer.status_code, b"bercerita" in answer.content, b"Ada draf" in answer.content) in (
                (200, False, False),
                (403, False, False),
            )
        assert autosave(other, key, url, problem_statement="Bukan dia").status_code == 422
        other.post("/draf/buang/", {"place": Draft.objects.get().place})
    assert drafts.unsealed(Draft.objects.get()).fields["problem_statement"] == TEXT


@pytest.mark.parametrize("key", ["", "1.a.b.c", "x" * 200])
def test_a_key_that_is_not_ours_keeps_nothing(browser, key):
    assert autosave(browser, key).status_code == 422
    assert Draft.objects.count() == 0


def test_a_form_without_its_token_keeps_nothing(people, url):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.worker)
    assert autosave(browser, key_of(browser, url), url).status_code == 403
    assert Draft.objects.count() == 0


def test_a_reassigned_case_is_out_of_sight_and_the_words_are_not_lost(browser, people, case, url):
    autosave(browser, key_of(browser, url), url)
    registry.assign(case=case, worker=people.other_worker, by=people.head, only=True)
    assert browser.get(url).status_code == 404
    link = re.search(r'href="([^"]+)">Lanjutkan<', browser.get("/akun/draf/").content.decode())[1]
    answer = browser.get(link)
    assert (answer.status_code, answer["Location"]) == (302, "/akun/draf/?tanpa-formulir=1")
    page = browser.get(answer["Location"]).content.decode()
    assert "Formulirnya tidak dapat diisi lagi" in page
    assert "Ia bercerita tentang ibunya.<br>Mulai terbuka." in page


def test_a_locked_record_leads_to_the_words_that_were_meant_for_it(browser, people, case, url):
    key = key_of(browser, url)
    autosave(browser, key, url)
    factories.walk.assessment(people, case)
    answer = browser.get(f"{url}?draf={Draft.objects.get().place}", follow=True)
    assert answer.redirect_chain[-1][0] == "/akun/draf/?tanpa-formulir=1"
    assert "Ia bercerita" in answer.content.decode()


def test_an_unknown_draft_is_simply_not_there(browser, url):
    assert browser.get(f"{url}?draf=abcdef").status_code == 200


def test_who_is_deactivated_keeps_a_draft_that_nobody_reads(browser, people, url):
    autosave(browser, key_of(browser, url), url)
    people.worker.is_active = False
    people.worker.save(update_fields=["is_active"])
    assert browser.get(url).status_code == 302
    assert browser.get("/akun/draf/").status_code == 302
    assert Draft.objects.get().user == people.worker


# --- a session that ended -------------------------------------------------------------------------------------------
def post_signed_out(url: str, data: dict, before: str = "") -> Client:
    """A form sent after the session had ended; the browser stands at the sign-in page."""
    browser = Client()
    answer = browser.post(url, data, headers={"Referer": f"http://testserver{before}"} if before else {})
    assert answer["Location"] == "/masuk/?next=%2Flanjutkan%2F"
    return browser


def resumed(browser: Client, user):
    answer = browser.post(
        "/masuk/?next=%2Flanjutkan%2F", {"login": user.username, "password": factories.PASSWORD}, follow=True
    )
    return answer


def test_a_form_sent_too_late_comes_back_as_itself_with_its_text(people, case, url):
    key = doors.form_key(people.worker, "record-asesmen", case)
    browser = post_signed_out(url, {"form_key": key, "draft": "", "problem_statement": TEXT})
    answer = resumed(browser, people.worker)
    assert urlsplit(answer.redirect_chain[-1][0]).path == url
    page = answer.content.decode()
    assert "Sesi Anda berakhir sebelum formulir ini diterima." in page
    assert f"{TEXT}</textarea>" in page
    data = filled(case, models.Assessment, answer.context["form"])
    assert browser.post(url, data).status_code == 302
    assert Draft.objects.count() == 0
    assert models.Assessment.objects.get(case=case).problem_statement == data["problem_statement"]


def test_the_form_of_an_act_comes_back_on_the_page_it_lay_on(people, case):
    stage = f"/kasus/{case.number}/tahap/asesmen/"
    data = {"form_key": doors.form_key(people.supervisor, "supervise", case), "draft": "", "note": TEXT}
    browser = post_signed_out(f"{stage}supervisi/", data, before=stage)
    answer = resumed(browser, people.supervisor)
    assert urlsplit(answer.redirect_chain[-1][0]).path == stage
    assert f"{TEXT}</textarea>" in answer.content.decode()
    assert parse_qs(urlsplit(answer.redirect_chain[-1][0]).query) == {"draf": [Draft.objects.get().place]}


def test_nobody_else_gets_a_form_that_was_sent_too_late(people, case, url):
    registry.assign(case=case, worker=people.other_worker, by=people.head)
    key = doors.form_key(people.worker, "record-asesmen", case)
    browser = post_signed_out(url, {"form_key": key, "draft": "", "problem_statement": TEXT})
    answer = resumed(browser, people.other_worker)
    assert "bercerita" not in answer.content.decode()
    assert Draft.objects.count() == 0
    assert "bercerita" not in browser.get(url).content.decode()


def test_where_another_tab_holds_the_draft_the_late_form_is_shown_by_itself(people, case, url):
    browser = signed_in(people.worker)
    autosave(browser, key_of(browser, url), url, problem_statement="Dari tab lain")
    key = doors.form_key(people.worker, "record-asesmen", case)
    late = post_signed_out(url, {"form_key": key, "draft": "", "problem_statement": TEXT})
    page = resumed(late, people.worker).content.decode()
    assert f"{TEXT}</textarea>" in page
    assert "Kirim lagi" in page
    assert drafts.unsealed(Draft.objects.get()).fields["problem_statement"] == "Dari tab lain"


def test_an_autosave_after_the_end_of_the_session_is_401_and_waits_nowhere(people, case):
    browser = Client()
    answer = autosave(browser, doors.form_key(people.worker, "record-asesmen", case))
    assert answer.status_code == 401
    assert resumed(browser, people.worker).redirect_chain[-1][0] == "/"
    assert Draft.objects.count() == 0
