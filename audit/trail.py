"""The one way to record what happened and who looked.

``append`` tells of an act in the act's own transaction: both are there or neither. ``seen`` tells of a reading, before
the page is sent. Inside a write the trail comes last; an act that touches several institutions appends in the order of
their ids, so that two such acts never wait for each other.
"""

import secrets
from collections.abc import Iterable
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet

from audit import digests
from audit.models import Access, Chain, Entry, EntryDetail, EntrySubject, Subject
from rehsos import clock, rows

__all__ = [
    "ERASED",
    "Actor",
    "Subject",
    "accesses_by",
    "accesses_for",
    "append",
    "entries_by",
    "entries_for",
    "erase",
    "seen",
]

ERASED = "trail.erased"
"""The verb of an entry that tells which entries lost their words; its subjects have the kind ``entry``."""


class Actor(Protocol):
    """Whoever acts: any object with an id and a name, so that the trail need not know users."""

    @property
    def pk(self) -> Any: ...

    @property
    def full_name(self) -> str: ...


def append(
    *,
    institution_id: int,
    by: Actor | None,
    verb: str,
    subjects: Iterable[Subject],
    data: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Add one entry to the institution's chain; ``by=None`` is the system itself.

    The chain stays locked until the transaction ends. Raises RuntimeError outside a transaction, because an act and
    its entry must become true together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("trail.append must run inside the transaction of the act it records")
    subjects = list(subjects)
    pairs = sorted({(subject.kind, subject.pk) for subject in subjects})
    detail = _detail(by, subjects, data or {}, reason)
    head = _locked_head(institution_id)
    entry = Entry(
        institution_id=institution_id,
        seq=head.seq + 1,
        at=clock.now(),
        actor_id=by.pk if by else None,
        verb=verb,
        previous=head.digest,
        detail_digest=digests.detail_digest(detail.salt, detail.body),
    )
    entry.digest = entry.computed_digest(pairs)
    entry.save(force_insert=True)
    rows.insert(EntrySubject, ("entry", "kind", "subject_id"), [(entry.pk, kind, pk) for kind, pk in pairs])
    detail.entry = entry
    detail.save(force_insert=True)
    Chain.objects.filter(pk=institution_id).update(seq=entry.seq, digest=entry.digest)
    return entry


def seen(*, by: Actor | None, institution_id: int, page: str, subjects: Iterable[Subject]) -> None:
    """Record that ``by`` is about to be shown these subjects on ``page``; one INSERT, no lock on the chain.

    Call it outside any transaction and before the response exists: the row is then committed first, and where it
    cannot be written the error leaves no page to send.
    """
    at = clock.now()
    reader = (at, by.pk if by else None, by.full_name if by else "", institution_id, page)
    columns = ("at", "actor_id", "actor_label", "institution_id", "page", "kind", "subject_id", "label")
    rows.insert(Access, columns, [(*reader, one.kind, one.pk, one.label) for one in subjects])


def erase(*, institution_id: int, by: Actor | None, entries: Iterable[Entry], reason: str) -> Entry:
    """Take the words (names, data, reasons) out of these entries for good; the chain still verifies.

    The act is an entry of its own, written first: the triggers let go of a detail only when such an entry names it.
    Raises ValueError for an entry of another institution.
    """
    entries = list(entries)
    if any(entry.institution_id != institution_id for entry in entries):
        raise ValueError("erase takes entries of one institution at a time")
    told = append(
        institution_id=institution_id,
        by=by,
        verb=ERASED,
        subjects=[Subject("entry", entry.pk, str(entry.seq)) for entry in entries],
        reason=reason,
    )
    EntryDetail.objects.filter(entry__in=[entry.pk for entry in entries]).delete()
    return told


def entries_for(kind: str, pk: int) -> QuerySet[Entry]:
    """What happened to this subject, newest first, with the words at hand."""
    return Entry.objects.filter(subjects__kind=kind, subjects__subject_id=pk).select_related("detail").order_by("-pk")


def accesses_for(kind: str, pk: int) -> QuerySet[Access]:
    """Who looked at this subject, newest first."""
    return Access.objects.filter(kind=kind, subject_id=pk).order_by("-at", "-pk")


def entries_by(actor_pk: int) -> QuerySet[Entry]:
    """What this person did, newest first, with the words at hand."""
    return Entry.objects.filter(actor_id=actor_pk).select_related("detail").order_by("-at", "-pk")


def accesses_by(actor_pk: int) -> QuerySet[Access]:
    """What this person looked at, newest first."""
    return Access.objects.filter(actor_id=actor_pk).order_by("-at", "-pk")


def _locked_head(institution_id: int) -> Chain:
    """The institution's head, locked; SQLite ignores the lock and relies on IMMEDIATE transactions."""
    locked = Chain.objects.select_for_update()
    head = locked.filter(pk=institution_id).first()
    if head is None:
        Chain.objects.bulk_create([Chain(institution_id=institution_id)], ignore_conflicts=True)
        head = locked.get(pk=institution_id)
    return head


def _detail(by: Actor | None, subjects: list[Subject], data: dict[str, Any], reason: str) -> EntryDetail:
    told = {"actor": by.full_name if by else "", "subjects": subjects, "data": data, "reason": reason}
    return EntryDetail(salt=secrets.token_hex(16), body=digests.canonical(told))
