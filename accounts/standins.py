"""The writes about stand-ins (Plt., Plh., a.n., a supervisor's): enter an order, confirm it, revoke it.

Two people stand behind every role that is lent: who enters it and who confirms it, never the one who gets it. A mandate
(a.n.) lends no role, only a place under some papers, so the head gives it alone.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys, standing, told
from accounts.acts import allow, ask_reason, expect_version, lock_actor, refuse_malformed
from accounts.enums import Role, StandInKind
from accounts.mandates import LENDS, StandIn
from accounts.models import Institution, User
from audit.trail import Subject
from rehsos import clock
from rehsos.doors import Refused, Stale

FIELDS = ("role", "for_whom", "holder", "order_number", "order_on", "since_on", "until_on", "papers")
ENTERING = {
    StandInKind.ACTING: (Role.ADMIN_OFFICE,),
    StandInKind.DAILY: (Role.ADMIN_OFFICE,),
    StandInKind.SUPERVISOR: (Role.SUPERVISOR, Role.HEAD),
    StandInKind.MANDATE: (Role.HEAD,),
}
CONFIRMING = (Role.ADMIN_OFFICE, Role.SECTION_HEAD, Role.SUPERVISOR, Role.ADMINISTRATOR)
# The second of two people where the head entered a supervisor's stand-in; else the second is the head.
BESIDE_THE_HEAD = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.ADMIN_OFFICE)
REVOKING = {
    StandInKind.ACTING: (Role.ADMIN_OFFICE, Role.HEAD, Role.ADMINISTRATOR),
    StandInKind.DAILY: (Role.ADMIN_OFFICE, Role.HEAD, Role.ADMINISTRATOR),
    StandInKind.SUPERVISOR: (Role.SUPERVISOR, Role.HEAD),
    StandInKind.MANDATE: (Role.HEAD,),
}


@transaction.atomic
def enter(*, kind: str, values: Mapping[str, Any], by: User, key: str = "") -> StandIn:
    """Write an order down. It lends nothing before a second person has confirmed it; a mandate holds at once."""
    actor = lock_actor(by)
    upt = _locked_upt(actor)
    if answer := keys.claim(key, by=by):
        return StandIn.objects.get(pk=answer)
    kind = StandInKind(kind)
    allow(why_not_enter(actor, kind))
    given = {"role": LENDS[kind][0]} | {name: values[name] for name in FIELDS if name in values}
    entered_as = next(role for role in reversed(ENTERING[kind]) if actor.has_role(role))
    row = StandIn(institution=upt, kind=kind, entered_by=by, entered_as=entered_as, **given)
    row.order_number = row.order_number.strip()
    if kind == StandInKind.MANDATE:
        row.for_whom = actor
    refuse_malformed(row, "entered_by", "confirmed_by", "confirmed_at", "revoked_by", "revoked_at")
    _refuse(standing.reasons_against(row))
    row.save(force_insert=True)
    _tell(row, by, "stand_in.entered", row.told)
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def confirm(*, stand_in: StandIn, by: User, version: int, key: str = "") -> StandIn:
    """The second person agrees with what was entered; from its first day the role is lent."""
    row, actor = _locked(stand_in, by)
    if keys.claim(key, by=by):
        return row
    allow(why_not_confirm(actor, row))
    if row.confirmed_by:
        raise Stale(_("Pengganti ini sudah dikonfirmasi."), by=row.confirmed_by.full_name, at=row.confirmed_at)
    _expect_present(row)
    expect_version(row, version)
    _refuse(standing.reasons_against(row))
    row.confirmed_by, row.confirmed_at, row.version = by, clock.now(), row.version + 1
    row.save(update_fields=["confirmed_by", "confirmed_at", "version"])
    _tell(row, by, "stand_in.confirmed", {"version": row.version})
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def revoke(*, stand_in: StandIn, reason: str, by: User, version: int, key: str = "") -> StandIn:
    """It ends at once. What was decided meanwhile stays decided, with the name and the capacity it was decided in."""
    row, actor = _locked(stand_in, by)
    if keys.claim(key, by=by):
        return row
    allow(why_not_revoke(actor, row))
    _expect_present(row)
    expect_version(row, version)
    reason = ask_reason(reason)
    row.revoked_by, row.revoked_at, row.version = by, clock.now(), row.version + 1
    row.save(update_fields=["revoked_by", "revoked_at", "version"])
    _tell(row, by, "stand_in.revoked", {"version": row.version}, reason)
    keys.settle(key, row.pk)
    return row


# --- Who ---
def enterable(by: User) -> list[StandInKind]:
    """The kinds that somebody may enter."""
    return [kind for kind in ENTERING if not why_not_enter(by, kind)]


def why_not_enter(by: User, kind: StandInKind) -> str:
    """Whoever stands in passes nothing on; only a Plt. or Plh. head may find a stand-in for a supervisor."""
    own = by.own_roles | (by.roles & {Role.HEAD} if kind == StandInKind.SUPERVISOR else set())
    if not own.isdisjoint(ENTERING[kind]):
        return ""
    return {
        StandInKind.SUPERVISOR: _("Pengganti supervisor ditunjuk oleh supervisor atau Kepala UPT."),
        StandInKind.MANDATE: _("Mandat (a.n.) hanya diberikan oleh Kepala UPT sendiri."),
    }.get(kind, _("Plt. dan Plh. dicatat oleh tata usaha."))


def why_not_confirm(by: User, row: StandIn) -> str:
    """Neither who entered it nor who gets the role; of a supervisor's stand-in the head is one of the two."""
    if row.kind == StandInKind.MANDATE:
        return _("Mandat (a.n.) berlaku tanpa konfirmasi.")
    if by.pk == row.entered_by_id:
        return _("Anda yang mencatat; konfirmasi harus dari orang lain.")
    if by.pk == row.holder_id:
        return _("Anda penggantinya; konfirmasi harus dari orang lain.")
    if row.kind != StandInKind.SUPERVISOR:
        by_whom, words = CONFIRMING, _("Dikonfirmasi oleh tata usaha, kepala seksi, atau supervisor lain.")
    elif row.entered_as == Role.HEAD:
        by_whom, words = BESIDE_THE_HEAD, _("Dikonfirmasi oleh supervisor, kepala seksi, atau tata usaha.")
    else:
        by_whom, words = (Role.HEAD,), _("Pengganti supervisor dikonfirmasi oleh Kepala UPT.")
    return "" if by.has_role(*by_whom) else words


