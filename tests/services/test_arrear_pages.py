"""The list of what is owed, court terms before they end, and what the homes count."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage, StayEnd
from cases.models import Case
from rehsos import clock
from services import models, transitions
from services.demo import walk
from tests import factories
from tests.services.browsing import stage_page, text_of
from tests.services.conftest import NOW
from tests.services.leaving import leave

TODAY = NOW.date()
LATER = TODAY + timedelta(days=14)


@pytest.fixture
def case(walked):
    return walked.at(Stage.ASSESSMENT)


def lists(answer):
    return [(row.arrear.case.number, row.code, row.text, row.url, row.tone) for row in answer.context["rows"]]


# --- the list -------------------------------------------------------------------------------------------------------
def test_list_says_what_is_owed_why_until_when_and_by_whom(browse, people, case, walked):
    transitions.waive(
        case=case, code="B.f", due_on=LATER, reason="Psikolog sakit.", by=people.head, version=case.version
    )
    gone = walked.at(Stage.INTERVENTION)
    leave(people, gone)
    for user in (people.worker, people.supervisor, people.head):
        answer = browse(user, "/tunggakan/")
        assert lists(answer) == [
            (gone.number, "", "Berita acara keluar belum dibuat", f"/kasus/{gone.number}/keluar/", ""),
            (case.number, "B.f", "Temu bahas hasil asesmen belum diisi", stage_page(case, Stage.ASSESSMENT), ""),
        ]
        page = text_of(answer)
        for words in (
            "Sesudah klien keluar",
            "Persetujuan menyusul",
            "Psikolog sakit.",
            people.head.full_name,
            "24 Mar 2026",
        ):
            assert words in page
    seen = Access.objects.filter(page="arrears", actor_id=people.worker.pk).values_list("kind", "subject_id")
    assert set(seen) == {("case", case.pk), ("case", gone.pk)}


def test_late_ones_are_told_apart(client, browse, people, case):
    leave(people, case)
    for days, tone, late in ((6, "", 0), (7, "is-today", 0), (8, "is-late", 1)):
        with clock.at(NOW + timedelta(days=days)):
            client.logout()
            answer = browse(people.worker, "/tunggakan/")
            assert [line[-1] for line in lists(answer)] == [tone]
            assert answer.context["late"] == late
            assert ("lewat tanggal" in text_of(answer)) is bool(late)


def test_nobody_sees_what_others_owe(browse, people, case):
    leave(people, case)
    elsewhere = factories.team(factories.institution("LANSIA"))
    for user in (people.other_worker, elsewhere.head):
        answer = browse(user, "/tunggakan/")
        assert lists(answer) == []
        assert "Tidak ada tunggakan" in text_of(answer)
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    assert browse(office, "/tunggakan/").status_code == 403


def test_paper_that_has_come_is_owed_no_more(browse, people, case):
    transitions.waive(case=case, code="B.f", due_on=LATER, reason="Sakit.", by=people.head, version=case.version)
    walk.paper(people, case, models.AssessmentConference)
    assert lists(browse(people.worker, "/tunggakan/")) == []


def test_protected_client_is_listed_by_initials(browse, people, case):
    case.client.is_protected = True
    case.client.save(update_fields=["is_protected"])
    leave(people, case)
    page = text_of(browse(people.worker, "/tunggakan/"))
    assert "D. P." in page
    assert "Dimas" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_for_one_and_three(client, browse, people, walked, rows, django_assert_num_queries):
    stages = (Stage.ASSESSMENT, Stage.PLANNING, Stage.INTERVENTION)[:rows]
    for stage in stages:
        case = walked.at(stage)
        transitions.depart(case=case, way=StayEnd.TAKEN_HOME, left_on=TODAY, account="Pulang.", by=people.worker)
    for stage in (Stage.CLOSING, Stage.INTAKE)[:rows]:
        Case.objects.filter(pk=walked.at(stage).pk).update(order_number="1/2026", order_until_on=TODAY)
    browse(people.head, "/tunggakan/")
    with django_assert_num_queries(4 + 7):  # session, user, membership, access rows, and the page's own
        client.get("/tunggakan/")


# --- court terms ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "tone", "words"),
    [
        (31, None, ""),
        (30, "wait", "dalam 30 hari"),
        (8, "wait", ""),
        (7, "stop", "dalam 7 hari"),
        (-1, "stop", "sudah"),
    ],
)
def test_court_terms_are_told_before_they_end(browse, people, walked, days, tone, words):
    held = walked.at(Stage.INTERVENTION)
    Case.objects.filter(pk=held.pk).update(order_number="7/2026", order_until_on=TODAY + timedelta(days=days))
    answer = browse(people.worker, "/tunggakan/")
    assert [(order["case"].pk, order["tone"]) for order in answer.context["orders"]] == (
        [(held.pk, tone)] if tone else []
    )
    assert words in text_of(answer)
    on_case = "Penetapan No. 7/2026 berlaku sampai"
    assert (on_case in text_of(browse(people.worker, f"/kasus/{held.number}/"))) is bool(tone)


def test_who_has_left_is_under_no_term(browse, people, walked):
    for stage in (Stage.INTERVENTION, Stage.AFTERCARE):
        Case.objects.filter(pk=walked.at(stage).pk).update(order_number="7/2026", order_until_on=TODAY)
    leave(people, walked.at(Stage.INTERVENTION), StayEnd.BY_LAW)
    assert browse(people.worker, "/tunggakan/").context["orders"] == []


# --- homes and menu -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["worker", "supervisor", "head"])
def test_home_counts_what_is_owed(client, browse, people, case, who):
    leave(people, case)
    user = getattr(people, who)
    answer = browse(user, "/")
    figure = next(figure for figure in answer.context["figures"] if figure["label"] == "tunggakan")
    assert (figure["number"], figure["url"], figure["tone"]) == (1, "/tunggakan/", "wait")
    assert '<a href="/tunggakan/">' in text_of(answer)
    with clock.at(NOW + timedelta(days=8)):
        client.logout()
        figures = browse(user, "/").context["figures"]
        assert next(f for f in figures if f["label"] == "tunggakan")["tone"] == "due"
