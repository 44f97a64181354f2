"""The life of a paper: numbered and kept once, then signed, handed over or cancelled; nothing of it ever changed."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.enums import Role
from accounts.models import Counter
from audit import trail
from audit.verify import Walk
from rehsos import doors
from reports import codes, issuable, issuing, paper_rights, pdf
from reports.enums import PaperAct, PaperKind, PaperState, Restriction
from reports.models import IssuedPaper, PaperCase, PaperFact
from services.models import Agreement
from tests import factories
from tests.reports.issued import SCAN, again, body, issued, kept, placed, signed_in
from tests.reports.papers import team, text, upt
from tests.reports.refusals import refusal

pytestmark = pytest.mark.django_db

INTAKE = "pendekatan-awal-1"


@pytest.fixture
def people() -> factories.Team:
    return team(upt())


@pytest.fixture
def case(people):
    return placed(people)


# --- Given out ------------------------------------------------------------------------------------------------------
def test_numbers_follow_the_pattern_of_the_upt_without_a_gap(people, case):
    case.institution.letter_number_pattern = "400.9.14/{seq:03d}/107.6.99/{year}"
    case.institution.save()
    kinds = (PaperKind.AGREEMENT, PaperKind.PLACEMENT)
    year = case.institution.today().year
    numbers = [issued(people, case, kind=kind).number for kind in kinds]
    assert numbers == [f"400.9.14/001/107.6.99/{year}", f"400.9.14/002/107.6.99/{year}"]


def test_two_upts_count_by_themselves(people, case):
    others = factories.team(factories.institution("LANSIA", client_number_pattern="L{yy}-{seq:04d}"))
    year = case.institution.today().year
    theirs = placed(others, "Mbah Karto")
    assert issued(people, case).number == f"400.9/1/ANKN/{year}"
    assert issued(others, theirs).number == f"400.9/1/LANSIA/{year}"


def test_what_is_kept_is_what_was_printed_with_number_and_code(people, case):
    paper = issued(people, case)
    content = kept(paper)
    assert hashlib.sha256(content).hexdigest() == paper.sha256 == paper.file.sha256
    words = text(content)
    assert f"Nomor: {paper.number}" in words
    assert f"Kode pemeriksaan {paper.spelled_code}" in words
    assert "rehsos.example/periksa lalu ketik kode" in words
    assert "KONSEP" not in words
    assert paper.file.name == f"kesepakatan-{paper.spelled_code}.pdf"
    assert (paper.restriction, paper.state, paper.lacks_scan) == (Restriction.ORDINARY, PaperState.ISSUED, True)
    assert set(paper.code) <= set(codes.ALPHABET)
    assert len(paper.code) == 8


def test_a_reprint_is_the_same_after_the_case_was_edited_and_prints_nothing(people, case, monkeypatch):
    paper = issued(people, case)
    content = kept(paper)
    Agreement.objects.filter(case=case).update(client_rights="Sama sekali lain.")
    case.client.name = "Nama Lain"
    case.client.save()

    def never(*_args, **_values):
        raise AssertionError("the renderer was called")

    monkeypatch.setattr(pdf, "render", never)
    for user in (people.worker, people.head):
        answer = signed_in(user).get(f"/surat/{paper.spelled_code}/naskah.pdf")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
        assert body(answer) == content


def test_the_same_form_sent_twice_issues_once(people, case):
    key = doors.form_key(people.worker, "issue", case)
    values = {"kind": PaperKind.AGREEMENT, "subject": issuable.ONLY, "cases": [case], "by": people.worker, "key": key}
    assert issuing.issue(**values) == issuing.issue(**values)
    assert IssuedPaper.objects.count() == 1


def test_a_paper_in_force_is_not_issued_again_and_takes_no_number(people, case):
    paper = issued(people, case)
    values = {"kind": PaperKind.AGREEMENT, "subject": issuable.ONLY, "cases": [case], "by": people.worker}
    told = f"{case.number}: sudah terbit dengan nomor {paper.number}; batalkan dahulu bila harus diganti."
    assert refusal(issuing.issue, **values) == [told]
    assert Counter.objects.get(institution=case.institution, series="letter").last == 1


def test_a_replacement_names_the_cancelled_paper_whose_number_stays_used(people, case):
    first = issued(people, case)
    issuing.cancel(paper=first, reason="Salah tanggal.", by=people.worker)
    second = issued(people, case)
    assert second.replaces == first
    year = case.institution.today().year
    assert (first.number, second.number) == (f"400.9/1/ANKN/{year}", f"400.9/2/ANKN/{year}")
    assert list(PaperCase.objects.filter(case=case).order_by("turn").values_list("turn", flat=True)) == [1, 2]


def test_a_stage_that_runs_has_a_draft_and_no_number(people, case):
    values = {"kind": PaperKind.STAGE_REPORT, "subject": "asesmen-1", "cases": [case], "by": people.worker}
    assert refusal(issuing.issue, **values) == ["Tahap ini belum berakhir."]
    offer = issuable.offer(case, PaperKind.STAGE_REPORT, "asesmen-1")
    assert "KONSEP – belum disahkan" in text(pdf.render(*offer.draw(people.head, None)))


def test_what_the_case_does_not_have_is_refused(people, case):
    values = {"kind": PaperKind.PLAN, "subject": "1-1", "cases": [case], "by": people.worker}
    assert refusal(issuing.issue, **values) == ["Naskah ini belum ada pada kasusnya."]


def test_a_printer_that_fails_takes_no_number(people, case, monkeypatch):
    def broken(*_args, **_values):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(pdf, "render", broken)
        with pytest.raises(OSError, match="No space"):
            issued(people, case)
    assert issued(people, case).number.startswith("400.9/1/")


# --- Who ------------------------------------------------------------------------------------------------------------
def test_who_has_the_case_or_decides_about_it_issues_and_nobody_else(people, case):
    office, section = factories.user("tata_usaha", Role.ADMIN_OFFICE), factories.user("kasi", Role.SECTION_HEAD)
    for user in (people.worker, people.supervisor, people.head, section):
        assert paper_rights.why_not_issue(user, PaperKind.AGREEMENT, [case]) == ""
    with pytest.raises(PermissionDenied):
        issued(people, case, by=office)
    with pytest.raises(Http404):
        issued(people, case, by=people.other_worker)
    with pytest.raises(Http404):
        issued(people, case, by=factories.team(factories.institution("LANSIA")).head)
    assert issued(people, case, kind=PaperKind.PLACEMENT, by=office).issued_by == office


def test_only_the_issuer_or_who_decides_cancels(people, case):
    paper = issued(people, case, by=people.supervisor)
    with pytest.raises(PermissionDenied):
        issuing.cancel(paper=paper, reason="Keliru.", by=people.worker)
    with pytest.raises(PermissionDenied):
        issuing.cancel(paper=paper, reason="Keliru.", by=factories.user("tata_usaha", Role.ADMIN_OFFICE))
    with pytest.raises(Http404):
        issuing.cancel(paper=paper, reason="Keliru.", by=people.other_worker)
    issuing.cancel(paper=paper, reason="Keliru.", by=people.head)
    assert again(paper).state == PaperState.CANCELLED


def test_the_content_is_for_who_may_read_all_it_is_about(people, case):
    others = factories.Team(**{**vars(people), "worker": people.other_worker})
    letter, report = issued(people, case), issued(people, case, kind=PaperKind.STAGE_REPORT, subject=INTAKE)
    decree = issued(people, case, placed(others, "Bagus Wicaksono"), kind=PaperKind.PLACEMENT, by=people.head)
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    may = {
        user.username: [not paper_rights.why_not_read(user, again(paper)) for paper in (letter, report, decree)]
        for user in (people.worker, office, people.head, people.other_worker)
    }
    assert may == {
        "pekerja_ankn": [True, True, False],
        "tata_usaha": [True, False, True],
        "kepala_ankn": [True, True, True],
        "pekerja2_ankn": [False, False, False],
    }
    assert set(IssuedPaper.objects.visible_to(people.worker)) == {letter, report, decree}
    assert set(IssuedPaper.objects.visible_to(people.other_worker)) == {decree}


# --- Since ----------------------------------------------------------------------------------------------------------
def test_signed_then_handed_over(people, case):
    paper = issued(people, case)
    today = case.institution.today()
    issuing.sign(paper=paper, scan=SCAN, on=today, by=people.worker)
    assert (again(paper).state, again(paper).lacks_scan) == (PaperState.SIGNED, False)
    issuing.hand_over(paper=paper, to="Slamet Riyadi (ayah)", on=today, by=people.worker)
    assert again(paper).state == PaperState.HANDED_OVER
    facts = PaperFact.objects.filter(paper=paper).values_list("act", "on", "words")
    assert list(facts) == [("signed", today, ""), ("handed_over", today, "Slamet Riyadi (ayah)")]


def test_a_missing_scan_holds_nothing_up(people, case):
    paper = issued(people, case)
    issuing.hand_over(paper=paper, to="Ayah", on=case.institution.today(), by=people.worker)
    assert (again(paper).state, again(paper).lacks_scan) == (PaperState.HANDED_OVER, True)
    issuing.sign(paper=paper, scan=SCAN, on=case.institution.today(), by=people.worker)
    assert (again(paper).state, again(paper).lacks_scan) == (PaperState.HANDED_OVER, False)


def test_a_better_scan_stands_beside_the_first(people, case):
    paper, today = issued(people, case), case.institution.today()
    first, second = (issuing.sign(paper=paper, scan=SCAN, on=today, by=people.worker) for _turn in range(2))
    assert [fact.pk for fact in again(paper).facts.all()] == [first.pk, second.pk]
    assert again(paper).fact(PaperAct.SIGNED) == second


def test_nothing_happens_to_a_cancelled_paper(people, case):
    paper, today = issued(people, case), case.institution.today()
    issuing.cancel(paper=paper, reason="Salah nama.", by=people.worker)
    gone = ["Naskah ini sudah dibatalkan."]
    assert refusal(issuing.sign, paper=paper, scan=SCAN, on=today, by=people.worker) == gone
    assert refusal(issuing.hand_over, paper=paper, to="Ayah", on=today, by=people.worker) == gone
    assert refusal(issuing.cancel, paper=paper, reason="Lagi.", by=people.worker) == gone
    assert kept(paper)


def test_days_lie_between_issue_and_today_and_words_are_asked(people, case):
    paper, today = issued(people, case), case.institution.today()
    on, later = today - timedelta(days=1), today + timedelta(days=1)
    assert refusal(issuing.sign, paper=paper, scan=SCAN, on=later, by=people.worker) == [
        "Tanggal tidak boleh di masa depan."
    ]
    assert len(refusal(issuing.hand_over, paper=paper, to=" ", on=on, by=people.worker)) == 2
    assert refusal(issuing.cancel, paper=paper, reason=" ", by=people.worker) == ["Isi alasan pembatalan."]
    issuing.hand_over(paper=paper, to="Ayah", on=today, by=people.worker)
    assert refusal(issuing.hand_over, paper=paper, to="Ibu", on=today, by=people.worker) == [
        "Naskah ini sudah dicatat diserahkan."
    ]


def test_each_act_is_one_entry_in_a_chain_that_holds(people, case):
    paper = issued(people, case)
    fact = issuing.sign(paper=paper, scan=SCAN, on=case.institution.today(), by=people.worker)
    issuing.cancel(paper=paper, reason="Salah nama.", by=people.head)
    entries = [(row.verb, row.told.data, row.told.reason) for row in trail.entries_for("paper", paper.pk)]
    named = {"title": "Surat kesepakatan", "paper": "agreement"}
    today = case.institution.today().isoformat()
    assert entries == [
        ("paper.cancelled", {**named, "on": today}, "Salah nama."),
        ("paper.signed", {**named, "on": today, "sha256": fact.file.sha256}, ""),
        ("paper.issued", {**named, "sha256": paper.sha256}, ""),
    ]
    assert list(Walk(case.institution_id).problems()) == []


@pytest.mark.parametrize("table", [IssuedPaper, PaperCase, PaperFact])
@pytest.mark.parametrize("way", ["update", "delete"])
def test_rows_of_papers_are_neither_changed_nor_deleted(people, case, table, way):
    paper = issued(people, case)
    issuing.hand_over(paper=paper, to="Ayah", on=case.institution.today(), by=people.worker)
    rows = table.objects.all()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(id=999) if way == "update" else rows._raw_delete(rows.db)


def test_the_database_refuses_what_no_act_would_write(people, case):
    paper, today = issued(people, case), case.institution.today()
    wrong = [
        {"act": "lost", "words": "x"},
        {"act": "signed"},
        {"act": "handed_over", "words": ""},
        {"act": "cancelled", "words": "x", "file": paper.file},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperFact.objects.create(paper=paper, on=today, by=people.worker, **values)
    same = {field.attname: getattr(paper, field.attname) for field in IssuedPaper._meta.concrete_fields}
    for change in ({"number": "x"}, {"code": "x"}, {"code": "x", "number": ""}, {"kind": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IssuedPaper.objects.create(**{**same, "id": None, **change})
    link = {"paper": paper, "kind": "agreement", "subject": "1", "turn": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperCase.objects.create(case=case, **link)
