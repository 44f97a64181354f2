"""Papers of a UPT that begins."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.authority import MANAGERS, is_within
from accounts.enums import InstitutionKind, Role
from accounts.models import Institution
from audit.trail import Subject
from rehsos import doors
from reports import letterhead_paper, opening_paper
from reports.views import printed
from services.acts import case_subject
from services.models import OpeningList
from services.views import fetch


@doors.roles(*MANAGERS)
def letterhead(request: HttpRequest) -> HttpResponse:
    """The sample of one's own UPT, or of the one the administrator names."""
    upts = Institution.objects.filter(kind=InstitutionKind.UPT)
    code = request.GET.get("upt")
    found = upts.filter(code=code).first() if code else request.user.institution
    if found is None or not is_within(request.user, found):
        raise Http404(_("Lembaga tidak ditemukan."))
    return printed(letterhead_paper.sample(found, by=request.user), f"contoh-naskah-{found.code}.pdf")


@doors.roles(Role.ADMIN_OFFICE, Role.SUPERVISOR, Role.HEAD)
def opening_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The berita acara of a list that the head has endorsed; the reading of every case on it is on record first."""
    rows = OpeningList.objects.select_related("institution", "endorsed_by", "opened_by")
    found = rows.filter(institution=request.user.institution, number=number, endorsed_at__isnull=False).first()
    if found is None:
        raise Http404(_("Daftar ini tidak ada atau belum disahkan."))
    rows = found.entries.select_related("case__client").defer("case__client__nik").order_by("pk")
    entries = list(rows.prefetch_related("case__stays"))
    people = [Subject("client", one.case.client_id, one.case.client.number) for one in entries]
    fetch.seen(request, "opening_pdf", [*(case_subject(one.case) for one in entries), *people])
    return printed(opening_paper.opening_report(found, entries, by=request.user), f"saldo-awal-{number}.pdf")
