"""Only whole, passive PDF, JPEG and PNG files come into the store; what goes out is a download."""

import hashlib
import io
import struct
import zlib
from pathlib import Path
from stat import S_IMODE

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from accounts.models import Institution, User
from cases import files
from cases.models import StoredFile

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def pdf(inside: bytes) -> bytes:
    return PDF.replace(b"trailer", inside + b"\ntrailer")


def packed(inside: bytes) -> bytes:
    stream = zlib.compress(inside)
    return pdf(b"2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n" + stream + b"\nendstream\nendobj")


def picture(kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options) -> bytes:
    drawn = io.BytesIO()
    Image.new(mode, size, 1 if mode in "1P" else None).save(drawn, kind, **options)
    return drawn.getvalue()


def photo_with_place() -> bytes:
    """A JPEG lying on its side, with a GPS position, a camera name, a comment and something behind its end."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn a quarter
    exif[0x0110] = "KameraRahasia"
    exif.get_ifd(0x8825)[1] = "S"
    return picture("JPEG", exif=exif, comment=b"catatan rahasia") + b"PK\x03\x04 di belakang gambar"


def huge_png() -> bytes:
    """A PNG that claims 26 megapixels in its first bytes and holds nothing: it must be refused before it is drawn."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 6500, 4000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    # The content type is the browser's word, and nobody listens to it.
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@pytest.mark.parametrize(
    ("content", "name", "kept_name", "content_type"),
    [
        (PDF, "Surat pengantar.pdf", "Surat pengantar.pdf", "application/pdf"),
        (PDF, "SURAT.PDF", "SURAT.pdf", "application/pdf"),
        (packed(b"<< /Type /Page >>"), "rapat.pdf", "rapat.pdf", "application/pdf"),
        (picture("JPEG"), "foto.jpeg", "foto.jpg", "image/jpeg"),
        (picture("JPEG", mode="CMYK"), "foto.jpg", "foto.jpg", "image/jpeg"),
        (picture("JPEG", mode="L"), "foto.jpg", "foto.jpg", "image/jpeg"),
        (picture("PNG", mode="RGBA"), "gambar.png", "gambar.png", "image/png"),
        (picture("PNG", mode="P"), "gambar.png", "gambar.png", "image/png"),
        (picture("PNG"), "sebenarnya-png.jpg", "sebenarnya-png.png", "image/png"),
        (PDF, "C:\\rahasia\\..\\surat.pdf", "surat.pdf", "application/pdf"),
        (PDF, "su\u202erat\x00\n.pdf", "surat.pdf", "application/pdf"),
        (PDF, "ä" * 300 + ".pdf", "ä" * 196 + ".pdf", "application/pdf"),
    ],
)
def test_good_file_is_taken(content, name, kept_name, content_type):
    file = upload(content, "x.pdf")
    # As a caller outside the upload handler may set it: Django's own cleaning must not be the only one.
    file._name = name
    checked = files.check(file)
    assert (checked.name, checked.content_type) == (kept_name, content_type)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "kosong.pdf", "empty"),
        (b"%PDF-" + b"0" * (11 * 1024 * 1024), "besar.pdf", "size"),
        (b"MZ\x90\x00 program", "surat.pdf", "kind"),
        (PDF, "surat.exe", "kind"),
        (PDF, "surat", "kind"),
        (PDF, "surat.jpg", "kind"),
        (picture("JPEG"), "foto.pdf", "kind"),
        (b"<!doctype html><script>alert(1)</script>%PDF-1.7 %%EOF", "surat.pdf", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "gambar.svg", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "gambar.png", "kind"),
        (picture("GIF", mode="P"), "gambar.png", "kind"),
        (picture("BMP"), "gambar.jpg", "kind"),
        (b"PK\x03\x04 dokumen", "dokumen.docx", "kind"),
        (picture("JPEG", size=(400, 400))[:700], "foto.jpg", "broken"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "foto.jpg", "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "gambar.png", "broken"),
        (huge_png(), "gambar.png", "pixels"),
        (PDF[:40], "surat.pdf", "broken"),
        (PDF + b"<script>" + b" " * 2000, "surat.pdf", "broken"),
        (pdf(b"2 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj"), "surat.pdf", "active"),
        (pdf(b"2 0 obj << /S /J#61v#61Script /JS (app.alert(1)) >> endobj"), "surat.pdf", "active"),
        (pdf(b"2 0 obj << /S /Launch /F (cmd.exe) >> endobj"), "surat.pdf", "active"),
        (pdf(b"2 0 obj << /Type /EmbeddedFile >> endobj"), "surat.pdf", "active"),
        (packed(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "surat.pdf", "active"),
        (packed(b"<< /S /JavaScript >>").replace(b"/ObjStm", b"/Obj#53tm"), "surat.pdf", "active"),
        (packed(b"<<>>").replace(b"stream\r\nx", b"stream\r\ny"), "surat.pdf", "broken"),
        (pdf(b"<< /Encrypt 3 0 R >>"), "surat.pdf", "sealed"),
    ],
)
def test_hostile_or_broken_file_is_refused(content, name, code):
    with pytest.raises(ValidationError) as refusal:
        files.check(upload(content, name))
    assert [error.code for error in refusal.value.error_list] == [code]


