"""A paper that the head lets follow, and an emergency that owes its papers."""

from datetime import timedelta

import pytest

from cases.enums import Stage
from rehsos import doors
from services import models
from services.demo import walk
from services.models import Arrear
from tests import factories
from tests.services.browsing import boxes_in, filled, form_in, stage_page, text_of
from tests.services.conftest import NOW

TODAY = NOW.date()
LATER = TODAY + timedelta(days=14)


@pytest.fixture
def case(walked):
    return walked.at(Stage.ASSESSMENT)


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
