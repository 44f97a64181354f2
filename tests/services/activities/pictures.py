"""Where work is recorded, and a picture as somebody would send it."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

NEW = "/kegiatan/baru/"


def picture(name: str = "foto.jpg") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), content_type="image/jpeg")
