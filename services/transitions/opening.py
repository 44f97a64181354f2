"""Open an episode."""

from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys, numbering
from accounts.enums import Role
from accounts.models import User
from cases import soundness
from cases.enums import Stage, WayIn
from cases.models import Assignment, Case, Client
from services import permissions
from services.acts import allow, finish, refuse
from services.enums import Move
from services.transitions.moves import move


@transaction.atomic
def open(  # noqa: A001 - the field's own word, used as transitions.open
    *,
    client: Client,
    by: User,
    way_in: str,
    first_contact_on: date,
    sender: str = "",
    sender_letter: str = "",
    service_kind: str = "",
    order_number: str = "",
    order_by: str = "",
    order_on: date | None = None,
    order_until_on: date | None = None,
    key: str = "",
) -> Case:
    """Open an episode for a client. A social worker who opens it is its first worker.

    ``order_…`` is the court order or the letter of deposit; for any other way in it is not kept.
    """
    if answer := keys.claim(key, by=by):
        return Case.objects.visible_to(by).get(pk=answer)
    client = _locked(client, by)
    allow(permissions.why_not_open(by))
    institution, today = client.institution, client.institution.today()
    earlier = list(client.cases.order_by("episode"))
    reasons = _reasons_not_to_open(earlier, first_contact_on, today)
    order: dict[str, Any] = {}
    if way_in in WayIn.by_order():
        order = {"order_number": order_number, "order_by": order_by, "order_on": order_on}
        order["order_until_on"] = order_until_on
        reasons += _faults_of_order(order_number, order_by, order_on, order_until_on, today)
    refuse(reasons)
    case = Case(
        number=numbering.draw(institution, "case", institution.case_number_pattern),
        client=client,
        institution=institution,
        episode=len(earlier) + 1,
        service_kind=service_kind or institution.service_kind,
        way_in=way_in,
        sender=sender,
        sender_letter=sender_letter,
        first_contact_on=first_contact_on,
        opened_on=today,
        stage_since_on=today,
        **order,
    )
    soundness.demand(case)
    case.save(force_insert=True)
    if by.has_role(Role.SOCIAL_WORKER):
        Assignment.objects.create(case=case, worker=by, since_on=today, assigned_by=by)
    move(case, Move.OPEN, to=Stage.INTAKE, by=by)
    finish(case, by=by, verb="case.opened", data={"version": case.version, "client": client.number})
    keys.settle(key, case.pk)
    return case


def _locked(client: Client, by: User) -> Client:
    rows = Client.objects.visible_to(by).select_for_update(of=("self",)).select_related("institution")
    try:
        return rows.get(pk=client.pk)
    except Client.DoesNotExist as gone:
        raise Http404(_("Klien tidak ditemukan.")) from gone


def _reasons_not_to_open(earlier: list[Case], first_contact_on: date, today: date) -> list[str]:
    reasons = []
    if any(not case.is_closed for case in earlier):
        reasons.append(_("Klien ini masih mempunyai kasus yang terbuka."))
    if first_contact_on > today:
        reasons.append(_("Kontak pertama tidak boleh di masa depan."))
    return reasons


def _faults_of_order(number: str, by: str, on: date | None, until_on: date | None, today: date) -> list[str]:
    """What keeps the paper on which somebody is taken in from being one."""
    if not number.strip() or not by.strip() or on is None or until_on is None:
        return [_("Isi nomor, asal, tanggal, dan akhir berlakunya penetapan atau surat titipan.")]
    reasons = []
    if on > today:
        reasons.append(_("Tanggal penetapan tidak boleh di masa depan."))
    if until_on < on:
        reasons.append(_("Penetapan berakhir sebelum tanggalnya sendiri."))
    return reasons
