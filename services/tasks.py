"""Tasks and notices: give somebody something to do, tell somebody something, answer, close, read."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import inbox, keys
from accounts.inbox import Notice
from accounts.models import Institution, Membership, User
from accounts.standing import working_on
from audit import trail
from cases import soundness
from cases.models import Case
from rehsos import clock
from rehsos.doors import Refused, Stale
from services.acts import allow, case_subject, lock, refuse
from services.enums import TaskAct, TaskSource, TaskState
from services.models import Task, TaskStep
from services.models.task import CARERS, DECIDERS

USUAL_DAYS = timedelta(days=7)
LONGEST = timedelta(days=366)


def tell(users: Iterable[User], text: str, url: str, case: Case | None = None) -> None:
    """One notice to each of them; inside the transaction of what they are told of. Never a name in the text."""
    inbox.tell(users, text, url, about=case.number if case else "")


def give(
    *,
    for_users: Iterable[User],
    text: str,
    by: User,
    institution: Institution,
    case: Case | None = None,
    due_on: date | None = None,
    source: str = TaskSource.OWN,
    source_id: int | None = None,
) -> list[Task]:
    """The same task for each of them, with a notice; inside the transaction of what it came out of."""
    whom = {person.pk: person for person in for_users}
    found = []
    for key in sorted(whom):
        task = Task(
            institution=institution,
            case=case,
            for_user=whom[key],
            given_by=by,
            text=text,
            due_on=due_on or institution.today() + USUAL_DAYS,
            source=source,
            source_id=source_id,
        )
        soundness.demand(task)
        task.save(force_insert=True)
        tell([] if key == by.pk else [whom[key]], _("Tugas baru: %s.") % task.get_source_display(), url(task), case)
        found.append(task)
    return found


@transaction.atomic
def give_by_hand(
    *, for_user: User, text: str, due_on: date, by: User, case: Case | None = None, source: str = "", key: str = ""
) -> Task:
    """Somebody asks something of a colleague in their UPT, about a case that both have in sight or about none."""
    if case:
        case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Task.objects.get(pk=answer)
    institution = by.institution
    allow("" if institution else _("Anda belum terdaftar di sebuah UPT."))
    assert institution is not None
    refuse(_reasons_not_to_give(institution, for_user, text, due_on, case))
    task = give(
        for_users=[for_user],
        text=text,
        by=by,
        institution=institution,
        case=case,
        due_on=due_on,
        source=source or TaskSource.OWN,
    )[0]
    _told(task, by=by, verb="task.given")
    keys.settle(key, task.pk)
    return task


def staff_of(upt: Institution) -> list[User]:
    """Whom a task may be given to: everybody who works in a UPT today."""
    here = working_on(upt.today()).filter(institution=upt, user__is_active=True)
    return list(User.objects.filter(pk__in=here.values("user")).order_by("name", "pk"))


def sees(person: User, case: Case) -> bool:
    """Whether a task about a case may be put into somebody's hands: a carer gets their part of it by the task."""
    return person.has_role(*CARERS) or Case.objects.visible_to(person).filter(pk=case.pk).exists()


def _reasons_not_to_give(upt: Institution, person: User, text: str, due_on: date, case: Case | None) -> list[str]:
    today = upt.today()
    reasons = []
    if not Membership.objects.filter(user=person, institution=upt, user__is_active=True).exists():
        reasons.append(_("%s tidak bekerja di UPT ini.") % person.full_name)
    elif case and not sees(person, case):
        reasons.append(_("%s tidak menangani kasus ini; tugas tentang kasus diberikan kepada petugasnya.") % person)
    if not text.strip():
        reasons.append(_("Isi apa yang diminta."))
    if due_on < today:
        reasons.append(_("Tenggat sudah lewat."))
    if due_on > today + LONGEST:
        reasons.append(_("Periksa tenggatnya: lebih dari setahun lagi."))
    return reasons


@transaction.atomic
def done(*, task: Task, answer: str, by: User, key: str = "") -> Task:
    """The one who was asked says what was done."""
    task = _locked(task, by)
    if keys.claim(key, by=by):
        return task
    allow("" if task.for_user_id == by.pk else _("Hanya yang diberi tugas yang menjawabnya."))
    _expect(task, TaskState.OPEN)
    refuse([] if answer.strip() else [_("Isi apa yang sudah dilakukan.")])
    _step(task, TaskAct.ANSWER, TaskState.ANSWERED, answer, by)
    tell([task.given_by], _("Tugas dijawab; periksa lalu tutup."), url(task), task.case)
    return _finished(task, by, "task.answered", key)


