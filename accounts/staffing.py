"""The only module that changes an account: create, edit, roles, deactivate, reactivate, take a password or a code back.

Every function is one act: lock, form key, who, whether, write, trail, commit. ``by`` is who acts (``None``: the system
at its first run), ``version`` the account's version as the page showed it, ``key`` the form's key.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import authority, duties, keys, sessions, told
from accounts.acts import allow, ask_reason, changes, expect_version, lock, lock_actor, refuse_malformed
from accounts.enums import Role
from accounts.identifiers import USERNAME
from accounts.models import Institution, Membership, User
from rehsos.doors import Refused

PERSON = ("name", "title_before", "title_after", "employment", "nip", "rank", "rank_group", "position", "email")


class Grant(NamedTuple):
    """One role in one institution, with dates where it is temporary."""

    role: Role
    institution: Institution
    since_on: date | None = None
    until_on: date | None = None

    def __str__(self) -> str:
        days = f" {self.since_on or ''}–{self.until_on or ''}" if self.since_on or self.until_on else ""
        return f"{self.role} {self.institution.code}{days}"


@transaction.atomic
def create(
    *, username: str, values: Mapping[str, Any], grants: Iterable[Grant], by: User | None, key: str = ""
) -> User:
    """A new account without any password: its owner chooses one with a one-time link."""
    actor, grants = lock_actor(by), list(grants)
    if answer := keys.claim(key, by=by):
        return User.objects.get(pk=answer)
    _allow_granting(actor, grants)
    if not grants:
        raise Refused(_("Pilih paling sedikit satu peran."))
    _refuse_impossible(grants)
    if not USERNAME.fullmatch(username):
        raise Refused(_("Nama pengguna: 3–60 huruf kecil, angka, titik, atau garis bawah."))
    person = User(username=username, **{name: values[name] for name in PERSON if name in values})
    person.set_unusable_password()
    _save(person)
    Membership.objects.bulk_create(Membership(user=person, **grant._asdict()) for grant in grants)
    _tell(person, by, "user.created", {"username": username, "roles": [str(grant) for grant in grants]})
    keys.settle(key, person.pk)
    return person


@transaction.atomic
def edit(*, person: User, values: Mapping[str, Any], by: User | None, version: int, key: str = "") -> User:
    """Correct what papers print of a person. It opens no door, so whoever sees the account may do it."""
    person, _actor = lock(person, by)
    if keys.claim(key, by=by):
        return person
    expect_version(person, version)
    values = {name: values[name] for name in PERSON if name in values}
    told_changes = changes(person, values)
    for name, value in values.items():
        setattr(person, name, value)
    _save(person)
    _tell(person, by, "user.changed", told_changes)
    keys.settle(key, person.pk)
    return person


@transaction.atomic
def set_roles(*, person: User, grants: Iterable[Grant], by: User | None, version: int, key: str = "") -> User:
    """Let a person hold exactly these roles in the institutions the actor staffs; others are left alone."""
    person, actor = lock(person, by)
    if keys.claim(key, by=by):
        return person
    grants = list(grants)
    allow(authority.why_not_manage(actor, person))
    _allow_granting(actor, grants)
    expect_version(person, version)
    home = told.home(person)
    rows = list(person.memberships.select_related("institution").order_by("pk"))
    within = [row for row in rows if authority.is_within(actor, row.institution)]
    kept = [_grant(row) for row in rows if row not in within]
    _refuse_impossible([*kept, *grants])
    Membership.objects.filter(pk__in=[row.pk for row in within]).delete()
    Membership.objects.bulk_create(Membership(user=person, **grant._asdict()) for grant in grants)
    _save(person)
    data = {"before": [str(_grant(row)) for row in within], "after": [str(grant) for grant in grants]}
    told.tell(home, by=by, verb="user.roles_changed", subjects=[told.of(person)], data=data)
    keys.settle(key, person.pk)
    return person


@transaction.atomic
def deactivate(*, person: User, reason: str, by: User | None, version: int, key: str = "") -> User:
    """Let somebody go: out at once, everywhere. What they wrote stays theirs."""
    person, actor = lock(person, by)
    if keys.claim(key, by=by):
        return person
    allow(authority.why_not_manage(actor, person))
    expect_version(person, version)
    reason = ask_reason(reason)
    if not person.is_active:
        raise Refused(_("Akun ini sudah tidak aktif."))
    person.is_active = False
    _save(person)
    sessions.end_all(person)
    left = {str(label): count for label, count in duties.of(person)}
    _tell(person, by, "user.deactivated", {"left": left}, reason)
    keys.settle(key, person.pk)
    return person


@transaction.atomic
def reactivate(*, person: User, reason: str, by: User | None, version: int, key: str = "") -> User:
    """Somebody came back; they enter with the password they had, or with a new link."""
    person, actor = lock(person, by)
    if keys.claim(key, by=by):
        return person
    allow(authority.why_not_manage(actor, person))
    expect_version(person, version)
    reason = ask_reason(reason)
    if person.is_active:
        raise Refused(_("Akun ini sudah aktif."))
    person.is_active = True
    _save(person)
    _tell(person, by, "user.reactivated", reason=reason)
    keys.settle(key, person.pk)
    return person


@transaction.atomic
def reset_password(*, person: User, reason: str, by: User | None, version: int, key: str = "") -> User:
    """Take the password back: no session lives on, and only a new one-time link leads in."""
    person, actor = lock(person, by)
    if keys.claim(key, by=by):
        return person
    allow(authority.why_not_manage(actor, person))
    expect_version(person, version)
    reason = ask_reason(reason)
    person.set_unusable_password()
    _save(person)
    sessions.end_all(person)
    _tell(person, by, "user.password_reset", reason=reason)
    keys.settle(key, person.pk)
    return person


@transaction.atomic
def reset_second_factor(*, person: User, reason: str, by: User | None, version: int, key: str = "") -> User:
    """A lost phone: the administrator takes code and recovery codes away, and the person enrols anew."""
    person, actor = lock(person, by)
    if keys.claim(key, by=by):
        return person
    if actor and not actor.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied(_("Hanya administrator yang menghapus kode masuk."))
    allow(authority.why_not_manage(actor, person))
    expect_version(person, version)
    reason = ask_reason(reason)
    if not person.authenticator_set.all().delete()[0]:
        raise Refused(_("Akun ini tidak memakai kode masuk."))
    _save(person)
    sessions.end_all(person)
    _tell(person, by, "user.second_factor_reset", reason=reason)
    keys.settle(key, person.pk)
    return person


def _grant(row: Membership) -> Grant:
    return Grant(Role(row.role), row.institution, row.since_on, row.until_on)


def _allow_granting(actor: User | None, grants: list[Grant]) -> None:
    allow(authority.why_not_grant(actor, [grant.role for grant in grants]))
    if not all(authority.is_within(actor, grant.institution) for grant in grants):
        raise PermissionDenied(_("Anda hanya mengurus akun UPT Anda sendiri."))


def _refuse_impossible(grants: list[Grant]) -> None:
    """Roles that do not belong where they are given, twice the same, backward dates, two UPTs at a time."""
    reasons = [
        _("Peran %(role)s tidak ada di %(place)s.") % {"role": grant.role.label, "place": grant.institution}
        for grant in grants
        if not authority.fits(grant.role, grant.institution)
    ]
    if len({(grant.role, grant.institution.pk) for grant in grants}) < len(grants):
        reasons.append(_("Satu peran hanya ditulis sekali per UPT; ubah tanggalnya bila perlu."))
    if any(grant.since_on and grant.until_on and grant.until_on < grant.since_on for grant in grants):
        reasons.append(_("Tanggal berakhir mendahului tanggal mulai."))
    if any(_overlap(one, other) for number, one in enumerate(grants) for other in grants[number + 1 :]):
        reasons.append(_("Seseorang hanya bertugas di satu UPT pada satu waktu; akhiri dahulu peran di UPT lama."))
    if reasons:
        raise Refused(reasons)


def _overlap(one: Grant, other: Grant) -> bool:
    return (
        one.institution != other.institution
        and (one.since_on or date.min) <= (other.until_on or date.max)
        and (other.since_on or date.min) <= (one.until_on or date.max)
    )


def _save(person: User) -> None:
    """Write the row under its next version; a name or number that another holds is refused in words."""
    refuse_malformed(person, "password")
    person.version = person.version + 1 if person.pk else 1
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as clash:
        others = User.objects.exclude(pk=person.pk)
        if others.filter(username__iexact=person.username).exists():
            raise Refused(_("Nama pengguna ini sudah dipakai.")) from clash
        if person.nip and others.filter(nip=person.nip).exists():
            raise Refused(_("NIP ini sudah dipakai akun lain.")) from clash
        raise


def _tell(person: User, by: User | None, verb: str, data: dict[str, Any] | None = None, reason: str = "") -> None:
    told.tell(told.home(person), by=by, verb=verb, subjects=[told.of(person)], data=data, reason=reason)
