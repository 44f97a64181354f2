"""Word for word: who may read a restricted note, for whom that needs a reason, and the opening itself."""

from enum import Enum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from audit import trail
from cases import soundness
from services import permissions
from services.acts import case_subject, refuse
from services.models import Note, NoteOpening
from services.note_enums import NoteKind

HEALTH_STAFF = (Role.NURSE, Role.PSYCHOLOGIST)
BY_REASON = (Role.HEAD, Role.SECTION_HEAD)


class Reading(Enum):
    """How somebody stands before the words of a note."""

    OPEN = "open"
    BY_REASON = "by_reason"
    CLOSED = "closed"


def reading(user: User, note: Note) -> Reading:
    """The author, the workers of the case, a supervisor; of health also its staff. The head gives a reason, each day.

    Asked about notes that are in sight already.
    """
    if not note.is_restricted or note.by_id == user.pk or permissions.is_worker(user, note.case):
        return Reading.OPEN
    if user.has_role(Role.SUPERVISOR) or (note.kind == NoteKind.HEALTH and user.has_role(*HEALTH_STAFF)):
        return Reading.OPEN
    if not user.has_role(*BY_REASON):
        return Reading.CLOSED
    opened = NoteOpening.objects.filter(note=note, by=user, on=note.institution.today()).exists()
    return Reading.OPEN if opened else Reading.BY_REASON


@transaction.atomic
def open_note(*, note: Note, reason: str, by: User, key: str = "") -> NoteOpening:
    """The words are open to the head until the end of the day; reason and opening stand in the trail of the case."""
    rows = Note.objects.visible_to(by).select_related("case__client", "institution").select_for_update(of=("self",))
    found = rows.filter(pk=note.pk).first()
    if found is None:
        raise Http404(_("Catatan tidak ditemukan."))
    if answer := keys.claim(key, by=by):
        return NoteOpening.objects.get(pk=answer)
    if not found.is_restricted or not by.has_role(*BY_REASON):
        raise PermissionDenied(_("Bagian terbatas ini tidak dibuka dengan alasan."))
    refuse([] if reason.strip() else [_("Isi alasan membuka bagian terbatas ini.")])
    opening = NoteOpening(note=found, by=by, reason=reason, on=found.institution.today())
    soundness.demand(opening)
    opening.save(force_insert=True)
    trail.append(
        institution_id=found.institution_id,
        by=by,
        verb="note.opened",
        subjects=[trail.Subject("note", found.pk, found.get_kind_display()), case_subject(found.case)],
        data={"note": found.pk},
        reason=reason,
    )
    keys.settle(key, opening.pk)
    return opening
