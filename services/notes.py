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
from audit import trail
from cases import files, soundness
from cases.enums import Bimbingan
from cases.files import Checked
from cases.models import Case, Stay
from services import permissions, tasks, worklog
from services.acts import allow, case_subject, finish, lock, refuse
from services.catalogue import CATALOGUE
from services.enums import TaskSource
from services.models import Activity, Note, Obstacle, Review
from services.models.note import CASE_READERS, in_hand, parts_of
from services.models.session import Session
from services.note_enums import NoteKind, Variant
from services.note_shapes import SHAPES, Shape
from services.recording import reasons_for_case
from services.workflow import PAIRS

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


# --- Obstacles ------------------------------------------------------------------------------------------------------
@transaction.atomic
def name_obstacle(*, case: Case, bimbingan: str, on: date, text: str, effort: str, by: User, key: str = "") -> Obstacle:
    """What stands in the way in one bimbingan, and what is done about it (D.q–D.v)."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Obstacle.objects.get(pk=answer)
    allow(permissions.why_not_log(by, case))
    code = PAIRS[Bimbingan(bimbingan)].obstacle
    reasons = [] if on <= case.institution.today() else [_("Tanggal tidak boleh di masa depan.")]
    refuse([*reasons, *reasons_for_case(CATALOGUE[code], case, on)])
    obstacle = Obstacle(
        institution=case.institution, case=case, bimbingan=bimbingan, code=code, on=on, text=text, effort=effort, by=by
    )
    soundness.demand(obstacle)
    obstacle.save(force_insert=True)
    worklog.of_obstacle(obstacle)
    _finish(case, by, "obstacle.named", {"obstacle": obstacle.pk, "code": code}, key, obstacle.pk)
    return obstacle


@transaction.atomic
def overcome(*, obstacle: Obstacle, on: date, outcome: str, by: User, key: str = "") -> Obstacle:
    """It stands in the way no longer."""
    case = lock(obstacle.case, by=by)
    obstacle = Obstacle.objects.get(pk=obstacle.pk)
    if keys.claim(key, by=by):
        return obstacle
    allow(permissions.why_not_log(by, case))
    reasons = [] if obstacle.is_open else [_("Hambatan ini sudah teratasi.")]
    reasons += [] if outcome.strip() else [_("Isi bagaimana hambatan teratasi.")]
    reasons += [] if obstacle.on <= on <= case.institution.today() else [_("Periksa tanggal teratasinya.")]
    refuse(reasons)
    obstacle.overcome_on, obstacle.overcome_by, obstacle.outcome = on, by, outcome
    soundness.demand(obstacle)
    obstacle.save(update_fields=["overcome_on", "overcome_by", "outcome"])
    _finish(case, by, "obstacle.overcome", {"obstacle": obstacle.pk}, key, obstacle.pk)
    return obstacle


# --- A supervisor's word on a note or a session ---------------------------------------------------------------------
@transaction.atomic
def review(
    *,
    by: User,
    on: date,
    note: str,
    of_note: Note | None = None,
    session: Session | None = None,
    directions: str = "",
    due_on: date | None = None,
    key: str = "",
) -> Review:
    """Supervise one note or one session (D.w–D.cc): a supervisor's activity; directions go to who wrote it."""
    subject = _locked_subject(of_note, session, by)
    if answer := keys.claim(key, by=by):
        return Review.objects.get(pk=answer)
    why_not = "" if by.has_role(*permissions.SUPERVISING) else permissions.why_not_supervisor()
    author = subject.by if isinstance(subject, Note) else subject.saved_by
    allow(why_not or ("" if author != by else _("Anda yang menulisnya; supervisi dari orang lain.")))
    today = subject.institution.today()
    refuse(_reasons_not_to_review(subject, note, on, today, due_on))
    bimbingan = Bimbingan(subject.bimbingan if isinstance(subject, Note) else subject.activity.bimbingan)
    given = Review(
        institution=subject.institution,
        code=PAIRS[bimbingan].supervision,
        bimbingan=bimbingan,
        of_note=subject if isinstance(subject, Note) else None,
        session=None if isinstance(subject, Note) else subject,
        note=note,
        directions=directions,
        by=by,
        on=on,
    )
    soundness.demand(given)
    given.save(force_insert=True)
    cases = _cases_of(subject)
    worklog.of_review(given, cases)
    _follow_up(given, subject, author, due_on)
    _told_of_review(given, cases)
    keys.settle(key, given.pk)
    return given


def _locked_subject(of_note: Note | None, session: Session | None, by: User) -> Note | Session:
    if of_note:
        rows = Note.objects.visible_to(by).select_related("case__client", "institution", "by")
        found: Note | Session | None = rows.select_for_update(of=("self",)).filter(pk=of_note.pk).first()
    else:
        seen = Session.objects.visible_to(by).select_related("institution", "activity", "saved_by")
        found = seen.select_for_update(of=("self",)).filter(pk=session.pk if session else 0).first()
    if found is None:
        raise Http404(_("Catatan tidak ditemukan."))
    return found


def _reasons_not_to_review(subject: Note | Session, note: str, on: date, today: date, due_on: date | None) -> list[str]:
    reasons = [] if note.strip() else [_("Isi catatan supervisi.")]
    if not subject.on <= on <= today:
        reasons.append(_("Tanggal supervisi di antara tanggal kegiatan dan hari ini."))
    if due_on and due_on < today:
        reasons.append(_("Tenggat arahan sudah lewat."))
    if isinstance(subject, Session) and not subject.is_held:
        reasons.append(_("Sesi ini belum dicatat terlaksana."))
    return reasons


def _cases_of(subject: Note | Session) -> list[Case]:
    if isinstance(subject, Note):
        return [subject.case]
    stays = subject.attendances.select_related("stay__case")
    return list({row.stay.case_id: row.stay.case for row in stays}.values())


def _follow_up(given: Review, subject: Note | Session, author: User | None, due_on: date | None) -> None:
    if not given.directions.strip() or author is None:
        return
    tasks.give(
        for_users=[author],
        text=given.directions,
        by=given.by,
        institution=given.institution,
        case=subject.case if isinstance(subject, Note) else None,
        due_on=due_on,
        source=TaskSource.SUPERVISION,
    )


def _told_of_review(given: Review, cases: list[Case]) -> None:
    trail.append(
        institution_id=given.institution_id,
        by=given.by,
        verb="review.given",
        subjects=[trail.Subject("review", given.pk, given.code), *map(case_subject, cases)],
        data={"code": given.code, "id": given.pk},
    )
