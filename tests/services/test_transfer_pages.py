"""Mutasi by its pages: the sender proposes and may take back, the receiver reads while it is offered and answers."""

from datetime import timedelta

import pytest

from accounts.enums import InstitutionKind, Role
from audit.models import Access
from cases.enums import Outcome, Stage
from cases.models import Case
from rehsos import doors
from services import models, transitions
from services.enums import Kind, TransferState
from services.models import Request, Transfer
from tests import factories
from tests.services.browsing import Browser, boxes_in, filled, form_in, stage_page, text_of
from tests.services.conftest import NOW
from tests.services.test_exits import leave, offer

TODAY = NOW.date()


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


@pytest.fixture
def others(walked):
    return factories.team(factories.institution("PSTW"))


@pytest.fixture
def browse(client):
    return Browser(client)


def page_of(case):
    return f"/kasus/{case.number}/mutasi/"


# --- the sender -----------------------------------------------------------------------------------------------------
def test_worker_proposes_once_and_both_deciders_read_to_whom(browse, people, others, case):
    assert page_of(case) in text_of(browse(people.worker, f"/kasus/{case.number}/"))
    form = form_in(browse(people.worker, page_of(case)), "transfer")
    data = filled(form, receiver=others.head.institution.pk, reason="Dekat keluarga.")
    answers = [browse(people.worker, page_of(case), **data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, page_of(case))}
    request = Request.objects.get(case=case, kind=Kind.TRANSFER)
    assert request.transfer.receiver == others.head.institution
    assert boxes_in(browse(people.worker, page_of(case))) == [("Sedang diajukan", "Tarik pengajuan")]

    for path in (page_of(case), stage_page(case), "/supervisi/"):
        page = text_of(browse(people.supervisor, path))
        assert "Mutasi ke UPT lain – UPT Contoh PSTW" in page
        assert "Dekat keluarga." in page
    verdict = filled(form_in(browse(people.supervisor, page_of(case)), "verdict"), choice="setujui", note="Setuju.")
    browse(people.supervisor, f"{stage_page(case)}putuskan/", **verdict)
    assert "UPT Contoh PSTW" in text_of(browse(people.head, "/supervisi/"))
    endorse = filled(form_in(browse(people.head, page_of(case)), "endorse"), choice="sahkan")
    assert browse(people.head, f"{stage_page(case)}sahkan/", **endorse).status_code == 302
    assert Transfer.objects.get().state == TransferState.SENT
    for path in ("", "tahap/", "tahap/pelaksanaan/"):
        page = text_of(browse(people.worker, f"/kasus/{case.number}/{path}"))
        assert "Ditawarkan ke UPT Contoh PSTW sejak 10 Maret 2026; menunggu jawaban." in page


def test_only_other_upts_are_offered(browse, people, others, case):
    factories.institution("DINSOS", kind=InstitutionKind.DINAS)
    form = form_in(browse(people.worker, page_of(case)), "transfer")
    assert list(form.fields["receiver"].queryset) == [others.head.institution]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"receiver": ""}, "Pilih UPT penerima."),
        ({"receiver": "abc"}, "UPT penerima"),
        ({"receiver": 10**18}, "UPT penerima"),
        ({"reason": " "}, "Isi alasan mutasi."),
    ],
)
def test_proposal_is_refused_in_words_and_keeps_what_was_typed(browse, people, others, case, typed, words):
    form = form_in(browse(people.worker, page_of(case)), "transfer")
    given = {"receiver": others.head.institution.pk, "reason": "Ketikan saya", **typed}
    answer = browse(people.worker, page_of(case), **filled(form, **given))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert typed.get("reason", "Ketikan saya").strip() in text_of(answer)
    assert not Transfer.objects.exists()


def test_who_has_left_moves_nowhere(browse, people, others, case, walked):
    leave(people, case)
    for one in (case, walked.at(Stage.INTAKE), walked.at(Stage.AFTERCARE)):
        assert browse(people.worker, page_of(one)).context["boxes"] == []
        key = doors.form_key(people.worker, "transfer", one)
        data = {"form_key": key, "version": one.version, "receiver": others.head.institution.pk, "reason": "Pindah."}
        answer = browse(people.worker, page_of(one), **data)
        assert answer.status_code == 422
        assert "Hanya klien yang sedang dalam masa tinggal yang dapat dimutasi." in text_of(answer)


def test_page_of_the_case_is_for_those_of_the_case(browse, people, others, case):
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    for user, status in ((people.other_worker, 404), (others.head, 404), (office, 403), (people.head, 200)):
        assert browse(user, page_of(case)).status_code == status
    key = doors.form_key(people.supervisor, "transfer", case)
    data = {"form_key": key, "version": case.version, "receiver": others.head.institution.pk, "reason": "Pindah."}
    assert browse(people.supervisor, page_of(case), **data).status_code == 403
    assert not Transfer.objects.exists()


