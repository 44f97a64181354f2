"""What the head of a UPT tells beside the numbers of a month."""

from django.utils.translation import gettext as _

from accounts.models import Institution
from reports.blocks import Block, Chapter, Words
from reports.months import Month
from services.models import MonthWords


def of(institution: Institution, month: Month) -> MonthWords | None:
    """What is written about a month so far."""
    rows = MonthWords.objects.filter(institution=institution, year=month.first.year, month=month.first.month)
    return rows.select_related("saved_by").first()


def chapters(words: MonthWords | None) -> list[Chapter]:
    """One chapter with a paragraph for each part that is written; nothing while nothing is."""
    said = {name: text for name, text in (words.told if words else {}).items() if text.strip()}
    labels = {name: str(MonthWords._meta.get_field(name).verbose_name).capitalize() for name in said}
    blocks: list[Block] = [Words(text, labels[name]) for name, text in said.items()]
    return [Chapter(_("Uraian"), blocks)] if blocks else []
