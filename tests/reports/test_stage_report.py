"""Each of the six stage reports says what is on record: work, records, decision, sign-offs with who and when."""

import pytest
from django.template.loader import render_to_string

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from reports import documents
from reports.dossier import Dossier, NotReached
from services import models, recording, transitions
from services.demo import walk
from services.enums import Told
from tests.reports.lives import lived, spelled
from tests.reports.papers import lines, reader, team, text, upt, wib, words

pytestmark = pytest.mark.django_db

WORKER = "Dian Permatasari, S.Tr.Sos. NIP 19920214 201903 2 011"
SUPERVISOR = "Drs. Moch. Yusuf, M.Kesos. NIP 19681130 199401 1 002"
HEAD = "Dra. Retno Wulandari, M.Si. NIP 19690417 199403 2 006"


def written(case: Case, stage: Stage, by: User) -> list[str]:
    """The words of a report as they go to the printer, on 2 February 2026, 10.42."""
    with clock.at(wib(2026, 2, 2, 10, 42)):
        return words(render_to_string("reports/print/stage_report.html", documents.stage_context(case, stage, by=by)))


def codes(paper: list[str]) -> list[str]:
    """The codes of the table of activities, with their star, in printed order."""
    begin = paper.index(next(line for line in paper if line.startswith("Kode Uraian")))
    end = paper.index(next(line for line in paper if line.startswith("* Wajib")))
    rows = [line.split() for line in paper[begin + 1 : end]]
    return [f"{r[0]}{' *' if r[1] == '*' else ''}" for r in rows if "." in r[0] and r[0][0] in "ABCDEF" and len(r) > 1]


EXPECTED = {
    Stage.INTAKE: (
        "LAPORAN TAHAP PENDEKATAN AWAL",
        "Tahap A. Pendekatan awal",
        ["A.u *", "A.v *", "A.w *", "A.y *", "A.bb *", "A.dd *"],
        ["A.y"],
    ),
    Stage.ASSESSMENT: (
        "LAPORAN TAHAP ASESMEN",
        "Tahap B. Pengungkapan dan pemahaman masalah",
        ["B.d *", "B.e *", "B.f *", "B.h *"],
        ["B.e"],
    ),
    Stage.PLANNING: (
        "LAPORAN TAHAP RENCANA",
        "Tahap C. Penyusunan rencana pemecahan masalah",
        ["C.c *", "C.e *", "C.i *", "C.m *", "C.n *"],
        ["C.i"],
    ),
    Stage.INTERVENTION: (
        "LAPORAN TAHAP PELAKSANAAN",
        "Tahap D. Pelaksanaan pemecahan masalah",
        ["D.j *", "D.k *", "D.p *", "D.x *", "D.y *", "D.dd *"],
        ["D.x", "D.y"],
    ),
    Stage.CLOSING: (
        "LAPORAN TAHAP EVALUASI DAN TERMINASI",
        "Tahap E. Evaluasi, terminasi, dan rujukan",
        ["E.1.3 *", "E.1.4 *", "E.1.5 *", "E.1.6 *", "E.2.2 *", "E.2.3 *", "E.2.4 *", "E.2.5 *"],
        ["E.1.5", "E.2.4"],
    ),
    Stage.AFTERCARE: (
        "LAPORAN TAHAP BIMBINGAN LANJUT",
        "Tahap F. Bimbingan dan pembinaan lanjut",
        ["F.c *", "F.g *", "F.i *"],
        ["F.i"],
    ),
}


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_prints_its_title_codes_sign_offs_and_signers(six_papers, stage):
    title, name, expected_codes, signed = EXPECTED[stage]
    paper = lines(six_papers[stage])
    whole, day = " ".join(paper), spelled(stage)
    assert {title, name, "RAHASIA", "PEMERINTAH PROVINSI JAWA TIMUR", "DINAS SOSIAL", "UPT CONTOH ANKN"} <= set(paper)
    assert codes(paper) == expected_codes
    assert "Nama : M. RAFI PRATAMA" in paper
    assert "No. induk / no. kasus : 26-0001 / ANKN-2026-0001 (episode ke-1)" in paper
    assert [code for code in signed if f"{code} {day} {SUPERVISOR}" not in whole] == []
    assert f"{day}, 15.30 WIB Diajukan: akhir tahap" in whole
    assert f"{day}, 15.30 WIB Disetujui {SUPERVISOR}" in whole
    assert WORKER in whole
    assert "Tidak ada. Semua isi tahap lengkap dan sudah disupervisi." in paper
    assert "KONSEP" not in whole
    assert "dicetak 2 Februari 2026, 10.42 WIB oleh Retno Wulandari Halaman" in paper[-1]


