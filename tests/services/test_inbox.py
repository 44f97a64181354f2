"""Tasks and notices: given, answered, closed, told, read; seen by those concerned and by nobody else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.urls import reverse

from accounts.enums import Role
from accounts.inbox import Notice
from accounts.models import User
from cases import registry
from cases.enums import Stage
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import handing_over, tasks, transitions
from services.demo import walk
from services.enums import TaskAct, TaskSource, TaskState
from services.models import Task
from services.views.inbox import NOTICES
from tests import factories
from tests.services.walked import NOW

TODAY = NOW.date()
SOON = TODAY + timedelta(days=3)


@pytest.fixture
def case(walked):
    return walked.at(Stage.ASSESSMENT)


@pytest.fixture
def task(people, case):
    return tasks.give_by_hand(
        for_user=people.worker, text="Hubungi bapak klien.", due_on=SOON, by=people.supervisor, case=case
    )


def news(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("text", "about"))


def steps(task):
    return list(task.steps.values_list("act", "text", "by"))


# --- the loop -------------------------------------------------------------------------------------------------------
def test_a_task_is_answered_asked_again_answered_and_closed(people, case, task):
    tasks.done(task=task, answer="Sudah ditelepon.", by=people.worker)
    tasks.settle(task=task, is_enough=False, text="Tulis hasilnya.", by=people.supervisor)
    tasks.done(task=task, answer="Bapak datang Senin.", by=people.worker)
    closed = tasks.settle(task=task, is_enough=True, text="", by=people.supervisor)
    assert (closed.state, closed.closed_at) == (TaskState.CLOSED, NOW)
    assert steps(task) == [
        (TaskAct.ANSWER, "Sudah ditelepon.", people.worker.pk),
        (TaskAct.AGAIN, "Tulis hasilnya.", people.supervisor.pk),
        (TaskAct.ANSWER, "Bapak datang Senin.", people.worker.pk),
        (TaskAct.CLOSE, "", people.supervisor.pk),
    ]
    assert news(people.worker)[-3:] == [
        ("Tugas baru: Penugasan.", case.number),
        ("Jawaban tugas perlu dilengkapi.", case.number),
        ("Tugas ditutup.", case.number),
    ]
    assert news(people.supervisor) == [("Tugas dijawab; periksa lalu tutup.", case.number)] * 2


def test_only_the_asked_one_answers_and_only_giver_or_supervisor_closes(people, task):
    with pytest.raises(PermissionDenied):
        tasks.done(task=task, answer="Sudah.", by=people.supervisor)
    with pytest.raises(PermissionDenied):
        tasks.settle(task=task, is_enough=True, text="", by=people.worker)
    assert tasks.settle(task=task, is_enough=True, text="", by=people.head).state == TaskState.CLOSED
    with pytest.raises(Stale):
        tasks.done(task=task, answer="Sudah.", by=people.worker)


def test_an_answer_and_a_wish_for_more_need_words(people, task):
    with pytest.raises(Refused):
        tasks.done(task=task, answer=" ", by=people.worker)
    with pytest.raises(Refused):
        tasks.settle(task=task, is_enough=False, text=" ", by=people.supervisor)
    assert steps(task) == []


def test_what_is_wrong_with_a_task_is_said_at_once(people, case):
    elsewhere = factories.team(factories.institution("LANSIA"))
    for wrong in (
        {"for_user": elsewhere.worker},
        {"for_user": people.other_worker},
        {"text": " "},
        {"due_on": TODAY - timedelta(days=1)},
        {"due_on": TODAY + timedelta(days=400)},
    ):
        values = {"for_user": people.worker, "text": "Hubungi.", "due_on": SOON, **wrong}
        with pytest.raises(Refused):
            tasks.give_by_hand(by=people.supervisor, case=case, **values)
    with pytest.raises(Http404):
        tasks.give_by_hand(for_user=people.worker, text="Hubungi.", due_on=SOON, by=elsewhere.head, case=case)
    assert not Task.objects.exists()


def test_steps_of_a_task_are_never_changed(people, task):
    tasks.done(task=task, answer="Sudah.", by=people.worker)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE services_taskstep SET text = 'lain'")


# --- what brings tasks and notices ----------------------------------------------------------------------------------
def test_directions_of_a_supervision_become_a_task_of_the_worker(people, case):
    walk.assessment(people, case)
    case.refresh_from_db()
    given = transitions.supervise(
        case=case,
        code="B.e",
        note="Cukup.",
        directions="Lengkapi data keluarga.",
        due_on=SOON,
        by=people.supervisor,
        on=TODAY,
        version=case.version,
    )
    task = Task.objects.get()
    assert (task.for_user, task.given_by, task.text, task.due_on, task.source, task.source_id) == (
        people.worker,
        people.supervisor,
        "Lengkapi data keluarga.",
        SOON,
        TaskSource.SUPERVISION,
        given.pk,
    )
    assert news(people.worker)[-1] == ("Tugas baru: Arahan supervisi.", case.number)


def test_whoever_asked_hears_what_became_of_it(people, case):
    walk.assessment(people, case)
    case.refresh_from_db()
    asked = transitions.submit(case=case, by=people.worker, version=case.version)
    transitions.give_back(request=asked, by=people.supervisor, version=case.version, reason="Lengkapi.")
    again = transitions.submit(case=case, by=people.worker, version=case.version)
    transitions.approve(request=again, by=people.supervisor, version=case.version, note="Baik.")
    assert news(people.worker)[-2:] == [
        ("Dikembalikan untuk diperbaiki: akhir tahap.", case.number),
        ("Disetujui: akhir tahap.", case.number),
    ]


def test_a_case_that_is_handed_over_takes_its_tasks_along(people, case, task):
    handing_over.hand_over(from_worker=people.worker, to_worker=people.other_worker, by=people.supervisor)
    task.refresh_from_db()
    assert task.for_user == people.other_worker
    assert steps(task) == [(TaskAct.PASS_ON, f"Kepada {people.other_worker.full_name}.", people.supervisor.pk)]
    assert not Task.objects.visible_to(User.objects.get(pk=people.worker.pk)).exists()
    assert len(news(people.other_worker)) == 1


def test_a_task_whose_day_passed_is_told_once_to_both(people, case, task):
    with clock.at(NOW + timedelta(days=3)):
        assert tasks.remind() == 0
    with clock.at(NOW + timedelta(days=4)):
        assert (tasks.remind(), tasks.remind()) == (1, 0)
    assert news(people.worker)[-1] == news(people.supervisor)[-1] == ("Tugas lewat tenggat.", case.number)


# --- who sees -------------------------------------------------------------------------------------------------------
def test_a_task_is_seen_by_both_and_by_who_supervises_the_case(people, case, task):
    elsewhere = factories.team(factories.institution("LANSIA"))
    seen = {
        person.username: Task.objects.visible_to(person).exists()
        for person in (people.worker, people.supervisor, people.head, people.other_worker, elsewhere.head)
    }
    assert list(seen.values()) == [True, True, True, False, False]
    registry.assign(case=case, worker=people.other_worker, by=people.supervisor, only=True)
    assert not Task.objects.visible_to(User.objects.get(pk=people.worker.pk)).exists()


def test_a_task_of_a_nurse_brings_only_that_task(people, case):
    nurse = factories.user("perawat", Role.NURSE)
    task = tasks.give_by_hand(for_user=nurse, text="Periksa tekanan darah.", due_on=SOON, by=people.worker, case=case)
    assert list(Task.objects.visible_to(nurse)) == [task]


# --- the pages ------------------------------------------------------------------------------------------------------
def test_inbox_shows_tasks_and_news_and_reads_them(browse, people, case, task):
    Notice.objects.filter(user=people.worker).exclude(text__startswith="Tugas baru").delete()
    answer = browse(people.worker, "/kotak/")
    assert [row.pk for row in answer.context["mine"]] == [task.pk]
    assert answer.context["unread"] == 1
    assert case.client.name in answer.content.decode()
    notice = Notice.objects.get(user=people.worker)
    assert browse(people.worker, "/kotak/baca/", open=notice.pk).headers["Location"] == f"/kotak/tugas/{task.pk}/"
    notice.refresh_from_db()
    assert notice.read_at == NOW


def test_news_that_fill_more_than_a_page_are_turned_over(browse, people):
    tasks.tell([people.worker], "Kabar pertama.", "/")
    for number in range(NOTICES):
        tasks.tell([people.worker], f"Kabar {number}.", "/")
    first, second = (browse(people.worker, f"/kotak/{query}").content.decode() for query in ("", "?page=2"))
    assert 'href="?page=2"' in first
    assert "Kabar pertama." in second and "Kabar pertama." not in first


def test_nobody_reads_the_news_of_others(browse, people, task):
    notice = Notice.objects.filter(user=people.worker).last()
    assert browse(people.supervisor, "/kotak/baca/", open=notice.pk).headers["Location"] == "/kotak/"
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_task_is_given_answered_and_closed_by_its_pages(browse, people, case):
    form = browse(people.supervisor, f"/kotak/tugas/baru/?kasus={case.number}").context["form"]
    typed = {"for_user": people.worker.pk, "case": case.number, "source": "own", "text": "Hubungi.", "due_on": SOON}
    browse(people.supervisor, "/kotak/tugas/baru/", form_key=form["form_key"].value(), version="", **typed)
    task = Task.objects.get()
    here = reverse("services:task", args=[task.pk])
    key = browse(people.worker, here).context["answer"]["form_key"].value()
    assert browse(people.worker, f"{here}jawab/", form_key=key, answer="").status_code == 422
    assert browse(people.worker, f"{here}jawab/", form_key=key, answer="Sudah.").status_code == 302
    key = browse(people.supervisor, here).context["settle"]["form_key"].value()
    assert browse(people.supervisor, f"{here}tutup/", form_key=key, verdict="again", text="").status_code == 422
    assert browse(people.supervisor, f"{here}tutup/", form_key=key, verdict="close", text="").status_code == 302
    assert steps(task) == [
        (TaskAct.ANSWER, "Sudah.", people.worker.pk),
        (TaskAct.CLOSE, "", people.supervisor.pk),
    ]


def test_tasks_stand_on_the_home(browse, people, task):
    assert "Hubungi bapak klien." in browse(people.worker, "/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_inbox_asks_the_same_for_one_and_three(client, people, case, rows, django_assert_num_queries):
    for number in range(rows):
        tasks.give_by_hand(for_user=people.worker, text=f"T{number}", due_on=SOON, by=people.supervisor, case=case)
    client.force_login(people.worker)
    client.get("/kotak/")
    with django_assert_num_queries(4 + 5):  # session, user, membership, access rows; tasks thrice, news and their count
        client.get("/kotak/")
