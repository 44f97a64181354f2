"""The catalogue is the founding document: its codes, counts, order and words."""

import dataclasses
import hashlib
from collections import Counter

import pytest

from services import catalogue
from services.catalogue import BIMBINGAN, CATALOGUE, DEFINITIONS, FOLDER, LISTS, METHODS, Group, Kind, Scope
from services.checks import catalogue_is_whole, codes_are_known

# One row per printed list, one column per kind in the order of Kind; counted on the document by hand.
COUNTS = {
    "A": (5, 1, 11, 4, 0, 3, 0, 0, 1, 0, 4, 1),
    "B": (1, 1, 1, 1, 2, 1, 1, 0, 0, 0, 0, 0),
    "C": (1, 0, 7, 1, 4, 1, 0, 0, 0, 0, 1, 0),
    "D": (1, 0, 6, 7, 0, 1, 0, 6, 7, 1, 0, 2),
    "E.1": (1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0),
    "E.2": (1, 0, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0),
    "E.3": (1, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0),
    "F": (1, 0, 4, 1, 0, 0, 0, 1, 0, 1, 0, 1),
    "II.A.a": (1, 1, 4, 0, 0, 0, 0, 0, 0, 0, 1, 1),
    "II.A.b": (1, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0),
    "II.A.c": (2, 2, 0, 0, 0, 2, 2, 0, 0, 0, 2, 0),
    "II.B": (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5),
}
SUPERVISIONS = ("A.i A.n A.q A.y B.e C.i D.w D.x D.y D.z D.aa D.bb D.cc E.1.5 E.2.4 E.3.4 F.i").split()
LETTERS = "a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb cc dd ee".split()


def test_catalogue_holds_109_core_and_31_supporting_activities():
    assert Counter(item.group for item in CATALOGUE.values()) == {Group.CORE: 109, Group.SUPPORTING: 31}
    assert len(CATALOGUE) == 140


def test_counts_per_list_and_kind_equal_the_document():
    found = {
        code: tuple(sum(item.kind is kind for item in printed.items) for kind in Kind)
        for code, printed in LISTS.items()
    }
    assert found == COUNTS


def test_kinds_add_up_over_the_whole_document():
    assert tuple(sum(column) for column in zip(*COUNTS.values(), strict=True)) == (
        16, 6, 39, 17, 7, 9, 8, 8, 8, 2, 10, 10,
    )  # fmt: skip


def test_codes_run_in_printed_order():
    def letters(code: str, first: int, last: int) -> list[str]:
        return [f"{code}.{letter}" for letter in LETTERS[first:last]]

    assert list(CATALOGUE) == [
        *letters("A", 0, 30),
        *letters("B", 1, 9),
        *letters("C", 0, 15),
        *letters("D", 0, 31),
        *(f"E.1.{number}" for number in range(1, 7)),
        *(f"E.2.{number}" for number in range(1, 6)),
        *(f"E.3.{number}" for number in range(1, 6)),
        *letters("F", 0, 9),
        *letters("II.A.a", 0, 8),
        *letters("II.A.b", 0, 8),
        *letters("II.A.c", 0, 10),
        *letters("II.B", 0, 5),
    ]


def test_assessment_starts_at_letter_b_as_printed():
    assert [item.code for item in catalogue.for_stage("assessment")] == [
        "B.b", "B.c", "B.d", "B.e", "B.f", "B.g", "B.h", "B.i",
    ]  # fmt: skip


def test_seventeen_activities_are_supervision():
    assert [item.code for item in CATALOGUE.values() if item.kind is Kind.SUPERVISE] == SUPERVISIONS


def test_six_stages_and_two_areas_hold_the_lists():
    assert {code: printed.stage or printed.area for code, printed in LISTS.items()} == {
        "A": "intake",
        "B": "assessment",
        "C": "planning",
        "D": "intervention",
        "E.1": "closing",
        "E.2": "closing",
        "E.3": "closing",
        "F": "aftercare",
        "II.A.a": "quality_development",
        "II.A.b": "quality_development",
        "II.A.c": "quality_development",
        "II.B": "professional_development",
    }


def test_seven_bimbingan_carry_35_concrete_activities():
    assert {key: len(item.activities) for key, item in BIMBINGAN.items()} == {
        "physical": 7,
        "vocational": 5,
        "psychosocial": 16,
        "social": 7,
        "resocialization": 0,
        "community_development": 0,
        "advocacy": 0,
    }
    assert list(BIMBINGAN["psychosocial"].groups) == [
        "mental_spiritual", "mental_intellectual", "mental_psychological", "mental_aesthetic",
    ]  # fmt: skip


