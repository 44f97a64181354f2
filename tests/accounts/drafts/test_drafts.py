"""Drafts: kept while somebody types, offered and put in, gone when the form is sent."""

import json
import re
from datetime import timedelta

import pytest
from django.core.management import call_command

from accounts import drafts, keys
from accounts.enums import Role
from accounts.models import Draft
from rehsos import clock
from services import models
from tests import factories
from tests.accounts.drafts.drafting import NOON, TEXT, autosave, key_of, offer, signed_in
from tests.services.forms import case_for, filled

pytestmark = pytest.mark.django_db


# --- kept, offered, put in ------------------------------------------------------------------------------------------
def test_what_is_typed_is_offered_and_put_in_when_asked(browser, url):
    answer = autosave(browser, key_of(browser, url), url)
    assert (answer.status_code, answer.headers["Draft-Saved"]) == (204, "12.00 WIB")
    page = browser.get(url).content.decode()
    assert "Ada draf tersimpan 1 Juli 2026, 12.00 WIB, belum dikirim." in page
    assert "Ia bercerita" not in page
    page = browser.get(offer(browser, url)).content.decode()
    assert f"{TEXT}</textarea>" in page
    assert "Isian di bawah ini dari draf 1 Juli 2026, 12.00 WIB, belum dikirim." in page
    assert "Pakai draf" not in page


def test_rows_choices_and_unticked_boxes_come_back_too(browser, people):
    client = factories.client(people, is_protected=True)
    url = f"/klien/{client.number}/ubah/"
    key = key_of(browser, url)
    autosave(browser, key, url, name="Dimas P.", sex="male", others=["poor", "homeless"], primary="street_child")
    form = browser.get(offer(browser, url)).context["form"]
    shown = {name: form[name].value() for name in ("name", "others", "primary", "is_protected")}
    assert shown == {
        "name": "Dimas P.",
        "others": ["poor", "homeless"],
        "primary": "street_child",
        "is_protected": False,
    }


@pytest.mark.parametrize("kind", [models.AdminChecklist, models.Assessment, models.AssessmentConference])
def test_a_record_comes_back_with_its_rows(browser, people, kind):
    case = case_for(people, kind)
    url = f"/kasus/{case.number}/tahap/{kind.home.slug}/isi/{kind.slug}/"
    data = filled(case, kind, browser.get(url).context["form"])
    assert any("-" in name for name in data)  # the rows inside
    assert browser.post("/draf/", data).status_code == 204
    form = browser.get(offer(browser, url)).context["form"]
    shown = {field.html_name: str(field.value()) for one in (form, *form.parts) for field in one}
    ours = {name: value for name, value in data.items() if name not in ("form_key", "draft")}
    assert ours.items() <= shown.items()


def test_a_draft_lies_sealed_and_without_what_belongs_to_the_page(browser, url):
    autosave(browser, key_of(browser, url), url, csrfmiddlewaretoken="token", password="rahasia", version="3")
    draft = Draft.objects.get()
    assert "bercerita" not in json.dumps(Draft.objects.values().get(), default=str)
    content = drafts.unsealed(draft)
    assert content == drafts.Content(url, "Asesmen", content.fields)
    assert dict(content.fields.lists()) == {"problem_statement": [TEXT]}
    assert draft.version == 3


def test_every_form_that_is_written_in_keeps_and_offers_its_draft(people, case):
    person = factories.client(people)
    worker, supervisor, office = people.worker, people.supervisor, factories.user("tu", Role.ADMIN_OFFICE)
    pages = [
        (worker, f"/kasus/{case.number}/tahap/asesmen/isi/asesmen/"),
        (worker, f"/kasus/{case.number}/tahap/asesmen/isi/temu-bahas/"),
        (worker, "/kegiatan/baru/"),
        (worker, "/klien/baru/"),
        (worker, f"/klien/{person.number}/ubah/"),
        (worker, f"/klien/{person.number}/kasus-baru/"),
        (supervisor, f"/kasus/{case.number}/tahap/asesmen/"),
        (office, "/pengaturan/upt/"),
        (office, "/pengaturan/pengguna/baru/"),
        (office, f"/pengaturan/pengguna/{worker.pk}/ubah/"),
        (office, f"/pengaturan/pengguna/{worker.pk}/nonaktif/"),
    ]
    for user, page in pages:
        browser = signed_in(user)
        keys_there = re.findall(
            r'name="form_key" value="([^"]+)"[^>]*data-draft="/draf/"', browser.get(page).content.decode()
        )
        assert keys_there, page
        assert {autosave(browser, key, page).status_code for key in keys_there} == {204}
        assert browser.get(page).content.decode().count("Pakai draf") == len(keys_there), page


def test_no_page_that_asks_for_a_password_keeps_anything(browser):
    for page in ("/akun/", "/akun/kode/"):
        assert "data-draft" not in browser.get(page).content.decode()


# --- until the form is sent -----------------------------------------------------------------------------------------
def test_the_draft_goes_when_the_form_is_accepted_and_not_before(browser, people, case, url):
    form = browser.get(url).context["form"]
    data = filled(case, models.Assessment, form)
    autosave(browser, data["form_key"], url)
    refused = browser.post(url, {**data, "problem_statement": ""})
    assert (refused.status_code, Draft.objects.count()) == (422, 1)
    assert browser.post(url, data).status_code == 302
    assert Draft.objects.count() == 0


