"""The monthly report as a paper: the frame around the chapters of ``sheets``, signed by the head."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Institution, User
from rehsos.formatting import long_date
from reports import monthly, narrative, pdf, sheets
from reports.counts import MonthReport
from reports.issuable import Drawn
from reports.letters import Made, framed
from reports.months import Month
from reports.paper import Paper, Stamp, place_and_date
from reports.signers import head_signature
from services.models import MonthWords

TEMPLATE = "reports/print/month_report.html"


def month_report(institution: Institution, month: Month, *, by: User) -> bytes:
    """The report of a UPT on a month as a PDF; a draft, for its numbers follow what is on record."""
    report = monthly.report(institution, month)
    return pdf.render(*drawn(report, narrative.of(institution, month), by=by))


def drawn(
    report: MonthReport, words: MonthWords | None, *, by: User, stamp: Stamp | None = None, revision: int = 0
) -> Drawn:
    """Template and context; under a stamp as it is frozen."""
    with timezone.override(ZoneInfo(report.institution.time_zone)):
        chapters = sheets.chapters(report, words=words)
        return TEMPLATE, {"paper": _paper(report, by, stamp, revision), "chapters": chapters}


def _paper(report: MonthReport, by: User, stamp: Stamp | None, revision: int) -> Paper:
    institution, month = report.institution, report.month
    today = institution.today()
    day = today if stamp else min(month.last, today)
    lead = place_and_date(institution, long_date(today) if stamp else "." * 24)
    under = [_("Bulan %s") % month.label, *([_("Revisi ke-%d") % revision] if revision else [])]
    return framed(
        Made(institution, by, stamp),
        _("Laporan Bulanan Pelayanan dan Rehabilitasi Sosial"),
        _("%(month)s, %(name)s") % {"month": month.label, "name": institution.name},
        under="\n".join(under),
        closing=_("Demikian laporan bulanan ini dibuat untuk dipergunakan sebagaimana mestinya."),
        signatures=[[head_signature(institution, day, lead=lead)]],
    )
