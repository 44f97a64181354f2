"""One-time links with which people choose their own password, so that nobody else ever knows one."""

import os
from datetime import datetime

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from accounts import sessions, told
from accounts.models import User
from rehsos import clock


class _Signatures(PasswordResetTokenGenerator):
    """Bound to the (unusable) password: choosing one kills every link, and so does a new reset."""

    key_salt = "accounts.passwords"

    def _now(self) -> datetime:
        return clock.now().replace(tzinfo=None)


_signatures = _Signatures()


def token(person: User) -> str:
    """What the link of somebody without a password carries; good for ``settings.PASSWORD_RESET_TIMEOUT`` seconds."""
    return f"{int_to_base36(person.pk)}-{_signatures.make_token(person)}"


def path(person: User) -> str:
    """The address of the page behind the link, on this site."""
    return reverse("accounts:set_password", args=[token(person)])


def site() -> str:
    """How this installation is reached, as far as the server itself knows."""
    if settings.HTTPS:
        return f"https://{settings.ALLOWED_HOSTS[0]}"
    return f"http://localhost:{os.environ.get('PORT', '8000')}"


def holder(text: str) -> User | None:
    """For whom a link was made, if it still works."""
    return _holder(text, User.objects.all())


@transaction.atomic
def choose(*, token: str, password: str) -> User | None:
    """Set the password for whom the link was made; ``None`` if it does not work any more."""
    person = _holder(token, User.objects.select_for_update(no_key=True))
    if person is None:
        return None
    person.set_password(password)
    person.save(update_fields=["password"])
    sessions.end_all(person)
    told.tell(told.home(person), by=person, verb="user.password_chosen", subjects=[told.of(person)])
    return person


@transaction.atomic
def change(*, person: User, password: str) -> User:
    """A person's own new password. Read anew under the lock: whoever was deactivated meanwhile stays so."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    person.set_password(password)
    person.save(update_fields=["password"])
    told.tell(told.home(person), by=person, verb="user.password_changed", subjects=[told.of(person)])
    return person


def _holder(text: str, users) -> User | None:
    number, _dash, signature = text.partition("-")
    try:
        person = users.filter(pk=base36_to_int(number), is_active=True).first()
    except ValueError:
        return None
    if person is None or person.has_usable_password() or not _signatures.check_token(person, signature):
        return None
    return person
