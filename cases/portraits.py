"""The photo of a person: cut square from what was sent, and a small one for lists. Both are drawn anew."""

import io
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from cases.files import JPEG, PDF, Checked, CheckedFileField

PICTURE, THUMBNAIL = 640, 160  # pixels of a side
# Faces are above the middle of a photo held upright.
FACE = (0.5, 0.35)


class Portrait(NamedTuple):
    """The photo and its small one."""

    picture: Checked
    thumbnail: Checked


class PortraitField(CheckedFileField):
    """A photo of a person; a PDF is none. ``capture`` opens the camera of a phone at once."""

    def __init__(self, *, capture: bool = False, **options) -> None:
        self.capture = capture
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        camera = {"capture": "environment"} if self.capture else {}
        return {**super().widget_attrs(widget), "accept": "image/jpeg,image/png", **camera}

    def clean(self, data, initial=None):
        checked = super().clean(data, initial)
        if isinstance(checked, Checked) and checked.content_type == PDF.content_type:
            raise ValidationError(_("Foto harus JPEG atau PNG; unggah PDF sebagai dokumen."), code="kind")
        return checked


def of(checked: Checked) -> Portrait:
    """Square and upright, as JPEG; what was see-through becomes white."""
    with Image.open(io.BytesIO(checked.content), formats=["JPEG", "PNG"]) as image:
        whole = image.convert("RGBA")
    flat = Image.new("RGB", whole.size, "white")
    flat.paste(whole, mask=whole.getchannel("A"))
    side = min(PICTURE, *flat.size)
    return Portrait(_square(flat, max(side, 1), "foto.jpg"), _square(flat, THUMBNAIL, "foto-kecil.jpg"))


def _square(image: Image.Image, side: int, name: str) -> Checked:
    drawn = io.BytesIO()
    ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS, centering=FACE).save(drawn, "JPEG", quality=82)
    return Checked(name, JPEG.content_type, drawn.getvalue())
