"""May they do it? Predicates over person and case, asked inside every write function. Four eyes are on persons."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts import standing
from accounts.enums import Role, StandInKind
from accounts.models import Institution, Membership, User
from cases.models import Case, Client
from services.enums import Act, Kind
from services.models import OpeningList, Request, StageRecord

SUPERVISING = (Role.SUPERVISOR, Role.SECTION_HEAD)
READING_NIK = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.HEAD)


def is_worker(user: User, case: Case) -> bool:
    """A social worker assigned to the case today."""
    today = case.institution.today()
    return user.has_role(Role.SOCIAL_WORKER) and any(
        row.worker_id == user.pk and row.holds_on(today) for row in case.assignments.all()
    )


def may_read_nik(user: User, client: Client) -> bool:
    """The whole number, of a client in sight: whose work is with the person. Everybody else sees it masked."""
    return user.institution == client.institution and user.has_role(*READING_NIK)


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
    if any(row.worker_id == user.pk for row in case.assignments.all()):
        return _("Anda pekerja sosial kasus ini; keputusan harus dari orang lain.")
    if any(user.pk in record.author_ids for record in judged if record.is_judged_work):
        return _("Anda ikut menulis isi yang dinilai; keputusan harus dari orang lain.")
    return ""


def why_not_supervise(
    user: User, case: Case, judged: list[StageRecord], request: Request | None, staff: list[Membership] | None = None
) -> str:
    """A supervisor of the UPT, with four eyes; the head where no supervisor is eligible (dieskalasi).

    On a decision a head who is a supervisor too counts as the head: whoever endorses did not also supervise.
    ``staff`` spares a page with many cases of one UPT asking for its ``supervising_staff`` again and again.
    """
    if user.has_role(*SUPERVISING) and not _acts_as_head(user, request):
        return why_not_independent(user, case, judged, request)
    if user.has_role(Role.HEAD):
        if has_eligible_supervisor(case, judged, request, staff):
            return _("Masih ada supervisor yang dapat memutus; Kepala UPT mengesahkan sesudahnya.")
        return why_not_independent(user, case, judged, request)
    return why_not_supervisor()


def why_not_supervisor() -> str:
    return _("Hanya supervisor yang dapat memberi supervisi dan memutus pengajuan.")


def supervising_staff(upt: Institution) -> list[Membership]:
    """The roles, held today by people at work, of all who supervise or head a UPT; those lent to stand-ins too.

    For whom somebody stands in supervises nobody meanwhile: cases that the stand-in works on go to the head.
    """
    today = upt.today()
    rows = upt.memberships.filter(role__in=(*SUPERVISING, Role.HEAD), user__is_active=True)
    held = [row for row in rows.select_related("user").order_by("pk") if row.holds_on(today)]
    lent = [row for row in standing.on_duty(upt, today) if row.kind != StandInKind.MANDATE]
    away = {(row.for_whom_id, row.role) for row in lent if row.role != Role.HEAD}
    present = [row for row in held if (row.user_id, row.role) not in away]
    return present + [Membership(user=row.holder, institution=upt, role=row.role) for row in lent]


def has_eligible_supervisor(
    case: Case, judged: list[StageRecord], request: Request | None, staff: list[Membership] | None = None
) -> bool:
    """Somebody in the UPT may supervise this case with four eyes."""
    staff = supervising_staff(case.institution) if staff is None else staff
    heads = {row.user_id for row in staff if row.role == Role.HEAD} if _is_decision(request) else set()
    return any(
        not why_not_independent(row.user, case, judged, request)
        for row in staff
        if row.role in SUPERVISING and row.user_id not in heads
    )


def is_escalated(user: User, request: Request | None) -> bool:
    """The head does what a supervisor would do."""
    return not user.has_role(*SUPERVISING) or _acts_as_head(user, request)


def capacity(user: User, request: Request | None) -> str:
    """As what kind of stand-in somebody supervises; nothing for who holds the post."""
    return user.capacity(Role.HEAD) if is_escalated(user, request) else user.capacity(*SUPERVISING)


def why_not_endorse(user: User, case: Case, judged: list[StageRecord], request: Request) -> str:
    if not user.has_role(Role.HEAD):
        return _("Hanya Kepala UPT yang mengesahkan keputusan.")
    if any(d.act == Act.APPROVE and d.decided_by_id == user.pk for d in request.decisions.all()):
        return _("Anda yang menyetujui sebagai supervisor; pengesahan harus dari orang lain.")
    return why_not_independent(user, case, judged, request)


def _is_decision(request: Request | None) -> bool:
    return request is not None and request.kind != Kind.STAGE


def _acts_as_head(user: User, request: Request | None) -> bool:
    return _is_decision(request) and user.has_role(Role.HEAD)


def why_not_depart(user: User, case: Case) -> str:
    """An event is recorded by whoever is on duty: workers of the UPT, its supervisors, its head."""
    if user.has_role(Role.SOCIAL_WORKER, *SUPERVISING, Role.HEAD) and user.institution == case.institution:
        return ""
    return _("Hanya petugas UPT ini yang mencatat klien keluar.")


def why_not_house(user: User, case: Case) -> str:
    """Who sleeps where is settled by whoever is on duty, and by the office that keeps the rooms."""
    here = user.institution == case.institution
    if here and user.has_role(Role.SOCIAL_WORKER, *SUPERVISING, Role.HEAD, Role.ADMIN_OFFICE):
        return ""
    return _("Hanya petugas UPT ini yang memindahkan klien.")


def why_not_waive(user: User, case: Case) -> str:
    """The head lets one paper follow later, but not on a case of their own."""
    if not user.has_role(Role.HEAD):
        return _("Hanya Kepala UPT yang memberi persetujuan menyusul.")
    return why_not_independent(user, case, [], None)


def why_not_take_over(user: User, institution: Institution) -> str:
    """Running cases are brought in by the office or a supervisor; the head endorses the list."""
    if user.has_role(Role.ADMIN_OFFICE, Role.SUPERVISOR) and user.institution == institution:
        return ""
    return _("Kasus berjalan diimpor oleh tata usaha atau supervisor; Kepala UPT mengesahkan daftarnya.")


def why_not_endorse_opening(user: User, opening: OpeningList) -> str:
    """The head, if they brought in none of it."""
    if not user.has_role(Role.HEAD) or user.institution != opening.institution:
        return _("Hanya Kepala UPT yang mengesahkan saldo awal.")
    if opening.entries.filter(imported_by=user).exists():
        return _("Anda ikut mengimpor daftar ini; pengesahan harus dari orang lain.")
    return ""