@pytest.mark.parametrize("stage", Stage)
def test_a_report_is_signed_by_head_worker_and_the_supervisor_who_approved(six_papers, stage):
    paper, day = lines(six_papers[stage]), spelled(stage)
    begin = paper.index("Mengetahui,")
    assert paper[begin:-2] == [
        "Mengetahui,",
        "Kepala UPT Contoh ANKN,",
        "Dra. RETNO WULANDARI, M.Si.",
        "Pembina Tk. I (IV/b)",
        "NIP 19690417 199403 2 006",
        f"Surabaya, {day}",
        "Pekerja Sosial,",
        "DIAN PERMATASARI, S.Tr.Sos.",
        "Penata Muda Tk. I (III/b)",
        "NIP 19920214 201903 2 011",
        f"Telah disupervisi {day},",
        "Supervisor,",
        "Drs. MOCH. YUSUF, M.Kesos.",
        "Pembina (IV/a)",
        "NIP 19681130 199401 1 002",
    ]


@pytest.mark.parametrize(
    ("stage", "decision", "answer"),
    [(Stage.INTAKE, "seleksi", "DITERIMA"), (Stage.CLOSING, "penutupan", "TERMINASI")],
)
def test_head_endorsements_are_printed_with_name_nip_and_moment(six_papers, stage, decision, answer):
    whole, moment = text(six_papers[stage]), f"{spelled(stage)}, 09.00 WIB"
    assert f"Keputusan {decision} Keputusan : {answer}" in whole
    assert f"Disahkan : {HEAD.replace(' NIP', ', NIP')}, {moment}" in whole
    assert f"{moment} Disahkan {HEAD}" in whole


def test_records_are_printed_as_tables_and_texts(six_papers):
    assessment = lines(six_papers[Stage.ASSESSMENT])
    assert "Psikologis 3 Cukup baik Pendampingan teratur Mau belajar" in assessment
    assert "Kemasyarakatan Takmir musala" in assessment
    assert "Putus sekolah dan bergaul dengan teman yang memakai obat terlarang." in assessment
    progress = lines(six_papers[Stage.INTERVENTION])
    assert "Periode Januari 2026" in progress
    assert "Biologis Belum teratur Pendampingan harian Mulai teratur Perlu diingatkan 3" in progress
    outcome = lines(six_papers[Stage.CLOSING])
    assert "Spiritual Cukup baik 3 Membaik 4" in outcome
    assert "Nama yang menerima : Siti Aminah" in outcome
    visits = text(six_papers[Stage.AFTERCARE])
    assert "Kunjungan dilaksanakan 1 kali: 30 Januari 2026." in visits
    assert "Kasus ditutup pada 30 Januari 2026: selesai bimbingan lanjut." in visits


def test_the_plan_lies_on_a_landscape_page_with_six_resources(six_papers):
    pages = reader(six_papers[Stage.PLANNING]).pages
    wide = [page for page in pages if page.mediabox.width > page.mediabox.height]
    assert (len(wide), len(pages)) == (1, 4)
    words = " ".join(wide[0].extract_text().split())
    assert "Sumber daya" in words
    for resource in ("Manusia", "Biaya", "Metode, teknik", "Peralatan", "Sarana, prasarana", "Waktu"):
        assert resource in words
    assert "Mampu servis ringan sepeda motor" in words


def test_a_running_stage_is_a_draft_that_says_what_follows():
    people = team(upt())
    case = lived(people, until=Stage.ASSESSMENT)
    paper = written(case, Stage.ASSESSMENT, people.head)
    assert "KONSEP – belum disahkan" in paper
    frame = documents.stage_context(case, Stage.ASSESSMENT, by=people.head)["paper"]
    assert frame.foot.endswith(" oleh Retno Wulandari · KONSEP – belum disahkan")
    assert frame.running_head.endswith(" · RAHASIA · KONSEP – belum disahkan")
    assert codes(paper) == ["B.d *", "B.e *", "B.f *", "B.h *"]
    begin = paper.index("No. Yang belum dipenuhi pada saat laporan dicetak") + 1
    assert " ".join(paper[begin:]).startswith(
        "1 Asesmen empat aspek (B.d) belum diisi 2 Temu bahas hasil asesmen (B.f) belum diisi "
        "3 Laporan hasil asesmen (B.h) belum diisi 4 Supervisi belum diberikan: Memberikan supervisi dalam kegiatan "
        "asesmen masalah, kebutuhan, dan sistem sumber klien (B.e) 5 Akhir tahap belum disetujui supervisor"
    )
    assert "Telah disupervisi" not in " ".join(paper)


def test_a_returned_request_is_printed_with_its_reason():
    people = team(upt())
    case = lived(people, until=Stage.ASSESSMENT)
    with clock.at(wib(2026, 1, 8)):
        walk.assessment(people, case)
        case.refresh_from_db()
        request = transitions.submit(case=case, by=people.worker, version=case.version)
    with clock.at(wib(2026, 1, 9)):
        transitions.give_back(
            request=request, by=people.supervisor, version=case.version, reason="Sistem sumber formal belum diisi."
        )
    with clock.at(wib(2026, 1, 10)):
        walk.end_stage(people, case)
    whole = " ".join(written(case, Stage.ASSESSMENT, people.head))
    assert f"1 9 Januari 2026, 09.00 WIB Dikembalikan {SUPERVISOR} Sistem sumber formal belum diisi." in whole
    assert f"2 10 Januari 2026, 09.00 WIB Disetujui {SUPERVISOR}" in whole


