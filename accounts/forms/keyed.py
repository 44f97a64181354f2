"""What every form of an act carries: the key that makes it answerable once, and the version it was drawn from."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.db.models import Model

from accounts.models import User
from rehsos import doors
from rehsos.doors import Refused

Result = TypeVar("Result")


class KeyedForm(forms.Form):
    """A form with ``form_key`` and ``version``; ``act`` names the form, ``subject`` what it is about."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, act: str, subject: object, version: int | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user, self.act, self.subject = user, act, subject
        self.initial.setdefault("form_key", doors.form_key(user, act, subject))
        self.initial.setdefault("version", version)

    def clean_form_key(self) -> str:
        return doors.check_key(self.cleaned_data["form_key"], self.user, self.act, self.subject)

    def clean_version(self) -> int:
        """No version counts as an old one, so that the act answers 409 and not 500."""
        version = self.cleaned_data["version"]
        return -1 if version is None else version


def tried(form: forms.Form, act: Callable[..., Result], **kwargs: Any) -> Result | None:
    """Do one domain act; a refusal becomes an error of the form, which the view draws again with 422."""
    try:
        return act(**kwargs)
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return None


def column(model: type[Model], name: str, **options: Any) -> forms.Field:
    """A field with the label, the limits and the choices of a model's column."""
    return model._meta.get_field(name).formfield(**options)
