"""The papers of timetable and sessions, handed out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from audit.trail import Subject
from cases.models import Case
from rehsos import doors
from reports import progress_paper, session_papers
from reports.views import printed
from services import attendees, session_permissions, worktime
from services.acts import case_subject
from services.models import ProgrammeActivity
from services.views import fetch, readers
from services.views.delivered import month_of
from services.views.timetable import day_asked


@doors.roles(*readers.WORKLOG)
def session_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Daftar hadir of a session; ``?kosong=1`` to be filled by hand."""
    now = attendees.at_hand(pk, by=request.user)
    subjects = [Subject("case", place.case, place.number) for place in now.listed]
    fetch.seen(request, "session_sheet", [Subject("session", pk, now.session.activity.name), *subjects])
    is_blank = "kosong" in request.GET
    return printed(session_papers.session_sheet(now, by=request.user, is_blank=is_blank), f"daftar-hadir-{pk}.pdf")


@doors.roles(*readers.WORKLOG)
def month_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Daftar hadir of an activity in a month: the sessions in sight."""
    rows = ProgrammeActivity.objects.filter(institution=request.user.institution, pk=pk)
    activity = rows.select_related("institution").first()
    if activity is None or not session_permissions.may_read_list(request.user, activity):
        raise Http404(_("Kegiatan tidak ditemukan."))
    first, last, _today = month_of(request)
    context = session_papers.month_context(activity, first, last, by=request.user)
    shown = Case.objects.filter(pk__in=context["cases"])
    subject = Subject("programme", activity.pk, activity.name)
    fetch.seen(request, "month_sheet", [subject, *map(case_subject, shown)])
    return printed(session_papers.month_sheet(context), f"daftar-hadir-{pk}-{first:%Y-%m}.pdf")


@doors.roles(*readers.WORKLOG)
def week_sheet(request: HttpRequest) -> HttpResponse:
    """The timetable of a week, without clients."""
    day = day_asked(request)
    return printed(session_papers.week_paper(day, by=request.user), f"jadwal-{day:%Y-%m-%d}.pdf")


@doors.roles(*readers.CASES)
def progress_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The laporan perkembangan of the period asked for, the last sheet's without one."""
    case = fetch.case(request, number, "progress_pdf")
    asked = request.GET.get("periode")
    try:
        start = worktime.month(asked) if asked else None
    except ValueError as unknown:
        raise Http404(_("Bulan itu tidak ada. Tulis seperti 2026-07.")) from unknown
    if start and start > case.institution.today():
        raise Http404(_("Bulan itu belum dimulai."))
    sheet = progress_paper.sheet_of(case, start, by=request.user)
    paper = progress_paper.progress_report(case, sheet, by=request.user)
    return printed(paper, f"perkembangan-{case.number}-{sheet.period_on:%Y-%m}.pdf")
