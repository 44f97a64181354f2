"""The boxes beside the page of a stage, for whoever reads it."""

from django.utils.translation import gettext as _

from cases.enums import Stage
from rehsos import formatting
from services import gates
from services.pages import decider_boxes, exit_boxes, later_boxes, worker_boxes
from services.pages.box import Box, Desk, state_words, told
from services.situation import Situation


def boxes(desk: Desk, stage: Stage) -> list[Box]:
    """In the order of importance; a refused form that fits no box any more comes first, with its reasons."""
    found = [_other_stage(desk.now, stage)] if stage != desk.now.stage else _present(desk)
    return refused(desk) + found


def refused(desk: Desk) -> list[Box]:
    """Refused forms that no box has taken."""
    return [Box(_("Belum dapat disimpan"), "stop", form=form) for form in desk.bound.values()]


def _present(desk: Desk) -> list[Box]:
    if desk.case.is_closed and not desk.now.waiting:
        return [_nothing_to_do(desk.now), *worker_boxes.returned(desk), *exit_boxes.reversal(desk)]
    found = [*decider_boxes.boxes(desk), *worker_boxes.boxes(desk)]
    is_told = desk.reader.is_worker or (desk.now.waiting and found)
    shown = found if is_told else [_nothing_to_do(desk.now), *found]
    return [*shown, *later_boxes.boxes(desk)]


def _nothing_to_do(now: Situation) -> Box:
    """For who only reads: what the case waits for."""
    if now.case.closed_on and not now.waiting:
        ended = {"how": now.case.get_outcome_display(), "when": formatting.long_date(now.case.closed_on)}
        return Box(_("Kasus sudah ditutup"), texts=[_("%(how)s, %(when)s.") % ended])
    if now.waiting:
        return Box(_("Sedang diajukan"), texts=[state_words(now.waiting)])
    missing = gates.unmet_in(now)
    if not missing:
        return Box(_("Menunggu pengajuan"), texts=[_("Isi tahap lengkap; pekerja sosial belum mengajukan.")])
    return Box(
        _("Belum dapat diajukan"),
        texts=[_("Dikerjakan oleh pekerja sosial kasus ini.")],
        items=[told(one) for one in missing],
    )


def _other_stage(now: Situation, stage: Stage) -> Box:
    is_past = stage.position < now.stage.position
    title = _("Tahap sudah selesai") if is_past else _("Belum sampai di tahap ini")
    return Box(title, texts=[_("Kasus sekarang di tahap %s.") % now.stage.label])
