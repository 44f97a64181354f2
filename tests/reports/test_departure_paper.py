"""The berita acara of an exit: what it says, of whom, signed by whom, and who may print it."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage, StayEnd
from rehsos import clock
from reports import departure_paper
from reports.spelling import dated, in_words
from services import models, transitions
from services.demo import walk
from tests import factories
from tests.reports.papers import reader, team, text, upt, wib, words

pytestmark = pytest.mark.django_db

MINUTES = {
    "number": "BA/12/2026",
    "place": "Kantor UPT",
    "receiver_name": "Siti Aminah",
    "receiver_relation": "Ibu kandung",
    "receiver_address": "Waru, Sidoarjo",
    "belongings": "Satu tas pakaian",
    "conclusion": "Klien diserahkan kepada keluarga.",
    "witness_1": "Petugas asrama",
    "witness_2": "Ketua RT 02",
}


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (31, "tiga puluh satu"),
        (100, "seratus"),
        (119, "seratus sembilan belas"),
        (1000, "seribu"),
        (1999, "seribu sembilan ratus sembilan puluh sembilan"),
        (2026, "dua ribu dua puluh enam"),
        (9999, "sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)
def test_number_is_written_out(number, spelled):
    assert in_words(number) == spelled


@pytest.mark.parametrize("number", [-1, 10000])
def test_number_beyond_what_papers_need_is_refused(number):
    with pytest.raises(ValueError, match="0 and 9999"):
        in_words(number)


def test_date_is_written_out():
    assert dated(date(2026, 6, 30)) == (
        "Selasa, tanggal tiga puluh bulan Juni tahun dua ribu dua puluh enam (30-06-2026)"
    )


@pytest.fixture
def people():
    return team(upt())


def left(people, way=StayEnd.TAKEN_HOME, stage=Stage.INTERVENTION, **minutes):
    """A case from which somebody left on 10 March 2026, placed on the second."""
    with clock.at(wib(2026, 3, 2)):
        person = factories.client(people, name="M. Rafi Pratama", birth_place="Gresik")
        case = factories.case(people, stage, person)
    with clock.at(wib(2026, 3, 10)):
        day = case.institution.today()
        transitions.depart(case=case, way=way, left_on=day, account="Dijemput ibu.", by=people.worker)
        values = {**MINUTES, "on": day, **minutes}
        transitions.write_minutes(case=case, values=values, by=people.worker)
        case.refresh_from_db()
    return case


def written(case, by):
    with clock.at(wib(2026, 3, 11)):
        context = departure_paper.departure_context(case, by=by)
        return " ".join(words(render_to_string("reports/print/departure.html", context)))


def test_paper_tells_who_hands_over_whom_to_whom_and_who_saw_it(people):
    paper = written(left(people), people.head)
    for told in (
        "Berita Acara Serah Terima Klien Nomor: BA/12/2026 KONSEP – belum disahkan",
        "Pada hari ini Selasa, tanggal sepuluh bulan Maret tahun dua ribu dua puluh enam (10-03-2026), bertempat di "
        "Kantor UPT, kami yang bertanda tangan di bawah ini:",
        "I. Yang menyerahkan Nama Dian Permatasari, S.Tr.Sos. NIP 19920214 201903 2 011 Jabatan Pekerja Sosial",
        "II. Yang menerima Nama SITI AMINAH Hubungan atau jabatan Ibu kandung Alamat Waru, Sidoarjo",
        "Nama M. RAFI PRATAMA",
        "Masa pelayanan 2 s.d. 10 Maret 2026 (9 hari)",
        "Cara keluar Pulang atas kehendak sendiri atau keluarga",
        "Uraian kejadian: Dijemput ibu.",
        "Barang dan titipan: Satu tas pakaian",
        "Kesimpulan: Klien diserahkan kepada keluarga.",
        "Saksi I, PETUGAS ASRAMA",
        "Saksi II, KETUA RT 02",
        "Mengetahui, Kepala UPT Contoh ANKN, Dra. RETNO WULANDARI, M.Si. Pembina Tk. I (IV/b)",
    ):
        assert told in paper
    assert "bimbingan lanjut" not in paper


def test_paper_of_an_exit_without_a_receiver_has_one_party(people):
    case = left(people, StayEnd.LEFT_WITHOUT_LEAVE, receiver_name="", receiver_relation="", receiver_address="")
    paper = written(case, people.head)
    assert "Berita Acara Klien Meninggalkan UPT Tanpa Izin" in paper
    assert "saya yang bertanda tangan di bawah ini" in paper
    assert "menerangkan hal-hal sebagai berikut" in paper
    assert "PIHAK" not in paper


def test_paper_of_a_death_hands_over_the_body(people):
    paper = written(left(people, StayEnd.DECEASED), people.head)
    assert "Berita Acara Klien Meninggal Dunia" in paper
    assert "PIHAK KEDUA menerima jenazah klien" in paper


def test_paper_of_an_expulsion_tells_of_the_conference(people):
    case = left(people, StayEnd.EXPELLED, conference="Temu bahas 8 Maret, tiga peringatan.")
    assert "Temu bahas dan peringatan sebelumnya: Temu bahas 8 Maret, tiga peringatan." in written(case, people.head)


def test_paper_of_a_candidate_knows_no_stay(people):
    paper = written(left(people, StayEnd.WITHDREW, Stage.INTAKE), people.head)
    assert "Berita Acara Calon Klien Mengundurkan Diri" in paper
    assert "Masa pelayanan" not in paper


def test_endorsed_paper_is_no_draft_and_tells_of_aftercare(people):
    case = left(people)
    with clock.at(wib(2026, 3, 10)):
        asked = transitions.propose_exit(
            case=case, reason="Pulang.", by=people.worker, version=case.version, opens_aftercare=True
        )
        transitions.approve(request=asked, by=people.supervisor, version=case.version, note="Sesuai.")
        transitions.endorse(request=asked, by=people.head, version=case.version)
    paper = written(case, people.head)
    assert "KONSEP" not in paper
    assert "dilanjutkan dengan bimbingan lanjut" in paper


def test_undone_exit_leaves_a_paper_that_says_so(people):
    case = left(people, StayEnd.LEFT_WITHOUT_LEAVE)
    with clock.at(wib(2026, 3, 11)):
        transitions.come_back(case=case, on=case.institution.today(), by=people.worker)
    assert "DIBATALKAN" in written(case, people.head)


def test_what_was_typed_is_never_markup(people):
    case = left(people, conclusion="<script>alert(1)</script> & <img src=http://127.0.0.1/x>")
    with clock.at(wib(2026, 3, 11)):
        html = render_to_string("reports/print/departure.html", departure_paper.departure_context(case, by=people.head))
    assert "<script>" not in html and "<img" not in html


def test_paper_is_printed_for_who_may_see_the_case_and_leaves_a_trace(client, people):
    case = left(people)
    path = f"/kasus/{case.number}/keluar/berita-acara.pdf"
    elsewhere = factories.team(factories.institution("LANSIA"))
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    for user, status in ((people.other_worker, 404), (elsewhere.head, 404), (office, 403), (people.supervisor, 200)):
        client.force_login(user)
        answer = client.get(path)
        assert answer.status_code == status
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="berita-acara-keluar-{case.number}.pdf"'
    assert len(reader(answer.content).pages) <= 2
    assert "M. RAFI PRATAMA" in text(answer.content)
    seen = Access.objects.filter(page="departure_pdf").values_list("kind", "subject_id", "actor_id")
    assert set(seen) == {("case", case.pk, people.supervisor.pk), ("client", case.client_id, people.supervisor.pk)}


def test_no_paper_before_it_is_written(client, people):
    case = walk.open_case(people, factories.client(people))
    client.force_login(people.worker)
    answer = client.get(f"/kasus/{case.number}/keluar/berita-acara.pdf")
    assert answer.status_code == 404
    assert not models.Minutes.objects.exists()
