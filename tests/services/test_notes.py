"""Notes on one client: what they write, who reads them word for word, what others see of them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404

from accounts.enums import Role
from accounts.models import User
from audit import trail
from cases import registry
from cases.enums import Stage
from rehsos import clock
from rehsos.doors import Refused
from services import confidential, notes, obstacles, reviews, tasks
from services.confidential import Reading
from services.enums import TaskSource
from services.models import Activity, Note, Task
from services.note_enums import NoteKind
from services.note_shapes import SHAPES
from tests import factories
from tests.services.browsing import Browser, text_of
from tests.services.walked import NOW

TODAY = NOW.date()
SECRET = "Saya takut pulang ke rumah paman."


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


@pytest.fixture
def browse(client):
    return Browser(client)


def written(case, by, kind=NoteKind.COUNSELLING, bimbingan="psychosocial", **values):
    words = {"account": SECRET, **({"variant": "summary"} if kind == NoteKind.COUNSELLING else {}), **values}
    return notes.write(case=case, kind=kind, bimbingan=bimbingan, on=TODAY, values=words, by=by)


def urine(case, by):
    return written(case, by, NoteKind.HEALTH, "physical", variant="urine", finding="positive", account=SECRET)


def activity_of(note):
    return Activity.objects.get(record_kind="note", record_id=note.pk)


# --- writing --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("shape", SHAPES.values(), ids=lambda shape: shape.slug)
def test_every_kind_writes_its_activity_under_the_code_of_its_bimbingan(people, case, shape):
    for bimbingan, code in shape.codes.items():
        values = {name: "Isi." for name in shape.needed} | {"account": "Isi."}
        if shape.variants:
            values["variant"] = shape.variants[0]
        note = notes.write(case=case, kind=shape.kind, bimbingan=bimbingan, on=TODAY, values=values, by=people.worker)
        row = activity_of(note)
        assert (row.code, row.on, row.by, list(row.cases.all())) == (code, TODAY, people.worker, [case])
        assert [line.bimbingan for line in row.lines.all()] == [bimbingan]
        assert row.account == (shape.mask if shape.is_restricted else "Isi.")


def test_what_is_wrong_with_a_note_is_said(people, case):
    day = timedelta(days=1)
    for wrong in (
        {"bimbingan": "advocacy"},
        {"on": TODAY + day},
        {"on": TODAY - 30 * day},
        {"values": {"variant": "summary", "account": " "}},
        {"values": {"variant": "urine", "account": "Isi."}},
        {"values": {"variant": "summary", "account": "Isi.", "finding": "positive"}},
    ):
        good = {"bimbingan": "social", "on": TODAY, "values": {"variant": "summary", "account": "Isi."}}
        with pytest.raises(Refused):
            notes.write(case=case, kind=NoteKind.COUNSELLING, by=people.worker, **{**good, **wrong})
    with pytest.raises(Refused):
        written(case, people.worker, NoteKind.HEALTH, "physical", variant="urine")
    assert not Note.objects.exists()


def test_the_database_refuses_a_finding_without_a_urine_test_and_every_change(people, case):
    note = written(case, people.worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.create(
            institution=case.institution, case=case, kind="health", variant="check", bimbingan="physical", code="D.b",
            on=TODAY, account="x", finding="positive", by=people.worker,
        )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE services_note SET account = 'lain' WHERE id = {note.pk}")


def test_a_correction_stands_in_for_the_note_and_its_activity(people, case):
    first = written(case, people.worker)
    with pytest.raises(PermissionDenied):
        notes.write(
            case=case, kind=NoteKind.COUNSELLING, bimbingan="social", on=TODAY,
            values={"variant": "summary", "account": "Lain."}, by=people.supervisor, corrects=first,
        )  # fmt: skip
    second = notes.write(
        case=case, kind=NoteKind.COUNSELLING, bimbingan="social", on=TODAY,
        values={"variant": "summary", "account": "Lain."}, by=people.worker, corrects=first,
    )  # fmt: skip
    assert list(Note.objects.standing()) == [second]
    rows = Activity.objects.filter(record_kind="note").values_list("record_id", "code")
    assert list(rows) == [(second.pk, "D.l")]


def test_only_workers_supervisors_and_carers_of_the_case_write(people, case):
    nurse, instructor = factories.user("perawat", Role.NURSE), factories.user("instruktur", Role.INSTRUCTOR)
    assert urine(case, nurse).by == nurse
    with pytest.raises(PermissionDenied):
        written(case, nurse)
    for stranger in (instructor, people.other_worker):
        with pytest.raises(Http404):
            written(case, stranger)


# --- who reads it ---------------------------------------------------------------------------------------------------
def test_counselling_is_open_to_author_worker_and_supervisor_and_to_the_head_by_reason(people, case):
    note = written(case, people.worker)
    readers = (people.worker, people.supervisor, people.head)
    assert [confidential.reading(person, note) for person in readers] == [
        Reading.OPEN,
        Reading.OPEN,
        Reading.BY_REASON,
    ]
    registry.assign(case=case, worker=people.other_worker, by=people.supervisor, only=True)
    other = User.objects.get(pk=people.other_worker.pk)
    assert confidential.reading(other, Note.objects.get()) == Reading.OPEN


def test_a_urine_test_is_open_to_health_staff_and_out_of_sight_of_the_instructor(people, case):
    note = urine(case, people.worker)
    nurse, instructor = factories.user("perawat", Role.NURSE), factories.user("instruktur", Role.INSTRUCTOR)
    assert list(Note.objects.visible_to(nurse)) == [note]
    assert confidential.reading(nurse, note) == Reading.OPEN
    assert not Note.objects.visible_to(instructor).exists()
    assert confidential.reading(instructor, note) == Reading.CLOSED
    psychologist = factories.user("psikolog", Role.PSYCHOLOGIST)
    assert not Note.objects.visible_to(psychologist).exists()


def test_the_head_opens_with_a_reason_until_the_end_of_the_day(people, case):
    note = written(case, people.worker)
    with pytest.raises(Refused):
        confidential.open_note(note=note, reason=" ", by=people.head)
    with pytest.raises(PermissionDenied):
        confidential.open_note(note=note, reason="Ingin tahu.", by=people.supervisor)
    confidential.open_note(note=note, reason="Pengaduan keluarga.", by=people.head)
    assert confidential.reading(people.head, note) == Reading.OPEN
    entry = trail.entries_for("case", case.pk)[0]
    assert (entry.verb, entry.told.reason) == ("note.opened", "Pengaduan keluarga.")
    with clock.at(NOW + timedelta(days=1)):
        assert confidential.reading(people.head, note) == Reading.BY_REASON


def test_page_shows_the_head_nothing_before_the_reason(browse, people, case):
    note = written(case, people.worker)
    page = browse(people.head, f"/catatan/{note.pk}/")
    assert SECRET not in page.content.decode()
    key = page.context["ask"]["form_key"].value()
    assert browse(people.head, f"/catatan/{note.pk}/buka/", form_key=key, reason="").status_code == 422
    assert browse(people.head, f"/catatan/{note.pk}/buka/", form_key=key, reason="Pengaduan.").status_code == 302
    assert SECRET in browse(people.head, f"/catatan/{note.pk}/").content.decode()
    assert "Pengaduan." in browse(people.worker, f"/catatan/{note.pk}/").content.decode()


def test_restricted_words_stand_on_no_other_page_of_the_case(browse, people, case):
    for note in (written(case, people.worker, topic=SECRET), urine(case, people.worker)):
        assert SECRET in browse(people.worker, f"/catatan/{note.pk}/").content.decode()
    here = f"/kasus/{case.number}/"
    for page in (here, f"{here}catatan/", f"{here}perorangan/", f"{here}konseling/", f"{here}jejak/", "/kegiatan/"):
        html = browse(people.worker, page).content.decode()
        assert SECRET not in html
        assert "Positif" not in html and "urine" not in html.lower().replace("tes urine dan", "")
    assert "bagian terbatas" in text_of(browse(people.head, f"{here}perorangan/"))


# --- the part of a nurse or psychologist ----------------------------------------------------------------------------
def test_a_psychologist_sees_whom_a_task_was_about_and_no_more(browse, people, case):
    psychologist = factories.user("psikolog", Role.PSYCHOLOGIST)
    here = f"/kasus/{case.number}/bagian/"
    assert browse(psychologist, here).status_code == 404
    tasks.give_by_hand(
        for_user=psychologist, text="Mohon dampingi.", due_on=TODAY, by=people.worker, case=case,
        source=TaskSource.REFERRAL,
    )  # fmt: skip
    written(case, people.worker)
    page = browse(User.objects.get(pk=psychologist.pk), here)
    assert page.status_code == 200
    assert page.context["notes"] == []
    assert browse(psychologist, f"/kasus/{case.number}/").status_code == 403
    own = written(case, psychologist)
    assert [row.pk for row, _shape, _open in browse(psychologist, here).context["notes"]] == [own.pk]


def test_a_nurse_finds_the_residents_and_their_health(browse, people, case):
    nurse = factories.user("perawat", Role.NURSE)
    note = urine(case, people.worker)
    assert case.number in browse(nurse, "/bagian/").content.decode()
    page = browse(nurse, f"/kasus/{case.number}/bagian/")
    assert [(row.pk, is_open) for row, _shape, is_open in page.context["notes"]] == [(note.pk, True)]
    form = browse(nurse, f"/kasus/{case.number}/perorangan/kesehatan/").context["form"]
    typed = {"variant": "check", "on": TODAY, "account": "Tensi 120/80.", "form_key": form["form_key"].value()}
    answer = browse(nurse, f"/kasus/{case.number}/perorangan/kesehatan/", **typed)
    assert answer.headers["Location"] == f"/catatan/{Note.objects.first().pk}/"


# --- supervision of a note ------------------------------------------------------------------------------------------
def test_a_supervisor_reviews_a_note_and_its_directions_go_to_the_author(people, case):
    note = written(case, people.worker)
    given = reviews.give(of_note=note, note="Dalami.", directions="Jadwalkan lagi.", on=TODAY, by=people.supervisor)
    assert given.code == "D.y"
    row = Activity.objects.get(record_kind="review")
    assert (row.code, row.account, row.by) == ("D.y", "", people.supervisor)  # the note is restricted
    task = Task.objects.get()
    assert (given.task, given.directions) == (task, "Jadwalkan lagi.")
    assert (task.for_user, task.text, task.source) == (people.worker, reviews.MASKED, TaskSource.SUPERVISION)
    for person in (people.worker, people.head):
        with pytest.raises(PermissionDenied):
            reviews.give(of_note=note, note="Bagus.", on=TODAY, by=person)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_the_same_for_one_and_three(client, people, case, rows, django_assert_num_queries):
    for _number in range(rows):
        written(case, people.worker)
        obstacles.name(
            case=case, bimbingan="social", on=TODAY, text="Jarang hadir.", effort="Diingatkan.", by=people.worker
        )
    client.force_login(people.worker)
    here = f"/kasus/{case.number}/perorangan/"
    client.get(here)
    with django_assert_num_queries(4 + 15):
        client.get(here)