def test_sender_takes_the_offer_back_once(browse, people, others, case):
    transfer = offer(people, others, case)
    assert "Batalkan tawaran" not in text_of(browse(people.worker, page_of(case)))
    form = form_in(browse(people.supervisor, page_of(case)), "revoke")
    path = f"/mutasi/{transfer.pk}/batalkan/"
    answer = browse(people.supervisor, path, **filled(form, reason=" "))
    assert answer.status_code == 422
    assert "Isi alasan pembatalan." in text_of(answer)
    data = filled(form, reason="Keluarga berubah pikiran.")
    answers = [browse(people.supervisor, path, **data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, page_of(case))}
    assert "Keluarga berubah pikiran." in text_of(browse(people.worker, page_of(case)))
    assert browse(others.head, f"/mutasi/{transfer.pk}/").status_code == 404
    assert browse(people.worker, path, **data).status_code == 403
    assert browse(others.head, path, **data).status_code == 404


# --- the receiver ---------------------------------------------------------------------------------------------------
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


# --- the list -------------------------------------------------------------------------------------------------------
def listed(answer, name):
    return [(row["transfer"].pk, row["transfer"].state) for row in answer.context[name]]


def test_list_shows_offers_in_and_out_and_names_only_what_is_offered(browse, people, others, case, walked):
    transfer = offer(people, others, case)
    for user in (people.supervisor, people.head):
        assert listed(browse(user, "/mutasi/"), "outgoing") == [(transfer.pk, "sent")]
    answer = browse(others.supervisor, "/mutasi/")
    assert listed(answer, "incoming") == [(transfer.pk, "sent")]
    assert case.client.name in text_of(answer)
    assert f"/mutasi/{transfer.pk}/" in text_of(answer)
    seen = Access.objects.filter(page="transfers", actor_id=others.supervisor.pk).values_list("kind", "subject_id")
    assert set(seen) == {("case", case.pk)}

    transitions.refuse_transfer(transfer=transfer, reason="Penuh.", by=others.head)
    answer = browse(others.head, "/mutasi/")
    assert listed(answer, "incoming") == [(transfer.pk, "refused")]
    assert case.client.name not in text_of(answer)
    assert case.number not in text_of(answer)
    assert browse(people.worker, "/mutasi/").status_code == 403


def test_proposal_that_was_called_off_is_nobodys_business_there(browse, people, others, case):
    request = transitions.propose_transfer(
        case=case, receiver=others.head.institution, reason="Dekat.", by=people.worker, version=case.version
    )
    assert listed(browse(others.head, "/mutasi/"), "incoming") == []
    transitions.withdraw(request=request, by=people.worker)
    assert listed(browse(others.head, "/mutasi/"), "incoming") == []
    assert listed(browse(people.head, "/mutasi/"), "outgoing") == [(request.transfer.pk, "revoked")]


@pytest.mark.parametrize("who", ["supervisor", "head"])
def test_home_of_the_receiver_tells_of_an_offer(browse, people, others, case, who):
    user = getattr(others, who)
    assert "tawaran mutasi" not in text_of(browse(user, "/"))
    offer(people, others, case)
    figures = browse(user, "/").context["figures"]
    assert [(f["number"], f["url"]) for f in figures if f["label"] == "tawaran mutasi"] == [(1, "/mutasi/")]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_for_one_and_three(client, browse, people, others, walked, rows, django_assert_num_queries):
    for stage in (Stage.ASSESSMENT, Stage.PLANNING, Stage.INTERVENTION)[:rows]:
        offer(people, others, walked.at(stage))
    for reader in (people.head, others.head):
        browse(reader, "/mutasi/")
        with django_assert_num_queries(4 + 2):  # session, user, membership, access rows, and the page's own
            client.get("/mutasi/")


def test_package_and_page_keep_to_their_queries(client, browse, people, others, case, django_assert_max_num_queries):
    transfer = offer(people, others, case)
    for user, path in ((others.head, f"/mutasi/{transfer.pk}/"), (people.head, page_of(case))):
        browse(user, path)
        with django_assert_max_num_queries(15 + 4):
            client.get(path)


def test_timeline_and_stage_tell_of_the_transfer(browse, people, others, case):
    transfer = offer(people, others, case)
    transitions.accept(transfer=transfer, worker=others.worker, by=others.head, on=TODAY)
    titles = [entry["title"] for entry in browse(people.worker, f"/kasus/{case.number}/catatan/").context["entries"]]
    assert "Keluar disahkan, kasus ditutup: Mutasi ke UPT lain" in titles
    entries = browse(people.worker, stage_page(case)).context["entries"]
    assert "Mutasi ke UPT lain – UPT Contoh PSTW" in {entry["meta"] for entry in entries}
    assert not models.Departure.objects.exists()
