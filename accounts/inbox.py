"""Notices to one person: that something waits for them somewhere on the site. Numbers and addresses, never a name."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from rehsos import clock

if TYPE_CHECKING:
    from accounts.models import User


class Notice(models.Model):
    """One line in somebody's inbox. ``about`` is the number of the case it concerns, if any."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="notices")
    text = models.CharField(_("kabar"), max_length=300)
    url = models.CharField(max_length=300)
    about = models.CharField(max_length=40, blank=True, default="")
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["user", "-at", "-id"], name="notice_list"),
        ]


def unread_of(person: str) -> Subquery:
    """How many notices somebody has not read, to annotate rows that have them as ``person``; empty for none."""
    unread = Notice.objects.filter(user=OuterRef(person), read_at__isnull=True).order_by()
    return Subquery(unread.values("user").annotate(n=Count("pk")).values("n"), output_field=IntegerField())


def tell(people: "Iterable[User]", text: str, url: str, *, about: str = "") -> None:
    """One notice to each of them, once; inside the transaction of what they are told of."""
    whom = {person.pk: person for person in people}
    Notice.objects.bulk_create(Notice(user_id=key, text=text, url=url, about=about) for key in sorted(whom))


def read(person: "User", *, only: int | None = None, up_to: int | None = None) -> list[Notice]:
    """Count notices as read: one of them, or all up to one. Gives what it found, read before or not."""
    rows = Notice.objects.filter(user=person)
    rows = rows.filter(pk=only) if only is not None else rows.filter(pk__lte=up_to or 0, read_at__isnull=True)
    found = list(rows)
    rows.filter(read_at__isnull=True).update(read_at=clock.now())
    return found
