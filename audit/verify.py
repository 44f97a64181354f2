"""Walks the chains and says what is not as it was written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Max, Min
from django.db.models.enums import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import digests
from audit.anchors import Anchors
from audit.models import Chain, Entry, EntrySubject
from audit.trail import ERASED

CHUNK = 2000


class Fault(TextChoices):
    """What can be wrong; the label goes on after the name of the institution."""

    MISSING = "missing", gettext_lazy("urutan %(range)s hilang")
    CHANGED = "changed", gettext_lazy("isi urutan %(range)s telah diubah")
    UNLINKED = "unlinked", gettext_lazy("urutan %(range)s tidak lagi tersambung dengan urutan sebelumnya")
    WORDS_CHANGED = "words_changed", gettext_lazy("rincian urutan %(range)s telah diubah")
    WORDS_GONE = "words_gone", gettext_lazy("rincian urutan %(range)s hilang tanpa catatan penghapusan")
    OFF_ANCHOR = "off_anchor", gettext_lazy("urutan %(range)s berbeda dari patokan")
    HEAD = "head", gettext_lazy("kepala rantai tidak sama dengan urutan terakhir (%(range)s)")
    BEYOND = "beyond", gettext_lazy("urutan %(range)s tidak tercatat pada kepala rantai")


@dataclass(frozen=True)
class Problem:
    """One fault on a run of sequence numbers."""

    institution_id: int
    fault: Fault
    first: int
    last: int

    def __str__(self) -> str:
        span = str(self.first) if self.first == self.last else f"{self.first}–{self.last}"
        return _("Institusi %(id)d: %(what)s.") % {
            "id": self.institution_id,
            "what": self.fault.label % {"range": span},
        }


@dataclass
class Walk:
    """One pass over one chain; the counts are complete when ``problems`` is exhausted."""

    institution_id: int
    anchors: Mapping[int, set[str]] = field(default_factory=dict)
    entries: int = 0
    erased: int = 0
    clock_went_back: int = 0

    def problems(self) -> Iterator[Problem]:
        """Every fault, entry by entry; rows are streamed, so a long chain needs no memory.

        Entries that are added during the walk are left for the next one.
        """
        head = self._head()
        seq, digest, at = 0, digests.GENESIS, None
        for entry in self._rows(head.seq):
            if entry.seq != seq + 1:
                yield self._problem(Fault.MISSING, seq + 1, entry.seq - 1)
            elif entry.previous != digest:
                yield self._problem(Fault.UNLINKED, entry.seq)
            yield from self._inspect(entry)
            self.entries += 1
            self.clock_went_back += bool(at and entry.at < at)
            seq, digest, at = entry.seq, entry.digest, entry.at
        yield from self._end(seq, digest, head)

    def _inspect(self, entry: Entry) -> Iterator[Problem]:
        if entry.digest != entry.computed_digest([(s.kind, s.subject_id) for s in entry.subjects.all()]):
            yield self._problem(Fault.CHANGED, entry.seq)
        if entry.told is None:
            self.erased += 1
            if not self._told_as_erased(entry):
                yield self._problem(Fault.WORDS_GONE, entry.seq)
        elif digests.detail_digest(entry.told.salt, entry.told.body) != entry.detail_digest:
            yield self._problem(Fault.WORDS_CHANGED, entry.seq)
        if self.anchors.get(entry.seq, {entry.digest}) != {entry.digest}:
            yield self._problem(Fault.OFF_ANCHOR, entry.seq)

    def _end(self, seq: int, digest: str, head: Chain) -> Iterator[Problem]:
        end = max([head.seq, *self.anchors])
        if seq < end:
            yield self._problem(Fault.MISSING, seq + 1, end)
        elif digest != head.digest:
            yield self._problem(Fault.HEAD, seq)
        # The rows first, the head afterwards: whatever is added meanwhile moves the head with it.
        span = Entry.objects.filter(institution_id=self.institution_id).aggregate(first=Min("seq"), last=Max("seq"))
        head = self._head()
        if span["first"] == 0:
            yield self._problem(Fault.BEYOND, 0)
        if (span["last"] or 0) > head.seq:
            yield self._problem(Fault.BEYOND, head.seq + 1, span["last"])

    def _rows(self, end: int) -> Iterator[Entry]:
        rows = Entry.objects.filter(institution_id=self.institution_id, seq__range=(1, end)).order_by("seq")
        return rows.prefetch_related("subjects", "detail").iterator(chunk_size=CHUNK)

    def _told_as_erased(self, entry: Entry) -> bool:
        return EntrySubject.objects.filter(
            kind="entry", subject_id=entry.pk, entry__verb=ERASED, entry__institution_id=self.institution_id
        ).exists()

    def _head(self) -> Chain:
        return Chain.objects.filter(pk=self.institution_id).first() or Chain(institution_id=self.institution_id)

    def _problem(self, fault: Fault, first: int, last: int | None = None) -> Problem:
        return Problem(self.institution_id, fault, first, first if last is None else last)


def walks(anchors: Anchors) -> Iterator[Walk]:
    """A walk for every institution that has a head, an entry or an anchor, in order of id."""
    heads = Chain.objects.values_list("institution_id", flat=True)
    written = Entry.objects.values_list("institution_id", flat=True).distinct()
    for institution_id in sorted({*heads, *written, *anchors}):
        yield Walk(institution_id, anchors.get(institution_id, {}))


def merged(problems: Iterable[Problem]) -> list[Problem]:
    """The same problems with neighbours of one kind in one range, in order of sequence."""
    runs: list[Problem] = []
    latest: dict[Fault, int] = {}
    for problem in problems:
        index = latest.get(problem.fault)
        if index is not None and runs[index].last + 1 == problem.first:
            runs[index] = Problem(problem.institution_id, problem.fault, runs[index].first, problem.last)
        else:
            latest[problem.fault] = len(runs)
            runs.append(problem)
    return sorted(runs, key=lambda problem: (problem.first, problem.last))
