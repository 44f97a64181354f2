"""What the list of cases can be narrowed by, and the filters that somebody keeps under a name."""

import io
import zipfile
from datetime import date, timedelta

import pytest

from accounts.enums import Role
from accounts.saved_filters import SavedFilter
from cases.enums import Stage, StayEnd, WayIn
from cases.models import Case, Client, Stay
from rehsos.doors import Refused
from services import narrowing, saved, transitions
from services.demo import walk
from services.models import Goal
from tests import factories
from tests.services.browsing import filled, form_in, text_of

CASES = "/kasus/"
FILTERS = "/kasus/filter/"


@pytest.fixture
def found(client):
    """``found(user, **query)``: the numbers in the list."""

    def go(user, **query):
        client.force_login(user)
        return {row.case.number for row in client.get(CASES, query).context["rows"]}

    return go


def keep(by, name="Lewat", query="due=late"):
    return saved.keep(page="services:case_list", name=name, query=query, by=by)


def test_every_filter_of_the_list_finds_its_cases(found, walked):
    people = walked.people
    at = {stage: walked.at(stage) for stage in Stage}
    every = {case.number for case in at.values()}
    today = at[Stage.INTAKE].institution.today()
    Case.objects.filter(pk=at[Stage.CLOSING].pk).update(way_in=WayIn.COURT_ORDER, has_arrears=True)
    Case.objects.filter(pk=at[Stage.PLANNING].pk).update(service_kind="transit", opened_on=today - timedelta(days=40))
    Client.objects.filter(pk=at[Stage.ASSESSMENT].client_id).update(sex="female", regency="35.15")
    closing, planning, assessment = (at[s].number for s in (Stage.CLOSING, Stage.PLANNING, Stage.ASSESSMENT))
    assert found(people.head, way_in="court_order") == {closing}
    assert found(people.head, arrears="open") == {closing}
    assert found(people.head, service_kind="transit") == {planning}
    assert found(people.head, opened_to=today - timedelta(days=39)) == {planning}
    assert found(people.head, opened_from=today - timedelta(days=39)) == every - {planning}
    assert found(people.head, sex="female") == {assessment}
    assert found(people.head, regency="35.15", sex="female") == {assessment}
    placed = set(Stay.objects.values_list("case__number", flat=True))
    assert found(people.head, placed_from=today) == found(people.head, placed_to=today) == placed
    assert found(people.head, placed_from=today + timedelta(days=1)) == set()
    for line in set(Goal.objects.values_list("bimbingan", flat=True)):
        cases = Goal.objects.filter(bimbingan=line).values_list("case__number", flat=True)
        assert found(people.head, bimbingan=line) == set(cases)


def test_both_ends_of_a_placement_period_are_about_one_stay(found, walked):
    case = walked.at(Stage.INTERVENTION)
    first = Stay.objects.filter(case=case)
    first.update(placed_on=date(2025, 1, 10), left_on=date(2025, 2, 1), end=StayEnd.TERM_OVER)
    Stay.objects.create(case=case, institution=case.institution, placed_on=date(2025, 9, 1))
    assert found(walked.people.head, placed_from="2025-01-01", placed_to="2025-01-31") == {case.number}
    assert found(walked.people.head, placed_from="2025-03-01", placed_to="2025-08-01") == set()


def test_waiting_and_leaving_follow_the_process(found, walked):
    people, case = walked.people, walked.at(Stage.ASSESSMENT)
    every = {walked.at(stage).number for stage in Stage}
    assert found(people.head, waiting="worker") == every
    walk.assessment(people, case)
    case.refresh_from_db()
    transitions.submit(case=case, by=people.worker, version=case.version)
    assert found(people.head, waiting="supervisor") == {case.number}
    assert found(people.head, waiting="worker") == every - {case.number}
    assert found(people.head, waiting="head") == found(people.head, waiting="receiver") == set()
    gone = walked.at(Stage.INTERVENTION)
    today = gone.institution.today()
    transitions.depart(case=gone, way=StayEnd.TAKEN_HOME, left_on=today, account="Dijemput.", by=people.worker)
    assert found(people.head, leaving="unsettled") == {gone.number}


