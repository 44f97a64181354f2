"""What supervisors said in a period: sign-offs on cases, and words on single notes and sessions, as one list."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Bimbingan
from cases.models import Case
from services import reviews, session_permissions
from services.catalogue import CATALOGUE
from services.enums import TaskSource
from services.models import Note, Review, Supervision, Task, TaskStep
from services.models.session import Session

ON_CASE, ON_NOTE, ON_SESSION = "k", "c", "s"


@dataclass(frozen=True)
class Given:
    """One supervision. ``masked`` says why its words stay where they were written; ``case`` is none for a session.

    ``person`` is whose work it was; of a whole case, who is asked to follow its directions.
    """

    kind: str
    row: Any
    case: Case | None
    what: str
    person: User | None
    tasks: list[Task]
    masked: str = ""

    @property
    def subject(self) -> str:
        """What tells its paper from those of others."""
        return f"{self.kind}-{self.row.pk}"

    @property
    def on(self) -> date:
        return self.row.on  # type: ignore[no-any-return]

    @property
    def field(self) -> str:
        return str(Bimbingan(self.row.bimbingan).label) if self.row.bimbingan else ""

    @property
    def verdict(self) -> str:
        return str(self.row.get_verdict_display()) if self.kind == ON_CASE else ""

    @property
    def state(self) -> str:
        """Where its directions stand; nothing where there are none."""
        return "; ".join(dict.fromkeys(str(task.get_state_display()) for task in self.tasks))

    @property
    def written_at(self) -> datetime:
        """When anything of it was last written, an answer included."""
        return max([self.row.at, *(step.at for task in self.tasks for step in task.steps.all())])


def in_sight(user: User, first: date, last: date, giver: int | None = None) -> list[Given]:
    """Those of a period that somebody may see, the last one first; by one supervisor where one is named."""
    within: dict[str, Any] = {"on__range": (first, last), **({"by": giver} if giver else {})}
    signs = Supervision.objects.filter(case__in=Case.objects.visible_to(user), **within)
    seen = Q(of_note__in=Note.objects.visible_to(user)) | Q(session__in=Session.objects.visible_to(user))
    words = Review.objects.filter(seen, institution=user.institution, **within)
    found = [*_on_cases(signs), *_on_work(words, user)]
    return sorted(found, key=lambda one: (one.on, one.row.at), reverse=True)


def of_case(case: Case) -> list[Given]:
    """Sign-offs of a case and words on its notes, but for those on restricted ones."""
    words = Review.objects.filter(of_note__case=case)
    found = [*_on_cases(Supervision.objects.filter(case=case)), *_on_work(words, None)]
    return sorted((one for one in found if not one.masked), key=lambda one: (one.on, one.row.at), reverse=True)


def of_session(session: Session, pk: int) -> Given | None:
    """A supervisor's word on a session."""
    return next(iter(_on_work(Review.objects.filter(session=session, pk=pk), None)), None)


def _on_cases(rows: QuerySet[Supervision]) -> list[Given]:
    signs = list(rows.select_related("case__client", "case__institution", "by").defer("case__client__nik"))
    tasks: dict[int, list[Task]] = defaultdict(list)
    keys = [sign.pk for sign in signs if sign.directions]
    asked = Task.objects.filter(source=TaskSource.SUPERVISION, source_id__in=keys) if keys else ()
    for task in _with_steps(asked) if keys else ():
        tasks[task.source_id].append(task)
    return [
        Given(
            ON_CASE,
            sign,
            sign.case,
            str(CATALOGUE[sign.code].display),
            next((task.for_user for task in tasks[sign.pk]), None),
            tasks[sign.pk],
        )
        for sign in signs
    ]


def _with_steps(rows: Any) -> Any:
    steps = Prefetch("steps", TaskStep.objects.select_related("by"))
    return rows.select_related("for_user").prefetch_related(steps).order_by("pk")


def _on_work(rows: QuerySet[Review], user: User | None) -> Iterable[Given]:
    names = ("by", "task__for_user", "of_note__by", "of_note__case__client", "of_note__case__institution")
    steps = Prefetch("task__steps", TaskStep.objects.select_related("by"))
    found = rows.select_related(*names, "session__activity", "session__saved_by", "session__institution")
    for review in found.defer("of_note__case__client__nik").prefetch_related(steps):
        tasks = [review.task] if review.task else []
        subject = review.of_note or review.session
        author = reviews.author_of(subject)
        if review.of_note:
            masked = _("Bagian terbatas; dibaca pada catatannya.") if review.of_note.is_restricted else ""
            what = str(review.of_note.get_kind_display())
            yield Given(ON_NOTE, review, review.of_note.case, what, author, tasks, masked)
        else:
            closed = user is not None and not session_permissions.may_read_notes(user, review.session)
            masked = _("Kegiatan rahasia; dibaca pada sesinya.") if closed else ""
            yield Given(ON_SESSION, review, None, review.session.activity.name, author, tasks, masked)
