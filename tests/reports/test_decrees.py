"""One decree that places many."""

import pytest

from cases.enums import Stage
from reports import issuable, issuing
from reports.enums import PaperKind
from tests import factories
from tests.reports.issued import issued, kept, placed
from tests.reports.papers import team, text, upt
from tests.reports.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> factories.Team:
    return team(upt())


@pytest.fixture
def case(people):
    return placed(people)


def test_one_decree_places_many_with_an_annex_of_names(people, case):
    second, third = placed(people, "Bagus Wicaksono"), placed(people, "Rizal Maulana")
    paper = issued(people, case, second, third, kind=PaperKind.PLACEMENT, by=people.head)
    words = text(kept(paper))
    assert paper.title == "SK penempatan (3 orang)"
    assert set(paper.cases) == {case, second, third}
    assert "3 (tiga) calon penerima manfaat" in words
    assert "Menempatkan nama-nama dalam lampiran keputusan ini" in words
    assert f"1 M. RAFI PRATAMA {case.client.number} {case.number}" in words
    assert f"3 RIZAL MAULANA {third.client.number} {third.number}" in words
    told = [f"{case.number}: sudah terbit dengan nomor {paper.number}; batalkan dahulu bila harus diganti."]
    values = {"kind": PaperKind.PLACEMENT, "subject": issuable.ONLY, "cases": [case], "by": people.head}
    assert refusal(issuing.issue, **values) == told


def test_a_decree_is_for_who_is_placed(people, case):
    early = factories.case(people, Stage.INTAKE, factories.client(people, name="Agus Salim"))
    values = {"kind": PaperKind.PLACEMENT, "subject": issuable.ONLY, "cases": [case, early], "by": people.head}
    assert refusal(issuing.issue, **values) == [f"{early.number}: penempatan belum diisi."]
