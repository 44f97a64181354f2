"""An offer answered by the pages of the UPT that receives it."""

from datetime import timedelta

import pytest

from audit.models import Access
from cases.enums import Outcome, Stage
from cases.models import Case
from rehsos import doors
from services import transitions
from services.enums import TransferState
from services.models import Transfer
from tests import factories
from tests.services.browsing import filled, form_in, text_of
from tests.services.conftest import NOW
from tests.services.leaving import offer
from tests.services.transfer_pages import page_of

TODAY = NOW.date()


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


@pytest.fixture
def others(walked):
    return factories.team(factories.institution("PSTW"))


def test_receiver_reads_the_package_only_while_it_is_offered(browse, people, others, case):
    request = transitions.propose_transfer(
        case=case, receiver=others.head.institution, reason="Dekat.", by=people.worker, version=case.version
    )
    path = f"/mutasi/{request.transfer.pk}/"
    assert browse(others.head, path).status_code == 404
    transitions.approve(request=request, by=people.supervisor, version=case.version, note="Setuju.")
    assert browse(others.head, path).status_code == 404
    transitions.endorse(request=request, by=people.head, version=case.version)

    for user in (others.head, others.supervisor):
        answer = browse(user, path)
        page = text_of(answer)
        assert answer.status_code == 200
        for words in (
            case.client.name,
            case.number,
            "Dekat.",
            "Asesmen empat aspek",
            "Tujuan rencana",
            "Persetujuan klien",
        ):
            assert words in page
        assert [stage for stage, _began, _ended in answer.context["history"]] == list(Stage)[:4]
        assert f"/kasus/{case.number}/" not in page
    stranger = factories.team(factories.institution("LAIN"))
    for user, status in ((others.worker, 403), (people.head, 404), (stranger.head, 404)):
        assert browse(user, path).status_code == status
    seen = Access.objects.filter(page="package", actor_id=others.head.pk).values_list(
        "kind", "subject_id", "institution_id"
    )
    assert set(seen) == {
        ("case", case.pk, others.head.institution.pk),
        ("client", case.client_id, others.head.institution.pk),
    }
    assert "Berkas mutasi" in text_of(browse(people.head, f"/kasus/{case.number}/jejak/?bagian=pembacaan"))
    assert browse(others.head, f"/kasus/{case.number}/").status_code == 404
    assert not Case.objects.visible_to(others.head).filter(pk=case.pk).exists()

    transitions.refuse_transfer(transfer=Transfer.objects.get(), reason="Penuh.", by=others.head)
    assert browse(others.head, path).status_code == 404


def test_receiver_accepts_once_and_works_on(browse, people, others, case):
    transfer = offer(people, others, case)
    form = form_in(browse(others.head, f"/mutasi/{transfer.pk}/"), "accept")
    assert set(form.fields["worker"].queryset) == {others.worker, others.other_worker}
    data = filled(form, worker=others.worker.pk, note="Kamar siap.")
    answers = [browse(others.head, f"/mutasi/{transfer.pk}/terima/", **data) for _click in range(3)]
    new = Case.objects.get(institution=others.head.institution)
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/kasus/{new.number}/")}
    assert browse(others.worker, f"/kasus/{new.number}/").status_code == 200
    assert browse(others.head, f"/mutasi/{transfer.pk}/").status_code == 404
    case.refresh_from_db()
    assert case.outcome == Outcome.TRANSFERRED
    page = text_of(browse(people.worker, f"/kasus/{case.number}/"))
    assert "Kasus ditutup 10 Maret 2026: Mutasi ke UPT lain." in page
    assert "Diterima UPT Contoh PSTW, 10 Maret 2026." in page
    assert "Kamar siap." in text_of(browse(people.worker, page_of(case)))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"worker": ""}, "Pilih pekerja sosial."),
        ({"on": TODAY + timedelta(days=1)}, "Tanggal terima harus antara tanggal penempatan dan hari ini."),
        ({"on": ""}, "Diterima tanggal"),
    ],
)
def test_acceptance_is_refused_in_words_and_keeps_what_was_typed(browse, people, others, case, typed, words):
    transfer = offer(people, others, case)
    form = form_in(browse(others.head, f"/mutasi/{transfer.pk}/"), "accept")
    data = filled(form, **{"worker": others.worker.pk, "note": "Ketikan penerima", **typed})
    answer = browse(others.head, f"/mutasi/{transfer.pk}/terima/", **data)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Ketikan penerima" in text_of(answer)
    assert Transfer.objects.get().state == TransferState.SENT


def test_worker_of_another_upt_is_not_taken(browse, people, others, case):
    transfer = offer(people, others, case)
    form = form_in(browse(others.head, f"/mutasi/{transfer.pk}/"), "accept")
    answer = browse(others.head, f"/mutasi/{transfer.pk}/terima/", **filled(form, worker=people.worker.pk))
    assert answer.status_code == 422
    assert not Case.objects.filter(institution=others.head.institution).exists()


def test_receiver_refuses_once_with_a_reason(browse, people, others, case):
    transfer = offer(people, others, case)
    form = form_in(browse(others.supervisor, f"/mutasi/{transfer.pk}/"), "refuse")
    path = f"/mutasi/{transfer.pk}/tolak/"
    answer = browse(others.supervisor, path, **filled(form, reason=" "))
    assert answer.status_code == 422
    assert "Isi alasan penolakan." in text_of(answer)
    data = filled(form, reason="Asrama penuh.")
    answers = [browse(others.supervisor, path, **data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/mutasi/")}
    assert "Asrama penuh." in text_of(browse(people.worker, page_of(case)))
    assert "menunggu jawaban" not in text_of(browse(people.worker, f"/kasus/{case.number}/"))
    form = form_in(browse(people.worker, page_of(case)), "transfer")
    assert form.fields["receiver"]


def test_answer_to_an_offer_that_is_gone_shows_nothing_of_it(browse, people, others, case):
    transfer = offer(people, others, case)
    form = form_in(browse(others.head, f"/mutasi/{transfer.pk}/"), "accept")
    transitions.revoke(transfer=transfer, reason="Batal.", by=people.head)
    for typed in ({"worker": others.worker.pk}, {"worker": ""}):
        answer = browse(others.head, f"/mutasi/{transfer.pk}/terima/", **filled(form, note="Ketikan penerima", **typed))
        assert answer.status_code == 409
        assert "Mutasi ini sudah tidak ditawarkan: dibatalkan." in text_of(answer)
        assert "Ketikan penerima" in text_of(answer)
        assert case.client.name not in text_of(answer)


def test_stranger_answers_nothing(browse, people, others, case):
    transfer = offer(people, others, case)
    stranger = factories.team(factories.institution("LAIN"))
    for user, status in ((stranger.head, 404), (people.head, 404), (others.worker, 403)):
        key = doors.form_key(user, "refuse", transfer)
        for act in ("terima", "tolak"):
            answer = browse(user, f"/mutasi/{transfer.pk}/{act}/", form_key=key, reason="Tidak.")
            assert answer.status_code == status
