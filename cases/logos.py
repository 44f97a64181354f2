"""The logo of an institution: drawn anew as a small PNG, for the header of pages and the letterhead of papers."""

import io

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from accounts.models import Institution
from cases import files
from cases.files import PDF, PNG, Checked, CheckedFileField
from cases.models import StoredFile

MAX_BYTES = 2 * 1024 * 1024
SIDE, LEAST = 400, 64  # pixels; a paper shows it two centimetres high


class LogoField(CheckedFileField):
    """A picture that is fit for a letterhead; its value is the logo as it will be kept."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {**super().widget_attrs(widget), "accept": "image/png,image/jpeg"}

    def clean(self, data, initial=None):
        if isinstance(data, UploadedFile) and (data.size or 0) > MAX_BYTES:
            raise ValidationError(_("Lambang lebih besar dari 2 MB; perkecil dahulu, lalu unggah lagi."), code="size")
        checked = super().clean(data, initial)
        return drawn(checked) if isinstance(checked, Checked) else checked


def drawn(checked: Checked) -> Checked:
    """The picture within ``SIDE`` pixels, see-through where it was. Raises ValidationError where it is no logo."""
    if checked.content_type == PDF.content_type:
        raise ValidationError(_("Lambang harus gambar JPEG atau PNG, bukan PDF."), code="kind")
    with Image.open(io.BytesIO(checked.content), formats=["JPEG", "PNG"]) as image:
        if min(image.size) < LEAST:
            words = _("Gambar ini terlalu kecil untuk dicetak; pakai yang paling sedikit 64 × 64 piksel.")
            raise ValidationError(words, code="pixels")
        logo = image.convert("RGBA")
    logo.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    content = io.BytesIO()
    logo.save(content, "PNG", optimize=True)
    return Checked("lambang.png", PNG.content_type, content.getvalue())


def of(institution: Institution) -> StoredFile | None:
    """The file of the present logo; nothing where there is none, or where the store has lost it."""
    if institution.logo is None:
        return None
    stored = StoredFile.objects.filter(pk=institution.logo, institution=institution).first()
    return stored if stored and files.path(stored).is_file() else None