def test_five_methods_in_printed_order():
    assert list(METHODS) == [
        "social_casework",
        "social_group_work",
        "community_development_organization",
        "social_work_administration",
        "social_work_research",
    ]


def test_health_and_psychology_activities_are_confidential():
    assert [activity.key for item in BIMBINGAN.values() for activity in item.activities if activity.confidential] == [
        "urine_test",
        "health_check",
        "psychological_consultation",
        "psychological_test",
    ]


def test_activities_naming_several_bimbingan_are_found_under_each():
    assert [item.code for item in catalogue.for_bimbingan("vocational")] == [
        "C.e", "C.k", "D.f", "D.j", "D.q", "D.x",
    ]  # fmt: skip
    assert CATALOGUE["D.j"].bimbingan == ("physical", "vocational")


def test_mended_words_are_shown_and_printed_words_are_kept():
    item = CATALOGUE["II.A.b.h"]
    assert item.text == "Mensosialisasikan laporan hasil uji cona model pelayanan untuk tingkat makro."
    assert item.display == "Menyosialisasikan laporan hasil uji coba model pelayanan untuk tingkat makro"
    assert item.label == f"II.A.b.h · {item.display}"


def test_scope_says_whom_an_activity_usually_serves():
    assert Counter(item.scope for item in CATALOGUE.values()) == {Scope.CASE: 97, Scope.INSTITUTION: 43}


def test_file_is_letter_by_letter_the_one_proofread_against_the_document():
    digest = hashlib.sha256((FOLDER / "catalogue.toml").read_bytes()).hexdigest()
    assert digest == "5645cae5ba6784422272928cffe26430e4428dc5fbc255fb14050e5ff77a2e9e"


def test_words_are_found_in_code_and_text_as_printed_or_mended():
    assert [item.code for item in catalogue.matching("eligibilitas", CATALOGUE.values())] == ["A.v"]
    assert [item.code for item in catalogue.matching("ELIJIBILITAS", CATALOGUE.values())] == ["A.v"]
    assert [item.code for item in catalogue.matching("supervisi advokasi", CATALOGUE.values())] == ["D.cc"]
    assert catalogue.matching("tidak ada kata ini", CATALOGUE.values()) == ()


def test_choices_are_grouped_under_the_printed_lists():
    assert [heading for heading, _ in catalogue.choices()][:2] == [
        "A Pendekatan awal",
        "B Pengungkapan dan pemahaman masalah",
    ]
    assert catalogue.choices([CATALOGUE["B.d"]]) == [
        ("B Pengungkapan dan pemahaman masalah", [("B.d", CATALOGUE["B.d"].label)])
    ]


def test_every_list_is_explained_in_two_or_three_sentences():
    assert list(DEFINITIONS.lists) == list(LISTS)
    assert {code: words.count(".") for code, words in DEFINITIONS.lists.items() if words.count(".") not in (2, 3)} == {}


def test_content_passes_its_system_check():
    assert catalogue_is_whole(None) == []


def test_system_check_names_an_activity_outside_its_list(monkeypatch: pytest.MonkeyPatch):
    strayed = {**CATALOGUE, "B.d": dataclasses.replace(CATALOGUE["B.d"], list_code="C")}
    monkeypatch.setattr("services.checks.CATALOGUE", strayed)
    assert [error.msg for error in catalogue_is_whole(None)] == ["B.d does not belong to list C."]


def test_workflow_and_records_name_known_codes_only(monkeypatch: pytest.MonkeyPatch):
    assert codes_are_known(None) == []
    shorter = {code: item for code, item in CATALOGUE.items() if code not in ("B.h", "C.i")}
    monkeypatch.setattr("services.checks.CATALOGUE", shorter)
    assert [error.msg for error in codes_are_known(None)] == [
        "assessment names 'B.h', which the catalogue does not hold.",
        "planning names 'C.i', which the catalogue does not hold as a supervision.",
        "AssessmentReport names 'B.h', which the catalogue does not hold.",
    ]


def test_sign_offs_are_supervisions(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("services.checks.sign_offs_of", lambda step: ("B.d",))
    assert {error.msg for error in codes_are_known(None)} == {
        f"{stage} names 'B.d', which the catalogue does not hold as a supervision."
        for stage in ("intake", "assessment", "planning", "intervention", "closing", "aftercare")
    }
