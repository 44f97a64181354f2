"""The photo of a client as papers carry it: the newest one, small, inside the paper itself."""

from base64 import b64encode

from cases import files
from cases.models import Client
from services.models import ClientPhoto


def of(client: Client) -> str:
    """The photo as the address of a picture; nothing where there is none, or its file is gone."""
    photo = ClientPhoto.objects.filter(client=client).select_related("thumbnail").order_by("-pk").first()
    if photo is None or not files.path(photo.thumbnail).is_file():
        return ""
    content = b64encode(files.path(photo.thumbnail).read_bytes()).decode()
    return f"data:{photo.thumbnail.content_type};base64,{content}"
