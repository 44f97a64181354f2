"""Pages of a list that stay quick however long it is: nobody leafs through more than a thousand rows."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE = 25
CAP = 1_000


class CappedPaginator(Paginator):
    """Counts no further than ``CAP``: neither the count nor the last page ever walks through a whole table."""

    @cached_property
    def count(self) -> int:
        return min(self.object_list.order_by()[: CAP + 1].count(), CAP)

    @property
    def is_capped(self) -> bool:
        return self.count == CAP


def page_of(request: HttpRequest, found: Any, size: int = PAGE, *, count: int | None = None) -> Page:
    """The page somebody asks for; a number that makes no sense is the nearest that does.

    ``count`` spares counting what the caller has counted.
    """
    paginator = CappedPaginator(found, size)
    if count is not None:
        paginator.count = min(count, CAP)
    return paginator.get_page(request.GET.get("page"))
