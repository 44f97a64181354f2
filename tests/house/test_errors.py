"""Every refusal and failure: its status, Indonesian words, and the text that was typed."""

import re

import pytest
from django.db import connection
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.house.urls")]

TEXT = "Klien bercerita tentang\nkeluarganya di Ngawi."
POSTED = {"note": TEXT, "form_key": "1.a.b.c", "version": "4", "password": "sangat-rahasia", "status": "draf"}
PAGES = {
    "refused": (422, "<li>Belum disupervisi.</li>"),
    "denied": (403, "Anda pengaju permintaan ini."),
    "too-many": (429, "Tunggu 5 menit"),
    "down": (503, "Basis data sedang tidak dapat dihubungi"),
    "gone": (503, "Basis data sedang tidak dapat dihubungi"),
    "full": (507, "Ruang simpan di server penuh"),
    "number": (400, "di luar batas"),
    "fault": (500, "Nomor kejadian"),
}
ENGLISH = re.compile(r"\b(the|you|error|forbidden|not found|please|server)\b(?!</a>)", re.IGNORECASE)


def words(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page[page.index("<main") :])


@pytest.mark.parametrize("name", PAGES)
def test_a_failed_post_keeps_what_was_typed(signed_in, name):
    status, sentence = PAGES[name]
    response = signed_in.post(f"/uji/gagal/{name}/", POSTED)
    page = response.content.decode()
    assert response.status_code == status
    assert sentence in page
    assert f"{TEXT}</textarea>" in page
    assert '<input type="hidden" name="version" value="4">' in page
    assert '<input type="hidden" name="status" value="draf">' in page
    assert f'action="/uji/gagal/{name}/"' in page
    assert "Kirim lagi" in page
    assert "sangat-rahasia" not in page
    assert not ENGLISH.search(words(page).replace("di server", "")), words(page)


def test_a_stale_form_shows_its_text_and_the_way_to_the_newest_page(signed_in):
    before = "http://testserver/kasus/ANKN-2026-0007/"
    response = signed_in.post("/uji/gagal/stale/", POSTED, headers={"Referer": before})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Catatan ini sudah diubah. (Siti)" in page
    assert f"{TEXT}</textarea>" in page
    assert f'href="{before}"' in page
    assert "Kirim lagi" not in page


def test_a_stale_form_from_elsewhere_links_nowhere(signed_in):
    response = signed_in.post("/uji/gagal/stale/", POSTED, headers={"Referer": "https://jahat.example/"})
    assert "jahat.example" not in response.content.decode()


@pytest.mark.parametrize("name", [*PAGES, "missing"])
def test_a_failed_page_has_words_and_no_form(signed_in, name):
    response = signed_in.get(f"/uji/gagal/{name}/")
    page = response.content.decode()
    assert response.status_code == (404 if name == "missing" else PAGES[name][0])
    assert "Ke Beranda" in page
    assert "Kirim lagi" not in page
    assert "12345" not in page


def test_waiting_is_announced_in_seconds(signed_in):
    assert signed_in.get("/uji/gagal/down/").headers["Retry-After"] == "10"
    assert signed_in.get("/uji/gagal/too-many/").headers["Retry-After"] == "300"


def test_a_fault_shows_a_number_that_the_log_has_and_nothing_personal(signed_in, logged):
    page = signed_in.get("/uji/gagal/fault/").content.decode()
    incident = re.search(r"<strong>([0-9A-F]{8})</strong>", page)[1]
    assert incident in logged.getvalue()
    assert "RuntimeError" in logged.getvalue()
    assert "tests/house/urls.py" in logged.getvalue()
    for text in (page, logged.getvalue()):
        assert "3515000000000001" not in text
        assert "Slamet" not in text


def test_the_log_has_routes_instead_of_addresses(signed_in, logged):
    signed_in.get("/uji/gema/?q=Slamet+Riyadi", headers={"User-Agent": "Peramban Slamet"})
    assert "GET uji/gema/" in logged.getvalue()
    assert "Slamet" not in logged.getvalue()


def test_an_unknown_address_is_404_for_everyone(signed_in, client):
    for visitor in (signed_in, client):
        response = visitor.get("/tidak/ada/")
        assert response.status_code == 404
        assert "Tidak ditemukan" in response.content.decode()


def test_an_unknown_host_is_refused_in_words(client):
    response = client.get("/masuk/", headers={"Host": "jahat.example"})
    assert response.status_code == 400
    assert "Permintaan tidak dapat dibaca" in response.content.decode()


@pytest.mark.parametrize("letter", ["a", "é"])
def test_a_note_of_three_megabytes_reaches_its_form(signed_in, letter):
    text = letter * 3_000_000
    response = signed_in.post("/uji/catatan/", {"note": text})
    assert response.status_code == 422
    assert text in response.content.decode()
    assert "4000" in response.content.decode()


def test_a_note_beyond_the_limit_is_413_with_its_text(signed_in):
    text = "a" * 17_000_000
    response = signed_in.post("/uji/catatan/", f"note={text}", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "Kiriman terlalu besar" in response.content.decode()
    assert text in response.content.decode()


def test_a_form_without_its_token_is_explained_and_sent_again_with_one_click(worker):
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker)
    refused = client.post("/uji/catatan/", {"note": TEXT})
    page = refused.content.decode()
    assert refused.status_code == 403
    assert f"{TEXT}</textarea>" in page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    assert client.post("/uji/catatan/", {"note": TEXT, "csrfmiddlewaretoken": token}).status_code == 200


@pytest.mark.parametrize("headers", [{"Origin": "https://jahat.example"}, {"Origin": "null"}])
def test_a_strange_page_does_not_get_its_fields_offered_for_sending(worker, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker)
    response = client.post("/uji/catatan/", {"note": TEXT}, headers=headers)
    assert response.status_code == 403
    assert TEXT not in response.content.decode()


def test_files_are_asked_for_again(signed_in):
    with open(__file__, "rb") as file:
        page = signed_in.post("/uji/gagal/refused/", POSTED | {"scan": file}).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert "Pilih lagi berkas test_errors.py" in page


@pytest.mark.django_db(transaction=True)
def test_a_full_database_is_507_and_works_again_afterwards(signed_in):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own limit; PostgreSQL's full disk arrives as the same kind of error")
    try:
        response = signed_in.post("/uji/penuh/", POSTED)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert response.status_code == 507
    assert f"{TEXT}</textarea>" in response.content.decode()
    assert signed_in.get("/akun/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_database_lost_before_the_view_is_503_with_the_text(signed_in):
    if connection.vendor != "sqlite":
        pytest.skip("a missing table is another kind of error there; killing the server is a test of its own")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_session RENAME TO elsewhere")
    try:
        response = signed_in.post("/uji/catatan/", POSTED)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO django_session")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert f"{TEXT}</textarea>" in response.content.decode()
