"""A new version of assessment or plan inside intervention, for long stays: the old one stays, signed anew."""

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from rehsos.doors import Refused
from services import permissions
from services.acts import allow, expect_version, finish, lock
from services.models import Assessment, Goal, StageRecord
from services.situation import Situation
from services.transitions.requests import expect_free

REVISABLE: dict[str, type[StageRecord]] = {"assessment": Assessment, "plan": Goal}


@transaction.atomic
def revise(*, case: Case, what: str, reason: str, by: User, version: int, key: str = "") -> Case:
    """Begin a new version of the ``assessment`` or the ``plan``: copied from the last, open until it is signed.

    A new plan waits for the client's agreement (C.n) and C.i, a new assessment for B.e, before intervention may end.
    """
    case = lock(case, by=by)
    if keys.claim(key, by=by):
        return case
    allow(permissions.why_not_record(by, case))
    expect_version(case, version)
    now = Situation(case)
    expect_free(now)
    kind = REVISABLE.get(what)
    if kind is None or now.stage != Stage.INTERVENTION or now.departure:
        raise Refused([_("Versi baru hanya dapat dibuat dalam tahap pelaksanaan.")])
    if not reason.strip():
        raise Refused([_("Isi alasan versi baru.")])
    rows = now.records_of(kind)
    setattr(case, kind.edition_of, getattr(case, kind.edition_of) + 1)
    case.save(update_fields=[kind.edition_of])
    for row in rows:
        _copy(row, getattr(case, kind.edition_of), by)
    data = {"what": what, "edition": getattr(case, kind.edition_of)}
    finish(case, by=by, verb="record.revised", data=data, reason=reason)
    keys.settle(key, case.pk)
    return case


def _copy(record: StageRecord, edition: int, by: User) -> None:
    parts = record.parts()
    record.pk, record.edition, record.version = None, edition, 1
    record.author, record.author_ids, record.saved_at = by, [by.pk], clock.now()
    record._state.adding = True
    record.save()
    for part in parts:
        _copy_part(part, record)


def _copy_part(part: Model, record: StageRecord) -> None:
    part.pk = None
    part._state.adding = True
    part.record = record  # type: ignore[attr-defined]
    part.save()
