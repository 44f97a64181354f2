"""What a line of the weekly pattern and a single session have in common: what is wrong with one, whom it means."""

from django.utils.translation import gettext as _

from services.models import Session, Slot
from services.session_enums import Audience

Meeting = Slot | Session


def faults(meeting: Meeting) -> list[str]:
    """What no meeting may have, in words."""
    reasons = []
    if meeting.activity.institution_id != meeting.institution_id or meeting.activity.retired_on:
        reasons.append(_("Pilih kegiatan dari daftar UPT ini."))
    if meeting.ends_at <= meeting.starts_at:
        reasons.append(_("Jam selesai harus sesudah jam mulai."))
    if meeting.leader and meeting.leader_name:
        reasons.append(_("Pilih pemimpin dari petugas, atau tulis nama dari luar; jangan keduanya."))
    if meeting.leader and not meeting.leader.memberships.filter(institution=meeting.institution_id).exists():
        reasons.append(_("Pemimpin harus petugas UPT ini."))
    if (meeting.audience == Audience.HOUSE) != bool(meeting.house):
        reasons.append(_("Pilih asrama/wisma hanya bila pesertanya satu asrama."))
    return reasons


def means(meeting: Meeting, *, house: str, religion: str, is_planned: bool, is_chosen: bool) -> bool:
    """Whether the audience takes somebody in who is served on that day; who was chosen by name is, whatever religion.

    ``delivered`` asks the database the same of one client.
    """
    if meeting.audience == Audience.CHOSEN:
        return is_chosen
    if meeting.activity.religion and religion != meeting.activity.religion:
        return False
    if meeting.audience == Audience.HOUSE:
        return house == meeting.house
    return meeting.audience == Audience.EVERYONE or is_planned
