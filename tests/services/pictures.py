"""Pictures for tests."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases import logos
from cases.files import Checked, check


def upload(kind: str = "PNG", size: tuple[int, int] = (600, 500), name: str = "lambang.png") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", size, "navy").save(content, kind)
    return SimpleUploadedFile(name, content.getvalue())


def logo() -> Checked:
    """One as the form hands it on."""
    return logos.drawn(check(upload()))
