"""Orders that are impossible, come too late, or are not one's own to revoke."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts import standins
from accounts.enums import Role
from accounts.mandates import StandIn
from accounts.models import Membership
from audit.models import Entry
from rehsos import clock
from rehsos.doors import Refused, Stale
from tests.accounts.people import person
from tests.accounts.stand_ins import (
    ACTING,
    EVERYBODY,
    Staff,
    confirmed,
    entered,
    mandate,
    roles,
    staff,
    supervisor_order,
    today,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Staff:
    return staff()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"order_number": " "}, "nomor dan tanggal surat"),
        ({"order_on": None}, "nomor dan tanggal surat"),
        ({"order_on": 1}, "tidak boleh di masa depan"),
        ({"since_on": 3, "until_on": 2}, "mendahului tanggal mulai"),
        ({"since_on": -9, "until_on": -1}, "sudah lewat"),
        ({"until_on": 366}, "Paling lama satu tahun"),
        ({"for_whom": None}, "siapa yang digantikan"),
        ({"for_whom": "supervisor", "holder": "worker"}, "Supervisor_Ankn bukan Kepala UPT di UPT ini"),
        ({"holder": "head"}, "orang lain daripada yang digantikan"),
        ({"holder": "admin"}, "administrator"),
        ({"role": Role.SUPERVISOR}, "tidak untuk peran ini"),
        ({"role": Role.SECTION_HEAD}, "bukan Kepala seksi"),
        ({"kind": ACTING}, "pakai Plh"),
        ({"kind": ACTING, "for_whom": None}, "tidak kosong: dijabat Kepala_Ankn"),
    ],
)
def test_impossible_orders_are_refused(people, changes, words):
    now = today(people)
    given = {
        name: now + timedelta(days=value)
        if isinstance(value, int)
        else getattr(people, value)
        if name in ("holder", "for_whom") and value
        else value
        for name, value in changes.items()
    }
    with pytest.raises(Refused, match=words):
        entered(people, **given)
    assert not StandIn.objects.exists() and not Entry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"holder": "nurse"}, "bukan pekerja sosial UPT ini"),
        ({"holder": "head"}, "bukan pekerja sosial UPT ini"),
        ({"for_whom": "section_head"}, "bukan Supervisor"),
    ],
)
def test_impossible_stand_ins_of_a_supervisor_are_refused(people, changes, words):
    given = {name: getattr(people, value) for name, value in changes.items()}
    with pytest.raises(Refused, match=words):
        entered(people, **supervisor_order(people, **given))


def test_stand_in_of_a_supervisor_who_supervises_already_is_refused(people):
    Membership.objects.create(user=people.other_supervisor, institution=people.upt, role=Role.SOCIAL_WORKER)
    with pytest.raises(Refused, match="sudah Supervisor"):
        entered(people, **supervisor_order(people, holder=people.other_supervisor, by=people.supervisor))


@pytest.mark.parametrize("papers", [[], ["selection"], ["monthly"], ["exit"], ["assessment", "closing"]])
def test_mandate_for_other_papers_is_refused(people, papers):
    """Never for selection, closing, exits, monthly report."""
    with pytest.raises(Refused, match="Pilih naskahnya"):
        entered(people, **mandate(people, papers=papers))


def test_mandate_stays_in_the_upt(people):
    with pytest.raises(Refused, match="tidak bertugas di UPT ini"):
        entered(people, **mandate(people, holder=people.colleague))


def test_vacant_post_is_filled_by_plt(people):
    last = today(people) + timedelta(days=1)
    Membership.objects.filter(user=people.head).update(until_on=last)
    row = confirmed(people, kind=ACTING, for_whom=None, since_on=last + timedelta(days=1))
    assert (row.post, roles(people.supervisor, 2)) == ("Plt. Kepala UPT", {Role.SUPERVISOR, Role.HEAD})


def test_one_post_has_one_stand_in_at_a_time(people):
    first = entered(people)
    for changes in ({}, {"since_on": first.until_on, "until_on": first.until_on}, {"holder": people.worker}):
        with pytest.raises(Refused, match="sudah ada penggantinya"):
            entered(people, **changes)
    entered(people, since_on=first.until_on + timedelta(days=1), until_on=first.until_on + timedelta(days=2))
    standins.revoke(stand_in=first, reason="Salah tanggal.", by=people.office, version=1)
    entered(people)


def test_two_supervisors_away_have_a_stand_in_each_and_one_has_one(people):
    entered(people, **supervisor_order(people))
    other = person("pekerja3", Role.SOCIAL_WORKER)
    with pytest.raises(Refused, match="sudah ada penggantinya"):
        entered(people, **supervisor_order(people, holder=other))
    entered(people, **supervisor_order(people, holder=other, for_whom=people.other_supervisor))


def test_paper_has_one_signer_a_n_at_a_time(people):
    entered(people, **mandate(people))
    with pytest.raises(Refused, match="sudah ada penggantinya"):
        entered(people, **mandate(people, holder=people.supervisor, papers=["assessment", "planning"]))
    entered(people, **mandate(people, holder=people.supervisor, papers=["planning"]))
    confirmed(people)  # a Plh. beside a mandate


def test_order_that_became_impossible_is_not_confirmed(people):
    row = entered(people, holder=people.worker)
    Membership.objects.filter(user=people.worker).delete()
    with pytest.raises(Refused, match="bukan petugas UPT ini"):
        standins.confirm(stand_in=row, by=people.other_office, version=1)


def test_order_of_yesterday_is_not_confirmed_any_more(people):
    row = entered(people, until_on=today(people))
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(Refused, match="sudah lewat"):
        standins.confirm(stand_in=row, by=people.other_office, version=1)


def test_who_comes_too_late_is_told_so(people):
    row = confirmed(people)
    with pytest.raises(Stale, match="sudah dikonfirmasi") as late:
        standins.confirm(stand_in=row, by=people.section_head, version=1)
    assert late.value.by == people.other_office.full_name
    with pytest.raises(Stale, match="sudah diubah"):
        standins.revoke(stand_in=row, reason="Kembali.", by=people.head, version=1)
    standins.revoke(stand_in=row, reason="Kembali.", by=people.head, version=2)
    for act in (standins.confirm, standins.revoke):
        with pytest.raises(Stale):
            act(
                stand_in=row,
                by=people.office if act == standins.revoke else people.section_head,
                version=3,
                **_why(act),
            )


def _why(act) -> dict[str, str]:
    return {"reason": "Sekali lagi."} if act == standins.revoke else {}


@pytest.mark.parametrize(
    ("make", "allowed"),
    [
        (lambda people: {}, {"office", "head", "admin"}),
        (lambda people: supervisor_order(people), {"head", "supervisor"}),
        (lambda people: mandate(people), {"head"}),
    ],
)
def test_each_kind_is_revoked_by_its_roles(people, make, allowed):
    row = entered(people, **make(people))
    free = {who for who in EVERYBODY if not standins.why_not_revoke(getattr(people, who), row)}
    assert free == allowed
    with pytest.raises((PermissionDenied, Http404)):
        standins.revoke(stand_in=row, reason="Iseng.", by=people.section_head, version=1)
    with pytest.raises(Refused, match="alasan"):
        standins.revoke(stand_in=row, reason=" ", by=people.head, version=1)
