"""``{% draft form %}`` before a form: what was typed into it earlier and not sent, offered or already in it."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context

from accounts.drafts import ASKED, asking, unsealed
from accounts.forms.keyed import KeyedForm

register = template.Library()


@register.inclusion_tag("forms/_draft.html", takes_context=True)
def draft(context: Context, form: KeyedForm) -> dict[str, Any]:
    kept = form.waiting_draft or form.taken_draft
    if kept is None:
        return {}
    if form.taken_draft:
        form.user.draft_asked = ""  # here it is
    page = _page(getattr(context, "request", None)) or unsealed(kept).page
    return {
        "draft": kept,
        "is_taken": form.taken_draft is not None,
        "is_outdated": form.is_draft_outdated,
        "page": page,
        "url": asking(page, kept.place),
    }


def _page(request: HttpRequest | None) -> str:
    """The address of this page without the draft it was asked for; nothing where it answers a POST."""
    if request is None or request.method != "GET":
        return ""
    query = request.GET.copy()
    query.pop(ASKED, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
