"""Who may issue a paper, see its content, add to it, cancel it; asked inside the write functions and by pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from cases.models import WHOLE_UPT, Case
from reports.enums import PaperKind, Restriction
from reports.models import IssuedPaper
from services import permissions

DECIDERS = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)


def why_not_issue(user: User, kind: PaperKind, cases: Iterable[Case]) -> str:
    """The worker of the case and who supervises or heads; tata usaha, the decrees alone. Supervision is no worker's."""
    if user.has_role(*DECIDERS) or (user.has_role(Role.ADMIN_OFFICE) and kind == PaperKind.PLACEMENT):
        return ""
    if kind == PaperKind.SUPERVISION:
        return _("Catatan supervisi diterbitkan oleh supervisor atau Kepala UPT.")
    if all(permissions.is_worker(user, case) for case in cases):
        return ""
    return _("Hanya pekerja sosial kasus ini, supervisor, atau Kepala UPT yang menerbitkan naskahnya.")


def why_not_read(user: User, paper: IssuedPaper) -> str:
    """Letters are read by tata usaha too; what is secret only by who may read all the cases it is about."""
    if user.has_role(*DECIDERS):
        return ""
    if user.has_role(Role.ADMIN_OFFICE):
        if paper.restriction == Restriction.ORDINARY:
            return ""
        return _("Naskah ini rahasia: tata usaha melihat nomor dan keadaannya, bukan isinya.")
    if Case.objects.visible_to(user).filter(papers__paper=paper).count() == len(paper.links.all()):
        return ""
    return _("Naskah ini memuat klien lain. Mintalah kepada supervisor atau tata usaha.")


def may_follow(user: User) -> bool:
    """Whether somebody who has a paper in sight may bring its scan and note to whom it was given."""
    return user.has_role(Role.SOCIAL_WORKER, *WHOLE_UPT)


def why_not_follow(user: User) -> str:
    return "" if may_follow(user) else _("Hanya petugas UPT yang menangani kasus atau surat yang mencatat ini.")


def why_not_cancel(user: User, paper: IssuedPaper) -> str:
    if paper.kind == PaperKind.MONTH:
        return _("Laporan bulanan yang dibekukan diganti dengan revisi dari halaman bulannya.")
    if user.has_role(*DECIDERS) or paper.issued_by_id == user.pk:
        return ""
    return _("Hanya penerbitnya, supervisor, atau Kepala UPT yang membatalkan naskah.")