def test_a_stage_not_reached_has_no_report():
    people = team(upt())
    case = lived(people, until=Stage.ASSESSMENT)
    with pytest.raises(NotReached):
        documents.stage_report(case, Stage.PLANNING, by=people.head)


def test_a_case_that_was_sent_back_reports_the_later_stage_as_a_draft_and_asks_again():
    people = team(upt())
    case = lived(people, until=Stage.INTERVENTION)
    with clock.at(wib(2026, 1, 14)):
        transitions.send_back(
            case=case, to=Stage.PLANNING, by=people.supervisor, version=case.version, reason="Tujuan belum terukur."
        )
        case.refresh_from_db()
    plan = " ".join(written(case, Stage.PLANNING, people.head))
    assert "KONSEP" in plan
    assert "Disetujui; diminta lagi sejak kasus berpindah" in plan
    later = " ".join(written(case, Stage.INTERVENTION, people.head))
    assert "KONSEP" in later
    assert "Kasus kembali ke tahap rencana; tahap ini dilanjutkan sesudahnya" in later


def test_a_second_round_prints_its_own_papers_and_no_others():
    people = team(upt())
    case = lived(people, until=Stage.CLOSING)
    with clock.at(wib(2026, 1, 26)):
        walk.evaluation(people, case)
        walk.decide(people, case, "continue", "Satu tujuan belum tercapai.")
        walk.paper(people, case, models.Goal, goal="Tujuan putaran kedua")
        case.refresh_from_db()
    second = " ".join(written(case, Stage.PLANNING, people.head))
    assert "Tujuan putaran kedua" in second
    assert "Mampu servis ringan sepeda motor" not in second
    assert "Putaran ke-2" in second
    with clock.at(wib(2026, 1, 27)):
        closing = Dossier(case, Stage.CLOSING)
    assert (closing.round, closing.end.move) == (1, "continue")
    assert [a.code for a in closing.activities] == ["E.1.3", "E.1.4", "E.1.6", "E.1.5"]


def test_a_protected_child_is_named_in_full_only_inside():
    people = team(upt())
    case = lived(people, until=Stage.PLANNING, name="Rangga Aditya", is_protected=True)
    paper = written(case, Stage.ASSESSMENT, people.head)
    frame = documents.stage_context(case, Stage.ASSESSMENT, by=people.head)["paper"]
    assert "Nama RANGGA ADITYA" in paper
    assert frame.running_head == f"Laporan Tahap Asesmen · kasus {case.number} · R. A. · RAHASIA"
    assert "Rangga" not in f"{frame.title} {frame.about} {frame.subtitle} {frame.foot}"


def test_the_nik_is_masked_whoever_asks():
    people = team(upt())
    case = lived(people, until=Stage.ASSESSMENT, nik="3578991402070001")
    assert "NIK 3578••••••••••01" in written(case, Stage.INTAKE, people.head)


def test_notes_and_obstacles_of_the_worklog_are_printed():
    people = team(upt())
    case = lived(people, until=Stage.CLOSING)
    with clock.at(wib(2026, 1, 27)):
        recording.log_activity(
            code="B.b",
            by=people.worker,
            on=case.institution.today(),
            cases=[case],
            values={"account": "Rancangan asesmen disusun.", "result": "Disepakati supervisor."},
        )
        recording.log_activity(
            code="D.q",
            by=people.worker,
            on=case.institution.today(),
            cases=[case],
            bimbingan=["vocational"],
            values={"account": "Alat praktik kurang.", "obstacle": "Hanya dua mesin."},
        )
    assessment = " ".join(written(case, Stage.ASSESSMENT, people.head))
    assert "27 Januari 2026 B.b Rancangan asesmen disusun. Disepakati supervisor." in assessment
    whole = " ".join(written(case, Stage.INTERVENTION, people.head))
    assert "27 Januari 2026 D.q Alat praktik kurang. Hambatan: Hanya dua mesin." in whole
    assert "Mengikuti jadwal harian tanpa kejadian khusus." not in whole


def test_what_an_ended_stage_still_lacks_is_said():
    people = team(upt())
    case = lived(people, until=Stage.ASSESSMENT)
    models.NoticeRecipient.objects.filter(told=Told.NONE).update(reason="")
    whole = " ".join(written(case, Stage.INTAKE, people.head))
    assert "Pemberitahuan kepada lembaga pengirim: tulis alasan mengapa tidak ada" in whole
