"""Exits, papers that follow, later notes and new versions, in the stage report and in the month."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from accounts.models import User
from cases.enums import Bimbingan, Sex, Stage, StayEnd
from cases.models import Case
from rehsos import clock
from reports import documents, monthly, proof
from reports.counts import BySex
from reports.dossier import Dossier
from reports.months import Month
from services import addenda, models, revising, transitions
from services.demo import walk
from services.enums import Kind
from tests import factories
from tests.reports.lives import lived
from tests.reports.papers import team, upt, wib, words

pytestmark = pytest.mark.django_db

SUPERVISOR = "Drs. Moch. Yusuf, M.Kesos., NIP 19681130 199401 1 002"
HEAD = "Dra. Retno Wulandari, M.Si., NIP 19690417 199403 2 006"


def written(case: Case, stage: Stage, by: User) -> str:
    with clock.at(wib(2026, 3, 2)):
        case.refresh_from_db()
        context = documents.stage_context(case, stage, by=by)
        return " ".join(words(render_to_string("reports/print/stage_report.html", context)))


def leave(people: factories.Team, case: Case, way: StayEnd, day: date) -> None:
    transitions.depart(case=case, way=way, left_on=day, account="Dijemput ibu.", by=people.worker)


def write_minutes(people: factories.Team, case: Case) -> None:
    values = {
        "on": case.institution.today(),
        "number": "BA/12/2026",
        "place": "Kantor UPT",
        "receiver_name": "Siti Aminah",
        "receiver_relation": "Ibu",
        "receiver_address": "Waru",
        "conclusion": "Klien diserahkan kepada keluarga.",
        "witness_1": "Petugas asrama",
    }
    transitions.write_minutes(case=case, values=values, by=people.worker)


def settle(people: factories.Team, case: Case, **values) -> None:
    case.refresh_from_db()
    request = transitions.propose_exit(
        case=case, reason="Permintaan keluarga.", by=people.worker, version=case.version, **values
    )
    decide(people, case, request)


def decide(people: factories.Team, case: Case, request: models.Request) -> None:
    transitions.approve(request=request, by=people.supervisor, version=case.version, note="Sesuai.")
    transitions.endorse(request=request, by=people.head, version=case.version)
    case.refresh_from_db()


def reverse(people: factories.Team, case: Case) -> None:
    case.refresh_from_db()
    request = transitions.propose_reversal(case=case, reason="Salah orang.", by=people.worker, version=case.version)
    decide(people, case, request)


def failing(report) -> list[str]:
    return [check.words for check in proof.checks(report) if not check.holds]


def counted(institution, year: int, number: int):
    with clock.at(wib(2026, 3, 31)):
        return monthly.report(institution, Month(date(year, number, 1)))


def test_a_recorded_exit_is_a_draft_that_waits_for_its_papers():
    people = team(upt())
    case = lived(people, until=Stage.INTERVENTION)
    with clock.at(wib(2026, 1, 31)):
        leave(people, case, StayEnd.TAKEN_HOME, date(2026, 1, 30))
    paper = written(case, Stage.INTERVENTION, people.head)
    assert "KONSEP – belum disahkan" in paper
    assert "Cara keluar Pulang atas kehendak sendiri atau keluarga Tanggal peristiwa 30 Januari 2026" in paper
    assert "Uraian kejadian Dijemput ibu. Dicatat oleh Dian Permatasari, S.Tr.Sos., 31 Januari 2026, 09.00 WIB" in paper
    assert "Berita acara belum dibuat" in paper
    assert (
        "1 Berita acara keluar belum dibuat; menyusul s.d. 7 Februari 2026 2 Keluar belum disahkan Kepala UPT" in paper
    )


def test_an_endorsed_exit_ends_the_stage_with_its_berita_acara():
    people = team(upt())
    case = lived(people, until=Stage.INTERVENTION)
    with clock.at(wib(2026, 1, 31)):
        leave(people, case, StayEnd.TAKEN_HOME, date(2026, 1, 30))
    with clock.at(wib(2026, 2, 2)):
        write_minutes(people, case)
        settle(people, case)
    paper = written(case, Stage.INTERVENTION, people.head)
    assert "KONSEP" not in paper
    assert "Berita acara BA/12/2026, 2 Februari 2026, Kantor UPT Diterima oleh Siti Aminah, Ibu, Waru" in paper
    assert f"Disetujui supervisor {SUPERVISOR}, 2 Februari 2026, 09.00 WIB Disahkan {HEAD}, 2 Februari 2026" in paper
    assert "Diajukan: keluar, pulang atas kehendak sendiri atau keluarga" in paper
    assert "Kasus ditutup pada 2 Februari 2026: pulang atas kehendak sendiri atau keluarga." in paper
    january, february = (counted(case.institution, 2026, number) for number in (1, 2))
    assert january.ends == {"taken_home": BySex(1, 0)}
    assert (january.stages[Stage.INTERVENTION].end, february.stages[Stage.INTERVENTION].closed) == (
        BySex(1, 0),
        BySex(1, 0),
    )
    assert february.endorsed[Kind.EXIT] == {"taken_home": BySex(1, 0)}
    assert failing(january) == failing(february) == []


def test_a_reversed_exit_opens_the_stage_and_the_stay_again():
    people = team(upt())
    case = lived(people, until=Stage.INTERVENTION)
    with clock.at(wib(2026, 1, 30)):
        leave(people, case, StayEnd.TAKEN_HOME, date(2026, 1, 30))
        write_minutes(people, case)
        settle(people, case)
    with clock.at(wib(2026, 2, 2)):
        reverse(people, case)
    paper = written(case, Stage.INTERVENTION, people.head)
    assert "KONSEP" in paper
    assert "Dibatalkan 2 Februari 2026, 09.00 WIB" in paper
    january, february = (counted(case.institution, 2026, number) for number in (1, 2))
    assert (january.stages[Stage.INTERVENTION].closed, february.stages[Stage.INTERVENTION].opened) == (
        BySex(1, 0),
        BySex(1, 0),
    )
    assert february.endorsed[Kind.REVERSAL] == {"": BySex(1, 0)}
    assert failing(january) == failing(february) == []


def test_who_comes_back_within_the_days_is_counted_out_and_in():
    people = team(upt())
    case = lived(people, until=Stage.INTERVENTION, sex=Sex.FEMALE)
    with clock.at(wib(2026, 1, 31)):
        leave(people, case, StayEnd.LEFT_WITHOUT_LEAVE, date(2026, 1, 31))
        write_minutes(people, case)
        settle(people, case)
    with clock.at(wib(2026, 2, 5)):
        transitions.come_back(case=case, on=date(2026, 2, 5), by=people.worker)
    january, february = (counted(case.institution, 2026, number) for number in (1, 2))
    assert (january.stays.left, january.stays.end) == (BySex(0, 1), BySex())
    assert (february.stays.came, february.stays.end) == (BySex(0, 1), BySex(0, 1))
    assert failing(january) == failing(february) == []
    assert "Kembali 5 Februari 2026" in written(case, Stage.INTERVENTION, people.head)


def test_an_exit_to_aftercare_and_a_transfer_balance_too():
    people = team(upt())
    others = factories.team(factories.institution("PLW"))
    case, moved = lived(people, until=Stage.INTERVENTION), lived(people, until=Stage.PLANNING, name="Bagus")
    with clock.at(wib(2026, 1, 31)):
        leave(people, case, StayEnd.REUNIFIED, date(2026, 1, 31))
        write_minutes(people, case)
        settle(people, case, opens_aftercare=True)
        request = transitions.propose_transfer(
            case=moved, receiver=others.head.institution, reason="Dekat.", by=people.worker, version=moved.version
        )
        decide(people, moved, request)
    with clock.at(wib(2026, 2, 1)):
        transfer = models.Transfer.objects.get()
        transitions.accept(transfer=transfer, worker=others.worker, by=others.head, on=date(2026, 2, 1))
    january, february = (counted(case.institution, 2026, number) for number in (1, 2))
    assert january.stages[Stage.AFTERCARE].from_others == BySex(1, 0)
    assert january.endorsed[Kind.TRANSFER] == {"moved_upt": BySex(1, 0)}
    assert february.ends == {"moved_upt": BySex(1, 0)}
    assert failing(january) == failing(february) == []
    assert failing(counted(others.head.institution, 2026, 2)) == []
    paper = written(case, Stage.INTERVENTION, people.head)
    assert "Tahap berakhir pada 31 Januari 2026 dan kasus berlanjut ke tahap bimbingan lanjut." in paper


def test_a_referral_at_an_exit_is_printed_where_the_case_stood():
    people = team(upt())
    case = lived(people, until=Stage.INTERVENTION)
    with clock.at(wib(2026, 1, 31)):
        leave(people, case, StayEnd.REFERRED, date(2026, 1, 31))
        write_minutes(people, case)
        walk.fill(people, case, models.Referral, models.ReferralReport)
    paper = written(case, Stage.INTERVENTION, people.head)
    assert "Rujukan (E.3.2)" in paper
    assert "Lembaga tujuan Lembaga Mitra Sejahtera" in paper


def test_a_paper_that_was_let_follow_is_told_until_it_comes():
    people = team(upt())
    case = lived(people, until=Stage.ASSESSMENT)
    with clock.at(wib(2026, 1, 12)):
        walk.fill(people, case, models.Assessment, models.AssessmentReport)
        case.refresh_from_db()
        transitions.waive(
            case=case,
            code="B.f",
            due_on=date(2026, 1, 26),
            reason="Ayah klien belum dapat hadir.",
            by=people.head,
            version=case.version,
        )
        walk.end_stage(people, case)
    paper = written(case, Stage.ASSESSMENT, people.head)
    assert "B.f Temu bahas hasil asesmen (B.f) belum diisi. Ayah klien belum dapat hadir." in paper
    assert "Dra. Retno Wulandari, M.Si. NIP 19690417 199403 2 006 12 Januari 2026 26 Januari 2026 belum" in paper
    assert "1 Temu bahas hasil asesmen (B.f) belum diisi; menyusul s.d. 26 Januari 2026" in paper
    with clock.at(wib(2026, 1, 20)):
        walk.paper(people, case, models.AssessmentConference)
    paper = written(case, Stage.ASSESSMENT, people.head)
    assert "26 Januari 2026 20 Januari 2026" in paper
    assert "Tidak ada. Semua isi tahap lengkap dan sudah disupervisi." in paper


def test_a_later_note_stands_beside_the_ended_stage():
    people = team(upt())
    case = lived(people, until=Stage.PLANNING)
    with clock.at(wib(2026, 2, 3)):
        addenda.add(case=case, stage=Stage.ASSESSMENT, text="Ijazah ditemukan.", on=date(2026, 2, 1), by=people.worker)
    paper = written(case, Stage.ASSESSMENT, people.head)
    assert "1 Februari 2026 Ijazah ditemukan. Dian Permatasari, S.Tr.Sos. ditulis 3 Februari 2026" in paper
    assert "Ijazah ditemukan." not in written(case, Stage.INTAKE, people.head)


def test_a_new_version_of_the_plan_is_told_in_the_stage_that_made_it():
    people = team(upt())
    case = lived(people, until=Stage.INTERVENTION)
    with clock.at(wib(2026, 1, 20)):
        case.refresh_from_db()
        case = revising.revise(
            case=case, what="plan", reason="Kebutuhan berubah.", by=people.worker, version=case.version
        )
        walk.paper(people, case, models.Goal, bimbingan=Bimbingan.SOCIAL, goal="Berteman baik")
    assert "Berteman baik" not in written(case, Stage.PLANNING, people.head)
    paper = written(case, Stage.INTERVENTION, people.head)
    assert "Rencana pemecahan masalah per bimbingan" in paper
    assert "Berteman baik" in paper
    assert Dossier(case, Stage.PLANNING).planned == [Bimbingan.VOCATIONAL, Bimbingan.PSYCHOSOCIAL]
    assert Bimbingan.SOCIAL in Dossier(case, Stage.INTERVENTION).planned
