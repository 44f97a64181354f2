"""What every write about accounts shares: lock who acts and whom it is about, refuse in words, ask for the version."""

from typing import Protocol

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from rehsos.doors import Refused, Stale


class Versioned(Protocol):
    version: int


def lock(person: User, by: User | None) -> tuple[User, User | None]:
    """The person and the actor, locked in the order of their keys and read anew; 404 where the person is out of sight.

    The actor is locked too, so that two administrators who deactivate each other cannot both succeed.
    """
    wanted = {person.pk} | ({by.pk} if by else set())
    rows = {row.pk: row for row in User.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")}
    actor = _present(rows[by.pk]) if by else None
    if actor and not User.objects.visible_to(actor).filter(pk=person.pk).exists():
        raise Http404(_("Akun tidak ditemukan."))
    return rows[person.pk], actor


def lock_actor(by: User | None) -> User | None:
    """The actor alone, where what is written does not exist yet."""
    return _present(User.objects.select_for_update(no_key=True).get(pk=by.pk)) if by else None


def _present(actor: User) -> User:
    if not actor.is_active:
        raise PermissionDenied(_("Akun Anda sudah dinonaktifkan."))
    return actor


def allow(why_not: str) -> None:
    """Let pass, or 403 with the reason."""
    if why_not:
        raise PermissionDenied(why_not)


def expect_version(row: Versioned, version: int) -> None:
    if row.version != version:
        raise Stale(_("Data ini sudah diubah sejak halaman Anda dibuka. Periksa keadaan terbarunya."))


def ask_reason(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Isi alasannya."))
    return reason.strip()


def refuse_malformed(row: models.Model, *exclude: str) -> None:
    """Every door keeps the rules of the columns, not only the form."""
    try:
        row.clean_fields(exclude=exclude)
        row.clean()
    except ValidationError as wrong:
        raise Refused(wrong.messages) from wrong


def changes(row: models.Model, values: dict) -> dict[str, list[str]]:
    """What is different from before, as the trail tells it: old and new."""
    pairs = {name: [str(getattr(row, name)), str(value)] for name, value in values.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
