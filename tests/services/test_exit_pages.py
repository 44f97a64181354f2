"""The page of an exit: recording it, its papers, its endorsement, coming back, undoing; and what other pages tell."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from audit.models import Access
from cases.enums import Outcome, Stage, StayEnd
from cases.models import Case, Stay
from rehsos import clock, doors
from services import models, transitions
from services.demo import walk
from services.enums import Kind, State
from services.models import Arrear, Departure, Minutes, Request
from tests import factories
from tests.services.browsing import Browser, boxes_in, filled, form_in, stage_page, text_of
from tests.services.conftest import NOW
from tests.services.test_exits import MINUTES, end, leave, write_minutes

TODAY = NOW.date()


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


@pytest.fixture
def browse(client):
    return Browser(client)


def url(case, act=""):
    return f"/kasus/{case.number}/keluar/{act}"


def departing(browse, people, case, **typed):
    form = form_in(browse(people.worker, url(case)), "depart")
    return filled(form, **{"way": StayEnd.TAKEN_HOME, "account": "Dijemput ibu.", **typed})


# --- the event ------------------------------------------------------------------------------------------------------
def test_leaving_is_recorded_once_and_owes_its_papers(browse, people, case):
    data = departing(browse, people, case)
    answers = [browse(people.worker, url(case), **data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, url(case))}
    departure = Departure.objects.get(case=case)
    assert (departure.way, departure.left_on, departure.account) == (StayEnd.TAKEN_HOME, TODAY, "Dijemput ibu.")
    page = text_of(browse(people.worker, url(case)))
    assert "Klien dicatat keluar 10 Maret 2026." in page
    for words in ("Dijemput ibu.", "belum disahkan", "menyusul s.d.", "17 Maret 2026", "Simpan berita acara"):
        assert words in page
    assert "Catat keluar" not in page


@pytest.mark.parametrize("who", ["worker", "supervisor", "head"])
def test_whoever_is_on_duty_finds_the_way_to_it_on_the_case(browse, people, case, who):
    user = getattr(people, who)
    assert url(case) in text_of(browse(user, f"/kasus/{case.number}/"))
    answer = browse(user, url(case))
    assert answer.status_code == 200
    data = filled(form_in(answer, "depart"), way=StayEnd.LEFT_WITHOUT_LEAVE, account="Tidak ada di asrama.")
    assert browse(user, url(case), **data).status_code == 302
    assert Departure.objects.get(case=case).recorded_by == user


def test_others_find_no_page(browse, people, case):
    elsewhere = factories.team(factories.institution("LANSIA"))
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    key = doors.form_key(people.other_worker, "depart", case)
    for user, status in ((people.other_worker, 404), (elsewhere.head, 404), (office, 403)):
        assert browse(user, url(case)).status_code == status
        assert browse(user, url(case), way="by_law", form_key=key).status_code == status
    assert not Departure.objects.exists()


def test_only_ways_that_are_possible_now_are_offered(browse, people, case, walked):
    def offered(case):
        return {
            value for value, _label in form_in(browse(people.worker, url(case)), "depart")["way"].field.widget.choices
        }

    assert offered(case) == {
        "taken_home", "expelled", "referred", "by_law", "reunified", "left_without_leave", "deceased", "term_over",
    }  # fmt: skip
    assert offered(walked.at(Stage.INTAKE)) == {"withdrew", "deceased"}
    Case.objects.filter(pk=case.pk).update(order_number="7/2026", order_until_on=TODAY + timedelta(days=9))
    assert "taken_home" not in offered(case)
    assert "Penempatan ini atas penetapan No. 7/2026" in text_of(browse(people.worker, url(case)))
    assert browse(people.worker, url(walked.at(Stage.AFTERCARE))).context["entry"] is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"way": ""}, "Pilih cara keluar."),
        ({"way": "withdrew"}, "Pilih cara keluar yang sesuai dengan keadaan klien."),
        ({"way": "terbang"}, "terbang"),
        ({"left_on": ""}, "Tanggal peristiwa"),
        ({"left_on": "2026-03-11"}, "Tanggal keluar tidak boleh di masa depan."),
        ({"left_on": "2026-03-09"}, "Tanggal keluar mendahului tanggal penempatan."),
        ({"left_on": "besok"}, "Tanggal peristiwa"),
        ({"account": " "}, "Uraian kejadian"),
    ],
)
def test_departure_is_refused_in_words_and_keeps_what_was_typed(browse, people, case, typed, words):
    answer = browse(
        people.worker, url(case), **departing(browse, people, case, **{"account": "Dijemput ayah.", **typed})
    )
    assert answer.status_code == 422
    page = text_of(answer)
    assert words in page
    assert typed.get("account", "Dijemput ayah.").strip() in page
    assert not Departure.objects.exists()
    assert Access.objects.filter(page="leaving", kind="case").count() == 2


def test_second_departure_is_told_who_was_faster(browse, people, case):
    data = departing(browse, people, case)
    leave(people, case)
    answer = browse(people.worker, url(case), **data)
    assert answer.status_code == 409
    assert "Klien sudah dicatat keluar." in text_of(answer)
    assert "Dijemput ibu." in text_of(answer)


def test_every_page_of_the_case_says_that_the_client_has_left(browse, people, case):
    leave(people, case)
    for path in ("", "tahap/", "catatan/", "rencana/", "jejak/", "tahap/pelaksanaan/", "tahap/asesmen/"):
        page = text_of(browse(people.supervisor, f"/kasus/{case.number}/{path}"))
        assert "Klien keluar 10 Maret 2026: pulang atas kehendak sendiri atau keluarga." in page
        assert url(case) in page


def test_next_step_leads_to_the_papers_of_the_exit(browse, people, case):
    leave(people, case, StayEnd.REFERRED)
    step = browse(people.worker, f"/kasus/{case.number}/").context["step"]
    assert [item["code"] for item in step["items"]] == ["", "E.3.2", "E.3.5"]
    assert [(item["text"], item["url"]) for item in step["items"]] == [
        ("Berita acara keluar belum dibuat", url(case) + "#berita-acara"),
        ("Rujukan belum diisi", f"/kasus/{case.number}/tahap/evaluasi/isi/rujukan/"),
        ("Laporan rujukan belum diisi", f"/kasus/{case.number}/tahap/evaluasi/isi/laporan-rujukan/"),
    ]
    assert step["footer_codes"] == ["E.3.4"]
    assert browse(people.worker, stage_page(case)).status_code == 200
    for path in ("tahap/evaluasi/isi/rujukan/", "tahap/evaluasi/isi/laporan-rujukan/", "tahap/evaluasi/"):
        assert browse(people.worker, f"/kasus/{case.number}/{path}").status_code == 200


# --- berita acara ---------------------------------------------------------------------------------------------------
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


def test_minutes_of_an_old_page_are_refused_with_the_text(browse, people, case):
    leave(people, case)
    data = minutes_data(browse, people, case, conclusion="Ketikan saya")
    write_minutes(people, case)
    answer = browse(people.worker, url(case, "berita-acara/"), **data)
    assert answer.status_code == 409
    assert "Ketikan saya" in text_of(answer)


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


# --- endorsement ----------------------------------------------------------------------------------------------------
def test_worker_proposes_once_what_supervisor_and_head_then_decide(browse, people, case):
    leave(people, case)
    write_minutes(people, case)
    answer = browse(people.worker, url(case))
    assert boxes_in(answer) == [("Siap diajukan", "Ajukan pengesahan keluar")]
    assert boxes_in(browse(people.worker, stage_page(case))) == boxes_in(answer)
    step = browse(people.worker, f"/kasus/{case.number}/").context["step"]
    assert step["items"][0]["url"] == url(case) + "#langkah"
    data = filled(form_in(answer, "propose_exit"), reason="Permintaan keluarga.", opens_aftercare="on")
    answers = [browse(people.worker, url(case, "ajukan/"), **data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, url(case))}
    request = Request.objects.get(case=case, kind=Kind.EXIT)
    assert (request.reason, request.opens_aftercare) == ("Permintaan keluarga.", True)
    answer = browse(people.worker, url(case))
    assert boxes_in(answer) == [("Sedang diajukan", "Tarik pengajuan")]
    assert answer.context["minutes_form"] is None
    assert "Siti Aminah" in text_of(answer)

    for path in (url(case), stage_page(case)):
        answer = browse(people.supervisor, path)
        page = text_of(answer)
        assert boxes_in(answer)[0] == ("Keputusan Anda", "Simpan keputusan")
        for words in (
            "Keluar – Pulang atas kehendak sendiri atau keluarga",
            "Keluar 10 Maret 2026. Dijemput ibu.",
            "Dilanjutkan dengan bimbingan lanjut.",
            "“Permintaan keluarga.”",
        ):
            assert words in page
    queue = text_of(browse(people.supervisor, "/supervisi/"))
    assert "Keluar – Pulang atas kehendak sendiri atau keluarga" in queue
    assert f"{url(case)}#berita-acara" in queue
    verdict = form_in(browse(people.supervisor, url(case)), "verdict")
    browse(people.supervisor, f"{stage_page(case)}putuskan/", **filled(verdict, choice="setujui", note="Sesuai."))
    endorse = form_in(browse(people.head, url(case)), "endorse")
    answer = browse(people.head, f"{stage_page(case)}sahkan/", **filled(endorse, choice="sahkan"))
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.is_closed) == (Stage.AFTERCARE, False)
    assert "disahkan" in text_of(browse(people.worker, url(case)))


def test_short_closing_takes_its_own_supervision(browse, people, case):
    leave(people, case, StayEnd.REFERRED)
    write_minutes(people, case)
    walk.fill(people, case, models.Referral, models.ReferralReport)
    form = form_in(browse(people.supervisor, stage_page(case)), "supervise")
    data = filled(form, code="E.3.4", note="Rujukan tepat.")
    assert browse(people.supervisor, f"{stage_page(case)}supervisi/", **data).status_code == 302
    assert models.Supervision.objects.filter(case=case, code="E.3.4").count() == 1


def test_proposal_is_refused_in_words(browse, people, case):
    leave(people, case)
    key = doors.form_key(people.worker, "propose_exit", case)
    data = {"form_key": key, "version": case.version, "reason": "Ketikan saya"}
    answer = browse(people.worker, url(case, "ajukan/"), **data)
    assert answer.status_code == 422
    assert "Berita acara keluar belum dibuat" in text_of(answer)
    assert "Ketikan saya" in text_of(answer)
    write_minutes(people, case)
    answer = browse(people.worker, url(case, "ajukan/"), **{**data, "reason": " "})
    assert answer.status_code == 422
    assert "Isi alasan keputusan." in text_of(answer)
    assert browse(people.worker, url(case, "ajukan/"), **{**data, "version": 1}).status_code == 409
    key = doors.form_key(people.head, "propose_exit", case)
    assert browse(people.head, url(case, "ajukan/"), **{**data, "form_key": key}).status_code == 403
    assert not Request.objects.filter(case=case, kind=Kind.EXIT).exists()


def test_nobody_is_followed_after_death(browse, people, case):
    leave(people, case, StayEnd.DECEASED)
    write_minutes(people, case)
    form = form_in(browse(people.worker, url(case)), "propose_exit")
    assert "opens_aftercare" not in form.fields


def test_returned_exit_can_be_mended_and_proposed_again(browse, people, case):
    leave(people, case)
    write_minutes(people, case)
    case.refresh_from_db()
    request = transitions.propose_exit(case=case, reason="Pulang.", by=people.worker, version=case.version)
    transitions.give_back(request=request, by=people.supervisor, version=case.version, reason="Tambah saksi.")
    answer = browse(people.worker, url(case))
    assert boxes_in(answer) == [("Dikembalikan", ""), ("Siap diajukan", "Ajukan pengesahan keluar")]
    assert answer.context["minutes_form"] is not None


def test_closed_case_says_how_it_ended_on_every_page(browse, people, case):
    leave(people, case)
    write_minutes(people, case)
    end(people, case)
    for path in ("", "tahap/", "catatan/", "rencana/", "jejak/", "tahap/pelaksanaan/"):
        page = text_of(browse(people.worker, f"/kasus/{case.number}/{path}"))
        assert "Pulang atas kehendak sendiri atau keluarga" in page
        assert url(case) in page
    titles = [entry["title"] for entry in browse(people.worker, f"/kasus/{case.number}/catatan/").context["entries"]]
    assert "Keluar disahkan, kasus ditutup: Pulang atas kehendak sendiri atau keluarga" in titles
    assert "Klien keluar: pulang atas kehendak sendiri atau keluarga" in titles


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


# --- what a record does while somebody is leaving -------------------------------------------------------------------
def test_referral_of_an_exit_leaves_the_stay_as_the_exit_ended_it(people, case):
    departure = leave(people, case, StayEnd.REFERRED)
    walk.paper(people, case, models.Referral, left_on=None)
    stay = Stay.objects.get(case=case)
    assert (stay.left_on, stay.end) == (departure.left_on, StayEnd.REFERRED)


def test_who_is_leaving_is_not_placed(people, walked):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    walk.decide(people, case, "accepted")
    leave(people, case, StayEnd.WITHDREW)
    with pytest.raises(doors.Refused, match="dicatat keluar"):
        walk.paper(people, case, models.Placement)
    assert not Stay.objects.filter(case=case).exists()


# --- who reads it, and how much it asks of the database ---------------------------------------------------------------
def test_reading_leaves_a_trace(browse, people, case):
    browse(people.worker, url(case))
    rows = Access.objects.filter(page="leaving").values_list("kind", "subject_id", "actor_id")
    assert set(rows) == {("case", case.pk, people.worker.pk), ("client", case.client_id, people.worker.pk)}


@pytest.mark.parametrize("way", [StayEnd.TAKEN_HOME, StayEnd.REFERRED])
def test_page_keeps_to_its_queries(client, browse, people, case, way, django_assert_max_num_queries):
    leave(people, case, way)
    write_minutes(people, case)
    for path in (url(case), stage_page(case), f"/kasus/{case.number}/"):
        for user in (people.worker, people.supervisor, people.head):
            browse(user, path)
            with django_assert_max_num_queries(15 + 5):
                client.get(path)


def test_outcome_is_in_the_list_of_closed_cases(browse, people, case):
    leave(people, case)
    write_minutes(people, case)
    end(people, case)
    assert case.outcome == Outcome.TAKEN_HOME
    assert "pulang atas kehendak sendiri" in text_of(browse(people.worker, "/kasus/?status=closed"))


def test_paper_of_an_exit_leads_back_to_its_page(browse, people, case):
    leave(people, case, StayEnd.REFERRED)
    path = f"/kasus/{case.number}/tahap/evaluasi/isi/laporan-rujukan/"
    form = form_in(browse(people.worker, path), "record-laporan-rujukan")
    words = {"purpose": "Dasar.", "conduct": "Diantar.", "results": "Diterima."}
    answer = browse(people.worker, path, **filled(form, **words))
    assert (answer.status_code, answer["Location"]) == (302, url(case))
    papers = {paper.title: paper.is_there for paper in browse(people.worker, url(case)).context["papers"]}
    assert papers == {"Berita acara keluar": False, "Rujukan": False, "Laporan rujukan": True}
