"""Form keys: a double click, a retry or a resent form has one effect and one answer."""

from django.db import IntegrityError, transaction

from accounts import drafts
from accounts.models import FormKey, User


def claim(key: str, *, by: User, answer: object = "") -> str | None:
    """Take ``key`` for this transaction; the earlier answer if the form was answered before, else ``None``.

    Call it inside the write's own transaction and after the row lock, so that a loser waits for the winner and
    then reads its answer. An empty key (imports, demo data, commands) is never answered twice. Whoever knows the
    ``answer`` beforehand gives it here, and need not settle.
    """
    if not key:
        return None
    try:
        with transaction.atomic():
            FormKey.objects.create(key=key, user=by, answer=str(answer))
    except IntegrityError:
        return FormKey.objects.get(key=key).answer
    drafts.sent(key, by=by)
    return None


def settle(key: str, answer: object) -> None:
    """Keep the answer of a claimed key."""
    if key:
        FormKey.objects.filter(key=key).update(answer=str(answer))
