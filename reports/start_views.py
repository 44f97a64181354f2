"""Papers of a UPT that begins."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.authority import MANAGERS, is_within
from accounts.enums import InstitutionKind
from accounts.models import Institution
from rehsos import doors
from reports import letterhead_paper
from reports.views import printed


@doors.roles(*MANAGERS)
def letterhead(request: HttpRequest) -> HttpResponse:
    """The sample of one's own UPT, or of the one the administrator names."""
    upts = Institution.objects.filter(kind=InstitutionKind.UPT)
    code = request.GET.get("upt")
    found = upts.filter(code=code).first() if code else request.user.institution
    if found is None or not is_within(request.user, found):
        raise Http404(_("Lembaga tidak ditemukan."))
    return printed(letterhead_paper.sample(found, by=request.user), f"contoh-naskah-{found.code}.pdf")
