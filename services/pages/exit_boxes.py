"""What can be done about an exit: propose it, record that somebody came back, have the last decision undone."""

from django.urls import reverse
from django.utils.translation import gettext as _

from rehsos import formatting
from services import permissions
from services.enums import Kind
from services.forms import exits as forms
from services.models import Request
from services.pages import exits
from services.pages.box import Box, Desk
from services.situation import Situation
from services.transitions.reversing import why_not_reverse


def depart(desk: Desk) -> Box | None:
    """The event, for who may record it, while there is somebody to leave."""
    if "depart" not in desk.bound and not exits.entry_url(desk.now, desk.reader.user):
        return None
    form = desk.form("depart", forms.DepartForm, desk.case, ways=exits.ways(desk.now))
    return Box(
        _("Catat klien keluar"),
        "decision",
        texts=[_("Berlaku seketika sejak tanggalnya. Berita acara dan pengesahan menyusul.")],
        form=form,
        url=exits.url(desk.case),
        button=_("Catat keluar"),
        icon="door-open",
    )


def propose(desk: Desk) -> Box:
    """The papers are there: ask for the endorsement."""
    form = desk.form("propose_exit", forms.ProposeExitForm, desk.case, row=desk.now.exit)
    return Box(
        _("Siap diajukan"),
        "ok",
        anchor="langkah",
        texts=[_("Supervisor memeriksa, lalu Kepala UPT mengesahkan.")],
        form=form,
        url=reverse("services:exit_propose", args=[desk.case.number]),
        button=_("Ajukan pengesahan keluar"),
        icon="send",
    )


def come_back(desk: Desk) -> list[Box]:
    """Who left without leave and is there again goes on in the same case, for a while."""
    until = exits.back_until(desk.now, exits.last(desk.now))
    if until is None or permissions.why_not_depart(desk.reader.user, desk.case):
        return []
    is_open = bool(desk.now.departure)
    limit = "" if is_open else _("Paling lambat %s; sesudah itu kasus baru.") % formatting.long_date(until)
    form = desk.form("come_back", forms.ComeBackForm, desk.case, case=desk.case)
    return [
        Box(
            _("Klien kembali"),
            anchor="kembali",
            texts=[_("Masa tinggal kedua dimulai pada kasus yang sama; berkas keluar tidak ditagih lagi."), limit],
            form=form,
            url=reverse("services:come_back", args=[desk.case.number]),
            button=_("Catat kembali"),
            fold="" if form.is_bound else _("Catat klien kembali"),
        )
    ]


def reversal(desk: Desk) -> list[Box]:
    """The worker may ask that the last exit or closing be undone."""
    now = desk.now
    if not desk.reader.is_worker or now.waiting or why_not_reverse(now):
        return []
    form = desk.form("reverse", forms.ReversalForm, desk.case)
    return [
        Box(
            _("Pembatalan"),
            anchor="pembatalan",
            texts=[_("Hanya bila keputusan itu keliru. Supervisor memeriksa, lalu Kepala UPT mengesahkan.")],
            form=form,
            url=reverse("services:reverse", args=[desk.case.number]),
            button=_("Ajukan pembatalan"),
            fold="" if form.is_bound else _("Keputusan ini keliru? Ajukan pembatalan"),
        )
    ]


def about(now: Situation, request: Request) -> list[str]:
    """What whoever decides on an exit, a reversal or a transfer should know of it."""
    if request.kind == Kind.EXIT and now.departure:
        account = _("Keluar %(day)s. %(account)s") % {
            "day": formatting.long_date(now.departure.left_on),
            "account": now.departure.account,
        }
        goes_on = _("Dilanjutkan dengan bimbingan lanjut.") if request.opens_aftercare else _("Kasus lalu ditutup.")
        return [account, goes_on]
    if request.kind == Kind.REVERSAL:
        return [_("Yang dibatalkan: %s.") % _undone(now)]
    return []


def _undone(now: Situation) -> str:
    last = now.transitions[-1]
    what = last.get_outcome_display() or last.get_move_display()
    return f"{what}, {formatting.long_date(last.on)}"