@pytest.mark.parametrize("day", [date(2024, 2, 28), date(2024, 2, 29), date(2025, 3, 1)])
def test_bands_of_age_agree_with_the_age_that_pages_show(db, day):
    people = factories.team(factories.institution("BARU"))
    births = [date(2006, 2, 28), date(2006, 3, 1), date(2004, 2, 29), date(1964, 3, 1), date(2018, 2, 28)]
    clients = [factories.client(people, name=f"Lahir {birth}", birth_on=birth) for birth in births]
    for age, ago in [(17, 0), (17, 364), (17, 365), (4, 800), (59, 366), (40, 12_000)]:
        person = factories.client(people, name=f"Kira {age} {ago}", birth_on=None, estimated_age=age)
        Client.objects.filter(pk=person.pk).update(estimated_on=day - timedelta(days=ago))
        clients.append(Client.objects.get(pk=person.pk))
    for person in clients:
        walk.open_case(people, person)
    for band, (low, high) in narrowing.AGES.items():
        inside = set(Case.objects.filter(narrowing.aged(band, day)).values_list("client", flat=True))
        assert inside == {person.pk for person in clients if low <= person.age_on(day) <= high}, band


def test_filter_in_force_is_kept_under_a_name_and_used_by_list_and_table(browse, walked):
    head = walked.people.head
    page = f"{FILTERS}?stage=closing&q=Bayu&opened_from=2026-01-01&page=2&sex=x"
    form = form_in(browse(head, page), "filter_keep")
    answer = browse(head, page, **filled(form, name="Menjelang terminasi"))
    assert answer["Location"] == f"{CASES}?stage=closing&opened_from=2026-01-01"
    row = SavedFilter.objects.get()
    assert (row.user, row.name, row.query) == (head, "Menjelang terminasi", "stage=closing&opened_from=2026-01-01")
    shown = browse(head, answer["Location"])
    assert [(kept.name, is_current) for kept, is_current in shown.context["saved"]] == [("Menjelang terminasi", True)]
    assert "/kasus/daftar.xlsx?stage=closing&amp;opened_from=2026-01-01" in text_of(shown)
    with zipfile.ZipFile(io.BytesIO(browse(head, f"/kasus/daftar.xlsx?{row.query}").content)) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
    assert walked.at(Stage.CLOSING).number in texts and walked.at(Stage.INTAKE).number not in texts


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("", "Kosong", "Belum ada filter yang dipasang"),
        ("?q=Bayu", "Nama orang", "Belum ada filter yang dipasang"),
        ("?due=late", "LEWAT", "Nama ini sudah dipakai"),
        ("?due=late", "", "tidak boleh kosong"),
        ("?due=late", "x" * 61, "60"),
    ],
)
def test_filter_without_content_or_name_is_refused(browse, walked, query, name, words):
    keep(walked.people.worker)
    form = form_in(browse(walked.people.worker, FILTERS), "filter_keep")
    answer = browse(walked.people.worker, FILTERS + query, **filled(form, name=name))
    assert (answer.status_code, words in text_of(answer), SavedFilter.objects.count()) == (422, True, 1)


def test_nobody_keeps_more_than_twenty(walked):
    for number in range(20):
        keep(walked.people.worker, f"Filter {number}")
    with pytest.raises(Refused, match="Paling banyak 20"):
        keep(walked.people.worker, "Satu lagi")
    keep(walked.people.head, "Filter 1")


def test_same_form_twice_keeps_one(browse, walked):
    data = filled(form_in(browse(walked.people.worker, FILTERS), "filter_keep"), name="Lewat")
    answers = [browse(walked.people.worker, f"{FILTERS}?due=late", **data) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert SavedFilter.objects.count() == 1


def test_filter_is_dropped_by_its_owner_alone(browse, walked):
    row = keep(walked.people.worker)
    path = f"{FILTERS}{row.pk}/hapus/"
    assert browse(walked.people.head, path, x=1).status_code == 404
    assert browse(walked.people.worker, path, x=1).status_code == 302
    assert browse(walked.people.worker, path, x=1).status_code == 404
    assert not SavedFilter.objects.exists()


def test_filter_of_who_lost_a_role_still_finds_only_what_is_in_sight(found, walked):
    """A filter holds no cases: a worker who uses the head's finds their own."""
    row = keep(walked.people.head, "Pekerja lain", f"worker={walked.people.worker.pk}&stage=closing")
    query = dict(part.split("=") for part in row.query.split("&"))
    assert found(walked.people.head, **query) == {walked.at(Stage.CLOSING).number}
    assert found(walked.people.other_worker, **query) == set()
    stranger = factories.user("kepala_lain", Role.HEAD, upt=factories.institution("PMKS"))
    assert found(stranger, **query) == set()
