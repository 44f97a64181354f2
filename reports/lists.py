"""Lists of the screen as spreadsheets, under the same filter and for the same eyes."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.models import Case
from rehsos import doors
from reports import tables
from services import caseload
from services.acts import case_subject
from services.caseload import Row
from services.filters import CaseFilter
from services.views import fetch, readers


@doors.roles(*readers.REGISTER)
def case_table(request: HttpRequest) -> HttpResponse:
    """Every case that passes the filter, not only the page at hand."""
    user = request.user
    narrowed = CaseFilter(request.GET, Case.objects.visible_to(user), user=user)
    found = caseload.listed(narrowed.in_order, narrowed.today).prefetch_related("client__categories")
    rows = caseload.rows(found[: tables.MAX_ROWS + 1], narrowed.today)
    headings = (
        _("Nomor kasus"),
        _("Klien"),
        _("Jenis kelamin"),
        _("Umur"),
        _("Kabupaten/kota"),
        _("Kategori"),
        _("Tahap"),
        _("Status"),
        _("Hari di tahap"),
        _("Pekerja sosial"),
        _("Langkah berikutnya"),
        _("Tenggat"),
        _("Agenda sidang"),
        _("Dibuka"),
        _("Ditutup"),
    )
    response = tables.export("daftar-kasus.xlsx", _("Kasus"), headings, (_line(row, narrowed.today) for row in rows))
    fetch.seen(request, "case_table", (case_subject(row.case) for row in rows))
    return response


def _line(row: Row, today: date) -> tuple[tables.Value, ...]:
    case, client = row.case, row.case.client
    return (
        case.number,
        client.shown_name,
        client.get_sex_display(),
        client.age_on(today),
        str(client.get_regency_display()),
        next((str(c.get_category_display()) for c in client.categories.all() if c.is_primary), ""),
        f"{case.at.letter} {case.at.label}",
        case.get_status_display(),
        None if case.closed_on else row.days,
        row.workers,
        case.next_step,
        case.next_due_on,
        row.court_on,
        case.opened_on,
        case.closed_on,
    )
