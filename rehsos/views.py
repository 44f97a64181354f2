"""Pages of the house itself: health, and the answers to what Django refuses on its own."""

import sys
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rehsos import doors, errors
from rehsos.inputgate import too_big


@doors.public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, else 503; says nothing more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("tidak tersedia\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("baik\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_big(request)
    words = _("Permintaan ini tidak lengkap atau rusak. Buka lagi halamannya dari menu.")
    return errors.page(request, 400, _("Permintaan tidak dapat dibaca"), words)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    words = str(exception) or _("Anda tidak berwenang melakukan ini.")
    return errors.page(request, 403, _("Tidak diizinkan"), words, keep=errors.posted(request))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    words = _("Halaman atau data ini tidak ada, atau bukan bagian tugas Anda. Periksa alamatnya atau mulai dari menu.")
    return errors.page(request, 404, _("Tidak ditemukan"), words, keep=errors.posted(request), action="")


def server_error(request: HttpRequest) -> HttpResponse:
    """Faults, and known failures that struck outside a view (for instance while the session was read)."""
    error = sys.exc_info()[1]
    return (errors.respond(request, error) if error else None) or errors.fault(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with the text kept; one click sends it again, unless it came from a page that is not ours."""
    words = _("Halaman ini terlalu lama terbuka atau Anda masuk lagi di tab lain, jadi belum ada yang disimpan.")
    keep = errors.posted(request) if _is_own_page(request) else None
    return errors.page(request, 403, _("Kirim sekali lagi"), words, keep=keep)


def _is_own_page(request: HttpRequest) -> bool:
    """Whether the form lay on this site: a strange page must not get its fields offered for sending again."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    return urlsplit(origin).netloc == request.get_host()
