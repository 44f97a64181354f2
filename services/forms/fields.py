"""Fields that several forms share; those that staff forms need too lie one floor below."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.forms.fields import day_field
from accounts.models import User

__all__ = ["day_field", "past_day"]

EARLIEST = date(1900, 1, 1)


def past_day(day: date | None, user: User) -> date | None:
    """A day that has come where the person works, in a year that somebody can remember."""
    if day and day > user.institution.today():
        raise ValidationError(_("Tanggal ini belum lewat."))
    if day and day < EARLIEST:
        raise ValidationError(_("Periksa tahunnya: sebelum 1900."))
    return day
