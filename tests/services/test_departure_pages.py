"""Recording that a client has left, and what the other pages tell about it."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage, StayEnd
from cases.models import Case, Stay
from rehsos import doors
from services import models
from services.demo import walk
from services.models import Departure
from tests import factories
from tests.services.browsing import filled, form_in, stage_page, text_of
from tests.services.conftest import NOW
from tests.services.exit_pages import url
from tests.services.leaving import leave

TODAY = NOW.date()


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


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
