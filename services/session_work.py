"""The work a held session is: one activity under its code, and one under the code of its obstacle, for who attended."""

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from cases.enums import Bimbingan
from rehsos import rows
from services.models import Activity, ActivityBimbingan, ActivityCase, Session
from services.workflow import PAIRS

KIND = "session"


def write(session: Session, attended: Sequence[int], *, by: User, is_first: bool) -> None:
    """Write the activities of a held session or bring them up to date; gates, worklog and reports read nothing else."""
    wanted = {one.code: one for one in _wanted(session, by)}
    kept = {} if is_first else _kept(session)
    gone = [activity.pk for code, activity in kept.items() if code not in wanted]
    if gone:
        Activity.objects.filter(pk__in=gone).delete()
    for code, activity in kept.items():
        if code in wanted:
            _renew(activity, wanted[code])
    fresh = Activity.objects.bulk_create([one for code, one in wanted.items() if code not in kept])
    bimbingan = session.activity.bimbingan
    rows.insert(ActivityBimbingan, ("activity", "bimbingan"), [(one.pk, bimbingan) for one in fresh])
    present = [kept.get(code) or one for code, one in wanted.items()]
    if kept:
        ActivityCase.objects.filter(activity__in=[one.pk for one in present]).exclude(case__in=attended).delete()
    links = [(one.pk, case) for one in present for case in attended]
    rows.insert(ActivityCase, ("activity", "case"), links, unique=("activity", "case"))


def _kept(session: Session) -> dict[str, Activity]:
    return {one.code: one for one in Activity.objects.filter(record_kind=KIND, record_id=session.pk)}


def _wanted(session: Session, by: User) -> list[Activity]:
    """What is confidential is told by its name alone."""
    is_open = not session.activity.is_confidential
    shared: dict[str, Any] = {
        "institution_id": session.institution_id,
        "on": session.on,
        "by": session.leader or by,
        "record_kind": KIND,
        "record_id": session.pk,
    }
    service = Activity(
        **shared,
        code=session.activity.code,
        starts_at=session.starts_at,
        minutes=session.minutes,
        method=session.method,
        place=session.room,
        account="\n".join(filter(None, (session.activity.name, session.material if is_open else ""))),
        result=session.result if is_open else "",
    )
    if not session.obstacle:
        return [service]
    code = PAIRS[Bimbingan(session.activity.bimbingan)].obstacle
    account = session.obstacle if is_open else session.activity.name
    return [service, Activity(**shared, code=code, account=account)]


def _renew(kept: Activity, wanted: Activity) -> None:
    names = ("on", "starts_at", "minutes", "method", "place", "account", "result")
    changed = [name for name in names if getattr(kept, name) != getattr(wanted, name)]
    for name in changed:
        setattr(kept, name, getattr(wanted, name))
    if changed:
        kept.save(update_fields=changed)
