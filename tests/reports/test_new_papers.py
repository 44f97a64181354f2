"""What stands on each issued paper: number, parties, signatures, code; read back from the kept PDF."""

import pytest
from django.db import transaction

from cases.enums import Stage, StayEnd
from rehsos import clock
from reports import issuable
from reports.enums import PaperKind
from services import models, transitions
from services.demo import walk
from services.enums import Signer
from tests.reports.issued import issued, kept, placed
from tests.reports.lives import lived
from tests.reports.papers import reader, team, text, upt, wib

pytestmark = pytest.mark.django_db

PRINTED_ON = wib(2026, 2, 2, 10, 42)
MINUTES = {
    "place": "Kantor UPT",
    "receiver_name": "Slamet Riyadi",
    "receiver_relation": "Ayah",
    "receiver_address": "Waru",
    "conclusion": "Klien diserahkan kepada keluarga.",
    "witness_1": "Petugas asrama",
}
HEAD = "Kepala UPT Contoh ANKN, Dra. RETNO WULANDARI, M.Si. Pembina Tk. I (IV/b) NIP 19690417 199403 2 006"


@pytest.fixture(scope="module")
def papers(django_db_setup: None, django_db_blocker) -> dict[str, tuple[str, bytes]]:
    """Every paper of one finished case, issued on 2 February: number and content by kind and subject."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = team(upt())
        person = {
            "guardian_name": "Slamet Riyadi",
            "guardian_relation": "Ayah",
            "address": "Jalan Contoh Gang III No. 7",
        }
        case = lived(people, name="M. Rafi Pratama", **person)
        with clock.at(PRINTED_ON):
            out = [(one, issued(people, case, kind=one.kind, subject=one.subject)) for one in issuable.offers(case)]
        found = {one.key: (paper.number, kept(paper)) for one, paper in out}
        transaction.set_rollback(True)
    return found


def of_kind(papers, kind: PaperKind) -> tuple[str, str]:
    number, content = next(found for key, found in papers.items() if key.startswith(f"{kind.value}:"))
    return number, text(content)


def test_a_finished_case_has_its_papers_in_the_order_of_the_process(papers):
    assert [(key.split(":")[0], number) for key, (number, _content) in papers.items()] == [
        ("notice", "400.9/1/ANKN/2026"),
        ("agreement", "400.9/2/ANKN/2026"),
        ("placement", "400.9/3/ANKN/2026"),
        ("plan", "400.9/4/ANKN/2026"),
        *(("stage_report", f"400.9/{at}/ANKN/2026") for at in range(5, 11)),
        ("progress", "400.9/11/ANKN/2026"),
        ("aftercare", "400.9/12/ANKN/2026"),
    ]


def test_every_paper_carries_letterhead_number_issue_and_code(papers):
    for key, (number, content) in papers.items():
        words = text(content)
        assert words.startswith("PEMERINTAH PROVINSI JAWA TIMUR DINAS SOSIAL UPT CONTOH ANKN Jalan Contoh"), key
        assert number in words, key
        assert "diterbitkan 2 Februari 2026, 10.42 WIB · kode " in words, key
        assert "Kode pemeriksaan " in words, key
        assert "KONSEP" not in words, key
        assert "dicetak" not in words.replace("laporan dicetak", ""), key


def test_every_paper_is_tagged_and_on_a4(papers):
    for key, (_number, content) in papers.items():
        found = reader(content)
        assert found.trailer["/Root"]["/MarkInfo"]["/Marked"], key
        sides = {tuple(sorted((round(page.mediabox.width), round(page.mediabox.height)))) for page in found.pages}
        assert sides == {(595, 842)}, key


def test_the_notice_is_a_letter_about_what_was_decided(papers):
    number, words = of_kind(papers, PaperKind.NOTICE)
    assert (
        f"Surabaya, 2 Februari 2026 Nomor : {number} Sifat : Terbatas Lampiran : – Hal : Pemberitahuan hasil" in words
    )
    assert [
        part for part in ("Yth.", "Sdr. M. Rafi Pratama", "Wali: Slamet Riyadi", "di tempat") if part not in words
    ] == []
    assert "seleksi yang disahkan pada 5 Januari 2026" in words
    assert "dinyatakan: DITERIMA" in words
    assert HEAD in words


def test_the_agreement_names_both_sides_and_its_articles(papers):
    number, words = of_kind(papers, PaperKind.AGREEMENT)
    assert f"SURAT KESEPAKATAN HAK DAN KEWAJIBAN Nomor: {number}" in words
    assert "Pada hari ini Senin, tanggal lima bulan Januari tahun dua ribu dua puluh enam (05-01-2026)" in words
    assert "Nama penerima manfaat : M. RAFI PRATAMA" in words
    assert "Nama wali : SLAMET RIYADI (ayah)" in words
    titles = ["Program dan jangka waktu", "Hak penerima manfaat", "Kewajiban penerima manfaat", "Kewajiban lembaga"]
    titles += ["Data pribadi", "Berakhirnya kesepakatan"]
    assert [title for at, title in enumerate(titles, 1) if f"Pasal {at} {title}" not in words] == []
    assert "selama 6 (enam) bulan sejak 5 Januari 2026" in words
    blocks = ("Meterai", "M. RAFI PRATAMA", "SLAMET RIYADI", "DIAN PERMATASARI, S.Tr.Sos.", "NIP 19690417 199403 2 006")
    assert [block for block in blocks if block not in words.partition("Demikian")[2]] == []


def test_the_decree_places_and_carries_no_titles(papers):
    number, words = of_kind(papers, PaperKind.PLACEMENT)
    assert f"KEPUTUSAN KEPALA UPT CONTOH ANKN Nomor: {number} TENTANG PENEMPATAN PENERIMA MANFAAT" in words
    assert "MEMUTUSKAN Menetapkan: KESATU : Menempatkan sebagai penerima manfaat pada UPT Contoh ANKN:" in words
    assert "Asrama : Asrama Melati, kamar 3" in words
    assert (
        "Ditetapkan di Surabaya pada tanggal 2 Februari 2026 Kepala UPT Contoh ANKN, RETNO WULANDARI Pembina" in words
    )
    assert "Dra." not in words


def test_the_plan_lies_on_landscape_pages_with_the_consent(papers):
    number, content = next(found for key, found in papers.items() if key.startswith("plan:"))
    words, first = text(content), reader(content).pages[0].mediabox
    assert first.width > first.height
    assert f"RENCANA INTERVENSI Nomor: {number}" in words
    assert "RAHASIA" in words
    assert "Tabel 1. Tujuan, kegiatan, dan enam sumber daya per bimbingan" in words
    assert "telah dijelaskan kepada saya dengan bahasa yang saya pahami pada 12 Januari 2026 (butir C.n)" in words
    assert "Telah disupervisi 12 Januari 2026 (C.i)," in words


def test_a_stage_report_keeps_its_printed_name_below_the_number(papers):
    number, content = papers["stage_report:asesmen-1"]
    assert f"LAPORAN TAHAP ASESMEN Nomor: {number} Tahap B. Pengungkapan" in text(content)


def test_the_berita_acara_of_an_exit_is_issued_under_a_number():
    people = team(upt())
    case = placed(people)
    today = case.institution.today()
    transitions.depart(case=case, way=StayEnd.TAKEN_HOME, left_on=today, account="Dijemput ayah.", by=people.worker)
    transitions.write_minutes(case=case, values={**MINUTES, "on": today}, by=people.worker)
    offer = next(one for one in issuable.offers(case) if one.kind == PaperKind.DEPARTURE)
    paper = issued(people, case, kind=offer.kind, subject=offer.subject)
    words = text(kept(paper))
    assert (offer.title, offer.reasons) == ("Berita acara keluar", [])
    assert f"BERITA ACARA SERAH TERIMA KLIEN Nomor: {paper.number}" in words
    assert "KONSEP" not in words


@pytest.mark.parametrize(
    ("signer", "words"),
    [
        (Signer.GUARDIAN, ["Wali, ", "SLAMET RIYADI"]),
        (Signer.THUMBPRINT, ["Penerima manfaat (cap jempol),"]),
        (Signer.UNABLE, ["Penerima manfaat (tidak mampu menandatangani),", "Saksi I,", "Saksi II,", "PAK RT"]),
        (Signer.REFUSED, ["yang tidak bersedia menandatanganinya", "di hadapan dua orang saksi", "PAK RT"]),
    ],
)
def test_an_agreement_is_signed_in_one_of_five_ways(signer, words):
    people = team(upt())
    case = placed(people)
    witnesses = {"witness_1": "Pak RT", "witness_2": "Bu RW"} if signer in Signer.with_witnesses() else {}
    models.Agreement.objects.filter(case=case).update(signer=signer, signer_name="Slamet Riyadi", **witnesses)
    printed = text(kept(issued(people, case)))
    assert [part for part in words if part.strip() not in printed] == []


def test_rights_of_several_lines_become_points_and_a_long_agreement_keeps_its_signatures_together():
    people = team(upt())
    case = placed(people)
    rights = "\n".join(f"{at}. Hak yang ke-{at} dari penerima manfaat selama masa pelayanan." for at in range(1, 31))
    models.Agreement.objects.filter(case=case).update(client_rights=rights)
    pages = [page.extract_text() for page in reader(kept(issued(people, case))).pages]
    assert len(pages) == 3
    assert "Hak yang ke-30 dari" in " ".join(" ".join(pages).split())
    assert "Demikian surat kesepakatan" in pages[-1]
    assert "NIP 19690417" in pages[-1]


def test_a_waiting_list_is_told_as_such():
    people = team(upt())
    case = walk.open_case(people, walk.register(people.worker, name="Bagus"))
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    walk.decide(people, case, "waiting_list", "Asrama penuh.")
    walk.fill(people, case, models.Notice)
    assert case.at == Stage.INTAKE
    record = models.Notice.objects.get(case=case)
    paper = issued(people, case, kind=PaperKind.NOTICE, subject=str(record.pk))
    assert "dinyatakan: MASUK DAFTAR TUNGGU" in text(kept(paper))
