"""The only writes on a referral: designed, then one act after another, each from the states of ``ACTS`` alone.

A referral need not end the stay: hospital or school leave the case open. The client's consent to share is asked
when the letter goes out; without it only the head lets it go, with a reason. Each act that the catalogue knows is an
activity (E.3.1–E.3.5; for a candidate A.x).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from cases import soundness
from cases.enums import Stage
from cases.models import Case
from rehsos.doors import Refused, Stale
from services import permissions, restricted, tasks
from services.acts import allow, finish, lock, refuse
from services.confidential import Reading
from services.enums import Signer, TaskSource
from services.models import Activity, ActivityCase, ReferralCourse, ReferralStep, Task
from services.referral_enums import CourseAct, CourseState, PackagePart

USUAL_DAYS = 7
FIELDS = (
    "partner",
    "need",
    "reason",
    "asked",
    "parts",
    "summary",
    "consent",
    "consent_name",
    "consent_on",
    "witness_1",
    "witness_2",
)
WORK, SUPERVISE, HEAD = "work", "supervise", "head"


@dataclass(frozen=True)
class Act:
    """From which states, to which (none: it stays), under which code, and whose act it is."""

    before: tuple[CourseState, ...]
    after: CourseState | None = None
    code: str = ""
    who: str = WORK


S = CourseState
OUT = (S.SENT, S.RECEIVED, S.ACCEPTED, S.REFUSED, S.NO_ANSWER, S.ENDED)
ACTS: Mapping[CourseAct, Act] = {
    CourseAct.OVERRIDDEN: Act((S.DRAFT,), who=HEAD),
    CourseAct.SENT: Act((S.DRAFT,), S.SENT, "E.3.2"),
    CourseAct.RECEIVED: Act((S.SENT,), S.RECEIVED),
    CourseAct.ACCEPTED: Act((S.SENT, S.RECEIVED), S.ACCEPTED),
    CourseAct.REFUSED: Act((S.SENT, S.RECEIVED), S.REFUSED),
    CourseAct.NO_ANSWER: Act((S.SENT, S.RECEIVED), S.NO_ANSWER, who=SUPERVISE),
    CourseAct.ENDED: Act((S.ACCEPTED,), S.ENDED),
    CourseAct.CANCELLED: Act((S.DRAFT, S.SENT, S.RECEIVED), S.CANCELLED),
    CourseAct.OBSTACLE: Act((S.DRAFT, *OUT), code="E.3.3"),
    CourseAct.SUPERVISED: Act(OUT, code="E.3.4", who=SUPERVISE),
    CourseAct.REPORTED: Act((S.ACCEPTED, S.REFUSED, S.NO_ANSWER, S.ENDED), code="E.3.5"),
}
# After these another institution may be asked.
IN_VAIN = (S.REFUSED, S.NO_ANSWER, S.CANCELLED)
ANSWERS = (CourseAct.ACCEPTED, CourseAct.REFUSED, CourseAct.NO_ANSWER)


@transaction.atomic
def design(*, case: Case, values: Mapping[str, Any], by: User, key: str = "") -> ReferralCourse:
    """Choose need and receiver, say what is shared, and what the client's side said to it."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return ReferralCourse.objects.get(pk=answer)
    allow(permissions.why_not_record(by, case))
    course = ReferralCourse(case=case, institution=case.institution, made_by=by, made_on=case.institution.today())
    for name in FIELDS:
        setattr(course, name, values[name] if name in values else getattr(course, name))
    refuse(_reasons_against(course))
    try:
        with transaction.atomic():
            course.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused(_("Rujukan klien ini ke %s masih berjalan.") % course.partner) from taken
    step = _step(course, CourseAct.DESIGNED, course.made_on, "", by)
    if not _is_candidate(case):
        _work(step, "E.3.1", course.reason)
    finish(case, by=by, verb="referral.designed", data={"referral": course.pk})
    keys.settle(key, course.pk)
    return course


