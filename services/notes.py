"""Writing about the work with one client: a note and the activity it is, obstacles, a supervisor's word."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from cases import files, soundness
from cases.enums import Bimbingan
from cases.files import Checked
from cases.models import Case, Stay
from services import permissions, worklog
from services.acts import allow, finish, refuse
from services.catalogue import CATALOGUE
from services.models import Activity, Note
from services.models.note import CASE_READERS, in_hand, parts_of
from services.note_enums import NoteKind, Variant
from services.note_shapes import SHAPES, Shape
from services.recording import reasons_for_case

PART_KINDS = {NoteKind.HEALTH: (Role.NURSE,), NoteKind.COUNSELLING: (Role.PSYCHOLOGIST,)}


def lock_in_hand(case: Case, *, by: User) -> Case:
    """The case, locked and read anew, also by who has only a part of it; 404 where it is out of sight."""
    rows = in_hand(by).select_for_update(of=("self",)).select_related("client", "institution")
    found = rows.filter(pk=case.pk).first()
    if found is None:
        raise Http404(_("Kasus tidak ditemukan."))
    return found


def why_not_write(by: User, case: Case, kind: NoteKind) -> str:
    """Workers of the case, who supervises it; of their part a nurse (health) and a psychologist (counselling)."""
    if by.has_role(*PART_KINDS.get(kind, ())) and parts_of(by).filter(pk=case.pk).exists():
        return ""
    if not by.has_role(*CASE_READERS):
        return _("Catatan ini bukan bagian Anda.")
    return permissions.why_not_log(by, case)


@transaction.atomic
def write(
    *,
    case: Case,
    kind: NoteKind,
    bimbingan: str,
    on: date,
    values: Mapping[str, Any],
    by: User,
    corrects: Note | None = None,
    evidence: Checked | None = None,
    key: str = "",
) -> Note:
    """Add a note and the activity it is; one that corrects an earlier one takes over its activity."""
    case = lock_in_hand(case, by=by)
    if answer := keys.claim(key, by=by):
        return Note.objects.get(pk=answer)
    shape = SHAPES[kind]
    allow(why_not_write(by, case, kind))
    earlier = _to_correct(corrects, case, kind, by)
    refuse(_reasons_not_to_write(shape, case, bimbingan, on, values))
    code = shape.codes[Bimbingan(bimbingan)]
    note = Note(
        institution=case.institution,
        case=case,
        stay=_stay_on(case, on),
        kind=kind,
        bimbingan=bimbingan,
        code=code,
        on=on,
        by=by,
        corrects=earlier,
        **values,
    )
    soundness.demand(note)
    note.save(force_insert=True)
    if earlier:
        Activity.objects.filter(record_kind="note", record_id=earlier.pk).delete()
    activity = worklog.of_note(note, shape.mask)
    if evidence and not shape.is_restricted:
        activity.evidence = files.keep(evidence, by=by, institution_id=case.institution_id)
        activity.save(update_fields=["evidence"])
    _finish(case, by, "note.corrected" if earlier else "note.written", {"note": note.pk, "kind": kind}, key, note.pk)
    return note


def _to_correct(corrects: Note | None, case: Case, kind: NoteKind, by: User) -> Note | None:
    """The note to be corrected, read anew under the lock of its case."""
    if corrects is None:
        return None
    found = Note.objects.filter(pk=corrects.pk, case=case, kind=kind).first()
    if found is None:
        raise Http404(_("Catatan tidak ditemukan."))
    allow("" if found.by_id == by.pk else _("Hanya penulisnya yang memperbaiki catatan."))
    refuse([_("Catatan ini sudah diperbaiki.")] if hasattr(found, "correction") else [])
    return found


def _reasons_not_to_write(shape: Shape, case: Case, bimbingan: str, on: date, values: Mapping[str, Any]) -> list[str]:
    if bimbingan not in shape.codes:
        return [_("Pilih bimbingan untuk %s.") % str(shape.title).lower()]
    reasons = [
        _("%s: isian wajib.") % shape.columns[name] for name in shape.needed if not str(values.get(name, "")).strip()
    ]
    variant = values.get("variant", "")
    if (shape.variants and variant not in shape.variants) or (not shape.variants and variant):
        reasons.append(_("Pilih jenisnya."))
    if variant == Variant.URINE and not values.get("finding"):
        reasons.append(_("Isi hasil tes urine."))
    if variant != Variant.URINE and values.get("finding"):
        reasons.append(_("Hasil tes urine hanya untuk tes urine."))
    if on > case.institution.today():
        reasons.append(_("Tanggal tidak boleh di masa depan."))
    return reasons + [f"{reason[:1].upper()}{reason[1:]}" for reason in _impossible(shape, case, bimbingan, on)]


def _impossible(shape: Shape, case: Case, bimbingan: str, on: date) -> list[str]:
    return reasons_for_case(CATALOGUE[shape.codes[Bimbingan(bimbingan)]], case, on)


def _stay_on(case: Case, on: date) -> Stay | None:
    """The stay of that day, the last one where two meet."""
    rows = [s for s in case.stays.all() if s.placed_on <= on and (not s.left_on or on <= s.left_on)]
    return rows[-1] if rows else None


def _finish(case: Case, by: User, verb: str, data: dict[str, Any], key: str, answer: int) -> None:
    finish(case, by=by, verb=verb, data=data)
    keys.settle(key, answer)
