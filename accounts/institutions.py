"""The writes about institutions: found one, and let a UPT change its own letterhead, patterns, terms and rhythms."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import followers, keys, told
from accounts.acts import changes, expect_version, lock_actor, refuse_malformed
from accounts.enums import Role
from accounts.models import Institution, User
from accounts.patterns import CODE, ZONES
from audit.trail import Subject
from rehsos.doors import Refused

# What the administrator sets; the code is never changed, because numbers that were given out begin with it.
FOUNDING = ("name", "service_kind", "time_zone")
# What a UPT sets for itself.
OWN = (
    "letterhead",
    "address",
    "contact",
    "city",
    "client_term",
    "client_number_pattern",
    "case_number_pattern",
    "letter_number_pattern",
    "admin_requirements",
    "progress_months",
    "aftercare_months",
    "emergency_days",
    "shifts",
    "return_days",
)


def fields_for(by: User | None) -> tuple[str, ...]:
    """Which columns somebody may change."""
    if by is None or by.has_role(Role.ADMINISTRATOR):
        return FOUNDING + OWN
    return OWN if by.has_role(Role.HEAD, Role.ADMIN_OFFICE) else ()


@transaction.atomic
def create(*, code: str, kind: str, values: Mapping[str, Any], by: User | None, key: str = "") -> Institution:
    """A new UPT, or the dinas itself."""
    actor = lock_actor(by)
    if answer := keys.claim(key, by=by):
        return Institution.objects.get(pk=answer)
    if actor and not actor.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied(_("Hanya administrator yang membuat lembaga."))
    if not CODE.fullmatch(code):
        raise Refused(_("Kode lembaga: 2–12 huruf besar atau angka, dimulai dengan huruf."))
    names = [name for name in FOUNDING + OWN if name in values]
    institution = Institution(code=code, kind=kind, **{name: values[name] for name in names})
    _save(institution)
    _tell(institution, by, "institution.created", {"code": code})
    keys.settle(key, institution.pk)
    return institution


@transaction.atomic
def edit(
    *, institution: Institution, values: Mapping[str, Any], by: User | None, version: int, key: str = ""
) -> Institution:
    """Change what differs between institutions. Numbers already given out stay as they are."""
    actor = lock_actor(by)
    institution = Institution.objects.select_for_update().get(pk=institution.pk)
    if actor and not actor.has_role(Role.ADMINISTRATOR) and actor.institution != institution:
        raise Http404(_("Lembaga tidak ditemukan."))
    if keys.claim(key, by=by):
        return institution
    allowed = fields_for(actor)
    if not allowed:
        raise PermissionDenied(_("Hanya Kepala UPT, tata usaha, atau administrator yang mengubah pengaturan UPT."))
    expect_version(institution, version)
    values = {name: values[name] for name in allowed if name in values}
    data = changes(institution, values)
    for name, value in values.items():
        setattr(institution, name, value)
    institution.version += 1
    _save(institution)
    _tell(institution, by, "institution.changed", data)
    followers.follow(institution, data.keys())
    keys.settle(key, institution.pk)
    return institution


def _save(institution: Institution) -> None:
    refuse_malformed(institution)
    if institution.time_zone not in ZONES:
        raise Refused(_("Zona waktu ini tidak ada di Indonesia."))
    try:
        with transaction.atomic():
            institution.save()
    except IntegrityError as clash:
        others = Institution.objects.exclude(pk=institution.pk)
        if others.filter(code=institution.code).exists():
            raise Refused(_("Kode ini sudah dipakai lembaga lain.")) from clash
        if others.filter(name=institution.name).exists():
            raise Refused(_("Nama ini sudah dipakai lembaga lain.")) from clash
        raise


def _tell(institution: Institution, by: User | None, verb: str, data: dict[str, Any]) -> None:
    subject = Subject("institution", institution.pk, institution.name)
    told.tell(institution, by=by, verb=verb, subjects=[subject], data=data)
