"""What the trail keeps of signing in: who came, who failed, from where, who took a new password."""

import structlog
from django.db import transaction

from accounts.enums import InstitutionKind
from accounts.models import Institution, User
from audit import trail
from audit.trail import Subject

log = structlog.get_logger(__name__)


def succeeded(user: User, address: str) -> None:
    _tell(user.institution, user, "user.signed_in", [Subject("user", user.pk, user.full_name)], address)


def ended(user: User) -> None:
    _tell(user.institution, user, "user.signed_out", [Subject("user", user.pk, user.full_name)])


def password_changed(user: User) -> None:
    _tell(user.institution, user, "user.password_changed", [Subject("user", user.pk, user.full_name)])


def failed(username: str, address: str) -> None:
    """The name as typed is kept only if it is a user's: a stranger's typing may be a password in the wrong field."""
    user = User.objects.filter(username__iexact=username).first()
    subjects = [Subject("user", user.pk, user.full_name)] if user else []
    _tell(user and user.institution, None, "user.sign_in_failed", subjects, address)


def _tell(
    institution: Institution | None, by: User | None, verb: str, subjects: list[Subject], address: str = ""
) -> None:
    institution = institution or Institution.objects.filter(kind=InstitutionKind.DINAS).order_by("pk").first()
    if institution is None:
        log.warning("no_institution_for_trail", verb=verb)
        return
    with transaction.atomic():
        trail.append(
            institution_id=institution.pk,
            by=by,
            verb=verb,
            subjects=subjects,
            data={"address": address} if address else None,
        )
