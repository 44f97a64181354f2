"""Catatan supervisi and laporan perkembangan as papers: what they say, who gives them out, what stays masked."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.enums import Bimbingan, Stage
from cases.files import check
from reports import given, issuable, issuing, supervision_paper
from reports.blocks import Facts, Table, Words
from reports.enums import PaperKind
from services import documents, models, notes, reviews, tasks
from services.demo import walk
from services.note_enums import NoteKind
from tests.services import meetings, pictures
from tests.services.walked import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
LIST = "/supervisi/catatan/diberikan/"


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


def note(people, case, kind):
    values = {"variant": "summary" if kind == NoteKind.COUNSELLING else "", "account": "Rahasia besar."}
    values |= {"topic": "Keluarga"} if kind == NoteKind.MOTIVATION else {}
    return notes.write(case=case, kind=kind, bimbingan="psychosocial", on=TODAY, values=values, by=people.worker)


def reviewed(people, case, kind=NoteKind.MOTIVATION, **more):
    return reviews.give(by=people.supervisor, on=TODAY, note="Tujuan jelas.", of_note=note(people, case, kind), **more)


def test_paper_of_one_supervision_says_what_was_directed_and_what_came_of_it(people, case):
    review = reviewed(people, case, directions="Libatkan keluarga.")
    waiting = issuable.offer(case, PaperKind.SUPERVISION, f"c-{review.pk}")
    tasks.done(task=review.task, answer="Ayah sudah ditelepon.", by=people.worker)
    answered = issuable.offer(case, PaperKind.SUPERVISION, f"c-{review.pk}")
    assert answered.written_at == review.task.steps.get().at
    blocks = [offer.draw(people.supervisor, None)[1]["chapters"][0].blocks for offer in (waiting, answered)]
    facts = dict(next(block for block in blocks[0] if isinstance(block, Facts)).rows)
    assert facts["Dikerjakan oleh"] == people.worker.full_name
    assert facts["Yang disupervisi"] == "Motivasi, 10 Maret 2026"
    said = [block.text for block in blocks[0] if isinstance(block, Words)]
    assert said == ["Tujuan jelas.", "Libatkan keluarga.", "Belum dijawab; tenggat 17 Maret 2026."]
    table = next(block for block in blocks[1] if isinstance(block, Table))
    assert table.rows[0].cells[2].text == "Dijawab. Ayah sudah ditelepon."


def test_it_is_given_out_under_a_number_by_who_supervises_and_by_no_worker(people, case):
    review = reviewed(people, case)
    asked = {"kind": PaperKind.SUPERVISION, "subject": f"c-{review.pk}", "cases": [case]}
    with pytest.raises(PermissionDenied):
        issuing.issue(**asked, by=people.worker)
    paper = issuing.issue(**asked, by=people.supervisor)
    assert (paper.kind, paper.restriction) == ("supervision", "secret")


def test_words_on_a_restricted_note_are_on_no_paper_and_in_no_list(client, people, case):
    hidden = reviewed(people, case, NoteKind.COUNSELLING)
    assert issuable.offer(case, PaperKind.SUPERVISION, f"c-{hidden.pk}") is None
    found = given.in_sight(people.supervisor, TODAY, TODAY)
    line = supervision_paper._line(next(one for one in found if one.subject == f"c-{hidden.pk}"))
    assert line[4:6] == ["Bagian terbatas; dibaca pada catatannya.", ""]
    client.force_login(people.supervisor)
    page = client.get(LIST).content.decode()
    assert "Tujuan jelas." not in page
    assert "Bagian terbatas; dibaca pada catatannya." in page


def test_list_asks_the_same_for_one_and_three_and_prints_the_month(client, people, case, django_assert_num_queries):
    client.force_login(people.supervisor)
    client.get(LIST)
    reviewed(people, case, directions="Libatkan keluarga.")
    with django_assert_num_queries(11):
        assert client.get(LIST).context["page"].paginator.count == 1 + _signed(case)
    for _time in range(2):
        reviewed(people, case, directions="Lanjutkan.")
    with django_assert_num_queries(11):
        assert client.get(LIST).context["page"].paginator.count == 3 + _signed(case)
    assert client.get("/supervisi/catatan/diberikan.pdf", {"oleh": "semua"})["Content-Type"] == "application/pdf"
    assert client.get(LIST, {"oleh": "999999"}).status_code == 404
    assert client.get(LIST, {"bulan": "2199-01"}).status_code == 404


def _signed(case):
    return models.Supervision.objects.filter(case__institution=case.institution).count()


def test_sessions_nobody_has_looked_at_wait_beside_the_notes(client, people, case):
    activity = meetings.activity(people.supervisor, bimbingan=Bimbingan.SOCIAL, code="D.l")
    session = meetings.session(people.supervisor, activity, case.stays.get(), leader=people.worker)
    meetings.mark(people.worker, session)
    client.force_login(people.supervisor)
    page = client.get("/supervisi/catatan/", {"tampil": "sesi"})
    assert [(one.pk, one.present, one.listed) for one in page.context["sessions"]] == [(session.pk, 1, 1)]
    session.refresh_from_db()
    review = reviews.give(by=people.supervisor, on=TODAY, note="Tertib.", session=session)
    assert client.get("/supervisi/catatan/", {"tampil": "sesi"}).context["sessions"] == []
    paper = client.get(f"/supervisi/sesi/{session.pk}/catatan/{review.pk}.pdf")
    assert paper["Content-Type"] == "application/pdf"
    client.force_login(people.head)
    assert f"/bimbingan/sesi/{session.pk}/" in client.get(LIST, {"oleh": "semua"}).content.decode()


def test_laporan_perkembangan_is_given_out_once_every_aspect_is_told_and_carries_the_photo(people, case):
    documents.take_photo(case=case, photo=check(pictures.upload("JPEG", name="foto.jpg")), by=people.worker)
    walk.paper(people, case, models.ProgressSheet, period_on=TODAY.replace(day=1))
    offer = issuable.offer(case, PaperKind.PROGRESS, "2026-03-1")
    assert (offer.title, offer.reasons) == ("Laporan perkembangan Maret 2026", [])
    context = offer.draw(people.worker, None)[1]
    assert context["chapters"][0].blocks[0].photo.startswith("data:image/jpeg;base64,")
    assert [one.name for one in context["paper"].signatures[0]] == [
        people.supervisor.full_name.upper(),
        people.worker.full_name.upper(),
    ]
    paper = issuing.issue(kind=PaperKind.PROGRESS, subject="2026-03-1", cases=[case], by=people.worker)
    assert paper.number
    models.AspectProgress.objects.filter(record__period_on=date(2026, 3, 1), key="social").delete()
    lacking = issuable.offer(case, PaperKind.PROGRESS, "2026-03-1")
    assert lacking.reasons == ["Lembar perkembangan: aspek sosial belum diisi."]
