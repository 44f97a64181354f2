"""The pages about stand-ins: who opens which, what they send, what comes back, and what they cost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import standins
from accounts.enums import Role, StandInKind
from accounts.mandates import StandIn
from audit.models import Entry
from rehsos import clock
from tests.accounts.people import person
from tests.accounts.staff import keyed, signed_in
from tests.accounts.stand_ins import Staff, anew, confirmed, entered, order, staff, today

pytestmark = pytest.mark.django_db
LIST = "/pengaturan/pengganti/"
EVERYBODY = ("head", "office", "section_head", "supervisor", "worker", "nurse", "colleague", "admin")


@pytest.fixture
def people() -> Staff:
    return staff()


def address(name: str, *args) -> str:
    return reverse(f"accounts:stand_in_{name}", args=args)


def statuses(people: Staff, path: str) -> dict[str, int]:
    return {who: signed_in(getattr(people, who)).get(path).status_code for who in EVERYBODY}


def typed(people: Staff, kind: StandInKind, by, **changes) -> dict:
    """What the form of an order sends."""
    values = {name: value for name, value in order(people, **changes).items() if value is not None}
    posted = {name: value.pk if hasattr(value, "pk") else value for name, value in values.items()}
    return keyed(by, f"stand_in_{kind}", people.upt) | posted


# --- Who opens what ---
def test_list_is_for_who_enters_confirms_or_heads(people):
    readers = {"head", "office", "section_head", "supervisor", "admin"}
    assert statuses(people, LIST) == {who: 200 if who in readers else 403 for who in EVERYBODY}


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        ("plt", {"office"}),
        ("plh", {"office"}),
        ("supervisor", {"supervisor", "head"}),
        ("an", {"head"}),
    ],
)
def test_each_form_is_for_who_may_enter_it(people, kind, allowed):
    answers = statuses(people, address("new", kind))
    assert answers == {who: 200 if who in allowed else 403 for who in EVERYBODY}


def test_unknown_kinds_and_rows_of_others_are_not_found(people):
    assert signed_in(people.office).get(address("new", "raja")).status_code == 404
    row, there = entered(people), staff("BDG")
    for name in ("confirm", "revoke"):
        assert signed_in(there.head).get(address(name, row.pk)).status_code == 404
        assert signed_in(people.head).get(address(name, 999)).status_code == 404
        assert signed_in(people.worker).get(address(name, row.pk)).status_code == 403


def test_signed_out_visitors_see_none_of_it(client, people):
    row = entered(people)
    for path in (LIST, address("new", "plh"), address("confirm", row.pk), address("revoke", row.pk)):
        assert client.get(path).headers["Location"].startswith("/masuk/")


def test_tabs_and_menu_lead_there(people):
    shown = {who: LIST in signed_in(getattr(people, who)).get("/akun/").content.decode() for who in EVERYBODY}
    assert shown == {who: who == "section_head" for who in EVERYBODY}
    for who in ("head", "office", "admin"):
        assert LIST in signed_in(getattr(people, who)).get("/pengaturan/").content.decode()
    assert LIST in signed_in(people.supervisor).get("/pengaturan/serah-tugas/").content.decode()


# --- Entering, confirming, revoking ---
def test_order_goes_from_the_office_over_a_second_person_to_the_one_who_stands_in(people):
    data = typed(people, StandInKind.DAILY, people.office)
    answer = signed_in(people.office).post(address("new", "plh"), data)
    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    row = StandIn.objects.get()
    shown = signed_in(people.section_head).get(address("confirm", row.pk)).content.decode()
    assert "800.1.11.1/217/2026" in shown and "Plh. Kepala UPT" in shown
    answer = signed_in(people.section_head).post(
        address("confirm", row.pk), keyed(people.section_head, "stand_in_confirm", row)
    )
    assert answer.status_code == 302
    page = signed_in(anew(people.supervisor)).get("/supervisi/").content.decode()
    assert "Supervisor, Plh. Kepala UPT" in page


def test_who_entered_it_finds_no_button_to_confirm_it(people):
    row = entered(people)
    page = signed_in(people.office).get(LIST).content.decode()
    assert address("confirm", row.pk) not in page and address("revoke", row.pk) in page
    page = signed_in(people.other_office).get(LIST).content.decode()
    assert address("confirm", row.pk) in page
    page = signed_in(people.office).get(address("confirm", row.pk)).content.decode()
    assert "Anda yang mencatat" in page and "form_key" not in page
    answer = signed_in(people.office).post(address("confirm", row.pk), keyed(people.office, "stand_in_confirm", row))
    assert answer.status_code == 403


def test_refused_order_comes_back_with_what_was_typed(people):
    data = typed(people, StandInKind.DAILY, people.office, until_on=today(people) - timedelta(days=1))
    answer = signed_in(people.office).post(address("new", "plh"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tanggal berakhir mendahului tanggal mulai." in page and "800.1.11.1/217/2026" in page
    data = typed(people, StandInKind.DAILY, people.office) | {"order_number": "", "holder": ""}
    answer = signed_in(people.office).post(address("new", "plh"), data)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"order_number", "holder"})
    assert not StandIn.objects.exists()


def test_choices_are_people_who_may_hold_and_who_are_away(people):
    form = signed_in(people.office).get(address("new", "plh")).context["form"]
    assert {person.username for person in form.fields["for_whom"].queryset} == {"kepala_ankn", "kasi_ankn"}
    holders = {person.username for person in form.fields["holder"].queryset}
    assert {"dinas_ankn", "perawat_ankn"} <= holders and "admin_ankn" not in holders
    form = signed_in(people.head).get(address("new", "supervisor")).context["form"]
    assert {person.username for person in form.fields["holder"].queryset} == {"pekerja_ankn", "dinas_ankn"}
    form = signed_in(people.head).get(address("new", "an")).context["form"]
    assert set(form.fields) - {"form_key", "version", "draft"} == {
        "holder",
        "papers",
        "order_number",
        "order_on",
        "since_on",
        "until_on",
    }
    assert "dinas_ankn" not in {person.username for person in form.fields["holder"].queryset}


def test_mandate_and_supervisor_s_stand_in_are_entered_by_form(people):
    data = typed(
        people, StandInKind.MANDATE, people.head, holder=people.section_head, papers=["assessment", "planning"]
    )
    assert signed_in(people.head).post(address("new", "an"), data).status_code == 302
    data = typed(people, StandInKind.SUPERVISOR, people.supervisor, holder=people.worker, for_whom=people.supervisor)
    assert signed_in(people.supervisor).post(address("new", "supervisor"), data).status_code == 302
    rows = StandIn.objects.order_by("pk").values_list("kind", "role", "papers")
    assert list(rows) == [("an", "head", ["assessment", "planning"]), ("supervisor", "supervisor", [])]
    assert "Laporan tahap Asesmen, Laporan tahap Rencana" in signed_in(people.head).get(LIST).content.decode()


def test_revoking_asks_why(people):
    row = confirmed(people)
    data = keyed(people.head, "stand_in_revoke", row, reason="")
    assert signed_in(people.head).post(address("revoke", row.pk), data).status_code == 422
    data = keyed(people.head, "stand_in_revoke", row, reason="Kepala kembali.")
    assert signed_in(people.head).post(address("revoke", row.pk), data).status_code == 302
    assert Role.HEAD not in anew(people.supervisor).roles
    stale = keyed(people.office, "stand_in_revoke", row, reason="Kepala kembali.")
    assert signed_in(people.office).post(address("revoke", row.pk), stale).status_code == 409


@pytest.mark.parametrize("act", ["enter", "confirm", "revoke"])
def test_double_click_does_it_once(people, act):
    if act == "enter":
        path, data, by = address("new", "plh"), typed(people, StandInKind.DAILY, people.office), people.office
    elif act == "confirm":
        row, by = entered(people), people.other_office
        path, data = address("confirm", row.pk), keyed(by, "stand_in_confirm", row)
    else:
        row, by = confirmed(people), people.head
        path, data = address("revoke", row.pk), keyed(by, "stand_in_revoke", row, reason="Kembali.")
    before = Entry.objects.count()
    answers = [signed_in(by).post(path, data).status_code for _time in range(3)]
    assert (answers, Entry.objects.count() - before, StandIn.objects.count()) == ([302] * 3, 1, 1)


# --- The list ---
def test_list_tells_what_is_in_force_coming_and_past(people):
    now = today(people)
    with clock.at(clock.now() - timedelta(days=30)):
        old = {"since_on": now - timedelta(days=30), "until_on": now - timedelta(days=20)}
        confirmed(people, order_on=now - timedelta(days=30), **old)
    confirmed(people)
    confirmed(people, since_on=now + timedelta(days=20), until_on=now + timedelta(days=21))
    entered(people, since_on=now + timedelta(days=30), until_on=now + timedelta(days=31))
    groups = signed_in(people.head).get(LIST).context["groups"]
    assert [(str(title), len(rows)) for title, rows in groups] == [
        ("Menunggu konfirmasi", 1),
        ("Berlaku hari ini", 1),
        ("Akan datang", 1),
        ("Sudah lewat atau dicabut", 1),
    ]
    assert signed_in(staff("BDG").head).get(LIST).context["groups"] == []


def test_empty_list_says_how_it_begins(people):
    assert "Belum ada pengganti" in signed_in(people.head).get(LIST).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(people, rows, django_assert_num_queries):
    for number in range(rows):
        holder = person(f"pekerja_{number}", Role.SOCIAL_WORKER)
        away = person(f"supervisor_{number}", Role.SUPERVISOR)
        values = order(people, role=Role.SUPERVISOR, holder=holder, for_whom=away)
        standins.enter(kind=StandInKind.SUPERVISOR, values=values, by=people.head)
    client = signed_in(people.other_supervisor)
    client.get(LIST)
    with django_assert_num_queries(4):  # session, user, membership; and the rows
        client.get(LIST)
