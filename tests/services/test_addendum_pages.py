"""Later notes on a stage, and new versions of what was settled."""

from datetime import timedelta

import pytest

from cases.enums import Stage, WayIn
from rehsos import doors
from services import addenda, models, revising, transitions
from services.demo import walk
from services.models import Addendum, Goal
from tests import factories
from tests.services.browsing import filled, form_in, stage_page, text_of
from tests.services.conftest import NOW

TODAY = NOW.date()
LATER = TODAY + timedelta(days=14)


@pytest.fixture
def case(walked):
    return walked.at(Stage.ASSESSMENT)


# --- later notes ----------------------------------------------------------------------------------------------------
def test_note_is_added_once_to_any_stage_that_was_reached(browse, people, case):
    for stage in (Stage.INTAKE, Stage.ASSESSMENT):
        act = f"addendum-{stage.slug}"
        data = filled(form_in(browse(people.worker, stage_page(case, stage)), act), text=f"Kabar {stage.slug}.")
        path = f"{stage_page(case, stage)}catatan-tambahan/"
        answers = [browse(people.worker, path, **data) for _click in range(3)]
        assert {(a.status_code, a["Location"]) for a in answers} == {(302, f"{stage_page(case, stage)}#tambahan")}
        page = text_of(browse(people.supervisor, stage_page(case, stage)))
        assert page.count(f"Kabar {stage.slug}.") == 1
        assert people.worker.full_name in page
    assert Addendum.objects.filter(case=case).count() == 2
    titles = [entry["title"] for entry in browse(people.worker, f"/kasus/{case.number}/catatan/").context["entries"]]
    assert {"Catatan tambahan, tahap Pendekatan awal", "Catatan tambahan, tahap Asesmen"} <= set(titles)
    assert "Kabar asesmen." in text_of(browse(people.worker, f"/kasus/{case.number}/"))
    assert browse(people.worker, stage_page(case, Stage.PLANNING)).context["addendum"] is None


def test_note_stands_on_a_frozen_and_on_a_closed_case(browse, people, case, walked):
    walk.assessment(people, case)
    transitions.submit(case=case, by=people.worker, version=case.version)
    closed = walk.to_end(people, walked.at(Stage.AFTERCARE))
    for one, user in ((case, people.worker), (case, people.head), (closed, people.supervisor)):
        act = f"addendum-{Stage(one.stage).slug}"
        data = filled(form_in(browse(user, stage_page(one)), act), text="Menyusul kabar.")
        assert browse(user, f"{stage_page(one)}catatan-tambahan/", **data).status_code == 302
    assert Addendum.objects.count() == 3


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": " "}, "Isi catatan tambahan."),
        ({"text": "x" * 8001}, "8000"),
        ({"on": TODAY + timedelta(days=1)}, "Tanggal harus antara kontak pertama dan hari ini."),
        ({"on": "1999-01-01"}, "Tanggal harus antara kontak pertama dan hari ini."),
        ({"on": ""}, "Tanggal"),
    ],
)
def test_note_is_refused_in_words_and_keeps_what_was_typed(browse, people, case, typed, words):
    form = form_in(browse(people.worker, stage_page(case)), "addendum-asesmen")
    answer = browse(
        people.worker, f"{stage_page(case)}catatan-tambahan/", **filled(form, **{"text": "Ketikan saya", **typed})
    )
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert typed.get("text", "Ketikan saya").strip() in text_of(answer)
    assert not Addendum.objects.exists()


def test_note_on_a_stage_to_come_is_refused(browse, people, case):
    key = doors.form_key(people.worker, "addendum-evaluasi", case)
    path = f"{stage_page(case, Stage.CLOSING)}catatan-tambahan/"
    answer = browse(people.worker, path, form_key=key, text="Ketikan saya", on=TODAY)
    assert answer.status_code == 422
    assert "Kasus belum sampai di tahap itu." in text_of(answer)
    assert "Ketikan saya" in text_of(answer)
    key = doors.form_key(people.other_worker, "addendum-asesmen", case)
    answer = browse(people.other_worker, f"{stage_page(case)}catatan-tambahan/", form_key=key, text="x", on=TODAY)
    assert answer.status_code == 404


