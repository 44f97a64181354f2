"""A list that somebody sent and has not imported yet: kept sealed for them alone, read anew each time."""

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction

from accounts import keys
from accounts.models import User
from rehsos import clock, sealing
from services import permissions, spreadsheets
from services.acts import allow
from services.models import OpeningUpload
from services.opening import rows
from services.opening.columns import SHEET
from services.opening.template import MOST_LINES
from services.spreadsheets import Cell, Sheet


@dataclass(frozen=True)
class Sent:
    """A file that was sent, opened: reading thousands of lines takes seconds, so nobody does it twice."""

    name: str
    sha256: str
    sheet: Sheet


def opened(name: str, content: bytes) -> Sent:
    """What somebody sent, if it is a list of running cases at all. Raises Refused with what to do."""
    sheet = spreadsheets.read(content, SHEET, most_lines=MOST_LINES)
    rows.expect_columns(sheet)
    return Sent(name, hashlib.sha256(content).hexdigest(), sheet)


@transaction.atomic
def keep(*, sent: Sent, by: User, key: str = "") -> OpeningUpload:
    """Keep what was sent in place of what the same person sent before."""
    assert by.institution is not None
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if keys.claim(key, by=by):
        return OpeningUpload.objects.get(by=by)
    allow(permissions.why_not_take_over(by, by.institution))
    lines = {str(line): {str(at): list(cell) for at, cell in row.items()} for line, row in sent.sheet.lines.items()}
    values = {
        "institution": by.institution,
        "name": sent.name[-200:],
        "sha256": sent.sha256,
        "sealed": sealing.encrypt(json.dumps(lines, ensure_ascii=False)),
        "at": clock.now(),
    }
    upload, _created = OpeningUpload.objects.update_or_create(by=by, defaults=values)
    keys.settle(key, upload.pk)
    return upload


def rows_of(upload: OpeningUpload) -> list[rows.Row]:
    """The rows, judged as of today."""
    lines = json.loads(sealing.decrypt(upload.sealed))
    kept = {int(number): {int(at): Cell(*cell) for at, cell in line.items()} for number, line in lines.items()}
    return rows.rows(Sheet(SHEET, kept), upload.institution.today())
