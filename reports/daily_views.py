"""The papers of the day book: an incident's berita acara, the letter of a home leave, the receipt of a deposit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rehsos import doors
from reports import daily_papers, deposit_paper
from reports.views import printed
from services import deposits, presence
from services.acts import case_subject
from services.enums import PresenceKind
from services.models import DepositMovement, Incident, Presence
from services.views import fetch, readers


@doors.roles(*readers.WORKLOG)
def incident_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Incident.objects.visible_to(request.user).select_related("institution", "by", "closed_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Kejadian tidak ditemukan."))
    people = found.residents.select_related("stay__case")
    fetch.seen(request, "incident_pdf", [case_subject(row.stay.case) for row in people])
    return printed(daily_papers.incident_report(found, by=request.user), f"berita-acara-kejadian-{found.pk}.pdf")


@doors.roles(*readers.WORKLOG)
def leave_pdf(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    rows = Presence.objects.filter(stay__in=presence.visible_stays(request.user), kind=PresenceKind.HOME_LEAVE)
    rows = rows.select_related("stay__case__client", "stay__institution")
    found = rows.filter(pk=pk, stay__case__number=number).first()
    if found is None:
        raise Http404(_("Surat izin tidak ditemukan."))
    fetch.seen_case(request, found.stay.case, "leave_pdf")
    return printed(daily_papers.leave_letter(found, by=request.user), f"surat-izin-pulang-{number}-{pk}.pdf")


@doors.roles(*deposits.KEEPERS)
def deposit_pdf(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    rows = DepositMovement.objects.filter(account__in=deposits.accounts(request.user))
    rows = rows.select_related("account__case__client", "account__institution", "by", "reversed_by")
    found = rows.filter(pk=pk, account__case__number=number).first()
    if found is None:
        raise Http404(_("Catatan tidak ditemukan."))
    fetch.seen_case(request, found.account.case, "deposit_pdf")
    return printed(deposit_paper.receipt(found, by=request.user), f"tanda-terima-titipan-{number}-{found.number}.pdf")
