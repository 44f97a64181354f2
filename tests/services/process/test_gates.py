"""What is missing, in words: every reason of every stage, and when a paper counts."""

import pytest

from cases.enums import Bimbingan, Stage
from services import gates, models
from services.demo import walk
from tests.services.process.missing import unmet


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (
            Stage.INTAKE,
            [
                ("Ceklis administrasi (A.u) belum diisi", "A.u", "ceklis", ""),
                ("Wawancara dan penentuan kelayakan (A.v) belum diisi", "A.v", "kelayakan", ""),
            ],
        ),
        (
            Stage.ASSESSMENT,
            [
                ("Asesmen empat aspek (B.d) belum diisi", "B.d", "asesmen", ""),
                ("Temu bahas hasil asesmen (B.f) belum diisi", "B.f", "temu-bahas", ""),
                ("Laporan hasil asesmen (B.h) belum diisi", "B.h", "laporan-asesmen", ""),
            ],
        ),
        (
            Stage.PLANNING,
            [
                ("Rencana belum memuat satu pun tujuan", "", "tujuan", ""),
                ("Temu bahas rencana (C.j / C.k / C.l / C.m) belum diisi", "C.j", "temu-bahas-rencana", ""),
                ("Persetujuan klien atas rencana (C.n) belum diisi", "C.n", "persetujuan", ""),
            ],
        ),
        (
            Stage.INTERVENTION,
            [
                (
                    "Belum ada layanan bimbingan keterampilan (D.j) sejak tahap ini dimulai",
                    "D.j",
                    "",
                    Bimbingan.VOCATIONAL,
                ),
                (
                    "Belum ada layanan bimbingan psikososial (D.k) sejak tahap ini dimulai",
                    "D.k",
                    "",
                    Bimbingan.PSYCHOSOCIAL,
                ),
                ("Memantau aktivitas sehari-hari klien (D.p) belum dicatat", "D.p", "", ""),
                ("Evaluasi proses (D.dd) belum diisi", "D.dd", "evaluasi-proses", ""),
            ],
        ),
        (
            Stage.CLOSING,
            [
                ("Evaluasi hasil pelayanan (E.1.3) belum diisi", "E.1.3", "evaluasi-hasil", ""),
                ("Temu bahas evaluasi (E.1.4) belum diisi", "E.1.4", "temu-bahas-evaluasi", ""),
                ("Laporan evaluasi (E.1.6) belum diisi", "E.1.6", "laporan-evaluasi", ""),
            ],
        ),
        (
            Stage.AFTERCARE,
            [
                (
                    "Kunjungan bimbingan lanjut (F.b / F.c / F.d / F.e / F.f) belum diisi",
                    "F.b",
                    "kunjungan",
                    "",
                ),
                ("Kunjungan bimbingan lanjut (F.g) belum diisi", "F.g", "kunjungan", ""),
            ],
        ),
    ],
)
def test_stage_begins_with_all_its_papers_missing(walked, stage, expected):
    assert [(m.text, m.code, m.record, m.bimbingan) for m in gates.unmet(walked.at(stage))] == expected


@pytest.mark.parametrize("stage", Stage)
def test_filled_stage_lacks_nothing(walked, people, stage):
    case = walked.at(stage)
    walk.STEPS[stage](people, case)
    assert unmet(case) == []


def test_what_follows_a_decision_is_asked_only_after_it(walked, people):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    assert unmet(case) == []
    walk.decide(people, case, "accepted")
    assert unmet(case) == [
        "Pemberitahuan hasil seleksi (A.w) belum diisi",
        "Surat kesepakatan (A.bb) belum diisi",
        "Penempatan (A.dd) belum diisi",
    ]


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("waiting_list", ["Pemberitahuan hasil seleksi (A.w) belum diisi"]),
        ("not_eligible", ["Pemberitahuan hasil seleksi (A.w) belum diisi"]),
        (
            "referred",
            ["Pemberitahuan hasil seleksi (A.w) belum diisi", "Rujukan calon klien (A.x) belum diisi"],
        ),
    ],
)
def test_every_answer_of_the_selection_asks_its_own_papers(walked, people, way, expected):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    walk.decide(people, case, way)
    assert unmet(case) == expected


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (
            "terminate",
            [
                "Kesiapan terminasi (E.2.2) belum diisi",
                "Terminasi dan serah terima (E.2.3) belum diisi",
                "Laporan terminasi (E.2.5) belum diisi",
            ],
        ),
        ("refer", ["Rujukan (E.3.2) belum diisi", "Laporan rujukan (E.3.5) belum diisi"]),
    ],
)
def test_every_answer_of_the_closing_asks_its_own_papers(walked, people, way, expected):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, way)
    assert unmet(case) == expected


def test_closed_case_says_so(walked, people):
    case = walk.to_end(people, walked.at(Stage.AFTERCARE))
    assert unmet(case) == ["Kasus sudah ditutup"]
