"""Is a paper genuine and unchanged? By its code, and by the digest of a file that somebody holds."""

import hashlib
from enum import Enum

from django.core.files.uploadedfile import UploadedFile

from cases import files
from reports import codes
from reports.enums import PaperState
from reports.models import IssuedPaper


class Verdict(Enum):
    """What the page says of a code."""

    GENUINE = "genuine"
    CANCELLED = "cancelled"
    CHANGED = "changed"
    UNKNOWN = "unknown"


def found(typed: str) -> IssuedPaper | None:
    """The paper of a code that somebody typed."""
    code = codes.meant(typed)
    rows = IssuedPaper.objects.select_related("institution", "file").prefetch_related("facts")
    return rows.filter(code=code).first() if code else None


def verdict(paper: IssuedPaper | None) -> Verdict:
    """A cancelled paper is cancelled, whatever its file; any other is genuine only while its file is as it was."""
    if paper is None:
        return Verdict.UNKNOWN
    if paper.state == PaperState.CANCELLED:
        return Verdict.CANCELLED
    return Verdict.GENUINE if is_kept(paper) else Verdict.CHANGED


def is_kept(paper: IssuedPaper) -> bool:
    """Whether the file in the store is, byte for byte, what was issued."""
    try:
        with files.path(paper.file).open("rb") as kept:
            return hashlib.file_digest(kept, "sha256").hexdigest() == paper.sha256
    except FileNotFoundError:
        return False


def is_same(paper: IssuedPaper, upload: UploadedFile) -> bool:
    """Whether a file that somebody sent is what was issued. Nothing of it is kept."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest() == paper.sha256
