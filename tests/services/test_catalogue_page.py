"""The catalogue page shows every activity once, as printed, with its place; words and stage narrow it."""

import re

import pytest

from accounts.models import User
from services.catalogue import BIMBINGAN, CATALOGUE, METHODS
from services.forms.catalogue import CatalogueFilter
from services.places import where

ROW = re.compile(r'<li id="([^"]+)">\s*<span class="code">\1</span>')


def found(**query: str) -> list[str]:
    return [item.code for item in CatalogueFilter(query).found()]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({}, list(CATALOGUE)),
        ({"q": "supervisi", "stage": "closing"}, ["E.1.5", "E.2.4", "E.3.4"]),
        ({"q": "uji coba", "stage": "supporting"}, ["II.A.b.b", "II.A.b.e", "II.A.b.f", "II.A.b.g", "II.A.b.h"]),
        ({"q": "b.D"}, ["B.d"]),
        ({"q": "A.a"}, ["A.a", "A.aa"]),
        ({"stage": "no such stage", "q": "eligibilitas"}, ["A.v"]),
        ({"q": "x" * 101, "stage": "assessment"}, [code for code in CATALOGUE if code.startswith("B.")]),
        ({"q": "tidak ada"}, []),
    ],
)
def test_filter_narrows_by_words_and_stage(query, codes):
    assert found(**query) == codes


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("A.u", "Ceklis administrasi (Pendekatan awal)"),
        ("B.d", "Asesmen empat aspek (Asesmen)"),
        ("C.e", "Tujuan rencana (Rencana)"),
        ("B.e", "Supervisi (Asesmen)"),
        ("D.x", "Supervisi (Pelaksanaan)"),
        ("A.i", "Sosialisasi"),
        ("II.B.a", "Kegiatan penunjang"),
    ],
)
def test_place_is_the_record_the_supervision_or_the_log(code, place):
    assert where(CATALOGUE[code]) == place


@pytest.fixture
def page(client, db):
    client.force_login(User.objects.create_user("pekerja", "", name="Ratna Kusumawardani"))
    return lambda **query: client.get("/katalog/", query).content.decode()


def test_every_activity_is_on_the_page_once_in_printed_order(page):
    text = page()
    assert ROW.findall(text) == list(CATALOGUE)
    assert "140 dari 140 butir" in text
    assert [key for key in BIMBINGAN if f'id="bimbingan-{key}"' not in text] == []
    assert [method.name for method in METHODS.values() if method.name not in text] == []


def test_page_fits_a_weak_line(page):
    assert len(page().encode()) < 100_000


def test_page_shows_mended_words_and_keeps_the_printed_ones(page):
    text = page(q="A.v")
    assert "(eligibilitas)" in text
    assert "(elijibilitas)" in text


def test_page_without_findings_says_what_to_do(page):
    text = page(q="<script>alert(1)</script>")
    assert ROW.findall(text) == []
    assert "Tidak ada butir dengan kata itu" in text
    assert "<script>alert" not in text


def test_page_asks_for_sign_in(client, db):
    response = client.get("/katalog/")
    assert (response.status_code, response["Location"]) == (302, "/masuk/?next=%2Fkatalog%2F")