def test_what_arrives_after_its_form_is_neither_kept_nor_offered(browser, people, case, url):
    data = filled(case, models.Assessment, browser.get(url).context["form"])
    browser.post(url, data)
    late = autosave(browser, data["form_key"], url)
    assert (late.status_code, late.json()["draft"]) == (409, "")
    assert Draft.objects.count() == 0

    key = key_of(browser, "/kegiatan/baru/")
    autosave(browser, key, "/kegiatan/baru/")
    keys.claim(key, by=people.other_worker)  # answered, but as if the draft had been written a moment later
    assert Draft.objects.count() == 1
    assert offer(browser, "/kegiatan/baru/") == ""


def test_throwing_away_leads_back_to_the_page(browser, url):
    autosave(browser, key_of(browser, url), url)
    place = Draft.objects.get().place
    answer = browser.post("/draf/buang/", {"place": place, "next": url})
    assert (answer.status_code, answer["Location"], Draft.objects.count()) == (302, url, 0)
    assert "draf tersimpan" not in browser.get(url).content.decode()


def test_a_draft_is_thrown_away_only_by_a_post(browser):
    assert browser.get("/draf/buang/").status_code == 405
    assert browser.get("/draf/").status_code == 405


def test_more_than_a_draft_may_hold_is_said(browser, url):
    answer = autosave(browser, key_of(browser, url), url, problem_statement="a" * 200_001)
    assert (answer.status_code, Draft.objects.count()) == (413, 0)
    assert "terlalu panjang" in answer.json()["words"]
    assert autosave(browser, key_of(browser, url), url, problem_statement="a" * 199_000).status_code == 204


def test_old_drafts_and_answered_ones_are_swept(browser, people, url, capsys):
    autosave(browser, key_of(browser, url), url)
    with clock.at(NOON + timedelta(days=29)):
        browser = signed_in(people.worker)
        key = key_of(browser, "/kegiatan/baru/")
        autosave(browser, key, "/kegiatan/baru/")
        call_command("drafts_sweep")
        assert (capsys.readouterr().out, Draft.objects.count()) == ("0 draf dihapus.\n", 2)
    with clock.at(NOON + timedelta(days=31)):
        keys.claim(key, by=people.other_worker)
        call_command("drafts_sweep")
    assert (capsys.readouterr().out, Draft.objects.count()) == ("2 draf dihapus.\n", 0)


# --- two pages ------------------------------------------------------------------------------------------------------
def test_the_second_page_is_told_and_both_texts_stay(browser, url):
    first, second = key_of(browser, url), key_of(browser, url)
    assert autosave(browser, first, url, problem_statement="Tab pertama").status_code == 204
    told = autosave(browser, second, url, problem_statement="Tab kedua")
    assert (told.status_code, told.json()["draft"]) == (409, first)
    assert "tersimpan pukul 12.00 WIB, dari tab lain" in told.json()["words"]
    assert drafts.unsealed(Draft.objects.get()).fields["problem_statement"] == "Tab pertama"
    assert autosave(browser, first, url, problem_statement="Tab pertama, lanjut").status_code == 204

    assert autosave(browser, second, url, problem_statement="Tab kedua", draft=first).status_code == 204
    assert autosave(browser, first, url, problem_statement="Tab pertama lagi").status_code == 409
    assert drafts.unsealed(Draft.objects.get()).fields["problem_statement"] == "Tab kedua"


def test_a_page_that_took_the_draft_goes_on_with_it(browser, url):
    autosave(browser, key_of(browser, url), url)
    form = browser.get(offer(browser, url)).context["form"]
    shown = {"draft": form["draft"].value(), "problem_statement": "Diteruskan"}
    assert autosave(browser, form["form_key"].value(), url, **shown).status_code == 204
    assert drafts.unsealed(Draft.objects.get()).fields["problem_statement"] == "Diteruskan"


# --- what was changed meanwhile -------------------------------------------------------------------------------------
def test_an_outdated_draft_is_put_beside_what_is_stored_now(browser, people, case):
    record = factories.walk.paper(people, case, models.Assessment)
    url = f"/kasus/{case.number}/tahap/asesmen/isi/asesmen/{record.pk}/"
    form = browser.get(url).context["form"]
    data = filled(case, models.Assessment, form)
    browser.post("/draf/", {**data, "problem_statement": TEXT})
    assert "Bandingkan" not in browser.get(offer(browser, url)).content.decode()

    second = filled(case, models.Assessment, browser.get(url).context["form"], problem_statement="Versi rekan")
    Draft.objects.update(user=people.other_worker)  # out of the way of the save, which would delete it
    browser.post(url, second)
    Draft.objects.update(user=people.worker)
    answer = browser.get(offer(browser, url))
    [difference] = answer.context["differences"]
    assert (difference.mine, difference.stored) == (TEXT, "Versi rekan")
    assert "Datanya sudah diubah sejak draf itu ditulis" in answer.content.decode()
    assert answer.context["form"]["version"].value() == 2
