"""What the trail is told of accounts: whose chain an entry belongs to, and the words for it."""

from typing import Any

import structlog
from django.utils.translation import gettext_lazy as _

from accounts.enums import InstitutionKind
from accounts.models import Institution, User
from audit import trail
from audit.trail import Subject

log = structlog.get_logger(__name__)

VERBS = {
    "user.signed_in": _("Masuk"),
    "user.signed_out": _("Keluar"),
    "user.sign_in_failed": _("Gagal masuk"),
    "user.code_failed": _("Kode masuk salah"),
    "user.password_changed": _("Mengganti kata sandi sendiri"),
    "user.password_chosen": _("Memasang kata sandi lewat tautan"),
    "user.password_reset": _("Kata sandi dihapus, tautan baru diberikan"),
    "user.second_factor_enrolled": _("Mengaktifkan kode masuk"),
    "user.second_factor_removed": _("Mematikan kode masuk"),
    "user.second_factor_reset": _("Kode masuk dihapus pengelola"),
    "user.recovery_codes_renewed": _("Membuat kode pemulihan baru"),
    "user.created": _("Akun dibuat"),
    "user.changed": _("Data diri diubah"),
    "user.roles_changed": _("Peran diubah"),
    "user.deactivated": _("Akun dinonaktifkan"),
    "user.reactivated": _("Akun diaktifkan lagi"),
    "stand_in.entered": _("Pengganti dicatat"),
    "stand_in.confirmed": _("Pengganti dikonfirmasi"),
    "stand_in.revoked": _("Pengganti dicabut"),
}


def of(person: User) -> Subject:
    return Subject("user", person.pk, person.full_name)


def home(person: User) -> Institution | None:
    """Where acts about a person are told: where they work, will work or worked last; else the dinas."""
    latest = person.memberships.select_related("institution").order_by("-pk").first()
    return person.institution or (latest and latest.institution) or dinas()


def dinas() -> Institution | None:
    return Institution.objects.filter(kind=InstitutionKind.DINAS).order_by("pk").first()


def tell(
    institution: Institution | None,
    *,
    by: User | None,
    verb: str,
    subjects: list[Subject],
    data: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """One entry in the institution's chain, or the dinas's; inside the transaction of the act."""
    institution = institution or dinas()
    if institution is None:
        log.warning("no_institution_for_trail", verb=verb)
        return
    trail.append(institution_id=institution.pk, by=by, verb=verb, subjects=subjects, data=data, reason=reason)
