"""The tools of a UPT: entered, described, retired by the office; lent, taken back and kept in order by all on duty.

A loan and a piece of maintenance are D.ee of whoever did it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import Institution, User
from audit import trail
from cases import soundness
from cases.models import Stay
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import facility, presence, tasks
from services.acts import case_subject, refuse
from services.belongings_enums import ToolCondition
from services.models import Activity, Session, Tool, ToolCare, ToolLoan
from services.models.tool import UNUSABLE

CODE = "D.ee"
READERS = (*presence.ON_DUTY, Role.ADMIN_OFFICE)
WORDS = ("name", "kind", "number", "room", "bimbingan", "condition", "bought_on", "note")


def visible_to(user: User) -> QuerySet[Tool]:
    """Those of one's UPT, for everybody on duty and the office."""
    if not user.institution or not user.has_role(*READERS):
        return Tool.objects.none()
    return Tool.objects.filter(institution=user.institution)


def why_not_lend(user: User) -> str:
    """Who lends and mends: everybody whose work counts."""
    return "" if user.has_role(*presence.ON_DUTY) else _("Alat dipinjamkan dan dirawat oleh petugas pelayanan.")


# --- The register ----------------------------------------------------------------------------------------------------
@transaction.atomic
def add(*, institution: Institution, values: Mapping[str, Any], by: User, key: str = "") -> Tool:
    institution = facility.lock(institution)
    if answer := keys.claim(key, by=by):
        return Tool.objects.get(pk=answer)
    facility.allow(institution, by)
    tool = Tool(institution=institution, **{name: values[name] for name in WORDS if name in values})
    _keep(tool)
    _tell(tool, by, "tool.added", {"number": tool.number})
    keys.settle(key, tool.pk)
    return tool


@transaction.atomic
def edit(*, tool_id: int, values: Mapping[str, Any], by: User, key: str = "") -> Tool:
    """Change what a tool is called and where it is."""
    tool = lock(tool_id, by=by)
    if keys.claim(key, by=by):
        return tool
    facility.allow(tool.institution, by)
    _expect_in_use(tool)
    changed = {name: values[name] for name in WORDS if name in values and getattr(tool, name) != values[name]}
    for name, value in changed.items():
        setattr(tool, name, value)
    _keep(tool)
    _tell(tool, by, "tool.changed", {name: str(value) for name, value in changed.items()})
    keys.settle(key, tool.pk)
    return tool


@transaction.atomic
def retire(*, tool_id: int, reason: str, by: User, key: str = "") -> Tool:
    """Out of use from today; never while somebody has it."""
    tool = lock(tool_id, by=by)
    if keys.claim(key, by=by):
        return tool
    facility.allow(tool.institution, by)
    _expect_in_use(tool)
    refuse([] if reason.strip() else [_("Isi mengapa tidak dipakai lagi.")])
    if tool.loans.open().exists():
        raise Refused(_("Alat ini sedang dipinjam; catat kembalinya lebih dahulu."))
    tool.retired_on, tool.retired_reason = tool.institution.today(), reason
    _keep(tool)
    _tell(tool, by, "tool.retired", {}, reason=reason)
    keys.settle(key, tool.pk)
    return tool


# --- Loans and maintenance -------------------------------------------------------------------------------------------
@transaction.atomic
def lend(
    *,
    tool_id: int,
    out_on: date,
    due_on: date,
    note: str = "",
    stay: Stay | None = None,
    person: User | None = None,
    session: Session | None = None,
    by: User,
    key: str = "",
) -> ToolLoan:
    """Give a tool to a resident, or to one of the staff, for a session perhaps."""
    stay = presence.lock_stay(stay.pk, by=by) if stay else None  # a stay is locked before a tool, here as at an exit
    tool = lock(tool_id, by=by)
    if answer := keys.claim(key, by=by):
        return ToolLoan.objects.get(pk=answer)
    _expect_lender(by)
    loan = ToolLoan(tool=tool, stay=stay, person=person, session=session, out_on=out_on, due_on=due_on, note=note)
    loan.lent_by, loan.condition_out = by, tool.condition
    refuse(_reasons_not_to_lend(loan))
    soundness.demand(loan)
    loan.activity = _work(tool, out_on, by, _("Alat disiapkan dan dipinjamkan: %s.") % tool)
    _save_alone(loan)
    _tell(tool, by, "tool.lent", {"loan": loan.pk, "due": due_on.isoformat()}, stay)
    keys.settle(key, loan.pk)
    return loan


@transaction.atomic
def take_back(*, tool_id: int, on: date, condition: str, note: str = "", by: User, key: str = "") -> ToolLoan:
    """The tool is here again, and how it looks."""
    tool = lock(tool_id, by=by)
    if answer := keys.claim(key, by=by):
        return ToolLoan.objects.get(pk=answer)
    _expect_lender(by)
    loan = tool.loans.open().select_related("stay__case").first()
    if loan is None:
        raise Stale(_("Alat ini sudah tercatat kembali."))
    if condition not in ToolCondition.values:
        raise Refused([_("Pilih keadaan alat.")])
    if not loan.out_on <= on <= tool.institution.today():
        raise Refused([_("Tanggal kembali harus antara tanggal pinjam dan hari ini.")])
    loan.returned_on, loan.condition_back, loan.return_note = on, condition, note
    loan.received_by, loan.returned_at = by, clock.now()
    soundness.demand(loan)
    loan.save(update_fields=["returned_on", "condition_back", "return_note", "received_by", "returned_at"])
    tool.condition = condition
    tool.save(update_fields=["condition"])
    _tell(tool, by, "tool.returned", {"loan": loan.pk, "condition": condition}, loan.stay)
    keys.settle(key, loan.pk)
    return loan


