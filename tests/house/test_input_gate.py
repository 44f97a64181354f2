"""Text that no database, PDF or spreadsheet can hold is refused before any view sees it."""

import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.house.urls")]
ECHO = "/uji/gema/"
FORM = "application/x-www-form-urlencoded"

BAD = {
    "NUL": "%00",
    "bell": "%07",
    "escape": "%1B",
    "vertical tab": "%0B",
    "delete": "%7F",
    "lone surrogate": "%ED%A0%80",
    "not UTF-8": "%FF",
    "overlong": "%C0%80",
}
GOOD = [
    "Ma'ruf",
    "Suharto",
    "baris satu\r\nbaris dua\tkolom",
    "😀 👩\u200d👧",
    "\u202eterbalik\u202c",
    "ꦱꦸꦫꦧꦪ",
    "محمد",
    "𝕊 di luar BMP",
    "=HYPERLINK()",
    "<script>",
]


@pytest.mark.parametrize("code", BAD.values(), ids=BAD.keys())
def test_a_bad_character_is_refused_everywhere(client, code):
    assert client.get(f"{ECHO}?q=a{code}b").status_code == 400
    assert client.get(f"{ECHO}?a{code}b=1").status_code == 400
    assert client.post(ECHO, f"note=a{code}b", content_type=FORM).status_code == 422
    assert client.post(ECHO, f"a{code}b=1", content_type=FORM).status_code == 422


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b"])
def test_a_bad_path_is_refused(client, character):
    response = client.get(f"/kasus/A{character}B/")
    assert response.status_code == 400
    assert "Alamat tidak dapat dibaca" in response.content.decode()


def test_a_bad_cookie_is_refused(client):
    client.cookies["sessionid"] = "abc\x00def"
    assert client.get(ECHO).status_code == 400


@pytest.mark.parametrize("field, name", [("scan", "a\x00b.pdf"), ("sc\x00an", "a.pdf")])
def test_a_bad_file_or_field_name_never_reaches_a_view(client, field, name):
    response = client.post(ECHO, {field: SimpleUploadedFile(name, b"%PDF-"), "note": "utuh"})
    assert response.status_code in (200, 422)


@pytest.mark.parametrize("text", GOOD)
def test_what_people_write_passes_unchanged(client, text):
    assert client.post(ECHO, {"note": text}).content.decode() == text
    assert client.get(ECHO, {"q": text}).content.decode() == text


def test_letters_with_marks_are_composed(client):
    text = unicodedata.normalize("NFD", "é Ngawi ṣ")
    assert client.post(ECHO, {"note": text}).content.decode() == unicodedata.normalize("NFC", text)
    assert client.get(ECHO, {"q": text}).content.decode() == unicodedata.normalize("NFC", text)


def test_a_refused_form_comes_back_washed_and_ready_to_send():
    client = Client(enforce_csrf_checks=True)
    token = client.get("/masuk/").cookies["csrftoken"].value
    body = "note=Catatan%00+panjang%0Abaris+dua&version=3&password=rahasia"
    response = client.post(ECHO, body, content_type=FORM, headers={"X-CSRFToken": token})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Catatan panjang\nbaris dua</textarea>" in page
    assert '<input type="hidden" name="version" value="3">' in page
    assert "rahasia" not in page
    assert "Kirim lagi" in page
