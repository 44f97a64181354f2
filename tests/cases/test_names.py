"""Names fold for search without losing anybody, and near duplicates say why."""

from datetime import date
from types import SimpleNamespace

import pytest

from cases.names import FOLDED_LENGTH, fold, similar

BORN = date(2009, 3, 3)


def person(name: str, birth_on: date | None = None) -> SimpleNamespace:
    return SimpleNamespace(name=name, folded_name=fold(name), birth_on=birth_on)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ma'ruf", "maruf"),
        ("Ma’ruf", "maruf"),
        ("Maʼrūf", "maruf"),
        ("Suharto", "suharto"),
        ("  Dimas\u00a0  Prasetyo ", "dimas prasetyo"),
        ("MOH.Arif,S.Pd", "moh arif s pd"),
        ("Siti-Aminah", "siti aminah"),
        ("José Ñúñez", "jose nunez"),
        ("Ｄｉｍａｓ", "dimas"),
        ("İsmail", "ismail"),
        ("محمد", "محمد"),
        ("أَحْمَد", "احمد"),
        ("ꦱꦶꦠꦶ", "ꦱꦶꦠꦶ"),
        ("陳美玲", "陳美玲"),
        ("\u202eDimas\u202c", "dimas"),
        ("Bu\u200bdi", "budi"),
        ("Budi 😀", "budi 😀"),
        ("-", "-"),
        ("", ""),
    ],
)
def test_name_folds(name, folded):
    assert fold(name) == folded


def test_folding_twice_changes_nothing():
    for name in ("Ma’rūf", "أَحْمَد", "ꦱꦶꦠꦶ", "Straße", "한글"):
        assert fold(fold(name)) == fold(name)


def test_folded_name_fits_its_column_whatever_is_typed():
    assert len(fold("\ufdfa" * 120)) == FOLDED_LENGTH


@pytest.mark.parametrize(
    ("typed", "born", "known", "known_born", "reason"),
    [
        ("Dimas Prasetyo", BORN, "Dimas Prasetya", BORN, "nama mirip 93 %, tanggal lahir sama"),
        ("Dimas Prasetyo", BORN, "DIMAS PRASETYO", BORN, "nama sama, tanggal lahir sama"),
        ("Ma'ruf", None, "Maruf", BORN, "nama sama, tanggal lahir tidak diketahui"),
        (
            "Siti Aminah",
            date(2010, 4, 5),
            "Siti Aminah",
            date(2010, 5, 4),
            "nama sama, tanggal dan bulan lahir tertukar",
        ),
        ("Siti Aminah", BORN, "Siti Aminah", date(2010, 3, 3), "nama sama, tanggal dan bulan lahir sama"),
        ("Siti Aminah", BORN, "Siti Aminah", date(2009, 3, 30), "nama sama, bulan dan tahun lahir sama"),
        ("Siti Aminah", BORN, "Siti Aminah", date(1990, 1, 1), "nama sama, tanggal lahir berbeda"),
    ],
)
def test_near_duplicate_says_why(typed, born, known, known_born, reason):
    assert [match.reason for match in similar(typed, born, [person(known, known_born)])] == [reason]


@pytest.mark.parametrize(
    ("typed", "born", "known", "known_born"),
    [
        ("Dimas Prasetyo", BORN, "Bambang Wijaya", BORN),
        ("Dimas Prasetyo", BORN, "Dimas Prasetya", date(1990, 1, 1)),
        ("Ali", None, "Alimin Saputra", None),
    ],
)
def test_someone_else_is_not_reported(typed, born, known, known_born):
    assert similar(typed, born, [person(known, known_born)]) == []


def test_likeliest_comes_first():
    elsewhere, same, alike = (
        person("Siti Aminah", date(1990, 1, 1)),
        person("Siti Aminah", BORN),
        person("Siti Amina", BORN),
    )
    found = similar("Siti Aminah", BORN, [elsewhere, alike, same])
    assert [match.candidate for match in found] == [same, alike, elsewhere]
