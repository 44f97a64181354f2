"""Numbers from an institution's own patterns, drawn under a lock so that none is given twice."""

from django.db.models import F

from accounts.models import Counter, Institution
from accounts.patterns import written


def draw(institution: Institution, series: str, pattern: str) -> str:
    """The next number of a series, e.g. ``ANKN-2026-0007``. Call inside the write's transaction."""
    year = institution.today().year
    # Rows that merely point at the institution may be written meanwhile.
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    Counter.objects.get_or_create(institution=institution, series=series, year=year)
    Counter.objects.filter(institution=institution, series=series, year=year).update(last=F("last") + 1)
    last = Counter.objects.get(institution=institution, series=series, year=year).last
    return written(pattern, code=institution.code, year=year, seq=last)


def draw_many(institution: Institution, series: str, pattern: str, how_many: int) -> list[str]:
    """The next numbers of a series in one go, in order. Call inside the write's transaction."""
    year = institution.today().year
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    Counter.objects.get_or_create(institution=institution, series=series, year=year)
    Counter.objects.filter(institution=institution, series=series, year=year).update(last=F("last") + how_many)
    last = Counter.objects.get(institution=institution, series=series, year=year).last
    first = last - how_many + 1
    return [written(pattern, code=institution.code, year=year, seq=seq) for seq in range(first, last + 1)]