def test_photo_cut_off_is_refused_also_after_a_pdf_was_rendered(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ValidationError, match="tidak lengkap"):
        files.check(upload(picture("JPEG", size=(400, 400))[:700], "foto.jpg"))


def test_compressed_objects_beyond_reason_are_refused(monkeypatch):
    monkeypatch.setattr(files, "MAX_OBJECTS", 1000)
    with pytest.raises(ValidationError, match="PDF terlalu rumit"):
        files.check(upload(packed(b" " * 5000), "surat.pdf"))


def test_photo_is_drawn_anew_without_place_camera_comment_or_passengers():
    checked = files.check(upload(photo_with_place(), "foto.jpg"))
    with Image.open(io.BytesIO(checked.content)) as image:
        assert (image.size, dict(image.getexif()), image.info.get("comment")) == ((20, 40), {}, None)
    assert not [trace for trace in (b"KameraRahasia", b"rahasia", b"PK\x03\x04", b"Exif") if trace in checked.content]


def test_text_in_a_png_is_left_behind():
    note = PngInfo()
    note.add_text("Comment", "<?php rahasia ?>")
    checked = files.check(upload(picture("PNG", pnginfo=note), "gambar.png"))
    assert b"rahasia" not in checked.content


def test_form_field_gives_the_checked_file_or_its_fault():
    field = files.CheckedFileField()
    assert field.clean(upload(PDF, "surat.pdf")) == files.Checked("surat.pdf", "application/pdf", PDF)
    assert field.widget.attrs["accept"] == "application/pdf,image/jpeg,image/png"
    with pytest.raises(ValidationError, match="PDF, JPEG, atau PNG"):
        field.clean(upload(b"MZ", "surat.pdf"))
    assert files.CheckedFileField(required=False).clean(None) is None


@pytest.fixture
def worker(db) -> User:
    return User.objects.create_user("pekerja", "", name="Ratna Kusumawardani")


@pytest.fixture
def upt(db) -> Institution:
    return Institution.objects.create(code="ANKN", name="UPT contoh")


@pytest.fixture
def stored(settings, tmp_path, worker, upt) -> StoredFile:
    settings.FILES_DIR = tmp_path / "files"
    return files.keep(upload(PDF, "Surat ‘Ma’ruf’.pdf"), by=worker, institution_id=upt.pk)


def test_kept_file_lies_under_a_random_name_for_our_eyes_only(stored, settings):
    lying = [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]
    assert lying == [files.path(stored)]
    assert lying[0].name == str(stored.id)
    assert (S_IMODE(lying[0].stat().st_mode), S_IMODE(lying[0].parent.stat().st_mode)) == (0o600, 0o700)
    assert lying[0].read_bytes() == PDF


def test_row_holds_what_is_needed_to_prove_the_file_unchanged(stored, worker, upt):
    row = StoredFile.objects.get()
    assert (row.pk, row.institution, row.uploaded_by) == (stored.pk, upt, worker)
    assert (row.name, row.content_type, row.size, row.sha256) == (
        "Surat ‘Ma’ruf’.pdf",
        "application/pdf",
        len(PDF),
        hashlib.sha256(PDF).hexdigest(),
    )


def test_served_file_is_a_download_that_is_not_kept(stored):
    response = files.serve(stored)
    assert b"".join(response.streaming_content) == PDF
    assert {name: response[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": "application/pdf",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Surat%20")


def test_failed_write_leaves_nothing_behind(settings, tmp_path, monkeypatch, worker, upt):
    settings.FILES_DIR = tmp_path / "files"

    def disk_full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", disk_full)
    with pytest.raises(OSError, match="No space left"):
        files.keep(upload(PDF, "surat.pdf"), by=worker, institution_id=upt.pk)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert StoredFile.objects.count() == 0
