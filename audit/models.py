"""What happened, and who looked: rows that are only added.

No foreign key leaves this app. Actors, institutions and subjects are plain ids, so that the trail outlives what it
tells of and nothing above it can delete a part of it.
"""

import json
from functools import cached_property
from typing import Any, NamedTuple

from django.db import models

from audit import digests


class Subject(NamedTuple):
    """What an entry or a reading is about.

    ``label`` is how people call it. In a reading it stays for good: use the number of the file, not a person's name.
    """

    kind: str
    pk: int
    label: str


class Chain(models.Model):
    """The head of one institution's chain; locked while an entry is added."""

    institution_id = models.PositiveBigIntegerField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=digests.GENESIS)

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.seq}"


class Entry(models.Model):
    """One act. Its digest covers the entry before it, so no entry changes or goes without a trace."""

    institution_id = models.PositiveBigIntegerField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.PositiveBigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    previous = models.CharField(max_length=64)
    detail_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution_id", "seq"], name="entry_seq_unique"),
        ]
        indexes = [
            models.Index(fields=["actor_id", "at", "id"], name="entry_what_they_did"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}/{self.seq} {self.verb}"

    def computed_digest(self, subjects: list[tuple[str, int]]) -> str:
        """What ``digest`` must be, given the (kind, id) pairs of this entry's subjects."""
        return digests.entry_digest(
            previous=self.previous,
            institution_id=self.institution_id,
            seq=self.seq,
            at=self.at,
            actor_id=self.actor_id,
            verb=self.verb,
            subjects=subjects,
            detail=self.detail_digest,
        )

    @property
    def told(self) -> "EntryDetail | None":
        """The words of this entry, or ``None`` once they have been erased."""
        return getattr(self, "detail", None)


class EntrySubject(models.Model):
    """What an entry is about; indexed for "what happened to this case"."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="subjects", db_index=False)
    kind = models.CharField(max_length=40)
    subject_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "kind", "subject_id"], name="entrysubject_unique"),
        ]
        indexes = [
            models.Index(fields=["kind", "subject_id", "entry"], name="entrysubject_history"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class EntryDetail(models.Model):
    """The personal words of an entry, erasable: the chain holds only their salted digest.

    ``body`` is the very text that was hashed (a ``jsonb`` column would spell numbers and keys anew).
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="detail")
    salt = models.CharField(max_length=32)
    body = models.TextField()

    def __str__(self) -> str:
        return self.reason

    @cached_property
    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.body)
        return content

    @property
    def actor_label(self) -> str:
        """The actor's name as it was then; empty for the system itself."""
        return str(self._content["actor"])

    @property
    def subjects(self) -> list[Subject]:
        """The subjects in the order of the act, with their names as they were then."""
        return [Subject(*subject) for subject in self._content["subjects"]]

    @property
    def data(self) -> dict[str, Any]:
        """What the act recorded beside its verb, e.g. changed fields."""
        data: dict[str, Any] = self._content["data"]
        return data

    @property
    def reason(self) -> str:
        """The free text a person gave for the act."""
        return str(self._content["reason"])


class Access(models.Model):
    """One reading of one file by one person."""

    at = models.DateTimeField()
    actor_id = models.PositiveBigIntegerField(null=True)
    actor_label = models.TextField()
    institution_id = models.PositiveBigIntegerField()
    page = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    subject_id = models.PositiveBigIntegerField()
    label = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "subject_id", "at", "id"], name="access_who_saw_it"),
            models.Index(fields=["actor_id", "at", "id"], name="access_what_they_saw"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_label}: {self.kind} {self.subject_id}"
