"""The base of every form of an act; it lies one floor below, where the forms about staff need it too."""

from accounts.forms.keyed import KeyedForm, column, put_in, tried

__all__ = ["KeyedForm", "column", "put_in", "tried"]
