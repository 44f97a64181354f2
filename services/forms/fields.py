"""Fields that several forms share; those that staff forms need too lie one floor below."""

from accounts.forms.fields import day_field

__all__ = ["day_field"]
