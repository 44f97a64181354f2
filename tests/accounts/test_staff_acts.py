"""The writes about accounts: who may do what to whom, what is refused, and the trace each leaves."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts import staffing
from accounts.enums import Employment, Role
from accounts.models import Membership, User
from accounts.staffing import Grant
from audit.models import Entry
from rehsos import doors
from rehsos.doors import Refused, Stale
from tests.accounts.people import PASSWORD, dinas, upt
from tests.accounts.staff import House, house, signed_in

pytestmark = pytest.mark.django_db

RINA = {"name": "Rina", "employment": Employment.OTHER}
REASON = "Pindah tugas"


@pytest.fixture
def office_house() -> House:
    return house()


def told(verb: str) -> list[tuple]:
    """Institution, actor, subjects and data of every entry with this verb."""
    entries = Entry.objects.filter(verb=verb).order_by("pk")
    bodies = [json.loads(entry.detail.body) for entry in entries]
    return [
        (entry.institution_id, entry.actor_id, [tuple(subject[:2]) for subject in body["subjects"]], body["reason"])
        for entry, body in zip(entries, bodies, strict=True)
    ]


def hire(by: User | None, role: Role = Role.SOCIAL_WORKER, username: str = "rina", **values) -> User:
    key = values.pop("key", "")
    place = values.pop("place", upt())
    return staffing.create(username=username, values=RINA | values, grants=[Grant(role, place)], by=by, key=key)


def test_a_new_account_has_a_role_no_password_and_a_trace(office_house):
    rina = hire(office_house.head)
    assert (rina.full_name, rina.has_usable_password(), rina.version) == ("Rina", False, 1)
    assert list(rina.memberships.values_list("role", "institution__code")) == [("social_worker", "ANKN")]
    assert told("user.created") == [(upt().pk, office_house.head.pk, [("user", rina.pk)], "")]


def test_the_same_form_sent_twice_makes_one_account(office_house):
    key = doors.form_key(office_house.head, "staff_new", upt())
    assert hire(office_house.head, key=key) == hire(office_house.head, key=key)
    assert (User.objects.filter(username="rina").count(), len(told("user.created"))) == (1, 1)


@pytest.mark.parametrize(
    "who, role, may",
    [
        ("admin", Role.HEAD, True),
        ("admin", Role.SOCIAL_WORKER, True),
        ("head", Role.SUPERVISOR, True),
        ("head", Role.ADMIN_OFFICE, True),
        ("head", Role.HEAD, False),
        ("head", Role.ADMINISTRATOR, False),
        ("office", Role.SOCIAL_WORKER, True),
        ("office", Role.NURSE, True),
        ("office", Role.SUPERVISOR, False),
        ("office", Role.HEAD, False),
        ("office", Role.ADMIN_OFFICE, False),
        ("supervisor", Role.SOCIAL_WORKER, False),
        ("worker", Role.SOCIAL_WORKER, False),
    ],
)
def test_nobody_gives_a_role_of_their_own_rank(office_house, who, role, may):
    by = getattr(office_house, who)
    if may:
        assert hire(by, role).has_role(role)
    else:
        with pytest.raises(PermissionDenied):
            hire(by, role)
        assert not User.objects.filter(username="rina").exists()


def test_nobody_hires_into_another_upt(office_house):
    with pytest.raises(PermissionDenied):
        hire(office_house.head, place=upt("BDG"))


@pytest.mark.parametrize(
    "role, code", [(Role.ADMINISTRATOR, "ANKN"), (Role.PROVINCE, "ANKN"), (Role.SOCIAL_WORKER, "DINSOS")]
)
def test_a_role_belongs_where_its_work_is(office_house, role, code):
    place = dinas() if code == "DINSOS" else upt(code)
    with pytest.raises(Refused, match="tidak ada di"):
        hire(office_house.admin, role, place=place)


@pytest.mark.parametrize(
    "values, words",
    [
        ({"employment": Employment.CIVIL_SERVANT}, "Isi NIP"),
        ({"employment": Employment.CIVIL_SERVANT, "nip": "199001012024211001"}, "milik PPPK"),
        ({"employment": Employment.CONTRACT, "nip": "197001011995031001"}, "milik PNS"),
        ({"employment": Employment.OTHER, "nip": "197001011995031001"}, "Non-ASN"),
        ({"employment": Employment.CIVIL_SERVANT, "nip": "1970"}, "18 angka"),
        ({"name": "x" * 121}, "121"),
        ({"employment": "raja"}, "raja"),
    ],
)
def test_every_door_keeps_the_rules_of_the_columns(office_house, values, words):
    with pytest.raises(Refused, match=words):
        hire(office_house.head, **values)


@pytest.mark.parametrize("username", ["PEKERJA", "Pekerja Baru", "ab", "x" * 61, "../etc", "pekerja"])
def test_a_username_is_plain_and_nobody_elses(office_house, username):
    with pytest.raises(Refused):
        hire(office_house.head, username=username)


def test_the_database_keeps_usernames_apart_whatever_their_case(office_house):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="PEKERJA", name="Peniru")


def test_a_nip_belongs_to_one_person(office_house):
    values = {"employment": Employment.CIVIL_SERVANT, "nip": "197001011995031001"}
    hire(office_house.head, **values)
    with pytest.raises(Refused, match="NIP ini sudah dipakai"):
        hire(office_house.head, username="rina2", **values)


def test_facts_are_corrected_with_old_and_new_in_the_trail(office_house):
    worker = office_house.worker
    staffing.edit(person=worker, values={"name": "Pekerja Baru"}, by=office_house.office, version=1)
    worker.refresh_from_db()
    assert (worker.name, worker.version) == ("Pekerja Baru", 2)
    entry = Entry.objects.get(verb="user.changed")
    assert json.loads(entry.detail.body)["data"] == {"name": ["Pekerja", "Pekerja Baru"]}


@pytest.mark.parametrize("act", ["deactivate", "reset_password"])
def test_an_old_page_changes_nothing(office_house, act):
    with pytest.raises(Stale):
        getattr(staffing, act)(person=office_house.worker, reason=REASON, by=office_house.head, version=7)


@pytest.mark.parametrize(
    "who, whom, answer",
    [
        ("admin", "head", None),
        ("admin", "admin", PermissionDenied),
        ("head", "worker", None),
        ("head", "supervisor", None),
        ("head", "office", None),
        ("head", "head", PermissionDenied),
        ("head", "admin", Http404),
        ("head", "stranger", Http404),
        ("office", "worker", None),
        ("office", "supervisor", PermissionDenied),
        ("office", "head", PermissionDenied),
        ("office", "office", PermissionDenied),
        ("supervisor", "worker", Http404),
        ("worker", "supervisor", Http404),
    ],
)
@pytest.mark.parametrize("act", ["deactivate", "reset_password", "set_roles"])
def test_nobody_manages_their_own_rank_or_another_upt(office_house, act, who, whom, answer):
    """Whoever could reset the password of a head could sign in as the head."""
    by, target = getattr(office_house, who), getattr(office_house, whom)
    how = {"grants": []} if act == "set_roles" else {"reason": REASON}
    if answer:
        with pytest.raises(answer):
            getattr(staffing, act)(person=target, by=by, version=1, **how)
    else:
        assert getattr(staffing, act)(person=target, by=by, version=1, **how) == target
    assert Entry.objects.count() == (0 if answer else 1)


def test_a_future_head_is_out_of_the_offices_reach(office_house):
    tomorrow = date.today() + timedelta(days=5)
    Membership.objects.create(user=office_house.worker, institution=upt(), role=Role.HEAD, since_on=tomorrow)
    with pytest.raises(PermissionDenied):
        staffing.reset_password(person=office_house.worker, reason=REASON, by=office_house.office, version=1)


def test_whoever_was_deactivated_meanwhile_does_nothing_more(office_house):
    """The administrator's own account is read anew under the lock, not believed from the request."""
    User.objects.filter(pk=office_house.admin.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        staffing.deactivate(person=office_house.worker, reason=REASON, by=office_house.admin, version=1)


def test_deactivation_asks_for_a_reason_and_is_undone_by_its_opposite(office_house):
    worker, head = office_house.worker, office_house.head
    with pytest.raises(Refused, match="alasan"):
        staffing.deactivate(person=worker, reason="  ", by=head, version=1)
    staffing.deactivate(person=worker, reason=REASON, by=head, version=1)
    with pytest.raises(Refused, match="sudah tidak aktif"):
        staffing.deactivate(person=worker, reason=REASON, by=head, version=2)
    staffing.reactivate(person=worker, reason="Kembali", by=head, version=2)
    worker.refresh_from_db()
    assert worker.is_active and worker.check_password(PASSWORD)
    subjects = [("user", worker.pk)]
    assert told("user.deactivated") == [(upt().pk, head.pk, subjects, REASON)]
    assert told("user.reactivated") == [(upt().pk, head.pk, subjects, "Kembali")]


def test_who_is_deactivated_is_out_at_the_next_request_and_stays_out_after_coming_back(office_house):
    worker, head = office_house.worker, office_house.head
    browser, phone, bystander = signed_in(worker), signed_in(worker), signed_in(head)
    assert browser.get("/akun/").status_code == 200
    staffing.deactivate(person=worker, reason=REASON, by=head, version=1)
    assert (browser.get("/akun/").status_code, phone.get("/akun/").status_code) == (302, 302)
    staffing.reactivate(person=worker, reason="Kembali", by=head, version=2)
    assert phone.get("/akun/").status_code == 302
    assert bystander.get("/akun/").status_code == 200


def test_a_reset_password_opens_nothing_any_more(office_house):
    worker = office_house.worker
    browser = signed_in(worker)
    staffing.reset_password(person=worker, reason="Lupa", by=office_house.head, version=1)
    worker.refresh_from_db()
    assert not worker.has_usable_password()
    assert browser.get("/akun/").status_code == 302
    assert told("user.password_reset") == [(upt().pk, office_house.head.pk, [("user", worker.pk)], "Lupa")]
