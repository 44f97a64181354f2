"""The input gate: text that no database, PDF or spreadsheet can hold is refused before any view sees it."""

import re
import unicodedata

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from rehsos import errors

# C0 controls other than tab and line ends, DEL, lone surrogates, and what is left of bytes that were not UTF-8.
BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd-\uffff]")


def is_clean(text: str) -> bool:
    """Whether ``text`` may go in."""
    return BAD.search(text) is None


class InputGate:
    """Middleware: 400 for a bad path or query, 422 for a bad form, 413 for too much; the rest goes on as NFC."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.refusal(request) or self.get_response(request)

    def refusal(self, request: HttpRequest) -> HttpResponse | None:
        address = [request.path_info, *_texts(request.GET), *request.COOKIES.values()]
        if not all(map(is_clean, address)):
            words = _("Alamat ini memuat karakter yang tidak dapat dibaca. Periksa lagi alamat atau kata yang dicari.")
            return errors.page(request, 400, _("Alamat tidak dapat dibaca"), words)
        request.GET = _composed(request.GET)
        if request.method != "POST":
            return None
        try:
            return self.form_refusal(request)
        except RequestDataTooBig:
            return too_big(request)

    def form_refusal(self, request: HttpRequest) -> HttpResponse | None:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.BODY_MAX_SIZE:
            return too_big(request)
        names = [file.name or "" for name in request.FILES for file in request.FILES.getlist(name)]
        if all(map(is_clean, [*_texts(request.POST), *request.FILES, *names])):
            request.POST = _composed(request.POST)
            return None
        words = _(
            "Isian memuat karakter yang tidak terlihat atau rusak, biasanya terbawa saat menyalin dari program lain. "
            "Karakter itu sudah dibuang di bawah ini. Periksa teksnya, lalu kirim lagi."
        )
        return errors.page(request, 422, _("Isian memuat karakter rusak"), words, keep=_washed(request.POST))


def too_big(request: HttpRequest) -> HttpResponse:
    """413, with the text where it can still be read; else with the way back to the page, which has it as a draft."""
    words = _("Kiriman ini terlalu besar. Pendekkan teksnya atau kirim berkas yang lebih kecil.")
    keep = _still_readable(request)
    if not keep:
        words = f"{words} {_('Isian yang sudah tersimpan sebagai draf ditawarkan lagi di halamannya.')}"
    back = "" if keep else errors.page_before(request)
    return errors.page(request, 413, _("Kiriman terlalu besar"), words, keep=keep, back=back)


def _still_readable(request: HttpRequest) -> QueryDict | None:
    """The text of a body beyond the limits; of its files only the names, so that the page can ask for them again."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if request._read_started:  # what has been read once is gone
        return None
    if request.content_type == "application/x-www-form-urlencoded" and length <= settings.BODY_MAX_SIZE:
        keep = QueryDict(request.read(length), encoding="utf-8")
        request._mark_post_parse_error()  # nor is it there for the CSRF check and for error pages
        return _washed(keep)
    if request.content_type == "multipart/form-data" and length <= 2 * settings.BODY_MAX_SIZE:
        return _washed(_read_without_files(request))
    return None


def _read_without_files(request: HttpRequest) -> QueryDict:
    try:
        parser = MultiPartParser(request.META, request, [NamesOnly(request)], "utf-8")
        parser._post, parser._files = QueryDict(), MultiValueDict()
        parser.parse()
    except MultiPartParserError:
        request._mark_post_parse_error()
        return QueryDict()
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        pass  # what came before it is kept
    request._mark_post_parse_error()
    request._files = parser._files
    return parser._post


class NamesOnly(FileUploadHandler):
    """Reads a file and keeps nothing of it but its name."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> SimpleUploadedFile:
        return SimpleUploadedFile(self.file_name, b"")


def _texts(data: QueryDict):
    for name, values in data.lists():
        yield name
        yield from values


def _rewritten(data: QueryDict, change) -> QueryDict:
    fresh = QueryDict(mutable=True)
    for name, values in data.lists():
        fresh.setlist(change(name), [change(value) for value in values])
    fresh._mutable = False
    return fresh


def _composed(data: QueryDict) -> QueryDict:
    """The same data in Unicode's composed form; the very same object where it already is."""
    if all(unicodedata.is_normalized("NFC", text) for text in _texts(data)):
        return data
    return _rewritten(data, lambda text: unicodedata.normalize("NFC", text))


def _washed(data: QueryDict) -> QueryDict:
    """The same data without what the gate refuses; vertical tabs and form feeds were line ends once."""
    return _rewritten(data, lambda text: BAD.sub("", re.sub("[\x0b\x0c]", "\n", text)))
