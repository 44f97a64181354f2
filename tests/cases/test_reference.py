"""Reference data are whole: every regency, district and category, each in its place."""

from cases import reference
from cases.models import Client, ClientCategory


def test_east_java_has_29_regencies_and_9_cities():
    assert [name.split()[0] for name in reference.REGENCIES.values()] == ["Kab."] * 29 + ["Kota"] * 9
    assert list(reference.REGENCIES) == [f"35.{n:02}" for n in range(1, 30)] + [f"35.{n}" for n in range(71, 80)]


def test_666_districts_lie_in_known_regencies_and_none_is_empty():
    assert len(reference.DISTRICTS) == 666
    assert {reference.regency_of(code) for code in reference.DISTRICTS} == set(reference.REGENCIES)


def test_districts_of_a_regency_are_its_own():
    assert list(reference.districts_of("35.79").values()) == ["Batu", "Bumiaji", "Junrejo"]
    assert reference.districts_of(reference.OUTSIDE) == {}


def test_someone_from_elsewhere_has_a_choice():
    assert len(reference.regency_choices()) == 39
    assert [code for code, _name in reference.regency_choices()][-1] == reference.OUTSIDE


def test_ppks_has_26_categories_in_the_order_of_the_regulation():
    keys = list(reference.CATEGORIES)
    assert len(keys) == 26
    assert (keys[0], keys[2], keys[16], keys[25]) == (
        "neglected_toddler",
        "child_in_conflict_with_law",
        "substance_abuse_victim",
        "remote_indigenous",
    )


def test_six_religions_and_kepercayaan():
    assert list(reference.RELIGION) == ["islam", "protestant", "catholic", "hindu", "buddhist", "confucian", "belief"]


def test_keys_fit_their_columns():
    for model, column, keys in (
        (Client, "regency", [code for code, _name in reference.regency_choices()]),
        (Client, "district", reference.DISTRICTS),
        (Client, "religion", reference.RELIGION),
        (Client, "education", reference.EDUCATION),
        (ClientCategory, "category", reference.CATEGORIES),
    ):
        assert max(map(len, keys)) <= model._meta.get_field(column).max_length, column
