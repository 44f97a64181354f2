"""What is typed into the form of a record: dates, names, rows, and what stands there beforehand."""

from datetime import timedelta

import pytest

from cases.enums import Stage
from services import models
from services.demo import walk
from tests import factories
from tests.services.forms import case_for, filled
from tests.services.record_pages import address, drawn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "Tanggal tidak boleh di masa depan."), (-1, "Tanggal mendahului kontak pertama dengan klien.")],
)
def test_dates_outside_the_case_are_refused(client, days, words):
    people = factories.team()
    case = factories.case(people)
    url = address(case, models.Eligibility)
    on = case.institution.today() + timedelta(days=days)
    form = drawn(client, people.worker, url)
    answer = client.post(url, filled(case, models.Eligibility, form, on=on, findings="Ketikan"))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Ketikan" in answer.content.decode()
    assert not models.Eligibility.objects.exists()


@pytest.mark.parametrize("on", ["", "kemarin", "2026-02-30", "0001-01-01", "99999-01-01"])
def test_what_is_no_date_is_refused(client, on):
    people = factories.team()
    case = factories.case(people)
    url = address(case, models.Eligibility)
    answer = client.post(url, filled(case, models.Eligibility, drawn(client, people.worker, url), on=on))
    assert answer.status_code == 422
    assert not models.Eligibility.objects.exists()


def test_date_in_a_row_is_looked_at_too(client):
    people = factories.team()
    case = case_for(people, models.Notice)
    url = address(case, models.Notice)
    tomorrow = case.institution.today() + timedelta(days=1)
    data = filled(case, models.Notice, drawn(client, people.worker, url))
    answer = client.post(url, data | {"recipients-family-told_on": tomorrow.isoformat()})
    assert answer.status_code == 422
    assert "Keluarga, tanggal: Tanggal tidak boleh di masa depan." in answer.content.decode()


