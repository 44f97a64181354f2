"""A new progress sheet opens with what its period says: sessions, scores, notes; never with a score of its own."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.enums import Bimbingan, Stage
from rehsos import clock
from services import models, notes, obstacles, recording, shift_logs, suggesting
from services.attending import Answer
from services.demo import walk
from services.forms.progress import MARK
from services.note_enums import NoteKind
from services.session_enums import Leader, Mark
from tests.services import meetings
from tests.services.forms import filled

pytestmark = pytest.mark.django_db

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


def at(day):
    return clock.at(datetime(2026, day.month, day.day, 4, tzinfo=UTC))


def attended(people, case, on, *marks, score=None, note="", **activity):
    """One session for each mark on days that follow each other, the last with a score and a note."""
    what = meetings.activity(people.supervisor, **activity)
    stay = case.stays.get()
    for place, mark in enumerate(marks):
        with at(on + timedelta(days=place)):
            session = meetings.session(people.supervisor, what, stay)
            is_last = place == len(marks) - 1
            answer = Answer(mark, score if is_last else None, note if is_last else "")
            meetings.mark(people.supervisor, session, {stay.pk: answer})


def test_sheet_opens_with_the_words_of_its_period(people, case):
    here = Mark.PRESENT
    attended(people, case, date(2026, 3, 11), here, Mark.ABSENT, here, score=4, note="Memimpin diskusi")
    sport = {"name": "Senam", "bimbingan": Bimbingan.PHYSICAL, "code": "D.j"}
    attended(people, case, date(2026, 3, 20), here, score=2, note="Cepat lelah", **sport)
    attended(people, case, date(2026, 4, 2), here, score=5, note="Bulan lain", name="Lain")
    with at(date(2026, 4, 3)):
        told = suggesting.of(case, people.worker)
    found = models.AspectFinding.objects.get(record__case=case, key="social")
    assert told.period == MARCH
    assert told.aspects["social"] == {
        "problem": found.condition,
        "intervention": "Dinamika Kelompok: hadir 2 dari 3 sesi terlaksana.",
        "achieved": "Nilai rata-rata dalam sesi 4 dari 1 penilaian.\n13 Maret, Dinamika Kelompok: Memimpin diskusi",
        "not_achieved": "Dinamika Kelompok: kehadiran 67% (alpa 1).",
    }
    assert told.aspects["biological"]["not_achieved"] == "20 Maret, Senam: Cepat lelah"
    assert set(told.aspects["spiritual"]) == {"problem"}


def test_single_work_and_obstacles_of_the_period_are_told_and_a_log_of_the_whole_house_is_not(people, case):
    stay, worker = case.stays.get(), people.worker
    with at(date(2026, 3, 12)):
        on = worker.institution.today()
        values = {"variant": "summary", "account": "Rahasia besar."}
        notes.write(case=case, kind=NoteKind.COUNSELLING, bimbingan="psychosocial", on=on, values=values, by=worker)
        words = {"bimbingan": "vocational", "text": "Alat rusak.", "effort": "Pinjam alat."}
        obstacles.name(case=case, on=on, by=worker, **words)
        log = {"shift": "Pagi", "remarks": "Tenang.", "by": worker}
        shift_logs.write(on=on, lines={stay.pk: "Menangis sesudah telepon."}, **log)
        shift_logs.write(on=on, lines={}, **{**log, "shift": "Siang"})
    with at(date(2026, 4, 3)):
        told = suggesting.of(case, worker)
    assert [(work.code, work.text) for work in told.material.works] == [
        ("D.k", "Konseling (bagian terbatas)"),
        ("D.q", "Alat rusak. Upaya: Pinjam alat."),
        ("D.p", "Menangis sesudah telepon."),
    ]
    assert told.obstacles == "Alat rusak. (bimbingan keterampilan; upaya: Pinjam alat.)"


def test_next_sheet_goes_on_from_the_last(people, case):
    with at(date(2026, 4, 1)):
        walk.paper(people, case, models.ProgressSheet, period_on=MARCH)
        told = suggesting.of(case, people.worker)
        asked_anyway = suggesting.of(case, people.worker, MARCH)
    assert (told.period, asked_anyway.period) == (APRIL, APRIL)
    assert told.aspects["social"] == {"problem": "Perlu diingatkan"}
    assert {goal["state"] for goal in told.goals.values()} == {"running"}
    assert set(told.goals) == {str(goal.pk) for goal in models.Goal.of(case)}


def test_confidential_notes_stay_with_those_who_may_read_them(people, case):
    secret = {"name": "Konsultasi", "bimbingan": Bimbingan.PSYCHOSOCIAL, "code": "D.k"}
    secret |= {"led_by": Leader.PSYCHOLOGIST, "is_confidential": True}
    attended(people, case, date(2026, 3, 11), Mark.PRESENT, score=2, note="Rahasia", **secret)
    with at(date(2026, 4, 1)):
        theirs, mine = (suggesting.of(case, reader) for reader in (people.supervisor, people.worker))
    assert theirs.aspects["psychological"]["not_achieved"].endswith("Konsultasi: Rahasia")
    assert set(mine.aspects["psychological"]) == {"problem", "intervention"}
    assert ([note.text for note in mine.material.notes], mine.material.hidden) == ([], 1)


def test_form_marks_suggestions_and_saves_what_its_writer_says(client, people, case):
    attended(people, case, date(2026, 3, 10), Mark.PRESENT, score=4, note="Memimpin diskusi")
    url = f"/kasus/{case.number}/tahap/pelaksanaan/isi/perkembangan/"
    with at(date(2026, 4, 1)):
        client.force_login(people.worker)
        answer = client.get(url, {"periode": "2026-03"})
        form = answer.context["form"]
        social = {part.row.key: part for part in form.row_forms["aspects"]}["social"]
        assert (form["period_on"].value(), social["score"].value()) == (MARCH, None)
        assert social.fields["achieved"].help_text == MARK
        assert social.fields["score"].help_text == ""
        assert client.get(url, {"periode": "2026-13"}).context["form"]["period_on"].value() == MARCH
        data = filled(case, models.ProgressSheet, form, period_on=MARCH, **{"aspects-social-achieved": "Kata saya"})
        assert client.post(url, data).status_code == 302
    sheet = models.ProgressSheet.of(case).get()
    assert (sheet.period_on, sheet.aspects.get(key="social").achieved) == (MARCH, "Kata saya")


def test_state_of_a_goal_is_shown_in_the_plan_and_kept_when_the_plan_changes(client, people, case):
    goal = models.Goal.of(case).first()
    rows = [{"key": str(goal.pk), "label": goal.goal, "state": "stalled", "note": "Alat kurang"}]
    gone = {"key": "0", "label": "Tujuan lama", "state": "achieved", "note": ""}
    with at(date(2026, 3, 31)):
        sheet = walk.paper(people, case, models.ProgressSheet, parts={models.GoalProgress: [*rows, gone]})
        client.force_login(people.worker)
        planned = client.get(f"/kasus/{case.number}/rencana/").context["goals"]
        form = client.get(f"/kasus/{case.number}/tahap/pelaksanaan/isi/perkembangan/{sheet.pk}/").context["form"]
    assert [(one.progress.state, one.state_tone) for one in planned if one.progress] == [("stalled", "stop")]
    assert [part.row.label for part in form.row_forms["goals"]][-1] == "Tujuan lama"


def test_words_of_a_sheet_are_part_of_what_a_sign_off_judges(people, case):
    with at(date(2026, 3, 31)):
        sheet = walk.paper(people, case, models.ProgressSheet)
        before = models.ProgressSheet.objects.get(pk=sheet.pk).content()
        values, parts = walk.PAPERS[models.ProgressSheet](case)
        parts[models.GoalProgress][0]["state"] = "achieved"
        recording.save_record(
            case=case, kind=models.ProgressSheet, values={**values, "on": sheet.on}, parts=parts, by=people.worker,
            record_id=sheet.pk, version=sheet.version,
        )  # fmt: skip
    assert models.ProgressSheet.objects.get(pk=sheet.pk).content() != before