@transaction.atomic
def maintain(*, tool_id: int, values: Mapping[str, Any], by: User, key: str = "") -> ToolCare:
    """What was done to a tool; how it is afterwards is how it is from now on."""
    tool = lock(tool_id, by=by)
    if answer := keys.claim(key, by=by):
        return ToolCare.objects.get(pk=answer)
    _expect_lender(by)
    _expect_in_use(tool)
    care = ToolCare(tool=tool, by=by, **values)
    refuse(_wrong_day(tool, care.on))
    soundness.demand(care)
    care.activity = _work(tool, care.on, by, f"{care.get_kind_display()}, {tool}: {care.account}")
    care.save(force_insert=True)
    tool.condition = care.condition
    tool.save(update_fields=["condition"])
    _tell(tool, by, "tool.maintained", {"care": care.pk, "kind": care.kind})
    keys.settle(key, care.pk)
    return care


def settle(stay: Stay, returned: Mapping[int, str], *, on: date, by: User) -> None:
    """Take back what somebody hands in when they leave (condition by loan): a half of an exit, which has the locks."""
    for loan in open_of(stay.case_id):
        if loan.pk in returned:
            day = max(on, loan.out_on)
            note = _("Dikembalikan saat klien keluar.")
            take_back(tool_id=loan.tool_id, on=day, condition=returned[loan.pk], note=note, by=by)


def open_of(case_id: int) -> list[ToolLoan]:
    """What a client still has."""
    rows = ToolLoan.objects.open().filter(stay__case=case_id)
    return list(rows.select_related("tool").order_by("tool_id"))


def lock(tool_id: int, *, by: User) -> Tool:
    rows = visible_to(by).select_for_update(of=("self",)).select_related("institution")
    found = rows.filter(pk=tool_id).first()
    if found is None:
        raise Http404(_("Alat tidak ditemukan."))
    return found


def _expect_lender(by: User) -> None:
    if why_not := why_not_lend(by):
        raise PermissionDenied(why_not)


def _expect_in_use(tool: Tool) -> None:
    if tool.retired_on:
        raise Refused([_("%s sudah tidak dipakai.") % tool.name])


def _wrong_day(tool: Tool, on: date) -> list[str]:
    if on > tool.institution.today():
        return [_("Tanggal tidak boleh di masa depan.")]
    return []


def _reasons_not_to_lend(loan: ToolLoan) -> list[str]:
    tool, stay = loan.tool, loan.stay
    _expect_in_use(tool)
    reasons = _wrong_day(tool, loan.out_on)
    if tool.condition in UNUSABLE:
        reasons.append(_("Alat ini %s; catat perbaikannya lebih dahulu.") % tool.get_condition_display().lower())
    if loan.due_on < loan.out_on:
        reasons.append(_("Tanggal harus kembali mendahului tanggal pinjam."))
    if tool.loans.open().exists():
        reasons.append(_("Alat ini sedang dipinjam."))
    if stay and (stay.left_on or loan.out_on < stay.placed_on):
        reasons.append(_("Klien tidak tinggal di sini pada tanggal itu."))
    if not stay and loan.person not in tasks.staff_of(tool.institution):
        reasons.append(_("Pilih klien atau petugas UPT ini."))
    return reasons


def _work(tool: Tool, on: date, by: User, account: str) -> Activity:
    """D.ee in the worklog; no case is named in it, for it is work of the institution."""
    return Activity.objects.create(
        institution=tool.institution, code=CODE, on=on, by=by, account=account, place=tool.room
    )


def _keep(tool: Tool) -> None:
    soundness.demand(tool)
    if tool.bought_on and tool.bought_on > tool.institution.today():
        raise Refused([_("Tanggal perolehan tidak boleh di masa depan.")])
    try:
        with transaction.atomic():
            tool.save()
    except IntegrityError as taken:
        raise Refused(_("Nomor inventaris %s sudah dipakai alat lain.") % tool.number) from taken


def _save_alone(loan: ToolLoan) -> None:
    """That nobody else has the tool is the database's word."""
    try:
        with transaction.atomic():
            loan.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused(_("Alat ini sedang dipinjam.")) from taken


def _tell(tool: Tool, by: User, verb: str, data: dict[str, Any], stay: Stay | None = None, reason: str = "") -> None:
    trail.append(
        institution_id=tool.institution_id,
        by=by,
        verb=verb,
        subjects=[trail.Subject("tool", tool.pk, str(tool)), *([case_subject(stay.case)] if stay else [])],
        data=data,
        reason=reason,
    )
