"""What the page of a stage shows that was over before the system: its days, its scans, and room for one more."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.enums import Stage
from services.forms.opening import ScanForm
from services.models import EarlierScan
from services.pages.box import Box, Desk
from services.situation import Situation


@dataclass(frozen=True)
class Before:
    """A stage from before the system."""

    began_on: date | None
    ended_on: date | None
    old_number: str
    notes: str
    scans: list[EarlierScan]
    box: Box | None


def of(desk: Desk, stage: Stage) -> Before | None:
    """Nothing for a stage that went its way in here."""
    now = desk.now
    if now.opening is None or not now.is_before_system(stage):
        return None
    scans = EarlierScan.objects.filter(case=now.case, stage=stage).select_related("by", "file")
    began, ended = days(now, stage)
    return Before(began, ended, now.opening.old_number, now.opening.notes, list(scans), _box(desk, stage))


def days(now: Situation, stage: Stage) -> tuple[date | None, date | None]:
    """When such a stage began and when the next one that is known did."""
    known = {row.stage: row.began_on for row in now.opening.stages.all()} if now.opening else {}
    later = [known[after] for after in Stage if after.position > stage.position and after in known]
    return known.get(stage), later[0] if later else None


def _box(desk: Desk, stage: Stage) -> Box | None:
    if not desk.reader.may_log:
        return None
    form = desk.form(act(stage), ScanForm, desk.case)
    return Box(
        _("Tambah pindaian"),
        form=form,
        url=reverse("services:earlier_scan", args=[desk.case.number, stage.slug]),
        button=_("Simpan pindaian"),
        fold="" if form.is_bound else _("Tambah pindaian"),
    )


def act(stage: Stage) -> str:
    """The name of the act: each stage has its own form, and its own draft."""
    return f"scan-{stage.slug}"
