"""Four people at the same moment: no number twice, none lost, and one paper is issued once."""

import pytest

from rehsos.doors import Refused
from reports import issuing
from reports.enums import PaperKind
from reports.issuable import ONLY
from reports.models import IssuedPaper
from tests import factories
from tests.reports.issued import placed
from tests.services.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)

KINDS = (PaperKind.AGREEMENT, PaperKind.PLACEMENT)
ROUNDS = [2, pytest.param(20, marks=pytest.mark.heavy)]


def issue(people, case, kind=PaperKind.AGREEMENT):
    return lambda: issuing.issue(kind=kind, subject=ONLY, cases=[case], by=people.worker)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_four_at_once_get_four_numbers_in_a_row(rounds):
    people = factories.team()
    cases = [placed(people, name) for name in ("Rafi", "Bagus", "Wahyu", "Rizal")]
    year = cases[0].institution.today().year
    for turn in range(rounds):
        kind = KINDS[turn % 2]
        papers = at_once(*(issue(people, case, kind) for case in cases))
        assert {type(paper) for paper in papers} == {IssuedPaper}
        first = 4 * turn + 1
        assert {paper.number for paper in papers} == {f"400.9/{first + at}/ANKN/{year}" for at in range(4)}
        if turn % 2:
            for paper in IssuedPaper.objects.live():
                issuing.cancel(paper=paper, reason="Uji.", by=people.head)
    assert len(set(IssuedPaper.objects.values_list("code", flat=True))) == 4 * rounds


def test_the_same_paper_is_issued_once_by_four():
    people = factories.team()
    case = placed(people)
    answers = at_once(*(issue(people, case) for _turn in range(4)))
    paper = IssuedPaper.objects.get()
    assert sorted(type(answer).__name__ for answer in answers) == ["IssuedPaper", "Refused", "Refused", "Refused"]
    told = f"{case.number}: sudah terbit dengan nomor {paper.number}; batalkan dahulu bila harus diganti."
    assert {tuple(answer.reasons) for answer in answers if isinstance(answer, Refused)} == {(told,)}
