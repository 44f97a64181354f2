"""May they do it? Predicates over person and case, asked inside every write function. Four eyes are on persons."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from cases.models import Assignment, Case, in_force
from services.models import Request, StageRecord

SUPERVISING = (Role.SUPERVISOR, Role.SECTION_HEAD)


def is_worker(user: User, case: Case) -> bool:
    """A social worker assigned to the case today."""
    return user.has_role(Role.SOCIAL_WORKER) and (
        Assignment.objects.filter(in_force(case.institution.today()), worker=user, case=case).exists()
    )


def why_not_record(user: User, case: Case) -> str:
    return "" if is_worker(user, case) else _("Hanya pekerja sosial kasus ini yang dapat mengisi dan mengajukan.")


def why_not_log(user: User, case: Case) -> str:
    """Activities: the workers of the case, and those who supervise or head its UPT."""
    if user.has_role(*SUPERVISING, Role.HEAD) or is_worker(user, case):
        return ""
    return _("Anda tidak bertugas pada kasus %s.") % case.number


def why_not_assign(user: User) -> str:
    if user.has_role(Role.SUPERVISOR, Role.HEAD):
        return ""
    return _("Hanya supervisor atau Kepala UPT yang membagi tugas kasus.")


def why_not_open(user: User) -> str:
    if user.has_role(Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.HEAD):
        return ""
    return _("Hanya pekerja sosial, supervisor, atau Kepala UPT yang membuka kasus.")


def why_not_independent(user: User, case: Case, judged: Iterable[StageRecord], request: Request | None) -> str:
    """Nobody decides on their own work: not the requester, not a worker of the case, not an author of what is judged.

    Chairing a conference or sitting on a panel does not count.
    """
    if request and request.requested_by_id == user.pk:
        return _("Anda yang mengajukan; keputusan harus dari orang lain.")
    if Assignment.objects.filter(case=case, worker=user).exists():
        return _("Anda pekerja sosial kasus ini; keputusan harus dari orang lain.")
    if any(user.pk in record.author_ids for record in judged if record.is_judged_work):
        return _("Anda ikut menulis isi yang dinilai; keputusan harus dari orang lain.")
    return ""


def why_not_supervise(user: User, case: Case, judged: list[StageRecord], request: Request | None) -> str:
    """A supervisor of the UPT, with four eyes; the head where no supervisor is eligible (dieskalasi)."""
    if user.has_role(*SUPERVISING):
        return why_not_independent(user, case, judged, request)
    if user.has_role(Role.HEAD):
        if has_eligible_supervisor(case, judged, request):
            return _("Masih ada supervisor yang dapat memutus; Kepala UPT mengesahkan sesudahnya.")
        return why_not_independent(user, case, judged, request)
    return _("Hanya supervisor yang dapat memberi supervisi dan memutus pengajuan.")


def has_eligible_supervisor(case: Case, judged: list[StageRecord], request: Request | None) -> bool:
    """Somebody in the UPT may supervise this case with four eyes."""
    today = case.institution.today()
    supervisors = User.objects.filter(
        is_active=True, memberships__in=case.institution.memberships.filter(role__in=SUPERVISING)
    ).exclude(memberships__until_on__lt=today)
    return any(not why_not_independent(user, case, judged, request) for user in supervisors.distinct())


def is_escalated(user: User) -> bool:
    """The head stands in for a supervisor."""
    return not user.has_role(*SUPERVISING)


def why_not_endorse(user: User, case: Case, judged: list[StageRecord], request: Request) -> str:
    if not user.has_role(Role.HEAD):
        return _("Hanya Kepala UPT yang mengesahkan keputusan.")
    return why_not_independent(user, case, judged, request)