@transaction.atomic
def act(*, course: ReferralCourse, name: CourseAct, on: date, text: str, by: User, key: str = "") -> ReferralCourse:
    """One act of ``ACTS``; whoever comes second finds another state and gets 409."""
    case = lock(course.case, by=by)
    course = ReferralCourse.objects.select_for_update(of=("self",)).select_related("partner").get(pk=course.pk)
    if keys.claim(key, by=by):
        return course
    row = ACTS[name]
    allow(why_not(by, case, row))
    if course.state not in row.before:
        raise Stale(_("Rujukan ini sudah %s.") % course.get_state_display().lower())
    refuse(_reasons_not_to_act(course, case, name, on, text))
    _change(course, name, on, text, by)
    step = _step(course, name, on, text, by)
    code = "A.x" if row.code == "E.3.2" and _is_candidate(case) else row.code
    if code:
        _work(step, code, text or course.reason)
    finish(case, by=by, verb=f"referral.{name.value}", data={"referral": course.pk}, reason=_told(name, text))
    keys.settle(key, course.pk)
    return course


def why_not(by: User, case: Case, row: Act) -> str:
    """Work is of who works on the case or supervises it; the rest has four eyes."""
    if row.who == WORK:
        return permissions.why_not_log(by, case)
    if row.who == HEAD:
        if not by.has_role(Role.HEAD):
            return _("Hanya Kepala UPT yang melanjutkan rujukan tanpa persetujuan klien.")
    elif not by.has_role(*permissions.SUPERVISING):
        return permissions.why_not_supervisor()
    return permissions.why_not_independent(by, case, [], None)


def may_design(by: User, case: Case) -> bool:
    return not case.is_closed and not permissions.why_not_record(by, case)


def open_acts(by: User, course: ReferralCourse) -> list[CourseAct]:
    """What somebody may do to a referral now, in the order of the table."""
    if course.case.is_closed:
        return []
    found = [name for name, row in ACTS.items() if course.state in row.before and not why_not(by, course.case, row)]
    if course.is_consented or course.override_by_id:
        found = [name for name in found if name != CourseAct.OVERRIDDEN]
    elif CourseAct.SENT in found:
        found.remove(CourseAct.SENT)
    if course.answer_due_on and course.answer_due_on >= course.institution.today():
        found = [name for name in found if name != CourseAct.NO_ANSWER]
    return found


def may_read(user: User, course: ReferralCourse) -> bool:
    """What is shared may tell of health: then whoever reads the restricted parts of the case."""
    return not course.is_restricted or restricted.reading(user, course.case) == Reading.OPEN


def in_sight(user: User, pk: int) -> ReferralCourse:
    rows = ReferralCourse.objects.visible_to(user).select_related("case__client", "case__institution", "partner")
    found = rows.select_related("institution", "made_by", "override_by").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Rujukan tidak ditemukan."))
    return found


def _reasons_against(course: ReferralCourse) -> list[str]:
    today, partner = course.institution.today(), course.partner
    reasons = soundness.faults(course)
    if course.case.is_closed:
        reasons.append(_("Kasus sudah ditutup."))
    if partner.institution_id != course.institution_id or partner.retired_on:
        reasons.append(_("Pilih lembaga dari daftar mitra yang dipakai."))
    elif course.need not in partner.services:
        reasons.append(_("%s tidak tercatat memberi layanan itu.") % partner)
    if not course.parts or not set(course.parts) <= set(PackagePart.values):
        reasons.append(_("Pilih apa yang disertakan."))
    if course.consent and not (course.consent_name and course.consent_on):
        reasons.append(_("Isi nama dan tanggal persetujuan berbagi data."))
    if course.consent in Signer.with_witnesses() and not (course.witness_1 and course.witness_2):
        reasons.append(_("Isi nama dua saksi."))
    if course.consent_on and course.consent_on > today:
        reasons.append(_("Tanggal persetujuan tidak boleh di masa depan."))
    return reasons


