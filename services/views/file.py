"""The only way a kept file goes out: to those who may see what it belongs to, and never unseen."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from audit.trail import Subject
from cases import files
from cases.models import Case
from rehsos import doors
from services import outreach, session_permissions
from services.models import (
    Activity,
    EarlierScan,
    OutreachPaper,
    OutreachProgramme,
    Session,
    SessionPhoto,
    SupportingStep,
    SupportingWork,
)
from services.outreach_enums import OutreachPaperKind
from services.supporting import works
from services.views import fetch, readers
from services.views.documents import file_of_document


@doors.roles(*readers.WORKLOG)
def file(request: HttpRequest, pk: UUID) -> FileResponse:
    if document := file_of_document(request, pk):
        return document
    if scan := _scan(request, pk):
        fetch.seen_case(request, scan.case, "file")
        return files.serve(scan.file)
    activity = Activity.objects.visible_to(request.user).select_related("evidence").filter(evidence=pk).first()
    if activity is None:
        return _of_outreach(request, pk) or _of_supporting(request, pk) or _of_session(request, pk)
    if not files.path(activity.evidence).is_file():
        raise Http404(_("Berkas tidak ditemukan."))
    fetch.seen(request, "file", [fetch.activity_subject(activity)])
    return files.serve(activity.evidence)


def _scan(request: HttpRequest, pk: UUID) -> EarlierScan | None:
    """A scan from before the system, for who may read its case."""
    rows = EarlierScan.objects.filter(case__in=Case.objects.visible_to(request.user), file=pk)
    scan = rows.select_related("file", "case__client").first() if request.user.has_role(*readers.CASES) else None
    return scan if scan and files.path(scan.file).is_file() else None


def _of_outreach(request: HttpRequest, pk: UUID) -> FileResponse | None:
    """Material and evaluations of a programme are for everybody who does outreach; who came is in lists of few."""
    programmes = OutreachProgramme.objects.visible_to(request.user)
    rows = OutreachPaper.objects.filter(file=pk, programme__in=programmes).exclude(code=OutreachPaperKind.PARTICIPANTS)
    paper = rows.select_related("file", "programme").first()
    if paper is None or not files.path(paper.file).is_file():
        return None
    fetch.seen(request, "file", [outreach.subject(paper.programme)])
    return files.serve(paper.file)


def _of_supporting(request: HttpRequest, pk: UUID) -> FileResponse | None:
    """What came of a step of supporting work is for everybody who sees the work; no client is in it."""
    seen = SupportingWork.objects.visible_to(request.user)
    step = SupportingStep.objects.filter(file=pk, work__in=seen).select_related("file", "work").first()
    if step is None or not files.path(step.file).is_file():
        return None
    fetch.seen(request, "file", [works.subject(step.work)])
    return files.serve(step.file)


def _of_session(request: HttpRequest, pk: UUID) -> FileResponse:
    """A picture of a session: for whoever may read what is told of it."""
    rows = SessionPhoto.objects.filter(file=pk, session__in=Session.objects.visible_to(request.user))
    photo = rows.select_related("file", "session__activity").first()
    if photo is None or not session_permissions.may_read_notes(request.user, photo.session):
        raise Http404(_("Berkas tidak ditemukan."))
    if not files.path(photo.file).is_file():
        raise Http404(_("Berkas tidak ditemukan."))
    fetch.seen(request, "file", [Subject("session", photo.session_id, photo.session.activity.name)])
    return files.serve(photo.file)
