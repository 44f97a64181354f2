"""The emblem in the letterhead of a UPT: a small picture, kept beside the institution and drawn on every paper."""

import base64
from typing import TYPE_CHECKING

from django.db import models

from rehsos import clock

if TYPE_CHECKING:
    from accounts.models import Institution

MAX_BYTES = 300_000
CONTENT_TYPE = "image/png"


class Logo(models.Model):
    """A row of its own, so that reading an institution never reads its picture. Always a PNG that was drawn anew."""

    institution = models.OneToOneField("accounts.Institution", models.CASCADE, related_name="logo")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)


def data_uri(institution: "Institution") -> str:
    """The emblem as the papers embed it; nothing where a UPT has none."""
    content = Logo.objects.filter(institution=institution).values_list("content", flat=True).first()
    return f"data:{CONTENT_TYPE};base64,{base64.b64encode(content).decode()}" if content else ""
