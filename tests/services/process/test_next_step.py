"""The next step of a case and when it is due."""

from datetime import UTC, date, datetime

from cases.enums import Stage
from rehsos import clock
from services import gates, models, transitions
from services.demo import walk
from services.enums import Presence
from services.situation import Situation


def next_step(case):
    case.refresh_from_db()
    assert (case.next_step, case.next_due_on) == gates.next_step(Situation(case))
    return case.next_step, case.next_due_on


def test_next_step_follows_a_selection_to_its_end(walked, people):
    case = walked.at(Stage.INTAKE)
    assert next_step(case) == ("Ceklis administrasi (A.u) belum diisi dan 1 hal lain", None)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    assert next_step(case) == ("Ajukan keputusan seleksi", None)
    request = transitions.decide(case=case, way="accepted", reason="Layak", by=people.worker, version=case.version)
    friday = date(2026, 3, 13)  # three working days after Tuesday
    assert next_step(case) == ("Menunggu keputusan supervisor", friday)
    transitions.approve(request=request, by=people.supervisor, version=case.version, note="Baik")
    assert next_step(case) == ("Menunggu pengesahan Kepala UPT", friday)
    transitions.endorse(request=request, by=people.head, version=case.version)
    assert next_step(case) == ("Pemberitahuan hasil seleksi (A.w) belum diisi dan 2 hal lain", None)
    walk.fill(people, case, models.Notice, models.Agreement, models.Placement)
    assert next_step(case) == ("Ajukan akhir tahap Pendekatan awal", None)


def test_next_step_in_intervention_is_due_when_the_period_ends(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    assert next_step(case) == ("Ajukan akhir tahap Pelaksanaan", date(2026, 3, 31))


def test_next_step_of_an_extension_is_due_when_it_ends(walked, people):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, "extend", until_on=date(2026, 9, 30))
    assert next_step(case) == ("Ajukan keputusan penutupan", date(2026, 9, 30))


def test_next_visit_falls_due_by_the_schedule_counted_from_leaving(walked, people):
    case = walked.at(Stage.AFTERCARE)
    assert case.next_due_on == date(2026, 4, 10)
    for due in (date(2026, 6, 10), date(2026, 9, 10), date(2027, 3, 10), None):
        with clock.at(datetime(case.next_due_on.year, case.next_due_on.month, 11, 4, tzinfo=UTC)):
            walk.paper(people, case, models.AftercareVisit)
            assert next_step(case) == ("Ajukan akhir tahap Bimbingan lanjut", due)
        case.refresh_from_db()


def test_closed_case_has_no_next_step(walked, people):
    case = walk.to_end(people, walked.at(Stage.AFTERCARE))
    assert next_step(case) == ("", None)


def test_next_step_never_outgrows_its_column(walked, people):
    case = walked.at(Stage.INTAKE)
    rows = [{"key": str(i), "label": "Surat " * 40, "presence": Presence.ABSENT} for i in range(3)]
    walk.paper(people, case, models.AdminChecklist, parts={models.ChecklistItem: rows})
    words, _due = next_step(case)
    assert len(words) == 200 and words.endswith(" dan 3 hal lain")
