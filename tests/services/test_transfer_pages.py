"""A client offered to another UPT, by the pages of the sender; and the list of offers."""

import pytest

from accounts.enums import InstitutionKind, Role
from audit.models import Access
from cases.enums import Stage
from rehsos import doors
from services import models, transitions
from services.enums import Kind, TransferState
from services.models import Request, Transfer
from tests import factories
from tests.services.browsing import boxes_in, filled, form_in, stage_page, text_of
from tests.services.conftest import NOW
from tests.services.leaving import leave, offer
from tests.services.transfer_pages import page_of

TODAY = NOW.date()


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


@pytest.fixture
def others(walked):
    return factories.team(factories.institution("PSTW"))


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
