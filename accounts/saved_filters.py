"""Filters of a list that somebody keeps under a name: theirs alone."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from rehsos import clock


class SavedFilter(models.Model):
    """The query of a list page under a name. What it finds is asked anew each time, within the reader's sight."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="saved_filters")
    page = models.CharField(max_length=40)  # the name of the list's address
    name = models.CharField(_("nama filter"), max_length=60)
    query = models.CharField(max_length=1000)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint("user", "page", Lower("name"), name="saved_filter_unique"),
        ]

    def __str__(self) -> str:
        return self.name
