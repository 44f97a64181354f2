"""What every record of a stage has in common: whose it is, which round, who wrote it, what it says, what it lacks."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from rehsos import clock

Fact = tuple[str, str]


class StageRecord(models.Model):
    """A record of one stage. Every write passes ``recording.editable``; what it says goes into the request's digest."""

    slug: ClassVar[str]
    home: ClassVar[Stage]
    title: ClassVar[Any]
    codes: ClassVar[tuple[str, ...]] = ()
    is_single: ClassVar[bool] = True
    is_judged_work: ClassVar[bool] = True
    untold: ClassVar[frozenset[str]] = frozenset()  # columns that are no fact of their own
    edition_of: ClassVar[str] = ""  # the field of the case that counts new versions made during intervention

    case = models.ForeignKey(Case, models.PROTECT, related_name="%(class)s_set")
    stage = models.CharField(max_length=14, choices=Stage, editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    edition = models.PositiveSmallIntegerField(default=1, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    on = models.DateField(_("tanggal"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    author_ids = models.JSONField(default=list, editable=False)
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return str(self.title)

    @classmethod
    def of(cls, case: Case) -> "models.QuerySet[Any]":
        """The records of this kind that count for a case: its present round and, where there are editions, the last."""
        rows = cls._default_manager.filter(case=case, stage=cls.home, round=case.round_of(cls.home))
        return rows.filter(edition=getattr(case, cls.edition_of)) if cls.edition_of else rows

    def activity_codes(self) -> tuple[str, ...]:
        """The catalogue codes this record writes when it is saved."""
        return self.codes

    def activity_bimbingan(self) -> tuple[str, ...]:
        return ()

    def lacks(self) -> list[str]:
        """What is still missing inside this record, in words."""
        return []

    def misfits(self) -> list[str]:
        """What in it does not belong to the case, in words."""
        return []

    def facts(self) -> list[Fact]:
        """Label and value of every field, as page and paper show them."""
        bookkeeping = {"id", "case", "stage", "round", "edition", "version", "author", "author_ids", "saved_at"}
        hidden = bookkeeping | self.untold
        rows = []
        for field in self._meta.concrete_fields:
            if field.name not in hidden:
                rows.append((str(field.verbose_name), self._shown(field)))
        return [(label, value) for label, value in rows if value]

    def _shown(self, field: models.Field) -> str:
        value = getattr(self, field.name)
        if value is None or value == "":
            return ""
        if field.choices:
            return str(getattr(self, f"get_{field.name}_display")())
        if isinstance(value, bool):
            return str(_("ya") if value else _("tidak"))
        if isinstance(value, date):
            return clock.spelled(value)
        return str(value)

    def parts(self) -> list["RecordPart"]:
        """The rows inside the record (aspects, goals, items), in order."""
        return []

    def content(self) -> dict[str, Any]:
        """Everything that is judged: fields and parts, without bookkeeping."""
        skipped = {"version", "author_id", "author_ids", "saved_at"}
        return {
            "kind": self._meta.model_name,
            **{k: v for k, v in _columns(self).items() if k not in skipped},
            "parts": [_words(part) for part in self.parts()],
        }


class RecordPart(models.Model):
    """A row inside a record; it lives and dies with it. ``key`` says which row of the form it is."""

    key = models.CharField(max_length=40)
    label = models.CharField(max_length=300)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def absent(cls, rows: Iterable["RecordPart"], wanted: type[models.TextChoices]) -> list[str]:
        """The labels of those keys for which there is no row."""
        present = {row.key for row in rows}
        return [str(member.label) for member in wanted if member.value not in present]

    def facts(self) -> list[Fact]:
        rows = []
        for field in self._meta.concrete_fields:
            if field.name in ("id", "record", "key", "label") or field.is_relation:
                continue
            value = getattr(self, field.name)
            if value in (None, ""):
                continue
            if field.choices:
                value = getattr(self, f"get_{field.name}_display")()
            elif isinstance(value, date):
                value = clock.spelled(value)
            rows.append((str(field.verbose_name), str(value)))
        return rows


def digest(records: Iterable[StageRecord]) -> str:
    """SHA-256 (hex) over what records say; the same rows give the same digest on every database."""
    content = [record.content() for record in records]
    text = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _words(part: RecordPart) -> dict[str, Any]:
    """A part without its own keys: saving a record replaces its parts, and the same words are no change."""
    return {name: value for name, value in _columns(part).items() if name not in ("id", "record_id")}


def _columns(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
