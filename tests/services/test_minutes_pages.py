"""The berita acara of an exit: written, changed, refused."""

import pytest

from cases.enums import Stage, StayEnd
from rehsos import doors
from services.models import Arrear, Minutes
from tests.services.browsing import filled, form_in, text_of
from tests.services.conftest import NOW
from tests.services.exit_pages import url
from tests.services.leaving import MINUTES, leave, write_minutes

TODAY = NOW.date()


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


def minutes_data(browse, people, case, **typed):
    form = form_in(browse(people.worker, url(case)), "minutes")
    return filled(form, **{**{name: value for name, value in MINUTES.items() if name in form.fields}, **typed})


def test_minutes_are_written_and_changed_each_once(browse, people, case):
    leave(people, case)
    data = minutes_data(browse, people, case)
    answers = [browse(people.worker, url(case, "berita-acara/"), **data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, url(case))}
    assert Minutes.objects.get().version == 1
    assert not Arrear.objects.filter(settled_at__isnull=True).exists()

    form = form_in(browse(people.worker, url(case)), "minutes")
    assert form["receiver_name"].value() == "Siti Aminah"
    browse(people.worker, url(case, "berita-acara/"), **filled(form, receiver_name="Siti Aminah, S.Pd."))
    assert (Minutes.objects.get().version, Minutes.objects.get().receiver_name) == (2, "Siti Aminah, S.Pd.")


def test_minutes_ask_what_the_exit_needs(browse, people, walked):
    def fields(way, stage):
        case = walked.at(stage)
        leave(people, case, way)
        return set(form_in(browse(people.worker, url(case)), "minutes").fields)

    receiver = {"receiver_name", "receiver_relation", "receiver_address"}
    assert receiver < fields(StayEnd.TAKEN_HOME, Stage.PLANNING)
    assert not receiver & fields(StayEnd.LEFT_WITHOUT_LEAVE, Stage.INTERVENTION)
    assert "conference" in fields(StayEnd.EXPELLED, Stage.ASSESSMENT)
    assert "conference" not in fields(StayEnd.REUNIFIED, Stage.CLOSING)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"on": "2026-03-11"}, "Tanggal tidak boleh di masa depan."),
        ({"on": "2026-03-01"}, "Tanggal berita acara mendahului tanggal klien keluar."),
        ({"place": ""}, "Tempat"),
        ({"receiver_name": ""}, "Nama yang menerima"),
        ({"conclusion": ""}, "Kesimpulan"),
        ({"number": "x" * 81}, "Nomor"),
    ],
)
def test_minutes_are_refused_in_words_and_keep_what_was_typed(browse, people, case, typed, words):
    leave(people, case)
    answer = browse(people.worker, url(case, "berita-acara/"), **minutes_data(browse, people, case, **typed))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Petugas asrama" in text_of(answer)
    assert not Minutes.objects.exists()


def test_minutes_of_an_old_page_come_back_beside_the_newer_text(browse, people, case):
    leave(people, case)
    data = minutes_data(browse, people, case, conclusion="Ketikan saya")
    write_minutes(people, case)
    answer = browse(people.worker, url(case, "berita-acara/"), **data)
    assert (answer.status_code, Minutes.objects.get().conclusion) == (409, MINUTES["conclusion"])
    rows = [(row.label, row.mine, row.stored) for row in answer.context["differences"]]
    assert ("Kesimpulan", "Ketikan saya", MINUTES["conclusion"]) in rows
    assert "Bandingkan, lalu simpan lagi" in text_of(answer)
    again = browse(people.worker, url(case, "berita-acara/"), **filled(form_in(answer, "minutes")))
    assert (again.status_code, Minutes.objects.get().conclusion) == (302, "Ketikan saya")


def test_minutes_without_a_departure_are_refused(browse, people, case):
    key = doors.form_key(people.worker, "minutes", case)
    answer = browse(people.worker, url(case, "berita-acara/"), form_key=key, version=0, on=TODAY, **MINUTES)
    assert answer.status_code == 422
    assert "Klien belum dicatat keluar." in text_of(answer)


def test_minutes_are_written_by_the_worker_of_the_case(browse, people, case):
    departure = leave(people, case)
    answer = browse(people.supervisor, url(case))
    assert answer.context["minutes_form"] is None
    key = doors.form_key(people.supervisor, "minutes", departure)
    answer = browse(people.supervisor, url(case, "berita-acara/"), form_key=key, version=0, on=TODAY, **MINUTES)
    assert answer.status_code == 403
    assert not Minutes.objects.exists()
