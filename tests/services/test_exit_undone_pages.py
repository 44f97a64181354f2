"""A client who comes back, and an exit that was recorded wrongly."""

from datetime import timedelta

import pytest

from cases.enums import Stage, StayEnd
from cases.models import Stay
from rehsos import clock, doors
from services.demo import walk
from services.enums import Kind, State
from services.models import Request
from tests import factories
from tests.services.browsing import boxes_in, filled, form_in, stage_page, text_of
from tests.services.conftest import NOW
from tests.services.exit_pages import url
from tests.services.leaving import end, leave, write_minutes

TODAY = NOW.date()


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


# --- coming back ----------------------------------------------------------------------------------------------------
def test_client_who_had_left_without_leave_comes_back_once(browse, people, case):
    leave(people, case, StayEnd.LEFT_WITHOUT_LEAVE)
    with clock.at(NOW + timedelta(days=2)):
        assert url(case) in text_of(browse(people.supervisor, f"/kasus/{case.number}/"))
        data = filled(form_in(browse(people.supervisor, url(case)), "come_back"), house="Asrama Melati", room="3")
        answers = [browse(people.supervisor, url(case, "kembali/"), **data) for _click in range(3)]
        assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/kasus/{case.number}/")}
        stays = list(Stay.objects.filter(case=case).values_list("placed_on", "left_on", "house", "room"))
        assert stays[1] == (TODAY + timedelta(days=2), None, "Asrama Melati", "3")
        assert len(stays) == 2
        answer = browse(people.worker, url(case))
        assert "kembali" in text_of(answer)
        assert answer.context["entry"] is not None
        notes = browse(people.worker, f"/kasus/{case.number}/catatan/").context["entries"]
        assert "Klien kembali" in [entry["title"] for entry in notes]


def test_client_comes_back_to_a_closed_case_within_the_days_of_the_upt(client, browse, people, case):
    leave(people, case, StayEnd.LEFT_WITHOUT_LEAVE)
    write_minutes(people, case)
    end(people, case)
    answer = browse(people.worker, url(case))
    assert [title for title, _button in boxes_in(answer)] == ["Kasus sudah ditutup", "Pembatalan", "Klien kembali"]
    assert "Paling lambat 9 April 2026" in text_of(answer)
    data = filled(form_in(answer, "come_back"))
    with clock.at(NOW + timedelta(days=31)):
        client.logout()
        assert [title for title, _b in boxes_in(browse(people.worker, url(case)))] == [
            "Kasus sudah ditutup",
            "Pembatalan",
        ]
        late = browse(people.worker, url(case, "kembali/"), **{**data, "on": TODAY + timedelta(days=31)})
        assert late.status_code == 422
        assert "Sudah lewat batas kembali" in text_of(late)
    assert browse(people.worker, url(case, "kembali/"), **data).status_code == 302
    case.refresh_from_db()
    assert (case.is_closed, case.stage) == (False, Stage.INTERVENTION)
    assert browse(people.worker, f"/kasus/{case.number}/").status_code == 200


def test_who_left_in_another_way_does_not_come_back_here(browse, people, case):
    leave(people, case)
    assert "Catat kembali" not in text_of(browse(people.worker, url(case)))
    key = doors.form_key(people.worker, "come_back", case)
    answer = browse(people.worker, url(case, "kembali/"), form_key=key, on=TODAY, house="Asrama Melati")
    assert answer.status_code == 422
    assert "tanpa izin" in text_of(answer)
    assert "Asrama Melati" in text_of(answer)


# --- undoing --------------------------------------------------------------------------------------------------------
def test_wrong_exit_is_undone_from_the_closed_case(browse, people, case):
    leave(people, case)
    write_minutes(people, case)
    end(people, case)
    answer = browse(people.worker, stage_page(case))
    data = filled(form_in(answer, "reverse"), reason="Salah orang.")
    answers = [browse(people.worker, f"/kasus/{case.number}/pembatalan/", **data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, stage_page(case))}
    request = Request.objects.get(case=case, kind=Kind.REVERSAL)

    step = browse(people.supervisor, f"/kasus/{case.number}/").context["step"]
    assert step["title"] == "Menunggu keputusan supervisor"
    answer = browse(people.supervisor, stage_page(case))
    assert boxes_in(answer) == [("Keputusan Anda", "Simpan keputusan")]
    page = text_of(answer)
    assert "Pembatalan keputusan" in page
    assert "Yang dibatalkan: Pulang atas kehendak sendiri atau keluarga, 10 Maret 2026." in page
    assert "Masih kurang" not in page
    assert "Pembatalan keputusan" in text_of(browse(people.supervisor, "/supervisi/"))
    verdict = filled(form_in(answer, "verdict"), choice="setujui", note="Benar keliru.")
    browse(people.supervisor, f"{stage_page(case)}putuskan/", **verdict)
    endorse = filled(form_in(browse(people.head, stage_page(case)), "endorse"), choice="sahkan")
    browse(people.head, f"{stage_page(case)}sahkan/", **endorse)
    request.refresh_from_db()
    case.refresh_from_db()
    assert (request.state, case.is_closed, case.stage) == (State.ENDORSED, False, Stage.INTERVENTION)
    assert "dibatalkan" in text_of(browse(people.worker, url(case)))
    titles = [entry["title"] for entry in browse(people.worker, f"/kasus/{case.number}/catatan/").context["entries"]]
    assert "Keputusan dibatalkan; kembali ke tahap Pelaksanaan" in titles


def test_exit_into_aftercare_is_undone_there(browse, people, case):
    leave(people, case)
    write_minutes(people, case)
    end(people, case, opens_aftercare=True)
    for path in (stage_page(case), url(case)):
        assert ("Pembatalan", "Ajukan pembatalan") in boxes_in(browse(people.worker, path))
    data = filled(form_in(browse(people.worker, url(case)), "reverse"), reason="Keliru.")
    assert browse(people.worker, f"/kasus/{case.number}/pembatalan/", **data).status_code == 302
    answer = browse(people.supervisor, stage_page(case))
    assert "Yang dibatalkan: Keluar, 10 Maret 2026." in text_of(answer)


def test_completed_case_is_opened_again_the_same_way(browse, people, walked):
    case = walk.to_end(people, walked.at(Stage.AFTERCARE))
    assert boxes_in(browse(people.worker, stage_page(case))) == [
        ("Kasus sudah ditutup", ""),
        ("Pembatalan", "Ajukan pembatalan"),
    ]
    assert boxes_in(browse(people.supervisor, stage_page(case))) == [("Kasus sudah ditutup", "")]
    assert browse(people.worker, url(case)).status_code == 200


def test_reversal_is_refused_in_words(browse, people, case):
    key = doors.form_key(people.worker, "reverse", case)
    data = {"form_key": key, "version": case.version, "reason": "Ketikan saya"}
    answer = browse(people.worker, f"/kasus/{case.number}/pembatalan/", **data)
    assert answer.status_code == 422
    assert "Hanya keluar atau penutupan yang terakhir yang dapat dibatalkan." in text_of(answer)
    assert "Ketikan saya" in text_of(answer)
    key = doors.form_key(people.head, "reverse", case)
    assert browse(people.head, f"/kasus/{case.number}/pembatalan/", **{**data, "form_key": key}).status_code == 403
    elsewhere = factories.team(factories.institution("LANSIA"))
    assert browse(elsewhere.worker, f"/kasus/{case.number}/pembatalan/", **data).status_code == 404
