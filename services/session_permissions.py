"""Who keeps the list of activities, the timetable and the attendance; asked inside every write function."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from services.models import ProgrammeActivity, Session
from services.models.session import WHOLE_PROGRAMME

KEEPERS = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.ADMIN_OFFICE)
PLANNERS = WHOLE_PROGRAMME


def why_not_keep(user: User) -> str:
    """The list of activities."""
    if user.institution and user.has_role(*KEEPERS):
        return ""
    return _("Daftar kegiatan diatur oleh supervisor, Kepala UPT, atau tata usaha.")


def why_not_plan(user: User) -> str:
    """The timetable, and whatever changes a session itself."""
    if user.institution and user.has_role(*PLANNERS):
        return ""
    return _("Jadwal diatur oleh supervisor atau Kepala UPT.")


def why_not_mark(user: User, session: Session) -> str:
    """Whoever has a session in sight may mark it, but for what is confidential: that is its leader's and office's."""
    if user.has_role(*PLANNERS) or session.leader_id == user.pk:
        return ""
    if not session.activity.is_confidential:
        return ""
    if session.activity.led_by in user.roles:
        return ""
    return _("Kegiatan ini rahasia; kehadirannya dicatat oleh yang memimpin.")


def may_read_list(user: User, activity: ProgrammeActivity) -> bool:
    """Everybody's name in all sessions of an activity: where it is confidential, its office's and the planners'."""
    return not activity.is_confidential or user.has_role(*PLANNERS) or activity.led_by in user.roles


def may_read_notes(user: User, session: Session) -> bool:
    """Scores, notes and everybody's name of a confidential session: for those who may mark it."""
    return not session.activity.is_confidential or not why_not_mark(user, session)
