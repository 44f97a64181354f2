"""The base of every form of an act; it lies one floor below, where the forms about staff need it too."""

from accounts.forms.keyed import KeyedForm, tried

__all__ = ["KeyedForm", "tried"]