def why_not_revoke(by: User, row: StandIn) -> str:
    """Whoever may enter or heads; and who entered it, as long as nobody has confirmed it."""
    is_own_draft = row.entered_by_id == by.pk and row.confirmed_at is None
    if is_own_draft or by.has_role(*REVOKING[StandInKind(row.kind)]):
        return ""
    return _("Pengganti ini dicabut oleh yang mencatatnya atau oleh Kepala UPT.")


# --- The row ---
def _locked_upt(actor: User) -> Institution:
    """The UPT of who acts; its lock keeps two orders for one post from being entered at once."""
    if actor.institution is None:
        raise PermissionDenied(_("Anda tidak sedang bertugas di UPT."))
    return Institution.objects.select_for_update(no_key=True).get(pk=actor.institution.pk)


def _locked(stand_in: StandIn, by: User) -> tuple[StandIn, User]:
    actor = lock_actor(by)
    Institution.objects.select_for_update(no_key=True).get(pk=stand_in.institution_id)
    rows = StandIn.objects.visible_to(actor).select_for_update(of=("self",))
    row = rows.select_related("institution", "holder", "for_whom", "entered_by", "confirmed_by").filter(pk=stand_in.pk)
    found = row.first()
    if found is None:
        raise Http404(_("Pengganti tidak ditemukan."))
    return found, actor


def _expect_present(row: StandIn) -> None:
    if row.revoked_at:
        raise Stale(_("Pengganti ini sudah dicabut."), at=row.revoked_at)
    if row.until_on < row.institution.today():
        raise Refused(_("Masa pengganti ini sudah lewat."))


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise Refused(reasons)


def _tell(row: StandIn, by: User, verb: str, data: dict[str, Any], reason: str = "") -> None:
    people = [person for person in (row.holder, row.for_whom) if person]
    subjects = [Subject("stand_in", row.pk, row.post), *map(told.of, people)]
    told.tell(row.institution, by=by, verb=verb, subjects=subjects, data=data, reason=reason)
