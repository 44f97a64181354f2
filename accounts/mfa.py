"""The second factor, a code from the phone at sign-in for those who decide. allauth keeps it in our manners."""

from allauth.account.stages import LoginStage
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import keys, sessions, told
from accounts.enums import Role
from accounts.models import User
from rehsos import sealing
from rehsos.doors import Refused

MUST = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.PROVINCE, Role.ADMINISTRATOR)
PROVED = "second_factor_of"
PENDING = "pending_secret"
# allauth forgets a spent code after 30 seconds, but with its tolerance one lives for 90.
SPENT_SECONDS = 120


class Adapter(DefaultMFAAdapter):
    """Secrets are sealed with the field keys; no message leaves by mail."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": gettext_lazy("Kode ini salah.")}

    def encrypt(self, text: str) -> str:
        return sealing.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.decrypt(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        return user.username

    def send_notification_mail(self, *args, **kwargs) -> None:
        """The trail tells."""


class CodeStage(LoginStage):
    """Between the password and the session: the code of those who have one."""

    key = "code"
    urlname = "accounts:code"

    def handle(self) -> tuple:
        if self.login.user is None or not is_enrolled(self.login.user):
            return None, True
        return redirect(self.urlname), True

    def is_resumable(self, request: HttpRequest) -> bool:
        """The sign-in page stays the sign-in page, so that another person may use the desk."""
        return False


# --- Who has one, who must --------------------------------------------------------------------------------------------
def is_enrolled(person: User) -> bool:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def is_obliged(person: User) -> bool:
    """Whether a role of theirs demands the code."""
    return settings.REQUIRE_MFA and person.has_role(*MUST)


def is_missing(request: HttpRequest) -> bool:
    """Whether this session still owes the code. It is noted in the session, so that pages cost no query."""
    return is_obliged(request.user) and request.session.get(PROVED) != request.user.pk


# --- Enrolling --------------------------------------------------------------------------------------------------------
def pending_secret(session) -> str:
    """The secret offered to this session, the same until it is used; sealed, because sessions lie in the database."""
    if PENDING not in session:
        session[PENDING] = sealing.encrypt(generate_totp_secret())
    return sealing.decrypt(session[PENDING])


def spend(person: User, code: str) -> bool:
    """Use a code up; ``False`` if it was used before."""
    return cache.add(f"spent-code:{person.pk}:{code}", True, SPENT_SECONDS)


@transaction.atomic
def enrol(*, person: User, secret: str, session_key: str | None, key: str = "") -> User:
    """Make the code part of signing in, with ten recovery codes; every other session of the person ends."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if keys.claim(key, by=person):
        return person
    if is_enrolled(person):
        raise Refused(_("Kode masuk sudah aktif."))
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    sessions.end_all(person, but=session_key)
    _tell(person, "user.second_factor_enrolled")
    keys.settle(key, person.pk)
    return person


@transaction.atomic
def renew_recovery_codes(*, person: User, key: str = "") -> User:
    """Ten new ones; the old ones are worth nothing any more."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if keys.claim(key, by=person):
        return person
    if not is_enrolled(person):
        raise Refused(_("Aktifkan kode masuk dahulu."))
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)
    _tell(person, "user.recovery_codes_renewed")
    keys.settle(key, person.pk)
    return person


@transaction.atomic
def remove(*, person: User, key: str = "") -> User:
    """Sign in with the password alone again, where no role forbids it."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if keys.claim(key, by=person):
        return person
    if is_obliged(person):
        raise Refused(_("Peran Anda mewajibkan kode masuk."))
    Authenticator.objects.filter(user=person).delete()
    _tell(person, "user.second_factor_removed")
    keys.settle(key, person.pk)
    return person


def recovery_codes(person: User) -> list[str]:
    """Those not used yet."""
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return kept.wrap().get_unused_codes() if kept else []


def _tell(person: User, verb: str) -> None:
    told.tell(told.home(person), by=person, verb=verb, subjects=[told.of(person)])
