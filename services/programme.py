"""The writes on a UPT's own list of activities: begin with a list, add, change, retire. Nothing is ever deleted."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import Institution, User
from audit import trail
from cases import soundness
from cases.enums import Bimbingan
from rehsos.doors import Refused, Stale
from services import session_permissions
from services.acts import allow, refuse
from services.catalogue import BIMBINGAN
from services.models import ProgrammeActivity, Session
from services.models.programme import SERVICE_CODES

FIELDS = ("bimbingan", "group", "name", "code", "led_by", "room", "tools", "religion", "is_confidential")


@dataclass(frozen=True)
class Beginning:
    """A list that a UPT may begin with."""

    key: str
    name: str
    rows: tuple[Mapping[str, Any], ...]


@cache
def beginnings() -> tuple[Beginning, ...]:
    """The catalogue's own 35, and the lists for other kinds of UPT."""
    written = tomllib.loads((Path(__file__).parent / "programme.toml").read_text(encoding="utf-8"))
    ankn = tuple(_from_catalogue(key, activity) for key, part in BIMBINGAN.items() for activity in part.activities)
    others = (Beginning(key, part["name"], tuple(part["activities"])) for key, part in written.items())
    return Beginning("ankn", _("Rehabilitasi anak dan korban NAPZA (asrama)"), ankn), *others


def _from_catalogue(bimbingan: str, activity: Any) -> Mapping[str, Any]:
    name = activity.display[:1].upper() + activity.display[1:]
    return {
        "key": activity.key,
        "bimbingan": bimbingan,
        "group": activity.group,
        "name": name,
        "led_by": activity.led_by,
        "religion": activity.religion,
        "is_confidential": activity.confidential,
    }


@transaction.atomic
def begin(*, institution: Institution, beginning: str, by: User, key: str = "") -> int:
    """Fill an empty list; the number of activities it then has."""
    institution = lock(institution, by=by)
    if answer := keys.claim(key, by=by):
        return int(answer)
    allow(session_permissions.why_not_keep(by))
    chosen = next((one for one in beginnings() if one.key == beginning), None)
    if chosen is None:
        raise Refused(_("Pilih daftar contoh."))
    if ProgrammeActivity.objects.filter(institution=institution).exists():
        raise Refused(_("Daftar kegiatan sudah berisi; tambah atau ubah satu per satu."))
    rows = [
        ProgrammeActivity(
            institution=institution,
            code=SERVICE_CODES[Bimbingan(row["bimbingan"])][0],
            **{name: value for name, value in row.items() if name != "code"},
        )
        for row in chosen.rows
    ]
    ProgrammeActivity.objects.bulk_create(rows)
    _told(institution, by, "programme.begun", [], {"list": chosen.key, "number": len(rows)})
    keys.settle(key, len(rows))
    return len(rows)


@transaction.atomic
def add(*, institution: Institution, values: Mapping[str, Any], by: User, key: str = "") -> ProgrammeActivity:
    """One more activity."""
    institution = lock(institution, by=by)
    if answer := keys.claim(key, by=by):
        return ProgrammeActivity.objects.get(pk=answer)
    allow(session_permissions.why_not_keep(by))
    row = ProgrammeActivity(institution=institution, **{name: values[name] for name in FIELDS if name in values})
    _keep(row)
    _told(institution, by, "programme.added", [row], {})
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def change(
    *, activity: ProgrammeActivity, values: Mapping[str, Any], by: User, version: int, key: str = ""
) -> ProgrammeActivity:
    """Change an activity. As what it counts stays once there was a session: reports have counted it so."""
    institution, row = _locked(activity, by)
    if keys.claim(key, by=by):
        return row
    allow(session_permissions.why_not_keep(by))
    _expect_version(row, version)
    changes = {name: values[name] for name in FIELDS if name in values and values[name] != getattr(row, name)}
    if changes.keys() & {"bimbingan", "code"} and Session.objects.filter(activity=row).exists():
        raise Refused(_("Sudah ada sesi kegiatan ini; bimbingan dan butirnya tidak dapat diubah. Buat kegiatan baru."))
    told = {name: [str(getattr(row, name)), str(value)] for name, value in changes.items()}
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    _keep(row)
    _told(institution, by, "programme.changed", [row], told)
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def retire(*, activity: ProgrammeActivity, by: User, version: int, key: str = "") -> ProgrammeActivity:
    """Take an activity off the list; what was done under it stays. Not while the timetable has it."""
    institution, row = _locked(activity, by)
    if keys.claim(key, by=by):
        return row
    allow(session_permissions.why_not_keep(by))
    _expect_version(row, version)
    today = institution.today()
    running = [slot for slot in row.slots.all() if slot.until_on is None or slot.until_on >= today]
    refuse([_("Masih ada di jadwal: %s. Akhiri dahulu jadwalnya.") % slot for slot in running])
    row.retired_on, row.version = today, row.version + 1
    row.save(update_fields=["retired_on", "version"])
    _told(institution, by, "programme.retired", [row], {})
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def bring_back(*, activity: ProgrammeActivity, by: User, version: int, key: str = "") -> ProgrammeActivity:
    """Put a retired activity on the list again."""
    institution, row = _locked(activity, by)
    if keys.claim(key, by=by):
        return row
    allow(session_permissions.why_not_keep(by))
    _expect_version(row, version)
    row.retired_on, row.version = None, row.version + 1
    _keep(row)
    _told(institution, by, "programme.brought_back", [row], {})
    keys.settle(key, row.pk)
    return row


def lock(institution: Institution, *, by: User) -> Institution:
    """The UPT's row, locked: acts on its programme wait for each other; 404 for a stranger's."""
    if by.institution is None or by.institution.pk != institution.pk:
        raise Http404(_("UPT tidak ditemukan."))
    return Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)


def _locked(activity: ProgrammeActivity, by: User) -> tuple[Institution, ProgrammeActivity]:
    institution = lock(activity.institution, by=by)
    return institution, ProgrammeActivity.objects.get(pk=activity.pk, institution=institution)


def _expect_version(row: ProgrammeActivity, version: int) -> None:
    if row.version != version:
        raise Stale(_("Kegiatan ini sudah diubah sejak halaman Anda dibuka. Periksa keadaan terbarunya."))


def _keep(row: ProgrammeActivity) -> None:
    soundness.demand(row)
    if row.code not in SERVICE_CODES[Bimbingan(row.bimbingan)]:
        codes = _(" atau ").join(SERVICE_CODES[Bimbingan(row.bimbingan)])
        raise Refused(_("%(name)s dihitung sebagai %(codes)s.") % {"name": row.get_bimbingan_display(), "codes": codes})
    if row.group and row.bimbingan != Bimbingan.PSYCHOSOCIAL:
        raise Refused(_("Kelompok hanya untuk bimbingan psikososial."))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise Refused(_("Sudah ada kegiatan bernama %s di bimbingan ini.") % row.name) from taken


def _told(institution: Institution, by: User, verb: str, rows: list[ProgrammeActivity], data: dict[str, Any]) -> None:
    subjects = [trail.Subject("programme", row.pk, row.name) for row in rows]
    subjects = subjects or [trail.Subject("institution", institution.pk, institution.name)]
    trail.append(institution_id=institution.pk, by=by, verb=verb, subjects=subjects, data=data)
