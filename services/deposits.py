"""Titipan: take money and belongings of a client in, give them out, and undo what was entered wrongly."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from cases import files, soundness
from cases.files import Checked
from cases.models import Case, Stay
from rehsos import formatting
from rehsos.doors import Refused, Stale
from services import presence
from services.acts import allow, refuse, tell
from services.belongings_enums import Direction
from services.models import DepositAccount, DepositGiven, DepositItem, DepositMovement

KEEPERS = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.BOARDING_OFFICER)
REVERSING = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)


def accounts(user: User) -> QuerySet[DepositAccount]:
    """Those of one's UPT, for whoever may keep what clients leave with it."""
    if not user.institution or not user.has_role(*KEEPERS):
        return DepositAccount.objects.none()
    return DepositAccount.objects.filter(institution=user.institution)


def held(account: DepositAccount | None) -> list[DepositItem]:
    """The things that are still here."""
    if account is None:
        return []
    rows = DepositItem.objects.filter(movement__account=account, given__isnull=True)
    return list(rows.select_related("movement").order_by("pk"))


def why_not_keep(user: User) -> str:
    if user.has_role(*KEEPERS):
        return ""
    return _("Titipan dicatat oleh petugas asrama, pekerja sosial, supervisor, atau Kepala UPT.")


def why_not_reverse(user: User, row: DepositMovement) -> str:
    """Who entered it, or who supervises."""
    if row.by_id == user.pk or user.has_role(*REVERSING):
        return ""
    return _("Catatan titipan dibatalkan oleh penulisnya, supervisor, atau Kepala UPT.")


@transaction.atomic
def take_in(
    *,
    stay_id: int,
    values: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]] = (),
    scan: Checked | None = None,
    by: User,
    key: str = "",
) -> DepositMovement:
    """Money, things or both from the client or somebody who brought them; ``items`` have name, count, condition."""
    stay = presence.lock_stay(stay_id, by=by)
    if answer := keys.claim(key, by=by):
        return DepositMovement.objects.get(pk=answer)
    allow(why_not_keep(by))
    account = _locked(stay.case)
    row = DepositMovement(account=account, direction=Direction.IN, by=by, **values)
    reasons = [_("Klien sudah keluar; titipan tidak diterima lagi.")] if stay.left_on else []
    refuse([*reasons, *_reasons_against(row, stay.case), *([] if row.amount or items else [_nothing()])])
    _book(row, scan)
    _put(row, items)
    _told(row, stay.case, "deposit.taken_in")
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def give_out(
    *,
    stay_id: int,
    values: Mapping[str, Any],
    items: Collection[int] = (),
    scan: Checked | None = None,
    by: User,
    key: str = "",
) -> DepositMovement:
    """Money, things or both to the client or somebody who fetches them; ``items`` are keys of things still here."""
    stay = presence.lock_stay(stay_id, by=by)
    if answer := keys.claim(key, by=by):
        return DepositMovement.objects.get(pk=answer)
    allow(why_not_keep(by))
    account = _locked(stay.case)
    row = DepositMovement(account=account, direction=Direction.OUT, by=by, **values)
    chosen = [item for item in held(account) if item.pk in set(items)]
    reasons = _reasons_against(row, stay.case)
    if row.amount > account.balance:
        reasons.append(_("Saldo titipan hanya %s.") % formatting.rupiah(account.balance))
    if len(chosen) < len(set(items)):
        reasons.append(_("Ada barang yang sudah diserahkan; muat ulang halaman."))
    refuse([*reasons, *([] if row.amount or chosen else [_nothing()])])
    _book(row, scan)
    DepositGiven.objects.bulk_create(DepositGiven(item=item, movement=row) for item in chosen)
    _told(row, stay.case, "deposit.given_out")
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def reverse(*, movement_id: int, reason: str, by: User, key: str = "") -> DepositMovement:
    """Undo a movement that was entered wrongly by one the other way; both stay in the book."""
    found = DepositMovement.objects.filter(pk=movement_id, account__in=accounts(by)).select_related("account").first()
    stay = found and presence.visible_stays(by).filter(case=found.account.case_id).order_by("-placed_on", "-pk").first()
    if not found or not stay:
        raise Http404(_("Catatan tidak ditemukan."))
    stay = presence.lock_stay(stay.pk, by=by)
    if answer := keys.claim(key, by=by):
        return DepositMovement.objects.get(pk=answer)
    allow(why_not_keep(by) or why_not_reverse(by, found))
    account = _locked(stay.case)
    if DepositMovement.objects.filter(reverses=found).exists():
        raise Stale(_("Catatan ini sudah dibatalkan."))
    refuse(_reasons_not_to_reverse(found, account, reason))
    row = DepositMovement(
        account=account,
        direction=Direction.OUT if found.is_in else Direction.IN,
        on=max(stay.institution.today(), found.on),
        amount=found.amount,
        party=found.party,
        relation=found.relation,
        note=reason,
        reverses=found,
        by=by,
    )
    _book(row, None)
    if found.is_in:
        DepositGiven.objects.bulk_create(DepositGiven(item=item, movement=row) for item in found.items.all())
    else:
        again = [line.item for line in found.given.select_related("item")]
        _put(row, [{"name": item.name, "count": item.count, "condition": item.condition} for item in again])
    _told(row, stay.case, "deposit.reversed", reason)
    keys.settle(key, row.pk)
    return row


