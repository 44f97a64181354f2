"""Stage records through their forms: every kind goes in and comes back, and nothing that is typed is lost."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from cases.enums import Stage
from services import models, transitions
from services.demo import walk
from services.models import Activity
from services.records import RECORDS
from tests import factories
from tests.services.forms import case_for, filled

pytestmark = pytest.mark.django_db


def address(case, kind, record=None):
    tail = f"{record.pk}/" if record else ""
    return f"/kasus/{case.number}/tahap/{kind.home.slug}/isi/{kind.slug}/{tail}"


def drawn(client, user, url):
    client.force_login(user)
    return client.get(url).context["form"]


def stage_page(case, kind):
    return f"/kasus/{case.number}/tahap/{kind.home.slug}/"


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_record_of_every_kind_goes_in_comes_back_and_is_only_read_by_who_decides(client, kind):
    people = factories.team()
    case = case_for(people, kind)
    url = address(case, kind)
    data = filled(case, kind, drawn(client, people.worker, url))
    answer = client.post(url, data)
    assert (answer.status_code, answer.get("Location")) == (302, stage_page(case, kind))

    record = kind.objects.filter(case=case).latest("pk")
    values, parts = walk.PAPERS[kind](case)
    assert {name: getattr(record, name) for name in values} == values
    assert (record.author, record.version, record.stage) == (people.worker, 1, kind.home)
    said = [{"key": part.key, "label": part.label} for part in record.parts()]
    assert said == [{"key": row["key"], "label": row["label"]} for rows in parts.values() for row in rows]
    assert work_of(record) == sorted((code, record.on, people.worker.pk) for code in record.activity_codes())

    url = address(case, kind, record)
    form = drawn(client, people.worker, url)
    shown = {field.html_name: str(field.value()) for one in (form, *form.parts) for field in one}
    ours = {name: {"on": "True"}.get(value, value) for name, value in data.items() if name not in HIDDEN}
    assert ours.items() <= shown.items()
    answer = client.post(url, filled(case, kind, form))
    assert (answer.status_code, answer.get("Location")) == (302, stage_page(case, kind))
    assert kind.objects.get(pk=record.pk).version == 2
    assert len(work_of(record)) == len(record.activity_codes())

    for user in (people.supervisor, people.head):
        client.force_login(user)
        assert "Hanya pekerja sosial kasus ini yang dapat mengisi" in client.get(url).content.decode()
        assert client.get(address(case, kind)).status_code == 403
        assert client.post(url, filled(case, kind, client.get(url).context["form"])).status_code == 403
    assert kind.objects.get(pk=record.pk).version == 2


HIDDEN = ("form_key", "version")


def work_of(record):
    rows = Activity.objects.filter(record_kind=record._meta.model_name, record_id=record.pk)
    return sorted(rows.values_list("code", "on", "by"))


def test_records_are_out_of_sight_for_others(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    record = walk.paper(people, case, models.Assessment)
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    for user, status in ((people.other_worker, 404), (office, 403)):
        client.force_login(user)
        assert client.get(address(case, models.Assessment, record)).status_code == status
        assert client.get(address(case, models.Assessment)).status_code == status
    client.logout()
    assert client.get(address(case, models.Assessment, record)).status_code == 302


def test_form_that_does_not_exist_is_not_found(client):
    people = factories.team()
    case = factories.case(people)
    client.force_login(people.worker)
    base = f"/kasus/{case.number}/tahap"
    for path in (f"{base}/pendekatan-awal/isi/asesmen/", f"{base}/asesmen/isi/asesmen/99/", f"{base}/x/isi/ceklis/"):
        assert client.get(path).status_code == 404


def test_single_record_that_exists_is_opened_instead_of_a_second(client):
    people = factories.team()
    case = factories.case(people)
    record = walk.paper(people, case, models.AdminChecklist)
    client.force_login(people.worker)
    answer = client.get(address(case, models.AdminChecklist))
    assert (answer.status_code, answer["Location"]) == (302, address(case, models.AdminChecklist, record))


def test_second_single_record_is_refused_with_who_was_faster(client):
    people = factories.team()
    case = factories.case(people)
    form = drawn(client, people.worker, address(case, models.AdminChecklist))
    walk.paper(people, case, models.AdminChecklist)
    answer = client.post(address(case, models.AdminChecklist), filled(case, models.AdminChecklist, form))
    assert answer.status_code == 409
    assert "Ceklis administrasi sudah diisi." in answer.content.decode()
    assert people.worker.full_name in answer.content.decode()


def test_stale_record_is_refused_and_the_text_comes_back(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    record = walk.paper(people, case, models.Assessment)
    url = address(case, models.Assessment, record)
    form = drawn(client, people.worker, url)
    client.post(url, filled(case, models.Assessment, drawn(client, people.worker, url)))
    answer = client.post(url, filled(case, models.Assessment, form, problem_statement="Ketikan kedua"))
    assert answer.status_code == 409
    assert "Ketikan kedua" in answer.content.decode()


@pytest.mark.parametrize("kind", [models.Assessment, models.ProgressSheet, models.Goal], ids=lambda kind: kind.__name__)
def test_double_click_saves_once_and_answers_the_same(client, kind):
    people = factories.team()
    case = factories.case(people, kind.home)
    before = kind.objects.filter(case=case).count()
    data = filled(case, kind, drawn(client, people.worker, address(case, kind)))
    answers = [client.post(address(case, kind), data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, stage_page(case, kind))}
    assert kind.objects.filter(case=case).count() == before + 1


def test_record_of_a_waiting_stage_is_read_only_and_a_post_is_refused(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    record = models.Assessment.objects.get(case=case)
    url = address(case, models.Assessment, record)
    form = drawn(client, people.worker, url)
    transitions.submit(case=case, by=people.worker, version=case.version)

    answer = client.get(url)
    assert "Isi tahap terkunci karena sedang diajukan." in answer.content.decode()
    assert "<textarea" not in answer.content.decode()
    answer = client.post(url, filled(case, models.Assessment, form, problem_statement="Terlambat"))
    assert answer.status_code == 422
    assert "Isi tahap terkunci karena sedang diajukan." in answer.content.decode()
    assert "Terlambat" in answer.content.decode()
    assert models.Assessment.objects.get(pk=record.pk).version == 1


def test_form_of_a_coming_stage_says_when_it_can_be_filled_in(client):
    people = factories.team()
    case = factories.case(people)
    client.force_login(people.worker)
    assert "Kasus belum sampai di tahap Asesmen." in client.get(address(case, models.Assessment)).content.decode()
    notice = client.get(address(case, models.Notice)).content.decode()
    assert "Baru dapat diisi setelah keputusan seleksi disahkan." in notice


@pytest.mark.parametrize("field", ["stage", "round", "author", "author_id", "case", "version_id", "saved_at"])
def test_what_the_form_does_not_ask_is_ignored(client, field):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    other = factories.case(people)
    url = address(case, models.Assessment)
    posted = {"stage": "closing", "round": "7", "saved_at": "2020-01-01", "case": str(other.pk)}.get(
        field, str(people.head.pk)
    )
    client.post(url, filled(case, models.Assessment, drawn(client, people.worker, url), **{field: posted}))
    record = models.Assessment.objects.get()
    assert (record.case, record.stage, record.round, record.author) == (case, "assessment", 1, people.worker)
    assert record.saved_at.year > 2020


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
