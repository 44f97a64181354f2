"""The monthly report as a paper: the frame around the chapters of ``sheets``, signed by the head."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Institution, User
from reports import monthly, pdf, sheets
from reports.counts import MonthReport
from reports.months import Month
from reports.paper import Paper, foot, place_and_date
from reports.signers import head_signature


def month_report(institution: Institution, month: Month, *, by: User) -> bytes:
    """The report of a UPT on a month as a PDF; a draft, for its numbers follow what is on record."""
    with timezone.override(ZoneInfo(institution.time_zone)):
        report = monthly.report(institution, month)
        return pdf.render(
            "reports/print/month_report.html", {"paper": _paper(report, by), "chapters": sheets.chapters(report)}
        )


def _paper(report: MonthReport, by: User) -> Paper:
    institution, month = report.institution, report.month
    draft = _("KONSEP – belum disahkan")
    day = min(month.last, institution.today())
    lead = place_and_date(institution, "." * 24)
    return Paper(
        title=_("Laporan Bulanan Pelayanan dan Rehabilitasi Sosial"),
        about=_("%(month)s, %(name)s") % {"month": month.label, "name": institution.name},
        subtitle="\n".join((_("Bulan %s") % month.label, draft)),
        running_head=_("Laporan Bulanan %(month)s · %(name)s · %(draft)s")
        % {"month": month.label, "name": institution.name, "draft": draft},
        foot=foot(institution, by=by, draft=draft),
        institution=institution,
        closing=_("Demikian laporan bulanan ini dibuat untuk dipergunakan sebagaimana mestinya."),
        signatures=[[head_signature(institution, day, lead=lead)]],
    )
