"""One client from the search to the end of aftercare: worker, supervisor and head, each at their own browser."""

import pytest

from cases.enums import Outcome, Stage, Status
from cases.models import Case
from tests import factories
from tests.browser.journey import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    return factories.team(factories.institution(letterhead="PEMERINTAH PROVINSI\nDINAS SOSIAL"))


@pytest.fixture
def worker(open_page, people):
    return Desk(open_page(user=people.worker))


@pytest.fixture
def supervisor(open_page, people):
    return Desk(open_page(user=people.supervisor))


@pytest.fixture
def head(open_page, people):
    return Desk(open_page(user=people.head))


def register_and_open(worker: Desk) -> Case:
    worker.at("/klien/?q=Bagas+Pratama").follow("Daftarkan")
    worker.save(name="Bagas Pratama", sex="male", birth_on="2009-03-03", nik="", estimated_age="")
    worker.follow("Buka kasus").save(way_in="own_wish")
    return Case.objects.get()


def test_one_client_goes_through_all_six_stages(worker, supervisor, head, people):
    case = register_and_open(worker)
    base = f"/kasus/{case.number}/tahap/"

    def fill(stage: Stage, *slugs: str, **wanted: str) -> None:
        for slug in slugs:
            worker.at(f"{base}{stage.slug}/isi/{slug}/").save(**wanted)

    def decide(stage: Stage, way: str) -> None:
        worker.at(f"{base}{stage.slug}/").act("usulkan/", way=way)
        supervisor.at(f"{base}{stage.slug}/").act("putuskan/", choice="setujui", note="Dasar memadai.")
        head.at(f"{base}{stage.slug}/").act("sahkan/", choice="sahkan")

    def end(stage: Stage, **wanted: str) -> None:
        worker.at(f"{base}{stage.slug}/").act("ajukan/", **wanted)
        supervisor.at("/supervisi/").act("putuskan/", choice="setujui", note="Isi tahap lengkap.")

    def log(code: str, *bimbingan: str) -> None:
        worker.at(f"/kegiatan/baru/?kode={code}&kasus={case.number}")
        worker.save(bimbingan=bimbingan[0] if bimbingan else "")

    fill(Stage.INTAKE, "ceklis", "kelayakan", presence="present", proposal="accepted")
    decide(Stage.INTAKE, "accepted")
    fill(
        Stage.INTAKE,
        "pemberitahuan",
        "kesepakatan",
        "penempatan",
        told="told",
        signer="client",
        is_data_notice_given="on",
    )
    end(Stage.INTAKE)

    fill(Stage.ASSESSMENT, "asesmen", problem_statement="Putus sekolah sejak kelas IX.")
    fill(Stage.ASSESSMENT, "temu-bahas", "laporan-asesmen", kind="assessment")
    worker.at(f"{base}asesmen/").act("ajukan/")
    supervisor.at(f"{base}asesmen/").act("putuskan/", choice="kembalikan", note="Lengkapi sumber data.")
    assert "Lengkapi sumber data." in worker.at(f"{base}asesmen/").page.locator("main").inner_text()
    end(Stage.ASSESSMENT)

    fill(Stage.PLANNING, "tujuan", bimbingan="psychosocial", goal="Menolak ajakan teman")
    fill(Stage.PLANNING, "temu-bahas-rencana", "persetujuan", code="C.m", signer="client")
    end(Stage.PLANNING)

    log("D.k")
    log("D.p")
    fill(Stage.INTERVENTION, "evaluasi-proses")
    end(Stage.INTERVENTION)

    fill(Stage.CLOSING, "evaluasi-hasil", "temu-bahas-evaluasi", "laporan-evaluasi")
    decide(Stage.CLOSING, "terminate")
    fill(Stage.CLOSING, "kesiapan", "serah-terima", "laporan-terminasi")
    end(Stage.CLOSING)

    fill(Stage.AFTERCARE, "kunjungan", way="F.c")
    end(Stage.AFTERCARE, way="completed", event_on="")

    case.refresh_from_db()
    assert (case.status, case.outcome, case.version) == (Status.COMPLETED, Outcome.COMPLETED, 7)

    for stage in Stage:
        text = head.pdf(f"{base}{stage.slug}/laporan.pdf")
        assert "LAPORAN TAHAP" in text.upper()
        assert case.number in text
        assert people.supervisor.full_name in text
    assert "Putus sekolah sejak kelas IX." in worker.pdf(f"{base}asesmen/laporan.pdf")
    assert "Menolak ajakan teman" in " ".join(worker.pdf(f"{base}rencana/laporan.pdf").split())
    today = case.institution.today()
    month = head.pdf(f"/laporan/bulanan/{today.year}/{today.month}/laporan.pdf")
    assert "KEADAAN" in month.upper()
