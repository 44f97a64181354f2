"""The form of a visit on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.enums import Stage
from cases.models import Case
from rehsos import doors
from reports import visit_form
from reports.views import printed
from services.acts import case_subject
from services.aftercare.visiting import MOST
from services.views import fetch, readers


@doors.roles(*readers.CASES)
def visit_form_pdf(request: HttpRequest) -> HttpResponse:
    """Blank, or a page for each of the former clients in the address."""
    numbers = list(dict.fromkeys(request.GET.getlist("kasus")))[:MOST]
    rows = Case.objects.visible_to(request.user).filter(number__in=numbers, stage=Stage.AFTERCARE)
    found = {case.number: case for case in rows.select_related("client", "institution")}
    if len(found) < len(numbers):
        raise Http404(_("Kasus tidak ditemukan."))
    cases = [found[number] for number in numbers]
    fetch.seen(request, "visit_form_pdf", map(case_subject, cases))
    return printed(visit_form.printed(cases, by=request.user), "formulir-kunjungan.pdf")
