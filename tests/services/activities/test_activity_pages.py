"""Recording one's work: who may, for whom, what is remembered, what is refused with the text kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Role
from cases.enums import Stage
from cases.models import StoredFile
from services.models import Activity
from tests import factories
from tests.services.activities.pictures import NEW, picture


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SOCIAL_WORKER, 200),
        (Role.SUPERVISOR, 200),
        (Role.SECTION_HEAD, 200),
        (Role.HEAD, 200),
        (Role.INSTRUCTOR, 200),
        (Role.BOARDING_OFFICER, 200),
        (Role.RELIGIOUS_INSTRUCTOR, 200),
        (Role.NURSE, 200),
        (Role.PSYCHOLOGIST, 200),
        (Role.ADMIN_OFFICE, 403),
        (Role.PROVINCE, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_worklog_is_open_to_these_roles(client, db, role, status):
    client.force_login(factories.user("pelaksana", role))
    assert [client.get(path).status_code for path in (NEW, "/kegiatan/")] == [status, status]


def test_activity_is_recorded_for_several_cases(log, people, walked):
    cases = [walked.at(Stage.INTERVENTION), walked.at(Stage.PLANNING)]
    response = log(
        people.worker,
        code="D.j",
        bimbingan=["vocational"],
        cases=[case.number for case in cases],
        starts_at="08:30",
        minutes="90",
        method="social_group_work",
        place="Bengkel",
        account="Servis ringan.",
        by="99",
        record_kind="supervision",
        institution="99",
    )
    activity = Activity.objects.latest("pk")
    assert (response.status_code, response["Location"]) == (302, "/kegiatan/")
    assert (activity.code, activity.by, activity.record_kind) == ("D.j", people.worker, "")
    assert (activity.minutes, f"{activity.starts_at:%H.%M}", activity.place) == (90, "08.30", "Bengkel")
    assert {link.case_id for link in activity.links.all()} == {case.pk for case in cases}
    assert [line.bimbingan for line in activity.lines.all()] == ["vocational"]


def test_instructor_records_work_without_a_case(log, form, walked):
    instructor = factories.user("instruktur", Role.INSTRUCTOR, upt=walked.people.worker.institution)
    assert "cases" not in form(instructor).fields
    assert log(instructor, code="D.j", bimbingan=["physical"], account="Senam pagi.").status_code == 302
    assert Activity.objects.get(by=instructor).links.count() == 0


def test_form_sent_twice_records_once(client, form, people):
    post = {"form_key": form(people.worker)["form_key"].value(), "code": "A.a", "on": people.worker.institution.today()}
    answers = [client.post(NEW, post | {"evidence": picture()}) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert (Activity.objects.filter(code="A.a").count(), StoredFile.objects.count()) == (1, 1)


def test_address_brings_code_and_case(form, people, walked):
    number = walked.at(Stage.INTERVENTION).number
    drawn = form(people.worker, f"{NEW}?kode=D.j&kasus={number}&bimbingan=physical")
    assert (drawn["code"].value(), drawn["cases"].value(), drawn["bimbingan"].value()) == (
        "D.j",
        [number],
        ["physical"],
    )
    assert [value for value, _label in drawn.fields["bimbingan"].widget.choices] == ["physical", "vocational"]


def test_work_recorded_from_a_case_leads_back_to_it(log, people, walked):
    number = walked.at(Stage.INTERVENTION).number
    response = log(people.worker, f"{NEW}?kode=D.k&kasus={number}", account="Konseling.")
    assert (response.status_code, response["Location"]) == (302, f"/kasus/{number}/")


def test_save_and_record_again_keeps_day_method_place_and_cases(log, form, people, walked):
    case = walked.at(Stage.INTERVENTION)
    day = case.institution.today()
    response = log(
        people.worker,
        code="D.k",
        cases=[case.number],
        on=day.isoformat(),
        method="social_casework",
        place="Ruang konseling",
        again="1",
    )
    assert response["Location"] == f"{NEW}?lagi=1"
    again = form(people.worker, response["Location"])
    kept = {name: again[name].value() for name in ("on", "method", "place", "cases", "code", "account")}
    assert kept == {
        "on": day.isoformat(),
        "method": "social_casework",
        "place": "Ruang konseling",
        "cases": [case.number],
        "code": None,
        "account": None,
    }
    assert form(people.worker)["cases"].value() is None


def test_search_for_a_code_keeps_what_was_typed_and_saves_nothing(client, form, people):
    key = form(people.worker)["form_key"].value()
    post = {"form_key": key, "find": "code", "find_code": "tidak ada", "account": "Sudah diketik.", "on": "2026-07-03"}
    response = client.post(NEW, post)
    drawn = response.context["form"]
    assert (response.status_code, drawn["account"].value(), drawn["on"].value()) == (
        200,
        "Sudah diketik.",
        "2026-07-03",
    )
    assert Activity.objects.filter(account="Sudah diketik.").count() == 0
    response = client.post(NEW, post | {"find_code": "hambatan"})
    found = codes(response.context["form"])
    assert [code for code in found if code.startswith("D.")] == ["D.q", "D.r", "D.s", "D.t", "D.u", "D.v"]
    assert len(found) < 20
    assert codes(client.post(NEW, post | {"find_code": "senam"}).context["form"]) == ["D.b", "D.j"]


def codes(form) -> list[str]:
    """What the list of activities shows, without its first line."""
    first, *groups = form.fields["code"].widget.choices
    assert first == ("", "Pilih butir")
    return [code for _group, rows in groups for code, _text in rows]


def test_supervisor_finds_a_case_of_the_upt_by_name(client, form, people, walked):
    drawn = form(people.supervisor)
    assert drawn.fields["cases"].drawn == []
    post = {"form_key": drawn["form_key"].value(), "find": "case", "find_case": "dimas"}
    found = client.post(NEW, post).context["form"].fields["cases"].drawn
    assert {case.number for case in found} == {walked.at(stage).number for stage in Stage}


def test_nobody_finds_or_names_a_case_out_of_sight(client, log, people, walked):
    number = walked.at(Stage.INTERVENTION).number
    elsewhere = factories.team(factories.institution("LAIN"))
    for user in (people.other_worker, elsewhere.worker, elsewhere.supervisor):
        response = log(user, code="D.k", cases=[number])
        assert response.status_code == 422
        assert response.context["form"].errors["cases"] == [f"Kasus {number} tidak ditemukan atau sudah ditutup."]
        found = client.post(NEW, {"find": "case", "find_case": "dimas"}).context["form"].fields["cases"].drawn
        assert found == []


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"code": ""}, "code", "Pilih butir kegiatan."),
        ({"code": "Z.9"}, "code", "Z.9"),
        ({"code": "B.e"}, "code", "B.e"),  # a supervision is given on the page of its stage
        ({"on": ""}, "on", "tidak boleh kosong"),
        ({"on": "2999-01-01"}, "on", "Tanggal ini belum lewat."),
        ({"on": "2026-13-01"}, "on", "tanggal"),
        ({"on": "0001-01-01"}, "on", "1900"),
        ({"starts_at": "25:00"}, "starts_at", "waktu"),
        ({"minutes": "0"}, "minutes", "1"),
        ({"minutes": "1441"}, "minutes", "1440"),
        ({"minutes": "9" * 40}, "minutes", "1440"),
        ({"method": "x"}, "method", "x"),
        ({"place": "x" * 10_000}, "place", "160"),
        ({"account": "x" * 3_000_000}, "account", "8000"),
        ({"code": "D.j"}, "bimbingan", "Pilih satu atau lebih"),
        ({"code": "D.j", "bimbingan": ["social"]}, "bimbingan", "Butir ini tidak mencakup bimbingan sosial."),
        ({"code": "D.j", "bimbingan": ["x"]}, "bimbingan", "x"),
        ({"cases": ["TIDAK-ADA"]}, "cases", "TIDAK-ADA"),
    ],
)
def test_bad_input_comes_back_with_a_sentence_and_the_text(log, people, values, field, words):
    before = Activity.objects.count()
    response = log(people.worker, **({"code": "D.k", "account": "Sudah diketik."} | values))
    drawn = response.context["form"]
    assert (response.status_code, Activity.objects.count()) == (422, before)
    assert list(drawn.errors) == [field]
    assert words in drawn.errors[field][0]
    assert drawn["account"].value() == values.get("account", "Sudah diketik.")


def test_refusal_of_the_rules_comes_back_too(log, people, walked):
    case = walked.at(Stage.INTAKE)
    response = log(people.worker, code="D.k", cases=[case.number], account="Sudah diketik.")
    assert response.status_code == 422
    assert "tanggal di luar masa tinggal klien." in response.content.decode()
    assert response.context["form"]["account"].value() == "Sudah diketik."


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("virus.exe", b"MZ"), "Berkas harus PDF, JPEG, atau PNG"),
        (SimpleUploadedFile("kosong.pdf", b""), "kosong"),
        (SimpleUploadedFile("rusak.jpg", b"\xff\xd8\xff rusak"), "Gambar rusak"),
    ],
)
def test_bad_evidence_is_refused_and_said_to_be_chosen_again(log, people, upload, words):
    upload.seek(0)
    response = log(people.worker, code="A.a", account="Sudah diketik.", evidence=upload)
    assert response.status_code == 422
    assert words in response.context["form"].errors["evidence"][0]
    assert "Pilih berkas buktinya sekali lagi" in response.content.decode()
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_form_asks_the_same_of_the_database_for_one_and_three(client, people, walked, rows, django_assert_num_queries):
    worker = factories.user("pencatat", Role.SOCIAL_WORKER, upt=people.worker.institution)
    for stage in (Stage.INTERVENTION, Stage.PLANNING, Stage.CLOSING)[:rows]:
        case = walked.at(stage)
        case.assignments.create(worker=worker, since_on=case.institution.today(), assigned_by=people.head)
    client.force_login(worker)
    client.get(NEW)
    with django_assert_num_queries(4 + 1):  # session, user, membership, access rows; one's own caseload
        client.get(NEW)
