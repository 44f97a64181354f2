"""Tools: the register, loans one at a time, maintenance as D.ee, what pages show and cost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage
from rehsos import clock
from rehsos.doors import Refused, Stale
from reports import monthly
from reports.months import Month
from services import tools
from services.models import Activity, Tool, ToolCare, ToolLoan
from tests import factories
from tests.services import residents
from tests.services.browsing import filled, form_in, text_of
from tests.services.walked import NOW

TODAY = date(2026, 3, 10)
GUITAR = {"name": "Gitar", "kind": "art", "number": "A-01", "room": "Ruang musik"}


@pytest.fixture
def upt(people):
    return people.worker.institution


@pytest.fixture
def teacher(upt):
    return factories.user("guru", Role.INSTRUCTOR, upt=upt)


@pytest.fixture
def guitar(people, upt):
    return tools.add(institution=upt, values=GUITAR, by=people.head)


@pytest.fixture
def stay(walked):
    return walked.at(Stage.INTERVENTION).stays.select_related("case__client", "institution").get()


def lend(tool, by, **changes):
    words = {"out_on": TODAY, "due_on": TODAY + timedelta(days=2), **changes}
    return tools.lend(tool_id=tool.pk, by=by, **words)


def back(tool, by, condition="good", on=TODAY):
    return tools.take_back(tool_id=tool.pk, on=on, condition=condition, by=by)


def test_tool_is_lent_to_one_at_a_time_and_comes_back_in_a_condition(guitar, teacher, people, stay):
    loan = lend(guitar, teacher, stay=stay)
    with pytest.raises(Refused, match="sedang dipinjam"):
        lend(guitar, people.worker, person=teacher)
    with pytest.raises(Refused, match="sedang dipinjam"):
        tools.retire(tool_id=guitar.pk, reason="Rusak.", by=people.head)
    copy = {"tool": guitar, "person": teacher, "out_on": TODAY, "due_on": TODAY, "condition_out": "good"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ToolLoan.objects.create(**copy, lent_by=teacher, activity=Activity.objects.exclude(pk=loan.activity_id)[0])
    back(guitar, people.worker, "broken")
    with pytest.raises(Stale):
        back(guitar, people.worker)
    loan.refresh_from_db()
    guitar.refresh_from_db()
    assert (loan.received_by, loan.condition_back, guitar.condition) == (people.worker, "broken", "broken")
    with pytest.raises(Refused, match="rusak berat"):
        lend(guitar, teacher, stay=stay)


def test_loans_and_maintenance_are_dee_of_whoever_did_them(guitar, teacher, people, upt, stay):
    lend(guitar, teacher, stay=stay)
    back(guitar, teacher)
    values = {"kind": "repair", "on": TODAY, "account": "Senar diganti.", "cost": 45_000, "condition": "good"}
    tools.maintain(tool_id=guitar.pk, values=values, by=teacher)
    done = Activity.objects.filter(code="D.ee").order_by("pk").values_list("by", "on", "account", "place")
    assert list(done) == [
        (teacher.pk, TODAY, "Alat disiapkan dan dipinjamkan: Gitar (A-01).", "Ruang musik"),
        (teacher.pk, TODAY, "Perbaikan, Gitar (A-01): Senar diganti.", "Ruang musik"),
    ]
    month = monthly.report(upt, Month(TODAY.replace(day=1)))
    assert month.work["D.ee"].times == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        ToolCare.objects.update(account="Lain")


def test_who_may_what_and_what_is_refused(guitar, teacher, people, upt, stay):
    office = factories.user("tu2", Role.ADMIN_OFFICE, upt=upt)
    stranger = factories.team(factories.institution("LAIN")).worker
    for act, error in (
        (lambda: tools.add(institution=upt, values=GUITAR, by=teacher), PermissionDenied),
        (lambda: tools.add(institution=upt, values=GUITAR, by=office), Refused),
        (lambda: lend(guitar, office, person=teacher), PermissionDenied),
        (lambda: lend(guitar, stranger, person=teacher), Http404),
        (lambda: lend(guitar, teacher, person=stranger), Refused),
        (lambda: lend(guitar, teacher, stay=stay, due_on=TODAY - timedelta(days=1)), Refused),
        (lambda: lend(guitar, teacher, stay=stay, out_on=stay.placed_on - timedelta(days=1)), Refused),
        (lambda: tools.retire(tool_id=guitar.pk, reason=" ", by=office), Refused),
    ):
        with pytest.raises(error):
            act()
    assert not ToolLoan.objects.exists()
    tools.retire(tool_id=guitar.pk, reason="Patah.", by=office)
    again = tools.add(institution=upt, values=GUITAR, by=office)  # the number is free again
    assert list(Tool.objects.order_by("pk").values_list("pk", "retired_reason")) == [
        (guitar.pk, "Patah."),
        (again.pk, ""),
    ]
    with pytest.raises(Refused, match="tidak dipakai"):
        lend(guitar, teacher, stay=stay)


def test_pages_lend_and_take_back_and_tell_who_is_late(browse, guitar, teacher, people, stay):
    url = f"/sarana/alat/{guitar.pk}/"
    form = form_in(browse(teacher, url), "tool_lend")
    assert browse(teacher, f"{url}pinjam/", **filled(form, whom=f"klien-{stay.pk}", due_on=TODAY)).status_code == 302
    name = stay.case.client.shown_name
    with clock.at(NOW + timedelta(days=1)):
        late = browse(people.head, "/sarana/alat/?tampil=terlambat")
        assert (name in text_of(late), "lewat 1 hari" in text_of(late)) == (True, True)
        read = Access.objects.filter(actor_id=people.head.pk, page="tools").values_list("subject_id", flat=True)
        assert list(read) == [stay.case_id]
        form = form_in(browse(teacher, url), "tool_return")
        browse(teacher, f"{url}kembali/", **filled(form, condition="worn", note="Senar putus."))
    assert ToolLoan.objects.values_list("condition_back", "return_note").get() == ("worn", "Senar putus.")
    form = form_in(browse(teacher, url), "tool_care")
    answer = browse(teacher, f"{url}rawat/", **filled(form, kind="repair", condition="good", cost="45.000"))
    assert (answer.status_code, ToolCare.objects.count()) == (422, 0)
    browse(teacher, f"{url}rawat/", **filled(form, kind="repair", condition="good", cost="45.000", account="Senar."))
    assert ToolCare.objects.values_list("cost", "by").get() == (45_000, teacher.pk)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_and_page_ask_the_same_for_one_and_three(client, people, teacher, upt, rows, django_assert_num_queries):
    stays = residents.many(people.worker, rows)
    for number, stay in enumerate(stays):
        tool = tools.add(institution=upt, values={**GUITAR, "number": f"B-{number}"}, by=people.head)
        lend(tool, teacher, stay=stay)
    for _turn in range(rows):
        back(tool, teacher)
        lend(tool, teacher, stay=stays[0])
    client.force_login(teacher)
    for path, queries in (("/sarana/alat/", 8), (f"/sarana/alat/{tool.pk}/", 7)):
        client.get(path)
        with django_assert_num_queries(queries):
            client.get(path)
