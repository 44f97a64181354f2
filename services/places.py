"""Where people record each activity, in the words of the interface."""

from django.utils.translation import gettext as _

from services import records
from services.catalogue import ActivityItem, Group, Kind
from services.outreach_enums import OutreachKind, OutreachPaperKind
from services.workflow import stage_of_sign_off

OUTREACH = frozenset({"A.c", "A.i", *OutreachKind.values, *OutreachPaperKind.values})

REFERRAL = frozenset({"E.3.1", "E.3.3"})


def where(item: ActivityItem) -> str:
    """The record whose saving writes this activity, the supervision that signs it, or else the activity log."""
    kinds = records.behind((item.code,))
    if kinds:
        return _(" atau ").join(f"{kind.title} ({kind.home.label})" for kind in kinds)
    stage = stage_of_sign_off(item.code) if item.kind is Kind.SUPERVISE else None
    if stage:
        return _("Supervisi (%(stage)s)") % {"stage": stage.label}
    if item.code in REFERRAL:
        return _("Rujukan (tab Rujukan sebuah kasus)")
    if item.code in OUTREACH:
        return _("Sosialisasi")
    if item.group is Group.SUPPORTING:
        return _("Kegiatan penunjang")
    return _("Catat kegiatan")
