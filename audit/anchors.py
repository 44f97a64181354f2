"""Anchors: heads of chains written down outside the database, one per line, to hold the chains against later."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from audit.models import Chain, Entry

Anchors = dict[int, dict[int, set[str]]]
"""institution → sequence → every digest written down for it."""


def lines(institution_id: int | None = None) -> Iterator[str]:
    """``institution sequence digest time`` for the head of every chain, or of one."""
    chains = Chain.objects.filter(seq__gt=0).order_by("institution_id")
    for chain in chains if institution_id is None else chains.filter(pk=institution_id):
        entry = Entry.objects.filter(institution_id=chain.institution_id, seq=chain.seq).first()
        yield f"{chain.institution_id} {chain.seq} {chain.digest} {entry.at.isoformat() if entry else '-'}"


def read(text: Iterable[str]) -> Anchors:
    """Parse lines as ``lines`` writes them; several runs may stand in one file. Raises ValueError naming the line."""
    anchors: Anchors = defaultdict(lambda: defaultdict(set))
    for number, line in enumerate(text, start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            institution_id, seq, digest = int(words[0]), int(words[1]), words[2]
        except (IndexError, ValueError):
            raise ValueError(_("Baris %(number)d bukan patokan.") % {"number": number}) from None
        anchors[institution_id][seq].add(digest)
    return anchors