def _reasons_not_to_act(course: ReferralCourse, case: Case, name: CourseAct, on: date, text: str) -> list[str]:
    reasons = [_("Kasus sudah ditutup.")] if case.is_closed else []
    if on > course.institution.today():
        reasons.append(_("Tanggal tidak boleh di masa depan."))
    if on < (course.sent_on or case.first_contact_on):
        reasons.append(_("Tanggal mendahului pengiriman rujukan atau kontak pertama."))
    if name == CourseAct.SENT and not (course.is_consented or course.override_by_id):
        reasons.append(_("Klien atau wali belum menyetujui datanya dibagikan; Kepala UPT dapat memutus lain."))
    if name == CourseAct.OVERRIDDEN and course.is_consented:
        reasons.append(_("Klien atau wali sudah menyetujui."))
    if name == CourseAct.NO_ANSWER and course.answer_due_on and on <= course.answer_due_on:
        reasons.append(_("Jawaban masih ditunggu."))
    if name not in (CourseAct.SENT, CourseAct.RECEIVED) and not text.strip():
        reasons.append(_("Isi keterangannya."))
    return reasons


def _change(course: ReferralCourse, name: CourseAct, on: date, text: str, by: User) -> None:
    before, row = course.state, ACTS[name]
    fields: dict[str, Any] = {"state": row.after or before}
    if name == CourseAct.OVERRIDDEN:
        fields |= {"override_reason": text, "override_by": by}
    if name == CourseAct.SENT:
        fields |= {"sent_on": on, "answer_due_on": on + timedelta(days=USUAL_DAYS)}
    if name in ANSWERS:
        fields["answered_on"] = on
    if not ReferralCourse.objects.filter(pk=course.pk, state=before).update(**fields):
        raise Stale(_("Rujukan ini sudah berubah sejak halaman dibuka."))
    course.refresh_from_db(fields=list(fields))
    _remind(course, name, by)


def _remind(course: ReferralCourse, name: CourseAct, by: User) -> None:
    """Who sent a letter is to ask after its answer; the task ends with the answer."""
    asked = Task.objects.filter(source=TaskSource.LETTER, source_id=course.pk, case=course.case).running()
    if name == CourseAct.SENT:
        text = _("Tanyakan jawaban rujukan ke %s.") % course.partner
        due = max(course.answer_due_on or course.institution.today(), course.institution.today())
        about = {"case": course.case, "due_on": due, "source": TaskSource.LETTER, "source_id": course.pk}
        tasks.give(for_users=[course.made_by], text=text, by=by, institution=course.institution, **about)
    elif name in (*ANSWERS, CourseAct.CANCELLED):
        for task in asked.select_related("case", "for_user", "given_by"):
            if not tasks.why_not_settle(by, task):
                tasks.settle(task=task, is_enough=True, text=_("Rujukan sudah dijawab atau dibatalkan."), by=by)


def _is_candidate(case: Case) -> bool:
    return case.stage == Stage.INTAKE and not case.stays.exists()


def _step(course: ReferralCourse, name: CourseAct, on: date, text: str, by: User) -> ReferralStep:
    step = ReferralStep(course=course, act=name, on=on, text=text, by=by)
    soundness.demand(step)
    step.save(force_insert=True)
    return step


def _told(name: CourseAct, text: str) -> str:
    """Why somebody went on without consent stands in the trail; other words stay with the referral."""
    return text if name in (CourseAct.OVERRIDDEN, CourseAct.CANCELLED) else ""


def _work(step: ReferralStep, code: str, account: str) -> None:
    done = Activity.objects.create(
        institution_id=step.course.institution_id,
        code=code,
        on=step.on,
        by=step.by,
        account="" if step.course.is_restricted else account,
        record_kind="referralstep",
        record_id=step.pk,
    )
    ActivityCase.objects.create(activity=done, case=step.course.case)
