"""The letter of a referral, for whoever may read what is shared."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rehsos import doors
from reports import referral_paper
from reports.views import printed
from services.referrals import course
from services.views import fetch, readers


@doors.roles(*readers.CASES)
def referral_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    found = course.in_sight(request.user, pk)
    if not course.may_read(request.user, found):
        raise PermissionDenied(_("Surat ini memuat bagian terbatas."))
    fetch.seen_case(request, found.case, "referral_pdf")
    return printed(referral_paper.letter(found, by=request.user), f"surat-rujukan-{found.case.number}-{pk}.pdf")
