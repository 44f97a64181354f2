"""What a person sees when something is refused or fails: the status, plain words, and the text they had typed."""

import errno
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import structlog
from django.apps import apps
from django.db import DatabaseError, DataError, InterfaceError, OperationalError, models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from rehsos import doors

log = structlog.get_logger(__name__)

RETRY_SECONDS = 10
SECRET_WORDS = ("password", "sandi")
NEVER_REPEATED = {"csrfmiddlewaretoken"}
FULL_WORDS = ("disk is full", "no space left", "readonly database")


# --- The text somebody had typed ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class KeptField:
    """One posted field on its way back; ``kind`` is hidden, line, text, password or file."""

    name: str
    value: str
    label: str
    kind: str


@cache
def _labels() -> dict[str, str]:
    """Words for the fields in which people type, by field name."""
    typed = (models.CharField, models.TextField, models.DateField, models.TimeField, models.DecimalField)
    return {
        field.name: str(field.verbose_name)
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, typed) and not field.choices
    }


def kept_fields(post: QueryDict) -> Iterator[KeptField]:
    """Every posted field, words to read again visible, the rest carried along; passwords come back empty."""
    for name, values in post.lists():
        if name in NEVER_REPEATED:
            continue
        label = _labels().get(name.rsplit("-", 1)[-1])
        for value in values:
            if any(word in name.lower() for word in SECRET_WORDS):
                yield KeptField(name, "", _("Kata sandi (ketik lagi)"), "password")
            elif "\n" in value or len(value) > 80:
                yield KeptField(name, value, label or _("Isian"), "text")
            else:
                yield KeptField(name, value, label or "", "line" if label else "hidden")


def _kept_files(request: HttpRequest) -> Iterator[KeptField]:
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            yield KeptField(name, "", file.name or "", "file")


# --- Pages ----------------------------------------------------------------------------------------------------------
def page(
    request: HttpRequest,
    status: int,
    title: str,
    message: str,
    *,
    reasons: list[str] | None = None,
    keep: QueryDict | None = None,
    action: str | None = None,
    back: str = "",
    retry_after: int | None = None,
    incident: str = "",
    bare: bool = False,
) -> HttpResponse:
    """The answer ``status``; with ``keep`` it re-shows what was posted, in a form that sends it again.

    ``action`` is where that form goes (here, unless told; nowhere if empty), ``back`` a page worth opening first.
    ``bare`` pages ask neither database nor session: they are for when those are what failed.
    """
    kept = [*kept_fields(keep), *_kept_files(request)] if keep else []
    context = {
        "layout": "bare.html" if bare or not _is_signed_in(request) else "base.html",
        "status": status,
        "title": title,
        "message": message,
        "reasons": reasons or [],
        "kept": kept,
        "multipart": any(field.kind == "file" for field in kept),
        "action": request.get_full_path() if action is None else action,
        "back": back,
        "incident": incident,
        "token": get_token(request) if kept else "",
    }
    html = render_to_string("errors/page.html", context, request=None if bare else request)
    return HttpResponse(html, status=status, headers={"Retry-After": str(retry_after)} if retry_after else {})


def _is_signed_in(request: HttpRequest) -> bool:
    return hasattr(request, "user") and request.user.is_authenticated


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, if it could be read."""
    return request.POST if request.method == "POST" and request.POST else None


# --- Which exception is which answer --------------------------------------------------------------------------------
def respond(request: HttpRequest, error: BaseException) -> HttpResponse | None:
    """The page for an exception we know; ``None`` for one we do not (a fault of ours: 500)."""
    keep = posted(request)
    if isinstance(error, doors.Stale):
        return _stale(request, error, keep)
    if isinstance(error, doors.Refused):
        words = _("Periksa yang berikut.")
        return page(request, 422, _("Belum dapat disimpan"), words, reasons=error.reasons, keep=keep)
    if isinstance(error, doors.TooMany):
        return _too_many(request, error.retry_after)
    if _is_full(error):
        words = _("Ruang simpan di server penuh: tidak ada yang disimpan. Beri tahu administrator, lalu kirim lagi.")
        return page(request, 507, _("Ruang simpan penuh"), words, keep=keep, bare=True)
    if isinstance(error, OperationalError | InterfaceError):
        words = _("Basis data sedang tidak dapat dihubungi. Tunggu sebentar, lalu kirim atau buka lagi.")
        title = _("Layanan sedang tidak tersedia")
        return page(request, 503, title, words, keep=keep, retry_after=RETRY_SECONDS, bare=True)
    if isinstance(error, DataError | OverflowError):
        log.warning("value_out_of_range", error=type(error).__name__)
        words = _("Ada angka, tanggal, atau teks di luar batas yang dapat disimpan.")
        return page(request, 400, _("Permintaan tidak dapat dibaca"), words, keep=keep)
    return None


def _too_many(request: HttpRequest, retry_after: int) -> HttpResponse:
    minutes = max(1, round(retry_after / 60))
    words = _("Sudah terlalu banyak percobaan dari tempat ini. Tunggu %(minutes)s menit, lalu coba lagi.")
    title = _("Terlalu banyak percobaan")
    return page(request, 429, title, words % {"minutes": minutes}, keep=posted(request), retry_after=retry_after)


def fault(request: HttpRequest) -> HttpResponse:
    """500: an incident number ties the page to the log; neither holds a person's data."""
    incident = secrets.token_hex(4).upper()
    log.error("incident", incident=incident, exc_info=sys.exc_info())
    words = _("Terjadi kesalahan di sistem. Sebutkan nomor kejadian ini kepada administrator.")
    try:
        keep = posted(request)
    except Exception:  # whatever broke the request may have broken its body; the page must still come
        keep = None
    return page(request, 500, _("Kesalahan sistem"), words, keep=keep, incident=incident, bare=True)


def _stale(request: HttpRequest, error: doors.Stale, keep: QueryDict | None) -> HttpResponse:
    """409: the text is there to be copied, but sending it again with the same old version would never succeed."""
    who = error.by
    if error.at:
        who = f"{who}, {date_format(localtime(error.at), 'j F Y H.i')}"
    words = f"{error.message} ({who})" if who else error.message
    if keep:
        advice = _("Teks Anda masih ada di bawah ini: salin yang perlu, buka halaman terbaru, lalu kirim dari sana.")
        words = f"{words} {advice}"
    return page(request, 409, _("Sudah diubah orang lain"), words, keep=keep, action="", back=page_before(request))


def page_before(request: HttpRequest) -> str:
    """The page of ours on which the form lay."""
    before = request.headers.get("Referer", "")
    return before if url_has_allowed_host_and_scheme(before, {request.get_host()}) else ""


def _is_full(error: BaseException | None) -> bool:
    """Whether a full or read-only disk is behind ``error``."""
    while error is not None:
        text = str(error).lower()
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            return True
        if isinstance(error, DatabaseError) and any(words in text for words in FULL_WORDS):
            return True
        error = error.__cause__
    return False
