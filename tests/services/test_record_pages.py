"""Stage records through their pages: in, back and only read; who is refused, and what is written once."""

import pytest

from accounts.enums import Role
from cases.enums import Stage
from services import models, transitions
from services.demo import walk
from services.models import Activity
from services.records import RECORDS
from tests import factories
from tests.services.forms import case_for, filled
from tests.services.record_pages import address, drawn

pytestmark = pytest.mark.django_db


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
