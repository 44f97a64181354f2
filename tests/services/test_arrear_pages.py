"""What comes outside its time, by its pages: papers that follow, an emergency, later notes, new versions."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage, StayEnd, WayIn
from cases.models import Case
from rehsos import clock, doors
from services import addenda, models, revising, transitions
from services.demo import walk
from services.models import Addendum, Arrear, Goal
from tests import factories
from tests.services.browsing import Browser, boxes_in, filled, form_in, stage_page, text_of
from tests.services.conftest import NOW
from tests.services.test_exits import leave

TODAY = NOW.date()
LATER = TODAY + timedelta(days=14)


@pytest.fixture
def case(walked):
    return walked.at(Stage.ASSESSMENT)


@pytest.fixture
def browse(client):
    return Browser(client)


def lists(answer):
    return [(row.arrear.case.number, row.code, row.text, row.url, row.tone) for row in answer.context["rows"]]


# --- the list -------------------------------------------------------------------------------------------------------
def test_list_says_what_is_owed_why_until_when_and_by_whom(browse, people, case, walked):
    transitions.waive(
        case=case, code="B.f", due_on=LATER, reason="Psikolog sakit.", by=people.head, version=case.version
    )
    gone = walked.at(Stage.INTERVENTION)
    leave(people, gone)
    for user in (people.worker, people.supervisor, people.head):
        answer = browse(user, "/tunggakan/")
        assert lists(answer) == [
            (gone.number, "", "Berita acara keluar belum dibuat", f"/kasus/{gone.number}/keluar/", ""),
            (case.number, "B.f", "Temu bahas hasil asesmen belum diisi", stage_page(case, Stage.ASSESSMENT), ""),
        ]
        page = text_of(answer)
        for words in (
            "Sesudah klien keluar",
            "Persetujuan menyusul",
            "Psikolog sakit.",
            people.head.full_name,
            "24 Mar 2026",
        ):
            assert words in page
    seen = Access.objects.filter(page="arrears", actor_id=people.worker.pk).values_list("kind", "subject_id")
    assert set(seen) == {("case", case.pk), ("case", gone.pk)}


def test_late_ones_are_told_apart(client, browse, people, case):
    leave(people, case)
    for days, tone, late in ((6, "", 0), (7, "is-today", 0), (8, "is-late", 1)):
        with clock.at(NOW + timedelta(days=days)):
            client.logout()
            answer = browse(people.worker, "/tunggakan/")
            assert [line[-1] for line in lists(answer)] == [tone]
            assert answer.context["late"] == late
            assert ("lewat tanggal" in text_of(answer)) is bool(late)


def test_nobody_sees_what_others_owe(browse, people, case):
    leave(people, case)
    elsewhere = factories.team(factories.institution("LANSIA"))
    for user in (people.other_worker, elsewhere.head):
        answer = browse(user, "/tunggakan/")
        assert lists(answer) == []
        assert "Tidak ada tunggakan" in text_of(answer)
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    assert browse(office, "/tunggakan/").status_code == 403


def test_paper_that_has_come_is_owed_no_more(browse, people, case):
    transitions.waive(case=case, code="B.f", due_on=LATER, reason="Sakit.", by=people.head, version=case.version)
    walk.paper(people, case, models.AssessmentConference)
    assert lists(browse(people.worker, "/tunggakan/")) == []


def test_protected_client_is_listed_by_initials(browse, people, case):
    case.client.is_protected = True
    case.client.save(update_fields=["is_protected"])
    leave(people, case)
    page = text_of(browse(people.worker, "/tunggakan/"))
    assert "D. P." in page
    assert "Dimas" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_for_one_and_three(client, browse, people, walked, rows, django_assert_num_queries):
    stages = (Stage.ASSESSMENT, Stage.PLANNING, Stage.INTERVENTION)[:rows]
    for stage in stages:
        case = walked.at(stage)
        transitions.depart(case=case, way=StayEnd.TAKEN_HOME, left_on=TODAY, account="Pulang.", by=people.worker)
    for stage in (Stage.CLOSING, Stage.INTAKE)[:rows]:
        Case.objects.filter(pk=walked.at(stage).pk).update(order_number="1/2026", order_until_on=TODAY)
    browse(people.head, "/tunggakan/")
    with django_assert_num_queries(4 + 5):  # session, user, membership, access rows, and the page's own
        client.get("/tunggakan/")


# --- court terms ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "tone", "words"),
    [
        (31, None, ""),
        (30, "wait", "dalam 30 hari"),
        (8, "wait", ""),
        (7, "stop", "dalam 7 hari"),
        (-1, "stop", "sudah"),
    ],
)
def test_court_terms_are_told_before_they_end(browse, people, walked, days, tone, words):
    held = walked.at(Stage.INTERVENTION)
    Case.objects.filter(pk=held.pk).update(order_number="7/2026", order_until_on=TODAY + timedelta(days=days))
    answer = browse(people.worker, "/tunggakan/")
    assert [(order["case"].pk, order["tone"]) for order in answer.context["orders"]] == (
        [(held.pk, tone)] if tone else []
    )
    assert words in text_of(answer)
    on_case = "Penetapan No. 7/2026 berlaku sampai"
    assert (on_case in text_of(browse(people.worker, f"/kasus/{held.number}/"))) is bool(tone)


def test_who_has_left_is_under_no_term(browse, people, walked):
    for stage in (Stage.INTERVENTION, Stage.AFTERCARE):
        Case.objects.filter(pk=walked.at(stage).pk).update(order_number="7/2026", order_until_on=TODAY)
    leave(people, walked.at(Stage.INTERVENTION), StayEnd.BY_LAW)
    assert browse(people.worker, "/tunggakan/").context["orders"] == []


# --- homes and menu -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["worker", "supervisor", "head"])
def test_home_counts_what_is_owed(client, browse, people, case, who):
    leave(people, case)
    user = getattr(people, who)
    answer = browse(user, "/")
    figure = next(figure for figure in answer.context["figures"] if figure["label"] == "tunggakan")
    assert (figure["number"], figure["url"], figure["tone"]) == (1, "/tunggakan/", "wait")
    assert '<a href="/tunggakan/">' in text_of(answer)
    with clock.at(NOW + timedelta(days=8)):
        client.logout()
        figures = browse(user, "/").context["figures"]
        assert next(f for f in figures if f["label"] == "tunggakan")["tone"] == "due"


# --- the head lets a paper follow -----------------------------------------------------------------------------------
def test_head_lets_one_paper_follow_once(browse, people, case):
    walk.fill(people, case, models.Assessment, models.AssessmentReport)
    form = form_in(browse(people.head, stage_page(case)), "waive")
    assert [value for value, _text in form["code"].field.widget.choices] == ["B.f"]
    data = filled(form, code="B.f", reason="Psikolog sakit.", due_on=LATER)
    answers = [browse(people.head, f"{stage_page(case)}menyusul/", **data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, stage_page(case))}
    arrear = Arrear.objects.get(case=case)
    assert (arrear.code, arrear.due_on, arrear.reason, arrear.opened_by) == (
        "B.f",
        LATER,
        "Psikolog sakit.",
        people.head,
    )
    answer = browse(people.worker, stage_page(case))
    assert boxes_in(answer) == [("Siap diajukan", "Ajukan akhir tahap"), ("Tunggakan", "")]
    assert "Temu bahas hasil asesmen belum diisi; menyusul s.d. 24 Maret 2026" in text_of(answer)


def test_only_the_head_is_asked_and_not_while_a_request_waits(browse, people, case):
    def acts(user):
        return [title for title, _button in boxes_in(browse(user, stage_page(case)))]

    assert "Persetujuan menyusul" in acts(people.head)
    assert "Persetujuan menyusul" not in acts(people.worker) + acts(people.supervisor)
    walk.assessment(people, case)
    assert "Persetujuan menyusul" not in acts(people.head)
    for user in (people.worker, people.supervisor):
        key = doors.form_key(user, "waive", case)
        data = {"form_key": key, "version": case.version, "code": "B.f", "due_on": LATER, "reason": "Sakit."}
        assert browse(user, f"{stage_page(case)}menyusul/", **data).status_code == 403
    assert not Arrear.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"code": "E.1.3"}, "Berkas itu tidak sedang kurang di tahap ini."),
        ({"code": "plan"}, "plan"),
        ({"due_on": TODAY}, "Tanggal menyusul harus sesudah hari ini."),
        ({"due_on": "kapan"}, "Menyusul sampai dengan"),
        ({"reason": " "}, "Isi alasan persetujuan menyusul."),
    ],
)
def test_waiver_is_refused_in_words_and_keeps_what_was_typed(browse, people, case, typed, words):
    form = form_in(browse(people.head, stage_page(case)), "waive")
    data = filled(form, **{"code": "B.f", "reason": "Ketikan kepala", **typed})
    answer = browse(people.head, f"{stage_page(case)}menyusul/", **data)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert typed.get("reason", "Ketikan kepala").strip() in text_of(answer)
    assert not Arrear.objects.exists()


def test_waiver_from_the_page_of_another_stage_is_an_old_one(browse, people, case):
    data = filled(form_in(browse(people.head, stage_page(case)), "waive"), code="B.f", reason="Ketikan kepala")
    answer = browse(people.head, f"{stage_page(case, Stage.INTAKE)}menyusul/", **data)
    assert answer.status_code == 409
    assert "Ketikan kepala" in text_of(answer)


# --- emergency ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["worker", "supervisor", "head"])
def test_emergency_opens_the_placement_and_owes_the_papers_once(browse, people, walked, who):
    case, user = walked.at(Stage.INTAKE), getattr(people, who)
    data = filled(form_in(browse(user, stage_page(case)), "admit"), reason="Ditemukan malam hari.")
    answers = [browse(user, f"/kasus/{case.number}/darurat/", **data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, stage_page(case))}
    assert Arrear.objects.filter(case=case).count() == 3
    answer = browse(people.worker, stage_page(case))
    assert "Penerimaan darurat" not in [title for title, _button in boxes_in(answer)]
    placement = next(panel for panel in answer.context["panels"] if panel.kind is models.Placement)
    assert placement.may_write
    assert browse(people.worker, placement.new_url).context["why_not"] == ""


def test_emergency_is_refused_in_words(browse, people, walked):
    case = walked.at(Stage.INTAKE)
    data = filled(form_in(browse(people.worker, stage_page(case)), "admit"), reason=" ")
    answer = browse(people.worker, f"/kasus/{case.number}/darurat/", **data)
    assert answer.status_code == 422
    assert "Isi alasan penerimaan darurat." in text_of(answer)
    placed = walked.at(Stage.ASSESSMENT)
    key = doors.form_key(people.worker, "admit", placed)
    data = {"form_key": key, "version": placed.version, "reason": "Ketikan saya"}
    answer = browse(people.worker, f"/kasus/{placed.number}/darurat/", **data)
    assert answer.status_code == 422
    assert "Penerimaan darurat hanya sebelum seleksi disahkan." in text_of(answer)
    assert "Ketikan saya" in text_of(answer)
    elsewhere = factories.team(factories.institution("LANSIA"))
    assert browse(elsewhere.head, f"/kasus/{placed.number}/darurat/", **data).status_code == 404


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
