"""What the pages of a transfer show: the offer, the package for the receiver, and what may be done about them."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.enums import Stage
from cases.models import Case
from rehsos import formatting
from services import permissions
from services.enums import Kind, TransferState
from services.forms import transfers as forms
from services.models import Assessment, Goal, PlanConsent, Transfer
from services.pages import boxes, panels, stepper
from services.pages.box import Box, Desk
from services.pages.panels import Card
from services.pages.reader import Reader
from services.situation import Situation

TONES = {
    TransferState.PROPOSED: "wait",
    TransferState.SENT: "wait",
    TransferState.ACCEPTED: "ok",
    TransferState.REFUSED: "stop",
}
PACKAGE = (Assessment, Goal, PlanConsent)


def is_possible(now: Situation) -> bool:
    """Somebody lives here who could move."""
    return not now.case.is_closed and not now.departure and any(stay.left_on is None for stay in now.stays)


def entry_url(now: Situation, reader: Reader) -> str:
    """The page of the transfer, for the worker who may propose one."""
    return reverse("services:transfer_new", args=[now.case.number]) if reader.is_worker and is_possible(now) else ""


def line(transfer: Transfer) -> dict[str, Any]:
    """One offer, with its state as pages show it."""
    return {"transfer": transfer, "tone": TONES.get(TransferState(transfer.state), "")}


def beside(desk: Desk, offers: list[Transfer]) -> list[Box]:
    """On the page of the sender: decide on the proposal, propose one, take an offer back."""
    if desk.now.pending == Kind.TRANSFER:
        return boxes.boxes(desk, desk.now.stage)
    sent = next((offer for offer in offers if offer.state == TransferState.SENT), None)
    found = [_propose(desk, sent), _revoke(desk, sent)]
    return [*(box for box in found if box), *boxes.refused(desk)]


def _propose(desk: Desk, sent: Transfer | None) -> Box | None:
    is_free = is_possible(desk.now) and desk.reader.is_worker and not desk.now.waiting and not sent
    if not is_free and "transfer" not in desk.bound:
        return None
    return Box(
        _("Usulkan mutasi"),
        "decision",
        texts=[
            _("Supervisor memeriksa, Kepala UPT mengesahkan, lalu UPT penerima membaca berkasnya dan menjawab."),
            _("Klien tetap di sini sampai diterima."),
        ],
        form=desk.form("transfer", forms.ProposeTransferForm, desk.case),
        url=reverse("services:transfer_new", args=[desk.case.number]),
        button=_("Ajukan mutasi"),
        icon="send",
    )


def _revoke(desk: Desk, sent: Transfer | None) -> Box | None:
    if sent is None or permissions.why_not_assign(desk.reader.user):
        return None
    form = desk.form("revoke", forms.RevokeForm, sent)
    return Box(
        _("Batalkan tawaran"),
        texts=[_("Penerima tidak lagi dapat membaca berkasnya.")],
        form=form,
        url=reverse("services:transfer_revoke", args=[sent.pk]),
        button=_("Batalkan tawaran"),
        fold="" if form.is_bound else _("Batalkan tawaran"),
    )


def answers(transfer: Transfer, desk: Desk) -> list[Box]:
    """What the receiver can say."""
    refuse = desk.form("refuse", forms.RefuseForm, transfer)
    return [
        Box(
            _("Terima klien"),
            "ok",
            anchor="terima",
            texts=[_("Kasus pengirim ditutup dan kasus baru dibuka di sini dengan salinan identitasnya.")],
            form=desk.form("accept", forms.AcceptForm, transfer),
            url=reverse("services:transfer_accept", args=[transfer.pk]),
            button=_("Terima"),
        ),
        Box(
            _("Tolak"),
            anchor="tolak",
            form=refuse,
            url=reverse("services:transfer_refuse", args=[transfer.pk]),
            button=_("Tolak mutasi"),
            fold="" if refuse.is_bound else _("Tolak mutasi"),
        ),
    ]


def package(now: Situation) -> list[tuple[Any, list[Card]]]:
    """Assessment and plan as the receiver reads them, without a way into the case."""
    found = [(kind.title, [panels.card(row) for row in now.records_of(kind)]) for kind in PACKAGE]
    return [(title, cards) for title, cards in found if cards]


def history(now: Situation) -> list[tuple[Stage, date | None, date | None]]:
    """The stages so far with their days."""
    reached = [stage for stage in Stage if stage.position <= now.stage.position]
    return [(stage, *stepper.span(now, stage)) for stage in reached]


def told(transfer: Transfer, case: Case) -> list[tuple[str, str]]:
    """The offer as label and value."""
    stay = case.stays.filter(left_on__isnull=True).first()
    rows = [
        (_("Dari"), case.institution.name),
        (_("Nomor kasus pengirim"), case.number),
        (_("Ditawarkan"), formatting.moment(transfer.sent_at)),
        (_("Diusulkan oleh"), transfer.sent_by.full_name),
        (_("Alasan mutasi"), transfer.reason),
        (_("Tinggal sejak"), formatting.long_date(stay.placed_on) if stay else ""),
        (_("Dasar penempatan"), ", ".join(filter(None, (case.order_number, case.order_by)))),
        (_("Berlaku sampai"), formatting.long_date(case.order_until_on) if case.order_until_on else ""),
    ]
    return [(label, value) for label, value in rows if value]
