"""A supervisor's word on one note or one session (D.w–D.cc); its directions become a task of who wrote or led it."""

from datetime import date

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import keys
from accounts.models import User
from audit import trail
from cases import soundness
from cases.enums import Bimbingan
from cases.models import Case
from services import permissions, tasks, worklog
from services.acts import allow, case_subject, refuse
from services.enums import TaskSource
from services.models import Note, Review, Task
from services.models.session import Session
from services.workflow import PAIRS

MASKED = gettext_lazy("Tindak lanjuti arahan supervisi pada catatan bagian terbatas; bacalah di catatannya.")


@transaction.atomic
def give(
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
    allow(why_not(by, subject))
    today = subject.institution.today()
    refuse(_reasons_not_to_review(subject, note, on, today, due_on))
    cases = _cases_of(subject)
    bimbingan = Bimbingan(subject.bimbingan if isinstance(subject, Note) else subject.activity.bimbingan)
    given = Review(
        institution=subject.institution,
        code=PAIRS[bimbingan].supervision,
        bimbingan=bimbingan,
        of_note=subject if isinstance(subject, Note) else None,
        session=None if isinstance(subject, Note) else subject,
        note=note,
        directions=directions,
        task=_follow_up(subject, author_of(subject), directions, due_on, by),
        by=by,
        on=on,
    )
    soundness.demand(given)
    given.save(force_insert=True)
    worklog.of_review(given, cases)
    _told_of_review(given, cases)
    keys.settle(key, given.pk)
    return given


def author_of(subject: Note | Session) -> User | None:
    return subject.by if isinstance(subject, Note) else subject.saved_by


def why_not(user: User, subject: Note | Session) -> str:
    """A supervisor of the UPT, and not of their own work."""
    if not user.has_role(*permissions.SUPERVISING):
        return permissions.why_not_supervisor()
    return _("Anda yang menulisnya; supervisi dari orang lain.") if author_of(subject) == user else ""


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


def _follow_up(
    subject: Note | Session, author: User | None, directions: str, due_on: date | None, by: User
) -> Task | None:
    """What is to be done about a restricted note stands with the note alone: a task is read by more people."""
    if not directions.strip() or author is None:
        return None
    is_masked = isinstance(subject, Note) and subject.is_restricted
    return tasks.give(
        for_users=[author],
        text=str(MASKED) if is_masked else directions,
        by=by,
        institution=subject.institution,
        case=subject.case if isinstance(subject, Note) else None,
        due_on=due_on,
        source=TaskSource.SUPERVISION,
    )[0]


def _told_of_review(given: Review, cases: list[Case]) -> None:
    trail.append(
        institution_id=given.institution_id,
        by=given.by,
        verb="review.given",
        subjects=[trail.Subject("review", given.pk, given.code), *map(case_subject, cases)],
        data={"code": given.code, "id": given.pk},
    )
