"""What every page of a case says on top: somebody has left, how a case ended, to whom it is offered."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.enums import Stage
from rehsos import formatting
from services import beds, gates, leftovers, owed
from services.enums import Kind, Move, TransferState
from services.pages import exits, links
from services.situation import Situation


@dataclass(frozen=True)
class Notice:
    """One line on top; ``tone`` is that of a note: "", ok, wait, stop."""

    text: str
    tone: str = ""
    picture: str = "info-circle"
    url: str = ""
    action: str = ""


def of(now: Situation) -> list[Notice]:
    """The weightiest first; most cases have none."""
    one_by_one = (_leaving, _ended, _left_open, _bedless, _offered, _term, _taken_over)
    return [*(notice for tell in one_by_one if (notice := tell(now))), *_begun_anew(now)]


def _leaving(now: Situation) -> Notice | None:
    if not now.departure:
        return None
    told = {"day": formatting.long_date(now.departure.left_on), "way": now.departure.get_way_display().lower()}
    text = _("Klien keluar %(day)s: %(way)s. Belum disahkan.") % told
    return Notice(text, "wait", "door-open", exits.url(now.case), _("Buka halaman keluar"))


def _ended(now: Situation) -> Notice | None:
    if not now.case.closed_on:
        return None
    told = {"day": formatting.long_date(now.case.closed_on), "how": now.case.get_outcome_display()}
    text = _("Kasus ditutup %(day)s: %(how)s.") % told
    last = now.transitions[-1]
    if last.move == Move.EXIT and not any(r.pk == last.request_id and r.kind == Kind.TRANSFER for r in now.requests):
        return Notice(text, "", "lock-fill", exits.url(now.case), _("Rincian keluar"))
    return Notice(text, "", "lock-fill")


def _bedless(now: Situation) -> Notice | None:
    """Somebody lives here without a bed: the one they had was taken meanwhile, or none was chosen yet."""
    stay = next((stay for stay in reversed(now.stays) if stay.left_on is None), None)
    if stay is None or stay.bed or not beds.has_any(now.case.institution):
        return None
    url = reverse("services:bed", args=[now.case.number])
    return Notice(_("Klien belum mempunyai tempat tidur."), "wait", "house", url, _("Pilih tempat tidur"))


def _left_open(now: Situation) -> Notice | None:
    """Somebody left, and money, things or tools are still to be handed over."""
    if not now.stays or any(stay.left_on is None for stay in now.stays):
        return None
    left = leftovers.of_case(now.case.pk)
    url = reverse("services:case_deposits", args=[now.case.number])
    if left.is_kept:
        words = _("Klien sudah keluar, titipannya belum diserahkan: %s.") % left.kept_words
        return Notice(words, "stop", "exclamation-circle-fill", url, _("Buka titipan"))
    if left.loans:
        words = _("Klien sudah keluar, alat belum kembali: %s.") % ", ".join(str(loan.tool) for loan in left.loans)
        return Notice(
            words,
            "stop",
            "exclamation-circle-fill",
            reverse("services:tool", args=[left.loans[0].tool_id]),
            _("Catat kembali"),
        )
    return None


def _offered(now: Situation) -> Notice | None:
    """An offer that the receiver has not answered, or took."""
    transfer = next((t for r in reversed(now.requests) if (t := getattr(r, "transfer", None))), None)
    if transfer is None or transfer.state not in (TransferState.SENT, TransferState.ACCEPTED):
        return None
    told = {"upt": transfer.receiver.name, "day": formatting.long_date(transfer.answered_at or transfer.sent_at)}
    is_sent = transfer.state == TransferState.SENT
    text = _("Ditawarkan ke %(upt)s sejak %(day)s; menunggu jawaban.") if is_sent else _("Diterima %(upt)s, %(day)s.")
    url = reverse("services:transfer_new", args=[now.case.number])
    return Notice(text % told, "wait" if is_sent else "ok", "arrow-right", url, _("Rincian mutasi"))


def _term(now: Situation) -> Notice | None:
    """The court order or deposit on which somebody is held ends soon."""
    until = now.case.order_until_on
    if until is None or now.case.is_closed or now.departure or now.stage == Stage.AFTERCARE:
        return None
    days = (until - now.today).days
    if days > owed.SOON_DAYS:
        return None
    told = {"number": now.case.order_number, "day": formatting.long_date(until), "left": formatting.days_until(until)}
    text = _("Penetapan No. %(number)s berlaku sampai %(day)s (%(left)s).") % told
    url = reverse("services:placement_orders", args=[now.case.number])
    return Notice(
        text, "stop" if days <= owed.URGENT_DAYS else "wait", "clock", url, _("Perpanjangan atau penetapan baru")
    )


def _taken_over(now: Situation) -> Notice | None:
    """The list with which a running case came in waits for the head; work goes on meanwhile."""
    if now.opening is None or now.opening.opening_list.is_endorsed:
        return None
    day = formatting.long_date(now.opening.imported_at)
    text = _("%(list)s, diimpor %(day)s, belum disahkan Kepala UPT.") % {"list": now.opening.opening_list, "day": day}
    return Notice(text, "wait", "hourglass-split")


def _begun_anew(now: Situation) -> list[Notice]:
    """A new version of assessment or plan is being written, or waits for its supervision."""
    if now.case.is_closed or now.departure or not now.is_revised:
        return []
    versions = (
        (_("Asesmen"), Stage.ASSESSMENT, "B.e", now.case.assessment_edition),
        (_("Rencana"), Stage.PLANNING, "C.i", now.case.plan_edition),
    )
    return [
        Notice(
            _("%(what)s versi %(number)s sedang disusun; supervisi %(code)s belum diberikan.")
            % {"what": what, "number": number, "code": code},
            "wait",
            "pencil",
            links.stage(now.case, stage, "isi-tahap"),
            _("Buka isinya"),
        )
        for what, stage, code, number in versions
        if number > 1 and gates.signed(now, code) is None
    ]
