"""The numbers given out so far; a leaf, so that the models can stand beside it."""

from django.db import models


class Counter(models.Model):
    """The last number given out, per institution, series and year; locked while a number is drawn."""

    institution = models.ForeignKey("accounts.Institution", models.CASCADE, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "series", "year"], name="counter_unique"),
        ]
