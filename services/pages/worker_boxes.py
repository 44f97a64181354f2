"""What the worker of a case can do at its present stage: fill, submit, propose, take back."""

from django.utils.translation import gettext as _

from rehsos import formatting
from services import due_dates, gates
from services.enums import Kind, State
from services.forms import acts
from services.gates import Unmet
from services.models import Request
from services.pages import exit_boxes, timeline
from services.pages.box import Box, Desk, item, state_words


def boxes(desk: Desk) -> list[Box]:
    """Nothing for who is no worker of the case."""
    now = desk.now
    if not desk.reader.is_worker:
        return []
    if now.waiting:
        return [_waiting(desk, now.waiting)]
    missing = gates.unmet_in(now)
    found = returned(desk) + ([_missing(desk, missing)] if missing else [])
    if now.pending == Kind.STAGE and now.step.endings:
        # Most endings ask for a date and a reason, not for papers.
        return [*found, _ending(desk), *exit_boxes.reversal(desk)]
    if missing:
        return found
    if now.pending == Kind.EXIT:
        return [*found, exit_boxes.propose(desk)]
    return [*found, _submit(desk) if now.pending == Kind.STAGE else _decide(desk)]


def _waiting(desk: Desk, request: Request) -> Box:
    form = desk.form("withdraw", acts.WithdrawForm, request, initial={"request": request.pk})
    due = due_dates.reminder_on(request.requested_at, desk.case.institution.time_zone)
    return Box(
        _("Sedang diajukan"),
        "step",
        texts=[state_words(request), _("Pengingat ke pemutus: %s.") % formatting.long_date(due)],
        form=form,
        url=desk.url("withdraw"),
        button=_("Tarik pengajuan"),
        fold="" if form.is_bound else _("Tarik pengajuan"),
    )


def returned(desk: Desk) -> list[Box]:
    """The reason why the last request came back, until the next one is made."""
    here = [request for request in desk.now.requests if request.case_version == desk.case.version]
    if not here or here[-1].state != State.RETURNED:
        return []
    last = list(here[-1].decisions.all())[-1]
    who = f"{last.decided_by.full_name}, {formatting.moment(last.decided_at)}"
    return [Box(_("Dikembalikan"), "stop", texts=[timeline.quoted(last.note)], footer=who)]


def _missing(desk: Desk, missing: list[Unmet]) -> Box:
    return Box(
        _("Belum dapat diajukan"),
        "step",
        anchor="langkah",
        items=[item(desk.now, one) for one in missing],
        footer=_("Tombol ajukan muncul setelah semuanya lengkap."),
    )


def _submit(desk: Desk) -> Box:
    return Box(
        _("Siap diajukan"),
        "ok",
        anchor="langkah",
        texts=[_("Setelah diajukan, isi tahap terkunci sampai diputus.")],
        form=desk.form("submit", acts.SubmitForm, desk.case),
        url=desk.url("submit"),
        button=_("Ajukan akhir tahap"),
        icon="send",
    )


def _ending(desk: Desk) -> Box:
    return Box(
        _("Akhiri kasus"),
        "ok",
        anchor="langkah",
        texts=[_("Selesai bimbingan lanjut memerlukan semua isi tahap; cara lain memerlukan tanggal dan alasan.")],
        form=desk.form("submit", acts.EndingForm, desk.case),
        url=desk.url("submit"),
        button=_("Ajukan akhir kasus"),
        icon="send",
    )


def _decide(desk: Desk) -> Box:
    previous = desk.now.way
    texts = [_("Berlaku sekarang: %s.") % previous.label] if previous else []
    return Box(
        _("Usulkan keputusan %s") % str(desk.now.pending.label).lower(),
        "ok",
        anchor="langkah",
        texts=[*texts, _("Supervisor memeriksa, lalu Kepala UPT mengesahkan.")],
        form=desk.form("decide", acts.DecideForm, desk.case, stage=desk.now.stage),
        url=desk.url("decide"),
        button=_("Ajukan keputusan"),
        icon="send",
    )
