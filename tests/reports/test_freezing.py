"""A month frozen: kept as printed, told apart from what is counted later, and revised."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError

from accounts.enums import Role
from audit.models import Entry
from cases.enums import Stage
from rehsos import clock
from rehsos.doors import Refused, Stale
from reports import freezing, frozen, pdf
from reports.enums import PaperState
from reports.models import IssuedPaper
from reports.months import Month
from services import corrections, outreach_events, transitions
from services.demo import walk
from services.models import FrozenMonth, MonthWords
from tests import factories
from tests.reports.issued import body, kept, signed_in
from tests.reports.lives import lived
from tests.reports.papers import team, text, upt, wib

pytestmark = pytest.mark.django_db

FEBRUARY = wib(2026, 2, 3)
URL = "/laporan/bulanan/2026/1/"
WORDS = dict.fromkeys(MonthWords.SECTIONS, "") | {"obstacles": "Ruang keterampilan sedang diperbaiki."}


@pytest.fixture
def people():
    return team(upt())


@pytest.fixture
def january(people):
    """A UPT with one client through January, on 3 February."""
    lived(people)
    with clock.at(FEBRUARY):
        yield Month(wib(2026, 1, 1).date())


def freeze(people, month, reason="", by=None):
    return freezing.freeze(institution=people.worker.institution, month=month, by=by or people.head, reason=reason)


def late_fact(people):
    """A client who is written down in February as having come on 25 January."""
    with clock.at(wib(2026, 1, 25)):
        factories.case(people, Stage.ASSESSMENT, factories.client(people, name="Datang Belakangan"))


def test_a_frozen_month_is_issued_under_a_number_and_printed_as_it_was(people, january, monkeypatch):
    freezing.write(institution=people.worker.institution, month=january, values=WORDS, version=0, by=people.supervisor)
    row = freeze(people, january)
    paper = IssuedPaper.objects.get(code=row.paper)
    said = text(kept(paper))
    assert (row.revision, row.words["obstacles"]) == (0, WORDS["obstacles"])
    assert paper.number in said and "KONSEP" not in said and WORDS["obstacles"] in said
    assert "RETNO WULANDARI" in said and "3 Februari 2026" in said
    late_fact(people)

    def refuse(*_args, **_more):
        raise AssertionError("the renderer was asked")

    monkeypatch.setattr(pdf, "render", refuse)
    answer = signed_in(people.head).get(f"{URL}laporan.pdf")
    assert body(answer) == kept(paper)
    assert signed_in(people.head).get(f"/periksa/{paper.code}/").status_code == 200


def test_what_comes_later_marks_the_month_and_makes_a_revision(people, january):
    first = freeze(people, january)
    page = signed_in(people.head).get(URL)
    assert page.context["differences"] == []
    late_fact(people)
    changed = {
        (one.row, one.column): (one.then, one.now) for one in signed_in(people.head).get(URL).context["differences"]
    }
    assert changed["Masuk selama Januari 2026", "Jumlah"] == ("1", "2")
    with pytest.raises(Refused, match="alasan revisi"):
        freeze(people, january)
    second = freeze(people, january, "Satu klien baru menyusul.")
    old, new = IssuedPaper.objects.get(code=first.paper), IssuedPaper.objects.get(code=second.paper)
    assert (second.revision, old.state, new.replaces) == (1, PaperState.CANCELLED, old)
    assert "Revisi ke-1" in text(kept(new))
    assert signed_in(people.head).get(URL).context["differences"] == []


def test_only_the_head_freezes_and_only_a_month_that_is_over(people, january):
    for person in (people.supervisor, people.worker):
        with pytest.raises(PermissionDenied):
            freeze(people, january, by=person)
    with pytest.raises(Refused, match="belum berakhir"):
        freeze(people, january.following)
    assert FrozenMonth.objects.count() == 0


def test_a_second_click_freezes_once(people, january):
    head = signed_in(people.head)
    key = head.get(f"{URL}bekukan/").context["form"].initial["form_key"]
    for _click in range(2):
        assert head.post(f"{URL}bekukan/", {"form_key": key}).status_code == 302
    assert (FrozenMonth.objects.count(), IssuedPaper.objects.filter(kind="month").count()) == (1, 1)
    assert Entry.objects.filter(verb="month.frozen").count() == 1


def test_a_frozen_month_cannot_be_changed_in_the_database(people, january):
    row = freeze(people, january)
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenMonth.objects.filter(pk=row.pk).update(tables=[])


def test_its_paper_is_replaced_by_a_revision_and_never_just_cancelled(people, january):
    paper = IssuedPaper.objects.get(code=freeze(people, january).paper)
    head = signed_in(people.head)
    assert head.get(f"/surat/{paper.spelled_code}/").context["cancel_form"] is None
    assert head.post(f"/surat/{paper.spelled_code}/batal/", {"reason": "Salah."}).status_code == 403


def test_a_day_of_a_frozen_month_is_corrected_with_a_reason_only(people, january):
    here = people.worker.institution
    assert corrections.month_open(here, january.last)
    freeze(people, january)
    assert not corrections.month_open(here, january.last)
    assert corrections.month_open(here, january.following.first)


def test_work_of_a_frozen_month_may_still_be_written_down(people, january):
    freeze(people, january)
    outreach_events.record(
        values={"code": "A.l", "on": january.last, "place": "Terminal", "account": "Berkeliling."}, by=people.worker
    )
    said = signed_in(people.head).get(URL).context["differences"]
    assert any(one.table.startswith("Kegiatan menurut butir") for one in said)


def test_words_of_two_writers_meet_beside_each_other(people, january):
    supervisor, head = signed_in(people.supervisor), signed_in(people.head)
    forms = [one.get(f"{URL}uraian/").context["form"].initial for one in (supervisor, head)]
    answers = [
        one.post(f"{URL}uraian/", {"form_key": form["form_key"], "version": form["version"], "plan": plan})
        for one, form, plan in zip((supervisor, head), forms, ("Rencana A", "Rencana B"), strict=True)
    ]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "Rencana A" in answers[1].content.decode() and "Rencana B" in answers[1].content.decode()
    with pytest.raises(Stale):
        freezing.write(institution=people.worker.institution, month=january, values=WORDS, version=0, by=people.head)


def test_the_page_of_gaps_says_what_whose_and_where(people, january):
    client = lived_client(people)
    answer = signed_in(people.head).get(f"{URL}kelengkapan/")
    found = {gap.what: gap.count for gap in answer.context["gaps"] if gap.count}
    assert found["Tanpa agama"] == 2
    assert f"/klien/{client.number}/ubah/" in answer.content.decode()


def test_a_gap_leads_only_where_its_reader_may_go(people, january):
    with clock.at(wib(2026, 1, 28)):
        case = factories.case(people, Stage.ASSESSMENT)
        walk.STEPS[Stage.ASSESSMENT](people, case)
        case.refresh_from_db()
        transitions.submit(case=case, by=people.worker, version=case.version)
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE, upt=people.worker.institution)
    pages = [signed_in(person).get(f"{URL}kelengkapan/").content.decode() for person in (people.head, office)]
    assert [case.number in page for page in pages] == [True, True]
    assert [f'href="/kasus/{case.number}/"' in page for page in pages] == [True, False]


def lived_client(people):
    with clock.at(wib(2026, 1, 25)):
        case = factories.case(people, Stage.ASSESSMENT, factories.client(people, name="Tanpa Agama"))
    return case.client


def test_three_clicks_from_home(people, january):
    head = signed_in(people.head)
    home = head.get("/").content.decode()
    assert "Laporan Januari 2026 belum dibekukan" in home and f'href="{URL}"' in home
    assert f'href="{URL}bekukan/"' in head.get(URL).content.decode()
    freeze(people, january)
    assert "belum dibekukan" not in head.get("/").content.decode()


def test_differences_tell_cells_of_one_name_apart_and_ignore_new_tables():
    then = [{"table": "T", "head": 0, "columns": ["", "n"], "rows": [["a", "1"], ["a", "2"]]}]
    now = [
        {"table": "T", "head": 0, "columns": ["", "n"], "rows": [["a", "1"], ["a", "3"], ["b", "4"]]},
        {"table": "Baru", "head": 0, "columns": ["", "n"], "rows": [["x", "9"]]},
    ]
    found = [tuple(one) for one in frozen.differences(then, now)]
    assert found == [("T", "a (2)", "n", "2", "3"), ("T", "b", "n", "–", "4")]


@pytest.mark.parametrize("role", [Role.SECTION_HEAD, Role.ADMIN_OFFICE])
def test_office_and_section_head_read_and_write_but_do_not_freeze(people, january, role):
    person = factories.user(f"orang_{role}", role, upt=people.worker.institution)
    who = signed_in(person)
    assert [who.get(f"{URL}{page}").status_code for page in ("", "kelengkapan/", "uraian/", "bekukan/")] == [
        200,
        200,
        200,
        403,
    ]
