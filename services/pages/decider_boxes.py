"""What supervisor and head can do at the present stage of a case: decide, endorse, supervise, send back."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from services import gates, permissions
from services.enums import Kind, State
from services.forms import acts
from services.models import Request
from services.pages import exit_boxes, timeline
from services.pages.box import Box, Desk, state_words


def boxes(desk: Desk) -> list[Box]:
    """Nothing for who neither supervises nor heads."""
    now, user = desk.now, desk.reader.user
    if not (desk.reader.may_supervise or user.has_role(Role.HEAD)):
        return []
    judged = gates.judged_work(now)
    why_not = permissions.why_not_supervise(user, desk.case, judged, now.waiting)
    found = _decision(desk, now.waiting, why_not) if now.waiting else []
    if desk.reader.may_supervise or not why_not:
        found += _supervision(desk)
    if now.step.back_to and not now.waiting and not why_not:
        found.append(_send_back(desk))
    return found


def _decision(desk: Desk, request: Request, why_not: str) -> list[Box]:
    if request.state == State.AWAITING_HEAD:
        return _endorsement(desk, request)
    if why_not:
        return [Box(_("Menunggu supervisor"), texts=[state_words(request), why_not])]
    return [_verdict(desk, request)]


def _verdict(desk: Desk, request: Request) -> Box:
    owed = [sign_off.code for sign_off in gates.unsigned(desk.now)]
    form = desk.form("verdict", acts.VerdictForm, request, initial={"request": request.pk})
    form.say_what_follows(acts.APPROVE, _after_approval(desk, request))
    signing = _("Supervisi yang ikut diberikan bila disetujui:") if owed else _("Semua supervisi sudah diberikan.")
    return Box(
        _("Keputusan Anda"),
        "decision",
        anchor="putusan",
        texts=[*_told(desk, request), *_still_missing(desk), signing],
        codes=owed,
        form=form,
        url=desk.url("approve_or_return"),
        button=_("Simpan keputusan"),
        footer=_("Nama dan NIP Anda tercantum di bawah laporan tahap ini."),
    )


def _told(desk: Desk, request: Request) -> list[str]:
    """What is asked for, and what there is to know of it."""
    return [state_words(request), *exit_boxes.about(desk.now, request), timeline.quoted(request.reason)]


def _after_approval(desk: Desk, request: Request) -> str:
    """Where the case goes when the supervisor agrees."""
    now = desk.now
    if request.kind != Kind.STAGE:
        return _("Diteruskan kepada Kepala UPT.")
    way = now.step.endings.get(request.way) or now.settled_way
    if way and way.ends:
        return _("Kasus ditutup: %s.") % way.ends.label
    return _("Masuk tahap %(letter)s %(stage)s.") % {"letter": now.step.then.letter, "stage": now.step.then.label}


def _still_missing(desk: Desk) -> list[str]:
    """What has come to be missing since the request was made; an ending that needs no papers misses none."""
    now = desk.now
    ending = now.step.endings.get(now.waiting.way) if now.waiting else None
    needs_none = now.pending == Kind.REVERSAL or (ending and ending.needs_date)
    missing = [] if needs_none else gates.unmet_in(now)
    return [_("Masih kurang: %s.") % "; ".join(map(str, missing))] if missing else []


def _endorsement(desk: Desk, request: Request) -> list[Box]:
    user = desk.reader.user
    why_not = permissions.why_not_endorse(user, desk.case, gates.judged_work(desk.now), request)
    if why_not:
        return [Box(_("Menunggu pengesahan"), texts=[state_words(request), why_not])]
    return [
        Box(
            _("Keputusan Anda"),
            "decision",
            anchor="putusan",
            texts=_told(desk, request),
            form=desk.form("endorse", acts.EndorseForm, request, initial={"request": request.pk}),
            url=desk.url("endorse_or_return"),
            button=_("Simpan keputusan"),
            footer=_("Nama dan NIP Anda tercantum di bawah keputusan ini."),
        )
    ]


def _supervision(desk: Desk) -> list[Box]:
    """A supervision outside a request, under the codes this person may judge."""
    user, now = desk.reader.user, desk.now
    codes = tuple(
        code
        for code in dict.fromkeys(sign_off.code for sign_off in gates.sign_offs(now))
        if not permissions.why_not_supervise(user, desk.case, gates.judged_records(now, code), now.waiting)
    )
    if not codes:
        return []
    form = desk.form("supervise", acts.SuperviseForm, desk.case, stage=now.stage, codes=codes)
    title = _("Beri supervisi")
    return [
        Box(
            title,
            anchor="supervisi",
            texts=[_("Juga tanpa pengajuan; berlaku selama isi yang dinilai tidak berubah.")],
            form=form,
            url=desk.url("supervise"),
            button=_("Simpan supervisi"),
            fold="" if form.is_bound else title,
        )
    ]


def _send_back(desk: Desk) -> Box:
    form = desk.form("send_back", acts.SendBackForm, desk.case, stage=desk.now.stage)
    title = _("Mundur tahap")
    return Box(
        title,
        texts=[_("Isi yang ada tetap dihitung; supervisi diminta lagi.")],
        form=form,
        url=reverse("services:send_back", args=[desk.case.number]),
        button=_("Mundurkan kasus"),
        fold="" if form.is_bound else title,
    )
