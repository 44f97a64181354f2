"""An extension or a new order: a row is added, and the case follows the newest; alarms and exits read the case."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases import soundness
from cases.models import Case
from services import permissions
from services.acts import allow, finish, lock, refuse
from services.models import PlacementOrder
from services.models.order import OrderKind


@transaction.atomic
def change(*, case: Case, values: Mapping[str, Any], by: User, key: str = "") -> PlacementOrder:
    """Enter the order that holds from now on; the one that came with the case is kept as the first row."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return PlacementOrder.objects.get(pk=answer)
    allow(permissions.why_not_log(by, case))
    row = PlacementOrder(case=case, by=by, **values)
    refuse(_faults(row, case, case.institution.today()))
    soundness.demand(row)
    if first := first_of(case):
        first.save(force_insert=True)
    row.save(force_insert=True)
    case.order_number, case.order_by = row.number, row.issued_by
    case.order_on, case.order_until_on = row.on, row.until_on
    case.save(update_fields=["order_number", "order_by", "order_on", "order_until_on"])
    finish(case, by=by, verb="order.changed", data={"order": row.pk, "until_on": row.until_on.isoformat()})
    keys.settle(key, row.pk)
    return row


def first_of(case: Case) -> PlacementOrder | None:
    """The order that came with the case, as long as nothing has followed it; not stored yet."""
    if not case.order_number or PlacementOrder.objects.filter(case=case).exists():
        return None
    return PlacementOrder(
        case=case,
        kind=OrderKind.FIRST,
        number=case.order_number,
        issued_by=case.order_by,
        on=case.order_on,
        until_on=case.order_until_on,
    )


def of(case: Case) -> list[PlacementOrder]:
    """All of them, the newest first."""
    first = first_of(case)
    return [first] if first else list(PlacementOrder.objects.filter(case=case).select_related("by"))


def _faults(row: PlacementOrder, case: Case, today: date) -> list[str]:
    if case.is_closed:
        return [_("Kasus sudah ditutup; penetapannya tidak berubah lagi.")]
    if row.kind not in (OrderKind.EXTENSION, OrderKind.REPLACEMENT):
        return [_("Pilih perpanjangan atau penetapan baru.")]
    reasons = []
    if row.on > today:
        reasons.append(_("Tanggal penetapan tidak boleh di masa depan."))
    if row.until_on < row.on:
        reasons.append(_("Penetapan berakhir sebelum tanggalnya sendiri."))
    if row.kind == OrderKind.EXTENSION:
        if case.order_until_on is None:
            reasons.append(_("Belum ada penetapan yang dapat diperpanjang; pilih penetapan baru."))
        elif row.until_on <= case.order_until_on:
            reasons.append(_("Perpanjangan harus berakhir sesudah penetapan yang sekarang."))
    return reasons