def test_too_long_a_name_is_refused_with_the_limit_and_nothing_typed_is_lost(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    kind = models.AssessmentConference
    url = address(case, kind)
    long = "Panjang sekali " * 700
    data = filled(case, kind, drawn(client, people.worker, url), leader=long, agenda="Ketikan pokok bahasan")
    data |= {"participants-2-name": long, "participants-3-name": "Peserta ketiga"}
    answer = client.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    problems = [row["text"] for row in answer.context["form"].problems]
    assert [text.split(":")[0] for text in problems] == ["Pimpinan", "Peserta 2, nama"]
    assert all("120" in text for text in problems)
    for kept in (long.strip(), "Ketikan pokok bahasan", "Peserta ketiga"):
        assert kept in page
    assert not kind.objects.exists()


def test_missing_rows_are_named_with_their_aspect(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    url = address(case, models.Assessment)
    data = filled(case, models.Assessment, drawn(client, people.worker, url))
    data |= {"findings-social-needs": ""}
    del data["findings-spiritual-score"]
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert [(row["id"], row["text"].split(":")[0]) for row in answer.context["form"].problems] == [
        ("id_findings-social-needs", "Sosial, kebutuhan"),
        ("id_findings-spiritual-score", "Spiritual, nilai 1–5"),
    ]


def test_blank_participants_are_ignored_and_the_first_is_written_beforehand(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    kind = models.AssessmentConference
    form = drawn(client, people.worker, address(case, kind))
    assert form["minute_taker"].value() == people.worker.full_name
    first, *others = form.row_forms["participants"]
    assert first["name"].value() == people.worker.full_name
    assert len(others) == 7 and not any(row["name"].value() for row in others)

    data = {name: value for name, value in filled(case, kind, form).items() if "participants-" not in name}
    data |= {
        "participants-1-name": people.worker.full_name,
        "participants-7-name": " Bu RT ",
        "participants-7-role": "",
    }
    client.post(address(case, kind), data)
    (record,) = kind.objects.all()
    assert [(part.key, part.label) for part in record.participants.all()] == [
        ("1", people.worker.full_name),
        ("7", "Bu RT"),
    ]


def test_participant_without_a_name_is_asked_for_it(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    url = address(case, models.AssessmentConference)
    data = filled(case, models.AssessmentConference, drawn(client, people.worker, url))
    answer = client.post(url, data | {"participants-5-role": "peserta"})
    assert answer.status_code == 422
    assert [row["id"] for row in answer.context["form"].problems] == ["id_participants-5-name"]


def test_checklist_follows_the_list_of_the_upt_and_keeps_what_was_ticked(client):
    people = factories.team(factories.institution("ANKN", admin_requirements="Fotokopi KK\n\n  Pasfoto  "))
    case = factories.case(people)
    kind = models.AdminChecklist
    form = drawn(client, people.worker, address(case, kind))
    assert [row.row.label for row in form.parts] == ["Fotokopi KK", "Pasfoto"]
    record = walk.paper(people, case, kind)

    upt = case.institution
    upt.admin_requirements = "Surat pengantar\nPasfoto"
    upt.save()
    form = drawn(client, people.worker, address(case, kind, record))
    assert [(row.row.key, row.row.label, row["presence"].value()) for row in form.parts] == [
        ("1", "Surat pengantar", "absent"),
        ("2", "Pasfoto", "present"),
        ("3", "Fotokopi KK", "present"),
    ]


def test_progress_sheet_offers_the_open_periods_and_takes_each_once(client):
    people = factories.team()
    case = factories.case(people, Stage.INTERVENTION)
    kind = models.ProgressSheet
    month = case.institution.today().replace(day=1)
    form = drawn(client, people.worker, address(case, kind))
    assert [value for value, _label in form.fields["period_on"].choices] == [month.isoformat()]
    walk.paper(people, case, kind)

    again = drawn(client, people.worker, address(case, kind))
    assert list(again.fields["period_on"].choices) == []
    answer = client.post(address(case, kind), filled(case, kind, form))
    assert answer.status_code == 422
    assert "Lembar perkembangan periode ini sudah diisi." in answer.content.decode()
    answer = client.post(address(case, kind), filled(case, kind, again, period_on="2001-01-01"))
    assert answer.status_code == 422


def test_outcome_asks_for_every_goal_of_the_plan(client):
    people = factories.team()
    case = factories.case(people, Stage.CLOSING)
    form = drawn(client, people.worker, address(case, models.OutcomeEvaluation))
    assert [(row.row.key, row.row.label) for row in form.row_forms["goals"]] == [
        (str(goal.pk), goal.goal) for goal in models.Goal.of(case)
    ]
    assert form.row_forms["aspects"][0].row.hint.startswith("Saat asesmen: nilai 2.")


def test_handover_begins_with_the_guardian_of_the_register(client):
    people = factories.team()
    person = factories.client(people, guardian_name="Siti Aminah", guardian_relation="Ibu")
    case = factories.case(people, Stage.CLOSING, person)
    walk.evaluation(people, case)
    walk.decide(people, case, "terminate")
    form = drawn(client, people.worker, address(case, models.Handover))
    assert (form["receiver_name"].value(), form["receiver_relation"].value()) == ("Siti Aminah", "Ibu")


def test_line_ends_count_as_one_letter(client):
    people = factories.team()
    case = factories.case(people)
    url = address(case, models.AdminChecklist)
    note = "a\r\n" * 999 + "ab"
    data = filled(case, models.AdminChecklist, drawn(client, people.worker, url), note=note)
    assert client.post(url, data).status_code == 302
    assert models.AdminChecklist.objects.get().note == note.replace("\r\n", "\n")


def test_definition_of_the_activity_is_on_the_form(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    client.force_login(people.worker)
    page = client.get(address(case, models.Assessment)).content.decode()
    assert "Melaksanakan kegiatan asesmen masalah" in page
    assert "<summary" in page
