"""The course of a referral: consent first, answered or not, each act once and an activity of its code."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from audit.models import Access
from cases.enums import Stage
from rehsos import clock
from rehsos.doors import Refused, Stale
from reports import monthly
from reports.months import Month
from services.models import Activity, ReferralCourse, ReferralStep, Task
from services.referral_enums import CourseAct
from services.referrals import course, partners
from tests.services.browsing import filled, form_in, text_of
from tests.services.referrals.conftest import HOSPITAL
from tests.services.walked import NOW

TODAY = date(2026, 3, 10)
AGREED = {"consent": "client", "consent_name": "Budi", "consent_on": TODAY}
WORDS = {
    "need": "drugs",
    "reason": "Perlu detoks.",
    "asked": "Detoks dua minggu.",
    "parts": ["identity", "needs"],
    "summary": "B.S., 17 tahun.",
}


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


def designed(case, partner, by, **changes):
    return course.design(case=case, values={**WORDS, "partner": partner, **changes}, by=by)


def do(found, act, by, text="Sudah.", on=TODAY):
    return course.act(course=found, name=CourseAct(act), on=on, text=text, by=by)


def test_referral_without_leaving_is_answered_and_leaves_the_case_open(people, case, hospital):
    found = designed(case, hospital, people.worker, **AGREED)
    for act in ("sent", "received", "obstacle", "accepted", "ended", "reported"):
        do(found, act, people.worker)
    do(found, "supervised", people.supervisor)
    found.refresh_from_db()
    case.refresh_from_db()
    assert (found.state, found.answered_on, found.answer_due_on) == ("ended", TODAY, TODAY + timedelta(days=7))
    assert (case.stage, case.stays.get().left_on) == (Stage.INTERVENTION, None)
    codes = Activity.objects.filter(record_kind="referralstep").order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["E.3.1", "E.3.2", "E.3.3", "E.3.5", "E.3.4"]
    task = Task.objects.get(source="letter", source_id=found.pk)
    assert (task.for_user, task.state) == (people.worker, "closed")
    assert monthly.report(case.institution, Month(date(2026, 3, 1))).sign_offs["E.3.4"] == (1, 0)
    with pytest.raises(Stale, match="selesai"):
        do(found, "refused", people.worker)


def test_nothing_is_sent_without_consent_until_the_head_says_why(people, case, hospital):
    found = designed(case, hospital, people.worker, consent="refused", consent_name="Budi", consent_on=TODAY,
                     witness_1="Ani", witness_2="Edi")  # fmt: skip
    with pytest.raises(Refused, match="belum menyetujui"):
        do(found, "sent", people.worker)
    with pytest.raises(PermissionDenied):
        do(found, "overridden", people.supervisor)
    with pytest.raises(Refused, match="Isi keterangannya"):
        do(found, "overridden", people.head, text=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        sent = {"state": "sent", "sent_on": TODAY, "answer_due_on": TODAY}
        ReferralCourse.objects.filter(pk=found.pk).update(**sent)
    do(found, "overridden", people.head, text="Nyawa terancam.")
    do(found, "sent", people.worker)
    found.refresh_from_db()
    assert (found.state, found.override_by, found.override_reason) == ("sent", people.head, "Nyawa terancam.")


def test_silence_is_found_by_a_supervisor_only_after_the_day(people, case, hospital):
    found = designed(case, hospital, people.worker, **AGREED)
    do(found, "sent", people.worker)
    with pytest.raises(PermissionDenied):
        do(found, "no_answer", people.worker)
    with pytest.raises(Refused, match="masih ditunggu"):
        do(found, "no_answer", people.supervisor)
    with clock.at(NOW + timedelta(days=8)):
        do(found, "no_answer", people.supervisor, on=TODAY + timedelta(days=8))
    found.refresh_from_db()
    assert found.state == "no_answer"


def test_design_that_makes_no_sense_is_refused(people, case, hospital):
    wrong = {"need": "legal", "parts": ["everything"], "consent": "unable"}
    with pytest.raises(Refused) as refusal:
        designed(case, hospital, people.worker, **wrong)
    assert refusal.value.reasons == [
        "RSJ Contoh Damai tidak tercatat memberi layanan itu.",
        "Pilih apa yang disertakan.",
        "Isi nama dan tanggal persetujuan berbagi data.",
        "Isi nama dua saksi.",
    ]
    with pytest.raises(PermissionDenied):
        designed(case, hospital, people.supervisor)
    designed(case, hospital, people.worker)
    with pytest.raises(Refused, match="masih berjalan"):
        designed(case, hospital, people.worker)


def test_candidate_is_referred_under_the_code_of_selection(people, walked, hospital):
    found = designed(walked.at(Stage.INTAKE), hospital, people.worker, **AGREED)
    do(found, "sent", people.worker)
    do(found, "refused", people.worker)
    assert list(Activity.objects.filter(record_kind="referralstep").values_list("code", flat=True)) == ["A.x"]
    assert list(ReferralStep.objects.values_list("act", flat=True)) == ["designed", "sent", "refused"]


def test_referral_is_designed_and_sent_on_its_pages(people, case, hospital, browse):
    page = f"/kasus/{case.number}/rujukan/baru/"
    form = form_in(browse(people.worker, page), "referral_new")
    typed = {**WORDS, **AGREED, "consent_on": "2026-03-10", "partner": hospital.pk}
    made = browse(people.worker, page, **filled(form, **typed))
    found = ReferralCourse.objects.get()
    assert (made.status_code, made["Location"]) == (302, f"/rujukan/{found.pk}/")
    sending = form_in(browse(people.worker, f"/rujukan/{found.pk}/"), "referral_sent")
    ahead = browse(people.worker, f"/rujukan/{found.pk}/kirim/", **filled(sending, on="2027-01-01", text="Lewat pos"))
    assert (ahead.status_code, "Lewat pos" in text_of(ahead)) == (422, True)
    assert browse(people.worker, f"/rujukan/{found.pk}/kirim/", **filled(sending)).status_code == 302
    assert "menunggu jawaban" in text_of(browse(people.supervisor, "/rujukan/?state=sent"))
    assert Access.objects.filter(page="referrals", actor_id=people.supervisor.pk).exists()


def test_health_that_goes_along_is_not_shown_to_heads_unasked(people, case, hospital, browse):
    found = designed(case, hospital, people.worker, parts=["health"], summary="Tes urine positif.", reason="Putau.")
    pages = {who: text_of(browse(who, f"/rujukan/{found.pk}/")) for who in (people.worker, people.head)}
    assert ["Tes urine" in text or "Putau" in text for text in pages.values()] == [True, False]
    assert Activity.objects.get(record_kind="referralstep").account == ""
    assert browse(people.head, f"/rujukan/{found.pk}/surat.pdf").status_code == 403


def test_letter_says_what_is_shared_and_brings_a_form_for_the_answer(people, case, hospital, browse):
    found = designed(case, hospital, people.worker, **AGREED)
    do(found, "sent", people.worker)
    printed = PdfReader(BytesIO(browse(people.supervisor, f"/rujukan/{found.pk}/surat.pdf").content))
    front, answer = (" ".join(page.extract_text().split()) for page in printed.pages)
    for words in ("Yth. Direktur RSJ Contoh Damai", "Perlu detoks.", "B.S., 17 tahun.", "paling lambat 17 Maret 2026"):
        assert words in front
    assert ("lembar jawaban rujukan" in answer.lower(), case.client.name in front + answer) == (True, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_for_one_and_three(people, case, hospital, browse, client, rows, django_assert_num_queries):
    for number in range(rows):
        values = {**HOSPITAL, "name": f"Klinik {number}"}
        designed(case, partners.add(institution=case.institution, values=values, by=people.worker), people.worker)
    browse(people.worker, "/rujukan/")
    with django_assert_num_queries(8):
        client.get("/rujukan/")
