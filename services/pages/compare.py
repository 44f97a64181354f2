"""Two texts of one form beside each other, as every page of services needs them."""

from accounts.forms.compare import Difference, differences, renewed

__all__ = ["Difference", "differences", "renewed"]
