"""The guarded file store: what may come in, where it lies, and the only way it goes out."""

import hashlib
import io
import os
import re
import unicodedata
import uuid
import zlib
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from accounts.models import User
from cases.models import StoredFile

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 25_000_000
MAX_NAME = 200

# Compressed PDF objects are opened to look inside; no honest scan holds more than this many bytes of them.
MAX_OBJECTS = 64 * 1024 * 1024


class Kind(NamedTuple):
    """A kind of file the store takes: how its content begins and what its name may end with."""

    content_type: str
    magic: bytes
    suffixes: tuple[str, ...]


PDF = Kind("application/pdf", b"%PDF-", (".pdf",))
# Phones name one kind of picture like the other; both are drawn anew, so the name is set right instead of refused.
JPEG = Kind("image/jpeg", b"\xff\xd8\xff", (".jpg", ".jpeg", ".png"))
PNG = Kind("image/png", b"\x89PNG\r\n\x1a\n", (".png", ".jpg", ".jpeg"))
KINDS = (PDF, JPEG, PNG)


class Checked(NamedTuple):
    """An upload that may be kept: looked into, pictures drawn anew, its name made safe."""

    name: str
    content_type: str
    content: bytes


class CheckedFileField(forms.FileField):
    """A file field whose cleaned value is ``Checked``; its faults stand beside the field like any other."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # Naming the kinds makes phones convert their own picture formats before sending.
        accept = ",".join(kind.content_type for kind in KINDS)
        return {**super().widget_attrs(widget), "accept": accept}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        return check(upload) if isinstance(upload, UploadedFile) else upload


def check(upload: UploadedFile) -> Checked:
    """Look into an upload. Raises ValidationError with a sentence that says what to do."""
    content = _read(upload)
    kind = _kind(content, upload.name or "")
    content = _checked_pdf(content) if kind is PDF else _redrawn(content, kind)
    return Checked(_display_name(upload.name or "", kind), kind.content_type, content)


def keep(upload: UploadedFile | Checked, *, by: User, institution_id: int) -> StoredFile:
    """Put a file into the store and return its new row; an upload is checked first, as ``check`` does.

    Call it inside the transaction of the act that needs the file: a rollback then leaves at most a file without a
    row, which nobody can ask for, and never a row without its file.
    """
    checked = upload if isinstance(upload, Checked) else check(upload)
    stored = StoredFile(
        id=uuid.uuid4(),
        institution_id=institution_id,
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        uploaded_by=by,
    )
    _write(path(stored), checked.content)
    stored.save(force_insert=True)
    return stored


def serve(stored: StoredFile, name: str = "") -> FileResponse:
    """The file as a download that no browser shows in place, guesses at, or keeps; ``name`` where its own tells."""
    response = FileResponse(
        path(stored).open("rb"), as_attachment=True, filename=name or stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def path(stored: StoredFile) -> Path:
    """Where a file lies: a random name under the data folder, outside everything the web server knows."""
    return Path(settings.FILES_DIR) / stored.id.hex[:2] / str(stored.id)


def _read(upload: UploadedFile) -> bytes:
    content = upload.read(MAX_BYTES + 1)
    if not content:
        raise ValidationError(_("Berkas kosong; pilih berkas lain."), code="empty")
    if len(content) > MAX_BYTES:
        raise ValidationError(_("Berkas lebih besar dari 10 MB; kecilkan dahulu, lalu unggah lagi."), code="size")
    return content


def _kind(content: bytes, name: str) -> Kind:
    suffix = PurePosixPath(name).suffix.lower()
    for kind in KINDS:
        if content.startswith(kind.magic) and suffix in kind.suffixes:
            return kind
    raise ValidationError(_("Berkas harus PDF, JPEG, atau PNG; berkas ini bukan salah satunya."), code="kind")


def _redrawn(content: bytes, kind: Kind) -> bytes:
    """The picture drawn anew, upright: what else the file carried (place, camera, hidden parts) is gone."""
    # The PDF renderer switches this on for its whole process; a cut-off photo must be refused all the same.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as image:
            if image.width * image.height > MAX_PIXELS:
                words = _("Gambar lebih dari 25 megapiksel; perkecil dahulu, lalu unggah lagi.")
                raise ValidationError(words, code="pixels")
            upright = ImageOps.exif_transpose(image)
            if kind is JPEG:
                clean = upright if upright.mode == "L" else upright.convert("RGB")
            else:
                clean = upright if upright.mode in ("1", "L", "RGB") else upright.convert("RGBA")
            clean.info = {}
            drawn = io.BytesIO()
            if kind is JPEG:
                clean.save(drawn, "JPEG", quality=88)
            else:
                clean.save(drawn, "PNG", compress_level=3)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        words = _("Gambar rusak atau tidak lengkap; foto atau pindai sekali lagi.")
        raise ValidationError(words, code="broken") from None
    return drawn.getvalue()


def _pdf_names(*names: str) -> re.Pattern[bytes]:
    """PDF names as a pattern that sees through ``#xx`` escapes, which readers undo and scanners miss."""
    spelled = ("".join(f"(?:{c}|#{ord(c):02x}|#{ord(c):02X})" for c in name) for name in names)
    return re.compile(f"/(?:{'|'.join(spelled)})".encode())


_ACTIVE = _pdf_names("JavaScript", "Launch", "EmbeddedFile", "RichMedia", "SubmitForm", "ImportData")
_SEALED = _pdf_names("Encrypt")
_OBJECTS = re.compile(_pdf_names("ObjStm").pattern + rb".{0,2000}?stream\r?\n", re.DOTALL)


def _checked_pdf(content: bytes) -> bytes:
    """The PDF as it came, if it is whole, open and passive."""
    if b"%%EOF" not in content[-1024:]:
        words = _("PDF rusak atau tidak lengkap; simpan ulang, lalu unggah lagi.")
        raise ValidationError(words, code="broken")
    if _SEALED.search(content):
        raise ValidationError(_("PDF terkunci kata sandi; simpan tanpa kata sandi dahulu."), code="sealed")
    if _ACTIVE.search(content) or _ACTIVE.search(_compressed_objects(content)):
        words = _("PDF memuat program atau lampiran tersembunyi; cetak ulang menjadi PDF biasa.")
        raise ValidationError(words, code="active")
    return content


def _compressed_objects(content: bytes) -> bytes:
    found = []
    room = MAX_OBJECTS
    try:
        for match in _OBJECTS.finditer(content):
            packed = content[match.end() : content.find(b"endstream", match.end())]
            found.append(zlib.decompressobj().decompress(packed, room))
            room -= len(found[-1])
            if room <= 0:
                raise ValidationError(_("PDF terlalu rumit; cetak ulang menjadi PDF biasa."), code="active")
    except zlib.error:
        words = _("PDF rusak atau tidak lengkap; simpan ulang, lalu unggah lagi.")
        raise ValidationError(words, code="broken") from None
    return b"\n".join(found)


def _display_name(name: str, kind: Kind) -> str:
    """The name people gave the file, without folders, invisible characters or a false ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    stem, suffix = PurePosixPath(visible).stem.strip(), kind.suffixes[0]
    return f"{stem[: MAX_NAME - len(suffix)] or 'berkas'}{suffix}"


def _write(target: Path, content: bytes) -> None:
    """Write whole or not at all: a power cut leaves no half file under the final name."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
