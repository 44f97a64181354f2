"""How people are looked for: by any part of the name, by number, by a whole NIK, and by a name nearly right."""

import re
from collections.abc import Mapping

from django.db.models import Q
from rapidfuzz import fuzz, process

from accounts.models import Institution
from cases.crypto import blind_index
from cases.models import Client, ClientMerge
from cases.names import fold

NEAR_ENOUGH = 80
NEAR_SHOWN = 5
NIK = re.compile(r"[0-9]{16}")


def clients(words: str) -> Q:
    """The clients meant by what somebody typed: every word is in the name, in any order. Nothing typed means all."""
    words = words.strip()
    if not words:
        return Q()
    found = Q()
    for word in fold(words).split():
        found &= Q(folded_name__contains=word)
    digits = re.sub(r"[\s.\-]", "", words)
    if NIK.fullmatch(digits):
        found |= Q(nik_index=blind_index(digits))
    if not _may_be_number(words):
        return found
    # The number of somebody merged into another leads to the one that was kept.
    merged = ClientMerge.objects.filter(merged__number__icontains=words)
    return found | Q(number__icontains=words) | Q(pk__in=merged.values("kept"))


def cases(words: str, upt: Institution) -> Q:
    """The cases of a UPT meant by what somebody typed: by their client, or by their own number."""
    words = words.strip()
    if not words:
        return Q()
    # A subquery of its own: joined, the database would walk through all cases for the sake of their clients.
    found = Q(client__in=Client.objects.filter(clients(words), institution=upt).order_by())
    return found | Q(number__icontains=words) if _may_be_number(words) else found


def _may_be_number(words: str) -> bool:
    return any(character.isdigit() for character in words)


def near(words: str, names: Mapping[int, str]) -> list[int]:
    """Those of the folded ``names`` (by id) that a slip of the pen could have meant, likeliest first."""
    found = process.extract(
        fold(words), names, scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH, limit=NEAR_SHOWN, processor=None
    )
    return [pk for _name, _score, pk in found]