def empty(stay: Stay, *, to: str, relation: str, on: date, by: User) -> DepositMovement | None:
    """Give out all that is kept: a half of an exit, which has locked the case and the stay."""
    account = DepositAccount.objects.filter(case=stay.case_id).first()
    things = held(account)
    if account is None or not (account.balance or things):
        return None
    last = account.movements.first()
    values = {"on": max(on, last.on) if last else on, "amount": account.balance, "party": to, "relation": relation}
    note = {"note": _("Diserahkan saat klien keluar.")}
    return give_out(stay_id=stay.pk, values={**values, **note}, items=[item.pk for item in things], by=by)


def _locked(case: Case) -> DepositAccount:
    """The account of a case, made with its first movement, locked until the transaction ends."""
    DepositAccount.objects.get_or_create(case=case, defaults={"institution_id": case.institution_id})
    return DepositAccount.objects.select_for_update(of=("self",)).get(case=case)


def _reasons_against(row: DepositMovement, case: Case) -> list[str]:
    last = row.account.movements.first()
    reasons = []
    if row.on > case.institution.today():
        reasons.append(_("Tanggal tidak boleh di masa depan."))
    if row.on < case.first_contact_on:
        reasons.append(_("Tanggal mendahului kontak pertama dengan klien."))
    if last and row.on < last.on:
        reasons.append(
            _("Catatan terakhir bertanggal %s; yang baru tidak mendahuluinya.") % formatting.long_date(last.on)
        )
    return reasons


def _reasons_not_to_reverse(found: DepositMovement, account: DepositAccount, reason: str) -> list[str]:
    reasons = [] if reason.strip() else [_("Isi alasan pembatalan.")]
    if found.reverses_id:
        reasons.append(_("Pembatalan tidak dibatalkan lagi; catat yang benar sebagai catatan baru."))
    if found.is_in and found.amount > account.balance:
        reasons.append(_("Uangnya sudah ditarik sebagian; saldo tinggal %s.") % formatting.rupiah(account.balance))
    if found.is_in and found.items.filter(given__isnull=False).exists():
        reasons.append(_("Barangnya sudah diserahkan."))
    return reasons


def _nothing() -> str:
    return _("Isi jumlah uang, atau sedikitnya satu barang.")


def _book(row: DepositMovement, scan: Checked | None) -> None:
    """Number the movement, bring the balance up to date, save both."""
    account = row.account
    account.balance += row.amount if row.is_in else -row.amount
    account.count += 1
    row.balance, row.number = account.balance, account.count
    soundness.demand(row)
    account.save(update_fields=["balance", "count"])
    row.scan = files.keep(scan, by=row.by, institution_id=account.institution_id) if scan else None
    row.save(force_insert=True)


def _put(row: DepositMovement, items: Sequence[Mapping[str, Any]]) -> None:
    rows = [DepositItem(movement=row, **item) for item in items]
    if faults := [fault for item in rows for fault in soundness.faults(item)]:
        raise Refused(list(dict.fromkeys(faults)))
    DepositItem.objects.bulk_create(rows)


def _told(row: DepositMovement, case: Case, verb: str, reason: str = "") -> None:
    data = {"id": row.pk, "on": row.on.isoformat(), "amount": row.amount, "balance": row.balance}
    tell(case, by=row.by, verb=verb, data=data, reason=reason)