# --- new versions ---------------------------------------------------------------------------------------------------
def test_worker_begins_a_new_plan_once_and_the_old_one_stays_to_read(browse, people, walked):
    case = walked.at(Stage.INTERVENTION)
    data = filled(form_in(browse(people.worker, stage_page(case)), "revise"), what="plan", reason="Kebutuhan berubah.")
    answers = [browse(people.worker, f"/kasus/{case.number}/versi-baru/", **data) for _click in range(3)]
    assert {(a.status_code, a["Location"]) for a in answers} == {(302, stage_page(case, Stage.PLANNING))}
    case.refresh_from_db()
    assert (case.plan_edition, Goal.objects.filter(case=case).count()) == (2, 4)

    page = text_of(browse(people.worker, f"/kasus/{case.number}/"))
    assert "Rencana versi 2 sedang disusun; supervisi C.i belum diberikan." in page
    answer = browse(people.worker, stage_page(case, Stage.PLANNING))
    assert "Yang masih terbuka: tujuan rencana, persetujuan klien atas rencana." in text_of(answer)

    goal = Goal.objects.filter(case=case, edition=2).first()
    path = f"{stage_page(case, Stage.PLANNING)}isi/tujuan/{goal.pk}/"
    form = form_in(browse(people.worker, path), "record-tujuan")
    assert browse(people.worker, path, **filled(form, goal="Tujuan baru")).status_code == 302

    answer = browse(people.supervisor, f"{stage_page(case, Stage.PLANNING)}?versi=1")
    (edition,) = answer.context["rounds"]
    assert [len(panel.cards) for panel in edition["panels"]] == [2, 1]
    assert "Tujuan baru" in text_of(answer)
    (folded,) = browse(people.supervisor, stage_page(case, Stage.PLANNING)).context["rounds"]
    assert (folded["label"], folded["query"], folded["panels"]) == ("Versi 1", "?versi=1", None)

    old = Goal.objects.filter(case=case, edition=1).first()
    answer = browse(people.worker, f"{stage_page(case, Stage.PLANNING)}isi/tujuan/{old.pk}/")
    assert answer.context["why_not"] == "Ini versi 1; isinya hanya dapat dibaca."


def test_what_a_new_plan_asks_for_leads_to_where_it_is_written(browse, people, walked):
    case = walked.at(Stage.INTERVENTION)
    revising.revise(case=case, what="plan", reason="Berubah.", by=people.worker, version=case.version)
    walk.intervention(people, case)
    (box, *_rest) = browse(people.worker, stage_page(case)).context["boxes"]
    assert [item["url"] for item in box.items] == [f"{stage_page(case, Stage.PLANNING)}isi/persetujuan/"]
    walk.paper(people, case, models.PlanConsent)
    form = form_in(browse(people.supervisor, stage_page(case)), "supervise")
    data = filled(form, code="C.i", note="Rencana baru sesuai.")
    assert browse(people.supervisor, f"{stage_page(case)}supervisi/", **data).status_code == 302


def test_new_version_is_refused_in_words(browse, people, case, walked):
    key = doors.form_key(people.worker, "revise", case)
    data = {"form_key": key, "version": case.version, "what": "plan", "reason": "Ketikan saya"}
    answer = browse(people.worker, f"/kasus/{case.number}/versi-baru/", **data)
    assert answer.status_code == 422
    assert "Versi baru hanya dapat dibuat dalam tahap pelaksanaan." in text_of(answer)
    assert "Ketikan saya" in text_of(answer)
    served = walked.at(Stage.INTERVENTION)
    form = form_in(browse(people.worker, stage_page(served)), "revise")
    answer = browse(people.worker, f"/kasus/{served.number}/versi-baru/", **filled(form, reason="Ketikan saya"))
    assert answer.status_code == 422
    assert "Pilih asesmen atau rencana." in text_of(answer)
    key = doors.form_key(people.supervisor, "revise", served)
    data |= {"form_key": key, "version": served.version}
    assert browse(people.supervisor, f"/kasus/{served.number}/versi-baru/", **data).status_code == 403
    key = doors.form_key(people.worker, "revise", served)
    data |= {"form_key": key, "version": 1}
    assert browse(people.worker, f"/kasus/{served.number}/versi-baru/", **data).status_code == 409


def test_stage_page_keeps_to_its_queries_with_all_of_it(client, browse, people, walked, django_assert_max_num_queries):
    case = walked.at(Stage.INTERVENTION)
    revising.revise(case=case, what="plan", reason="Berubah.", by=people.worker, version=case.version)
    addenda.add(case=case, stage=Stage.INTERVENTION, text="Kabar.", on=TODAY, by=people.worker)
    case.refresh_from_db()
    transitions.waive(case=case, code="D.dd", due_on=LATER, reason="Cuti.", by=people.head, version=case.version)
    for user in (people.worker, people.supervisor, people.head):
        for stage in (Stage.INTERVENTION, Stage.PLANNING):
            browse(user, stage_page(case, stage))
            with django_assert_max_num_queries(15 + 4):
                client.get(stage_page(case, stage))


def test_way_in_by_order_is_told_on_the_case(browse, people):
    order = {"order_number": "9/2026", "order_by": "PN Surabaya", "order_on": TODAY, "order_until_on": LATER}
    case = walk.open_case(people, factories.client(people, name="Budi Santoso"), way_in=WayIn.COURT_ORDER, **order)
    assert "No. 9/2026, PN Surabaya" in text_of(browse(people.worker, f"/kasus/{case.number}/"))
