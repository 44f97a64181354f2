"""Calon klien: from a participant of outreach to a case, and how far each candidate is."""

import pytest

from cases.enums import Outcome, Stage
from cases.models import Case, Client
from services import candidates, models
from services.demo import walk
from services.models import Activity
from tests import factories
from tests.services.browsing import filled, form_in, text_of
from tests.services.leaving import end, leave, write_minutes
from tests.services.process.acts import fresh
from tests.services.test_outreach import TODAY, came, held


def person(by, name="Yanto Pasar", code="A.l", **words):
    (row,) = came(held(by, code), by, name, **words)
    return row


def state_of(user, case):
    return candidates.of(user, TODAY.year).values_list("state", flat=True).get(pk=case.pk)


# --- From a participant to a candidate ---
def test_one_click_leads_over_the_register_to_the_case_and_the_visit_counts_for_it(browse, people):
    row = person(people.worker, age=14, origin="Waru", sex="male")
    page = text_of(browse(people.worker, f"/sosialisasi/{row.event_id}/"))
    assert f"/sosialisasi/peserta/{row.pk}/calon/" in page
    register = browse(people.worker, f"/sosialisasi/peserta/{row.pk}/calon/").url
    assert register == f"/klien/baru/?peserta={row.pk}"
    form = form_in(browse(people.worker, register), "client_new")
    assert [form[name].value() for name in ("name", "estimated_age", "address")] == ["Yanto Pasar", 14, "Waru"]
    typed = filled(form, primary="street_child")
    opening = browse(people.worker, register, **typed).url
    assert browse(people.worker, register, **typed).url == opening  # sent twice, registered once
    client = Client.objects.get(name="Yanto Pasar")
    assert opening == f"/klien/{client.number}/kasus-baru/?peserta={row.pk}"
    form = form_in(browse(people.worker, opening), "case_new")
    assert (form["way_in"].value(), form["first_contact_on"].value()) == ("outreach", TODAY)
    for _time in range(2):
        browse(people.worker, opening, **filled(form))
    case = Case.objects.get(client=client)
    row.refresh_from_db()
    visit = Activity.objects.get(code="A.l", record_id=row.event_id)
    assert (row.client, row.case, list(visit.cases.all())) == (client, case, [case])
    assert "Yanto Pasar" in text_of(browse(people.worker, "/calon/?keadaan=identified"))


def test_who_is_in_the_register_already_is_recognised_and_not_entered_twice(browse, people):
    known = factories.client(people, name="Yanto Pasaribu")
    row = person(people.worker, "Yanto Pasaribu")
    path = f"/sosialisasi/peserta/{row.pk}/calon/"
    page = browse(people.worker, path)
    assert "Mungkin sudah terdaftar" in text_of(page)
    answer = browse(people.worker, path, form_key=page.context["form"]["form_key"].value(), number=known.number)
    row.refresh_from_db()
    assert (answer.url, row.client) == (f"/klien/{known.number}/kasus-baru/?peserta={row.pk}", known)
    assert Client.objects.filter(name="Yanto Pasaribu").count() == 1


def test_client_whose_case_is_open_is_a_candidate_of_that_case(walked, people):
    case = walked.at(Stage.INTAKE)
    row = person(people.worker, case.client.name)
    candidates.recognise(participant=row, number=case.client.number, by=people.worker)
    row.refresh_from_db()
    assert (row.client, row.case) == (case.client, case)


def test_colleague_who_may_not_read_the_name_makes_nobody_a_candidate(browse, people):
    row = person(people.worker)
    for path in (f"/sosialisasi/peserta/{row.pk}/calon/", f"/klien/baru/?peserta={row.pk}"):
        assert browse(people.other_worker, path).status_code == 404


# --- How far they are ---
def test_state_follows_from_what_is_on_record(people):
    case = walk.open_case(people, factories.client(people, name="Sari Baru"))
    seen = [state_of(people.head, case)]
    walk.log(people, case, "A.p", "Kunjungan motivasi.")
    seen.append(state_of(people.head, case))
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    seen.append(state_of(people.head, case))
    walk.decide(people, case, "waiting_list")
    seen.append(state_of(people.head, case))
    walk.fill(people, case, models.Notice)
    walk.decide(people, fresh(case), "accepted")
    seen.append(state_of(people.head, case))
    walk.fill(people, case, models.Agreement, models.Placement)
    seen.append(state_of(people.head, case))
    assert seen == ["identified", "motivated", "selection", "waiting_list", "accepted", "placed"]


@pytest.mark.parametrize(("way", "papers"), [("not_eligible", ()), ("referred", (models.CandidateReferral,))])
def test_who_is_not_taken_in_is_counted_as_a_candidate_that_ended(walked, people, way, papers):
    case = walk.open_case(people, factories.client(people, name="Sari Baru"))
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    walk.decide(people, case, way)
    walk.fill(people, case, models.Notice, *papers)
    walk.end_stage(people, case)
    assert fresh(case).outcome in (Outcome.NOT_ELIGIBLE, Outcome.REFERRED_AT_SELECTION)
    assert (state_of(people.head, case), fresh(case).stays.count()) == (way, 0)


def test_who_withdraws_is_counted_apart_from_those_who_left_the_house(walked, people):
    case = walk.open_case(people, factories.client(people, name="Sari Baru"))
    leave(people, case, "withdrew")
    write_minutes(people, case)
    end(people, fresh(case))
    assert (state_of(people.head, case), fresh(case).outcome) == ("withdrew", Outcome.WITHDREW)
    resident = walked.at(Stage.ASSESSMENT)
    assert not candidates.of(people.head, TODAY.year).filter(pk=resident.pk).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_for_one_and_three_candidates(client, people, rows, django_assert_num_queries):
    for number in range(rows):
        walk.open_case(people, factories.client(people, name=f"Calon {'ABC'[number]}{number}"))
    client.force_login(people.supervisor)
    client.get("/calon/")
    with django_assert_num_queries(4 + 4):
        client.get("/calon/")
