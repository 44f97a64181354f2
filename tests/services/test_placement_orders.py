"""Court orders of a case: an extension adds a row, nothing is edited, and what reminds follows the newest."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from cases.enums import Stage
from cases.models import Case
from services import owed
from services.models import PlacementOrder
from tests.services.browsing import text_of
from tests.services.walked import NOW

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def case(walked):
    found = walked.at(Stage.INTERVENTION)
    order = {"order_number": "7/Pid/2026", "order_by": "PN Sidoarjo", "order_on": TODAY - timedelta(days=60)}
    Case.objects.filter(pk=found.pk).update(**order, order_until_on=TODAY + timedelta(days=6))
    found.refresh_from_db()
    return found


def changed(browse, user, case, **values):
    path = f"/kasus/{case.number}/penetapan/"
    form = browse(user, path).context["form"]
    typed = {"kind": "extension", "number": "9/Pid/2026", "issued_by": "PN Sidoarjo", "on": str(TODAY)}
    typed |= {"until_on": str(TODAY + timedelta(days=90)), "form_key": form["form_key"].value()}
    return browse(user, path, **(typed | values))


def test_extension_adds_a_row_and_reminders_follow_it(browse, people, case):
    assert list(owed.ending_orders(people.head, TODAY)) == [case]
    assert changed(browse, people.worker, case).status_code == 302
    assert list(owed.ending_orders(people.head, TODAY)) == []
    rows = PlacementOrder.objects.filter(case=case).order_by("pk").values_list("kind", "number", "until_on", "by")
    assert list(rows) == [
        ("first", "7/Pid/2026", TODAY + timedelta(days=6), None),
        ("extension", "9/Pid/2026", TODAY + timedelta(days=90), people.worker.pk),
    ]
    changed(browse, people.head, case, kind="replacement", number="2/2026", until_on=str(TODAY + timedelta(days=20)))
    page = text_of(browse(people.supervisor, f"/kasus/{case.number}/penetapan/"))
    assert [page.index(number) for number in ("2/2026", "9/Pid/2026", "7/Pid/2026")] == sorted(
        page.index(number) for number in ("2/2026", "9/Pid/2026", "7/Pid/2026")
    )
    assert list(owed.ending_orders(people.head, TODAY)) == [case]
    assert "Penetapan No. 2/2026 berlaku sampai" in text_of(browse(people.worker, f"/kasus/{case.number}/"))


def test_what_makes_no_sense_is_refused_with_the_text_and_sent_twice_counts_once(browse, people, case):
    told = []
    for wrong in (
        {"until_on": str(TODAY + timedelta(days=6))},
        {"until_on": str(TODAY - timedelta(days=1)), "kind": "replacement"},
        {"on": str(TODAY + timedelta(days=1))},
        {"number": ""},
    ):
        answer = changed(browse, people.worker, case, note="Masih berduka.", **wrong)
        told.append((answer.status_code, "Masih berduka." in text_of(answer)))
    assert (told, PlacementOrder.objects.count()) == ([(422, True)] * 4, 0)
    form = browse(people.worker, f"/kasus/{case.number}/penetapan/").context["form"]
    key = form["form_key"].value()
    answers = [changed(browse, people.worker, case, form_key=key).status_code for _time in range(2)]
    assert (answers, PlacementOrder.objects.count()) == ([302, 302], 2)
    row = PlacementOrder.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        PlacementOrder.objects.filter(pk=row.pk).update(number="palsu")
