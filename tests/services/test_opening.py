"""Running cases taken over mid-stage: what is asked of a row, what comes in once, and that the case goes on."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from audit.models import Entry
from cases.enums import Stage, Status
from cases.models import Assignment, Case, Client, Stay
from rehsos.doors import Refused, Stale
from reports import monthly
from reports.months import Month
from services import gates, transitions
from services.demo import walk
from services.enums import Move
from services.models import OpeningEntry, OpeningList, Transition
from services.opening import checking
from services.opening.checking import Answer
from services.opening.columns import BY_KEY
from services.situation import Situation
from tests import factories
from tests.services import running

WORKER = "pekerja_ankn"


@pytest.fixture
def office(people):
    return factories.user("tatausaha", Role.ADMIN_OFFICE, upt=people.head.institution)


def read(people, *lines):
    return running.rows(people.head.institution.today(), *lines)


def take(people, office, *lines, key=""):
    upt = people.head.institution
    return transitions.take_over(institution=upt, rows=read(people, *lines), by=office, key=key)


def faults(people, line):
    [one] = checking.checked(read(people, line), people.head.institution)
    return one.row.faults


def heading(key):
    return str(BY_KEY[key].heading)


def test_a_running_case_stands_where_the_list_says(people, office):
    row = running.cells(Stage.INTERVENTION, WORKER, nik="3578990101080001", notes="Titip obat.")
    opening = take(people, office, row)
    case = Case.objects.select_related("client").get(opening__opening_list=opening)
    today = people.head.institution.today()
    assert (case.stage, case.status, case.version, case.stage_since_on, case.taken_over_on, case.round) == (
        Stage.INTERVENTION,
        Status.ACTIVE,
        1,
        running.BEGAN[Stage.INTERVENTION],
        today,
        1,
    )
    assert (case.client.name, case.client.nik, case.client.primary_category) == (
        "Bagus Prasetyo",
        "3578990101080001",
        "substance_abuse_victim",
    )
    stay = Stay.objects.get(case=case)
    assert (stay.placed_on, stay.left_on, stay.place) == (date(2025, 6, 20), None, "Wisma Melati, kamar 3")
    assert [(row.worker, row.since_on) for row in Assignment.objects.filter(case=case)] == [(people.worker, today)]
    [move] = Transition.objects.filter(case=case)
    assert (move.move, move.from_stage, move.to_stage, move.on) == (
        Move.OPENING,
        "",
        Stage.INTERVENTION,
        running.BEGAN[Stage.INTERVENTION],
    )
    entry = OpeningEntry.objects.get(case=case)
    assert (entry.old_number, entry.planned, entry.notes) == ("001/2025", ["vocational", "social"], "Titip obat.")
    assert {row.stage: row.began_on for row in entry.stages.all()} == {
        stage: running.BEGAN[stage] for stage in Stage if stage.position <= Stage.INTERVENTION.position
    }


def test_an_import_is_one_entry_of_the_trail_about_everybody(people, office):
    before = Entry.objects.count()
    take(people, office, *(running.cells(Stage.ASSESSMENT, WORKER, number) for number in range(3)))
    [entry] = Entry.objects.order_by("pk")[before:]
    assert entry.verb == "opening.imported"
    assert sorted(subject.kind for subject in entry.told.subjects) == ["case"] * 3 + ["client"] * 3 + ["opening"]


def test_the_same_list_a_second_time_adds_nothing(people, office):
    lines = [
        running.cells(Stage.ASSESSMENT, WORKER, 1),
        running.cells(Stage.PLANNING, WORKER, 2, old_number=None, nik="3578990101080002"),
        running.cells(Stage.PLANNING, WORKER, 3, old_number=None),
        running.cells(Stage.PLANNING, WORKER, 4, old_number=None, birth_on=None, estimated_age=17),
    ]
    take(people, office, *lines)
    again = checking.checked(read(people, *lines), people.head.institution)
    assert [one.answer for one in again] == [Answer.KNOWN] * 4
    assert again[0].told == f"sudah ada: kasus {Case.objects.get(opening__old_number='001/2025').number}"
    with pytest.raises(Refused, match="Tidak ada baris baru"):
        take(people, office, *lines)
    assert OpeningEntry.objects.count() == 4


def test_a_form_sent_twice_is_answered_once(people, office):
    line = running.cells(Stage.ASSESSMENT, WORKER)
    assert take(people, office, line, key="sekali") == take(people, office, line, key="sekali")
    assert OpeningEntry.objects.count() == 1


def test_numbers_that_differ_make_two_people_of_one_name(people, office):
    same = {"name": "Dimas Prasetyo", "birth_on": date(2008, 1, 1)}
    lines = [running.cells(Stage.ASSESSMENT, WORKER, number, **same) for number in (1, 2)]
    assert len(take(people, office, *lines).entries.all()) == 2


def test_one_person_twice_in_a_list_is_told_with_the_line(people):
    lines = [running.cells(Stage.ASSESSMENT, WORKER, 1), running.cells(Stage.PLANNING, WORKER, 1)]
    first, second = checking.checked(read(people, *lines), people.head.institution)
    assert (first.answer, second.answer) == (Answer.NEW, Answer.WRONG)
    assert second.row.faults == [("", "orang yang sama sudah ada di baris 2")]


def test_somebody_registered_without_an_open_case_gets_theirs(people, office):
    client = factories.client(people, name="Sari Lestari", birth_on=date(2008, 5, 5), estimated_age=None)
    line = running.cells(Stage.ASSESSMENT, WORKER, 1, name="Sari Lestari", birth_on=date(2008, 5, 5))
    [one] = checking.checked(read(people, line), people.head.institution)
    assert (one.answer, one.told) == (Answer.NEW, "sudah terdaftar; kasusnya ditambahkan")
    before = Client.objects.count()
    case = take(people, office, line).entries.get().case
    assert (case.client, case.episode, Client.objects.count()) == (client, 1, before)


@pytest.mark.parametrize(
    ("stage", "changes", "key", "words"),
    [
        ("B", {"name": None}, "name", "wajib diisi"),
        ("B", {"sex": "X"}, "sex", "“X” tidak ada dalam pilihan (Laki-laki, Perempuan); lihat lembar Pilihan"),
        (
            "B",
            {"birth_on": "31/2/2008"},
            "birth_on",
            "“31/2/2008” bukan tanggal; tulis seperti 3 Juli 2026 atau 3/7/2026",
        ),
        ("B", {"birth_on": None}, "birth_on", "isi tanggal lahir, atau perkiraan umur bila tidak diketahui"),
        ("B", {"birth_on": "3 Juli 2030"}, "birth_on", "di masa depan, atau sebelum 1900"),
        ("B", {"nik": "123"}, "nik", "NIK berisi 3 angka, seharusnya 16"),
        (
            "B",
            {"nik": 3578990101080010},
            "nik",
            "tersimpan sebagai angka, sehingga angka terakhirnya hilang; jadikan teks, lalu ketik ulang",
        ),
        ("B", {"first_contact_on": date(2030, 1, 1)}, "first_contact_on", "di masa depan"),
        ("B", {"way_in": "Penetapan pengadilan"}, "order_number", "wajib diisi untuk jalur masuk ini"),
        ("B", {"stage": "G"}, "stage", None),
        ("B", {"since_assessment": None}, "since_assessment", "wajib diisi, karena ini tahap sekarang"),
        ("B", {"since_planning": date(2025, 9, 1)}, "since_planning", "kosongkan; klien belum sampai di tahap ini"),
        ("B", {"since_assessment": date(2025, 5, 1)}, "since_assessment", "mendahului tahap A, 2 Juni 2025"),
        ("B", {"placed_on": None}, "placed_on", "wajib diisi sejak tahap B"),
        ("A", {"placed_on": date(2025, 7, 1)}, "placed_on", None),
        ("B", {"left_on": date(2025, 7, 1)}, "left_on", "kosongkan: klien di tahap ini masih dalam pelayanan"),
        ("F", {"left_on": None}, "left_on", "wajib diisi untuk tahap F"),
        ("D", {"planned": None}, "planned", "wajib diisi untuk tahap D"),
        ("B", {"round": 2}, "round", "putaran kedua dan seterusnya hanya untuk tahap C sampai F"),
        ("B", {"worker": "siapa"}, "worker", "bukan pekerja sosial UPT ini hari ini; pakai nama penggunanya"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_by_its_column(people, stage, changes, key, words):
    line = running.cells(list(Stage)["ABCDEF".index(stage)], WORKER, **changes)
    found = dict(faults(people, line))
    assert heading(key) in found
    assert words is None or found[heading(key)] == words


def test_good_rows_come_in_and_bad_ones_are_left(people, office):
    lines = [running.cells(Stage.ASSESSMENT, WORKER, 1), running.cells(Stage.ASSESSMENT, WORKER, 2, sex="?")]
    assert [entry.old_number for entry in take(people, office, *lines).entries.all()] == ["001/2025"]


@pytest.mark.parametrize("stage", Stage)
def test_a_case_taken_over_in_any_stage_walks_on_to_its_end(people, office, stage):
    """The papers of the earlier stages are not asked for; everything from the present stage on is."""
    take(people, office, running.cells(stage, WORKER))
    case = Case.objects.select_related("institution", "client").get(opening__isnull=False)
    assert case.next_step == gates.next_step(Situation(case))[0]
    assert (case.next_step, case.next_due_on) == gates.next_step(Situation(case))
    walk.to_end(people, case)
    case.refresh_from_db()
    assert (case.status, case.outcome, case.is_closed) == (Status.COMPLETED, "completed", True)


def test_months_before_the_list_are_not_asked_for_progress_sheets(people, office):
    take(people, office, running.cells(Stage.INTERVENTION, WORKER))
    case = Case.objects.get(opening__isnull=False)
    assert [one.code for one in gates.unmet(case)] == ["D.j", "D.l", "D.p", "D.dd"]


def test_a_case_sent_back_is_asked_for_the_papers_of_that_stage(people, office):
    take(people, office, running.cells(Stage.INTERVENTION, WORKER))
    case = Case.objects.get(opening__isnull=False)
    assert [stage for stage in Stage if Situation(case).is_before_system(stage)] == list(Stage)[:3]
    reason = "Rencana disusun ulang."
    case = transitions.send_back(case=case, to="planning", reason=reason, by=people.supervisor, version=1)
    assert [stage for stage in Stage if Situation(case).is_before_system(stage)] == list(Stage)[:2]
    assert [one.code or one.record for one in gates.unmet(case)] == ["tujuan", "C.j", "C.n"]


def test_residents_of_a_list_count_from_the_day_they_were_placed(people, office):
    upt = people.head.institution
    before = monthly.report(upt, Month(date(2026, 3, 1)))
    take(people, office, *(running.cells(Stage.INTERVENTION, WORKER, number) for number in (1, 2)))
    after = monthly.report(upt, Month(date(2026, 3, 1)))
    assert (after.stays.start.total - before.stays.start.total, after.stays.came) == (2, before.stays.came)
    in_service = after.stages[Stage.INTERVENTION], before.stages[Stage.INTERVENTION]
    assert in_service[0].start.total - in_service[1].start.total == 2
    assert in_service[0].opened == in_service[1].opened
    june = monthly.report(upt, Month(date(2025, 6, 1)))
    assert (june.stays.start.total, june.stays.came.total) == (0, 2)


def test_only_the_office_and_supervisors_bring_cases_in(people, office):
    with pytest.raises(PermissionDenied):
        take(people, people.worker, running.cells(Stage.ASSESSMENT, WORKER))
    with pytest.raises(PermissionDenied):
        take(people, people.head, running.cells(Stage.ASSESSMENT, WORKER))
    assert not OpeningList.objects.exists()


def test_the_head_endorses_a_list_once_and_it_is_frozen(people, office):
    opening = take(people, office, running.cells(Stage.ASSESSMENT, WORKER, 1))
    opening = transitions.endorse_list(opening=opening, by=people.head, version=1, note="Sesuai buku register.")
    assert (opening.endorsed_by, opening.is_endorsed, len(opening.digest)) == (people.head, True, 64)
    with pytest.raises(Refused, match="sudah disahkan"):
        transitions.endorse_list(opening=opening, by=people.head, version=1)
    later = take(people, office, running.cells(Stage.ASSESSMENT, WORKER, 2))
    assert (opening.entries.count(), later.number, later.is_endorsed) == (1, 2, False)


def test_nobody_endorses_what_they_imported(people, office):
    both = factories.user("rangkap", Role.HEAD, Role.ADMIN_OFFICE, upt=people.head.institution)
    opening = take(people, both, running.cells(Stage.ASSESSMENT, WORKER, 1))
    with pytest.raises(PermissionDenied, match="ikut mengimpor"):
        transitions.endorse_list(opening=opening, by=both, version=1)
    with pytest.raises(PermissionDenied, match="Hanya Kepala UPT"):
        transitions.endorse_list(opening=opening, by=people.supervisor, version=1)
    assert transitions.endorse_list(opening=opening, by=people.head, version=1).is_endorsed


def test_a_list_that_grew_meanwhile_is_read_again_before_it_is_endorsed(people, office):
    opening = take(people, office, running.cells(Stage.ASSESSMENT, WORKER, 1))
    take(people, office, running.cells(Stage.ASSESSMENT, WORKER, 2))
    with pytest.raises(Stale):
        transitions.endorse_list(opening=opening, by=people.head, version=1)


def test_the_number_of_queries_does_not_grow_with_the_rows(people, office, django_assert_num_queries):
    def taken(*numbers):
        return [running.cells(Stage.INTERVENTION, WORKER, number) for number in numbers]

    take(people, office, *taken(1))  # the list is there, and so are the counters
    for numbers in ((2,), (3, 4, 5)):
        lines = read(people, *taken(*numbers))
        with django_assert_num_queries(33):
            transitions.take_over(institution=people.head.institution, rows=lines, by=office)
