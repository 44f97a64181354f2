"""Other days for the visits of one former client than the UPT's setting, with the reason. Only added."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases import soundness
from cases.enums import Stage
from cases.models import Case
from services import permissions
from services.acts import allow, finish, lock, refuse
from services.models import AftercareSchedule

MOST = 12
LONGEST = timedelta(days=5 * 366)


@transaction.atomic
def change(*, case: Case, days: Iterable[date], reason: str, by: User, key: str = "") -> AftercareSchedule:
    """Set the days of the visits; what was visited already stays, and the next step follows."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return AftercareSchedule.objects.get(pk=answer)
    allow(permissions.why_not_log(by, case))
    wanted = sorted(set(days))
    refuse(_reasons(case, wanted))
    row = AftercareSchedule(
        case=case,
        edition=case.aftercare_schedules.count() + 1,
        days=[day.isoformat() for day in wanted],
        reason=reason.strip(),
        by=by,
    )
    soundness.demand(row)
    row.save(force_insert=True)
    finish(case, by=by, verb="aftercare.scheduled", data={"days": row.days}, reason=row.reason)
    keys.settle(key, row.pk)
    return row


def why_not_schedule(case: Case) -> str:
    """Whether there is anything to plan."""
    if case.is_closed:
        return _("Kasus sudah ditutup.")
    return "" if case.at == Stage.AFTERCARE else _("Kasus belum sampai di tahap Bimbingan lanjut.")


def _reasons(case: Case, days: list[date]) -> list[str]:
    if why_not := why_not_schedule(case):
        return [why_not]
    left = left_on(case)
    if left is None:
        return [_("Klien belum tercatat keluar.")]
    reasons = [] if days else [_("Isi paling sedikit satu tanggal.")]
    if len(days) > MOST:
        reasons.append(_("Paling banyak %s tanggal.") % MOST)
    if days and days[0] <= left:
        reasons.append(_("Kunjungan dijadwalkan sesudah klien keluar."))
    if days and days[-1] > left + LONGEST:
        reasons.append(_("Periksa tahunnya: lebih dari lima tahun sesudah klien keluar."))
    return reasons


def left_on(case: Case) -> date | None:
    """The day a client left for the last time."""
    days = case.stays.filter(left_on__isnull=False).order_by("-left_on")
    found: date | None = days.values_list("left_on", flat=True).first()
    return found