@transaction.atomic
def settle(*, task: Task, is_enough: bool, text: str, by: User, key: str = "") -> Task:
    """Who gave it (or supervises the case) closes the task, or asks for more with a word why."""
    task = _locked(task, by)
    if keys.claim(key, by=by):
        return task
    allow(why_not_settle(by, task))
    _expect(task, *TaskState.running())
    refuse([] if is_enough or text.strip() else [_("Isi apa yang masih kurang.")])
    if is_enough:
        task.closed_at = clock.now()
        _step(task, TaskAct.CLOSE, TaskState.CLOSED, text, by)
        told, verb = _("Tugas ditutup."), "task.closed"
    else:
        _step(task, TaskAct.AGAIN, TaskState.OPEN, text, by)
        told, verb = _("Jawaban tugas perlu dilengkapi."), "task.asked_again"
    tell([] if task.for_user_id == by.pk else [task.for_user], told, url(task), task.case)
    return _finished(task, by, verb, key)


def why_not_settle(by: User, task: Task) -> str:
    if by.pk == task.given_by_id:
        return ""
    if by.pk != task.for_user_id and task.case_id and by.has_role(*DECIDERS):
        return ""
    return _("Tugas ditutup oleh yang memberi, atau oleh supervisor kasusnya.")


@transaction.atomic
def read(*, by: User, only: int | None = None, up_to: int | None = None) -> list[Notice]:
    """Count notices of somebody's own as read: one, or all up to one."""
    return inbox.read(by, only=only, up_to=up_to)


@transaction.atomic
def remind() -> int:
    """Tell whoever let the day of a task pass, and who gave it, once; the number of such tasks."""
    late = Task.objects.open().filter(reminded_at__isnull=True, due_on__lt=clock.now().date() + timedelta(days=1))
    rows = late.select_related("institution", "for_user", "given_by", "case").select_for_update(of=("self",))
    found = [task for task in rows.order_by("pk") if task.due_on < task.institution.today()]
    for task in found:
        task.reminded_at = clock.now()
        task.save(update_fields=["reminded_at"])
        tell({task.for_user, task.given_by}, _("Tugas lewat tenggat."), url(task), task.case)
    return len(found)


def pass_on(task: Task, to: User, by: User) -> None:
    """The task is somebody else's from now on; inside the transaction that hands their case over."""
    task.for_user = to
    task.save(update_fields=["for_user"])
    _step(task, TaskAct.PASS_ON, TaskState(task.state), _("Kepada %s.") % to.full_name, by)


def url(task: Task) -> str:
    return reverse("services:task", args=[task.pk])


def _locked(task: Task, by: User) -> Task:
    rows = Task.objects.visible_to(by).select_for_update(of=("self",))
    try:
        return rows.select_related("institution", "case__client", "for_user", "given_by").get(pk=task.pk)
    except Task.DoesNotExist as gone:
        raise Http404(_("Tugas tidak ditemukan.")) from gone


def _expect(task: Task, *states: TaskState) -> None:
    if task.state == TaskState.CLOSED and TaskState.CLOSED not in states:
        raise Stale(_("Tugas ini sudah ditutup."), at=task.closed_at)
    if task.state not in states:
        raise Refused([_("Tugas ini sudah dijawab dan menunggu ditutup.")])


def _step(task: Task, act: TaskAct, state: TaskState, text: str, by: User) -> None:
    row = TaskStep(task=task, act=act, text=text, by=by)
    soundness.demand(row)
    row.save(force_insert=True)
    task.state = state
    task.save(update_fields=["state", "closed_at"])


def _finished(task: Task, by: User, verb: str, key: str) -> Task:
    _told(task, by=by, verb=verb)
    keys.settle(key, task.pk)
    return task


def _told(task: Task, *, by: User, verb: str) -> None:
    subjects = [trail.Subject("task", task.pk, task.get_source_display())]
    if task.case:
        subjects.append(case_subject(task.case))
    trail.append(
        institution_id=task.institution_id,
        by=by,
        verb=verb,
        subjects=subjects,
        data={"task": task.pk, "for": task.for_user_id, "due_on": task.due_on.isoformat()},
    )
