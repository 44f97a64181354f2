"""Apel: how many were expected, how many stood there, who was missing."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from audit import trail
from cases import soundness
from cases.models import Stay
from services import group_work
from services.acts import case_subject, refuse
from services.models import HeadCount, HeadCountMissing
from services.presence import expect_on_duty
from services.shift_logs import CODE


@transaction.atomic
def count(
    *,
    on: date,
    roll_call: str,
    house: str = "",
    counted: int,
    missing: Collection[int],
    note: str = "",
    by: User,
    key: str = "",
) -> HeadCount:
    """Sign a count. Whoever is expected follows from presence at this moment; a difference demands a note."""
    expect_on_duty(by)
    stays = group_work.lock_residents(code=CODE, by=by, day=on, house=house)
    if answer := keys.claim(key, by=by):
        return HeadCount.objects.get(pk=answer)
    expected = [stay for stay in stays if not stay.is_away]
    absent = [stay for stay in expected if stay.pk in set(missing)]
    row = HeadCount(
        institution=by.institution,
        on=on,
        roll_call=roll_call,
        house=house,
        expected=len(expected),
        counted=counted,
        note=note.strip(),
        by=by,
    )
    refuse(_reasons_not_to_sign(row, len(absent), len(set(missing))))
    soundness.demand(row)
    row.save(force_insert=True)
    if absent:
        HeadCountMissing.objects.bulk_create(HeadCountMissing(head_count=row, stay=stay) for stay in absent)
    _told(row, absent, by)
    keys.settle(key, row.pk)
    return row


def _reasons_not_to_sign(row: HeadCount, absent: int, ticked: int) -> list[str]:
    reasons = []
    if row.on > row.institution.today():
        reasons.append(_("Tanggal tidak boleh di masa depan."))
    if ticked != absent:
        reasons.append(_("Seorang yang ditandai tidak hadir sudah tercatat di luar; muat ulang halaman."))
    told = {"expected": row.expected, "counted": row.counted, "absent": absent}
    if row.counted < row.expected - absent:
        reasons.append(
            _("Seharusnya %(expected)d hadir, terhitung %(counted)d: tandai semua nama yang tidak ada.") % told
        )
    if (row.counted != row.expected or absent) and not row.note:
        reasons.append(_("Jumlah berbeda dari seharusnya: isi catatan selisih."))
    return reasons


def _told(row: HeadCount, absent: list[Stay], by: User) -> None:
    trail.append(
        institution_id=row.institution_id,
        by=by,
        verb="head_count.signed",
        subjects=[
            trail.Subject("head_count", row.pk, f"{row.on.isoformat()} {row.roll_call}"),
            *(case_subject(stay.case) for stay in absent),
        ],
        data={"on": row.on.isoformat(), "expected": row.expected, "counted": row.counted},
        reason=row.note,
    )
