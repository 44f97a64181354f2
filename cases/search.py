"""How people are looked for: by any part of the name, by number, by a whole NIK, and by a name nearly right."""

import re
from collections.abc import Mapping

from django.db.models import Q
from rapidfuzz import fuzz, process

from cases.crypto import blind_index
from cases.names import fold

NEAR_ENOUGH = 80
NEAR_SHOWN = 5
NIK = re.compile(r"[0-9]{16}")


def by_words(words: str, to: str = "") -> Q:
    """The filter for what somebody typed; ``to`` leads from the model searched to the client, e.g. ``client__``.

    Every word must be in the name, in any order. Nothing typed leaves nothing out.
    """
    words = words.strip()
    if not words:
        return Q()
    named = Q()
    for word in fold(words).split():
        named &= Q(**{f"{to}folded_name__contains": word})
    digits = re.sub(r"[\s.\-]", "", words)
    if NIK.fullmatch(digits):
        named |= Q(**{f"{to}nik_index": blind_index(digits)})
    return named | Q(number__icontains=words) | Q(**{f"{to}number__icontains": words})


def near(words: str, names: Mapping[int, str]) -> list[int]:
    """Those of the folded ``names`` (by id) that a slip of the pen could have meant, likeliest first."""
    found = process.extract(
        fold(words), names, scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH, limit=NEAR_SHOWN, processor=None
    )
    return [pk for _name, _score, pk in found]
