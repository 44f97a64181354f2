"""What people have typed and not sent: kept on the server for them alone, sealed, until the form is sent."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from accounts.models import Draft, FormKey, User
from rehsos import clock, doors, errors, formatting, sealing

ASKED = "draf"  # in the address of a page: the place of the draft to put into its form
LIMIT = 200_000  # bytes of names and values
DAYS_KEPT = 30
# What belongs to the page and not to the person.
LEFT_OUT = frozenset({*errors.NEVER_REPEATED, "form_key", "version", "draft", "draft_page", "draft_title"})


class TooLong(Exception):
    """More than a draft may hold."""


class Elsewhere(Exception):
    """Another page holds the draft of the same form; ``found`` is that draft, or nothing if it was sent there."""

    def __init__(self, found: Draft | None) -> None:
        super().__init__()
        self.found = found

    @property
    def words(self) -> str:
        if self.found is None:
            return _("Formulir ini sudah terkirim. Isian sesudahnya belum tersimpan: muat ulang halamannya.")
        at = formatting.time_of_day(self.found.saved_at)
        return _("Draf lain dari formulir ini tersimpan pukul %s, dari tab lain atau sebelumnya.") % at


@dataclass(frozen=True)
class Content:
    """An unsealed draft: the page it was typed on, what that page is called, and the fields."""

    page: str
    title: str
    fields: QueryDict


@transaction.atomic
def store(*, user: User, posted: QueryDict, page: str, title: str = "") -> Draft:
    """Keep the fields of a form under its key; :class:`Elsewhere` where that would overwrite another page's text."""
    key = posted.get("form_key", "")
    if FormKey.objects.filter(key=key).exists():
        raise Elsewhere(None)
    own = user.drafts.filter(place=doors.key_place(key))
    found = own.unsent().select_for_update().first()
    if found and found.key not in (key, *posted.get("draft", "").split()):
        raise Elsewhere(found)
    before = unsealed(found) if found else None
    page = page if is_page(page) else before.page if before else ""
    values = {
        "key": key,
        "version": _number(posted.get("version", "")),
        "sealed": _sealed(posted, page, title or (before.title if before else "")),
        "saved_at": clock.now(),
    }
    try:
        with transaction.atomic():
            return own.update_or_create(defaults={**values, "user": user, "place": doors.key_place(key)})[0]
    except IntegrityError as race:
        raise Elsewhere(own.get()) from race


def _sealed(posted: QueryDict, page: str, title: str) -> str:
    fields = [[name, values] for name, values in posted.lists() if _is_typed(name)]
    size = sum(len(text.encode()) for name, values in fields for text in (name, *values))
    if size > LIMIT:
        raise TooLong
    return sealing.encrypt(json.dumps({"page": page, "title": title[:200], "fields": fields}))


def _is_typed(name: str) -> bool:
    return name not in LEFT_OUT and not any(word in name.lower() for word in errors.SECRET_WORDS)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def is_page(address: str) -> bool:
    """Whether an address is a page of ours that can be opened again."""
    try:
        policy = resolve(address.partition("?")[0]).func.policy
    except (Resolver404, AttributeError):
        return False
    return policy.allows_method("GET")


def unsealed(draft: Draft) -> Content:
    kept: dict[str, Any] = json.loads(sealing.decrypt(draft.sealed))
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"]:
        fields.setlist(name, values)
    return Content(kept["page"], kept["title"], fields)


def asking(address: str, place: str) -> str:
    """The address of a page, so that its form comes with the draft of a place."""
    path, _mark, query = address.partition("?")
    wanted = QueryDict(query, mutable=True)
    wanted[ASKED] = place
    return f"{path}?{wanted.urlencode()}"


def discard(*, user: User, place: str) -> None:
    user.drafts.filter(place=place).delete()


def sent(key: str, *, by: User) -> None:
    """The form of a key is answered, in this very transaction: what was kept of it is no longer needed.

    Whoever had nothing when they came costs no query; a draft stored since counts as sent by its key, and is swept.
    """
    had_drafts = not by.active_memberships or by.active_memberships[0].has_drafts
    if had_drafts and (place := doors.key_place(key)):
        discard(user=by, place=place)


def sweep() -> int:
    """Delete what nobody came back for; how many drafts it was."""
    old = Draft.objects.filter(saved_at__lt=clock.now() - timedelta(days=DAYS_KEPT))
    unsent = Draft.objects.unsent().values("pk")
    return old.delete()[0] + Draft.objects.exclude(pk__in=unsent).delete()[0]
