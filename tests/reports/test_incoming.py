"""Letters that came in: the agenda, who keeps it, its scans, and that nothing is entered twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.enums import Role
from rehsos.doors import Refused
from reports import incoming
from reports.models import IncomingLetter, IncomingScan
from tests import factories
from tests.reports.issued import SCAN, scan, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    return factories.user("tata_usaha", Role.ADMIN_OFFICE)


def values(office, **changed):
    today = office.institution.today()
    words = {"number": "460/12/2026", "sender": "Dinas Sosial Kabupaten", "about": "Undangan rapat"}
    return {**words, "dated_on": today, "received_on": today, **changed}


def received(office, **changed) -> IncomingLetter:
    return incoming.record(institution=office.institution, values=values(office, **changed), by=office)


def reasons(office, **changed) -> list[str]:
    with pytest.raises(Refused) as refused:
        received(office, **changed)
    return refused.value.reasons


def test_letters_get_running_numbers_of_the_agenda(office):
    year = office.institution.today().year
    assert [received(office, number=str(at)).agenda for at in range(3)] == [f"{at}/{year}" for at in (1, 2, 3)]


def test_a_letter_is_entered_once_and_its_days_make_sense(office):
    letter, today = received(office), office.institution.today()
    assert reasons(office) == [f"Surat ini sudah dicatat dengan nomor agenda {letter.agenda}."]
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    assert reasons(office, number="x", received_on=tomorrow) == ["Tanggal diterima tidak boleh di masa depan."]
    assert reasons(office, number="x", received_on=yesterday) == ["Tanggal diterima mendahului tanggal surat."]
    assert len(reasons(office, number="", about="")) == 2


def test_only_those_with_the_whole_upt_keep_the_agenda(office):
    upt = office.institution
    worker, stranger = factories.user("pekerja", Role.SOCIAL_WORKER), factories.team(factories.institution("LANSIA"))
    with pytest.raises(PermissionDenied):
        incoming.record(institution=upt, values=values(office), by=worker)
    with pytest.raises(Http404):
        incoming.record(institution=upt, values=values(office), by=stranger.head)


@pytest.mark.parametrize("table", [IncomingLetter, IncomingScan])
def test_rows_are_neither_changed_nor_deleted(office, table):
    incoming.attach(letter=received(office), scan=SCAN, by=office)
    rows = table.objects.all()
    for act in (lambda: rows.update(id=99), lambda: rows._raw_delete(rows.db)):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


def test_from_the_form_to_the_scan(office):
    client, today = signed_in(office), office.institution.today()
    form = client.get("/surat/masuk/baru/").context["form"]
    data = {"form_key": form["form_key"].value(), **values(office)}
    assert client.post("/surat/masuk/baru/", data | {"sender": ""}).status_code == 422
    answer = client.post("/surat/masuk/baru/", data)
    letter = IncomingLetter.objects.get()
    assert answer.headers["Location"] == f"/surat/masuk/{letter.pk}/"
    page = client.get(f"/surat/masuk/{letter.pk}/")
    assert "belum ada pindaian" in page.content.decode()
    key = page.context["form"]["form_key"].value()
    assert client.post(f"/surat/masuk/{letter.pk}/pindaian/", {"form_key": key}).status_code == 422
    assert client.post(f"/surat/masuk/{letter.pk}/pindaian/", {"form_key": key, "scan": scan()}).status_code == 302
    kept = letter.scans.get()
    answer = client.get(f"/surat/masuk/{letter.pk}/pindaian/{kept.pk}/")
    assert b"".join(answer.streaming_content) == SCAN.content
    assert letter.received_on == today


def test_another_upts_letters_are_not_found(office):
    letter = received(office)
    head = signed_in(factories.team(factories.institution("LANSIA")).head)
    assert head.get(f"/surat/masuk/{letter.pk}/").status_code == 404
    assert letter.about not in head.get("/surat/masuk/").content.decode()


def test_the_agenda_is_searched_and_costs_the_same_for_one_and_three(office, django_assert_num_queries):
    client = signed_in(office)
    received(office)
    client.get("/surat/masuk/")
    with django_assert_num_queries(5):  # session, user, memberships, the count, the page
        client.get("/surat/masuk/")
    for at in range(2):
        received(office, number=str(at), sender=f"Pengirim {at}")
    with django_assert_num_queries(5):
        page = client.get("/surat/masuk/")
    assert len(page.context["page"].object_list) == 3
    found = client.get("/surat/masuk/", {"q": "pengirim 1"}).context["page"]
    assert [letter.sender for letter in found] == ["Pengirim 1"]
