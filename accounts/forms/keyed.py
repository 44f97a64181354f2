"""What every form of an act carries: a key that makes it answerable once, the version it was drawn from, its draft."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.urls import reverse

from accounts import drafts
from accounts.models import Draft, User
from rehsos import doors
from rehsos.doors import Refused

Result = TypeVar("Result")
WRITTEN = (forms.TextInput, forms.Textarea)


@dataclass(frozen=True)
class Difference:
    """One field in which what somebody wrote and what is stored by now are not the same, in words."""

    label: str
    mine: str
    stored: str


class KeyedForm(forms.Form):
    """A form with ``form_key`` and ``version``; ``act`` names the form, ``subject`` what it is about.

    What is written in it is kept as a draft until it is sent: ``draft`` are the keys of the pages it came from.
    Where somebody was faster, ``differences`` are between the two texts and ``faster`` says who that was.
    """

    differences: list[Difference] | None = None
    faster: str = ""
    aside: tuple[str, ...] = ()  # fields that answer the page and are stored nowhere

    form_key = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    draft = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        user: User,
        act: str,
        subject: object,
        version: int | None = None,
        with_draft: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.act, self.subject = user, act, subject
        self.initial.setdefault("form_key", doors.form_key(user, act, subject))
        self.initial.setdefault("version", version)
        self.place = doors.key_place(self.initial["form_key"])
        self.taken_draft: Draft | None = None
        self.typed_before: QueryDict | None = None
        if self.is_drafted:
            self._begin_draft(with_draft)
        else:
            del self.fields["draft"]

    @property
    def status(self) -> int:
        """What a page answers that shows this form: nothing amiss, not yet in order, or overtaken."""
        if self.differences is not None:
            return 409
        return 422 if self.is_bound else 200

    @property
    def is_drafted(self) -> bool:
        """Where there is something to write; never where a password is asked."""
        fields = self.fields.values()
        if any(isinstance(field.widget, forms.PasswordInput) for field in fields):
            return False
        return any(isinstance(field, forms.CharField) and isinstance(field.widget, WRITTEN) for field in fields)

    def _begin_draft(self, with_draft: bool) -> None:
        attrs = self.fields["form_key"].widget.attrs
        attrs["data-draft"] = reverse("accounts:draft")
        if self.is_bound:
            attrs["data-draft-new"] = True  # this page alone has what was posted
        elif with_draft and self.place == self.user.draft_asked:
            self._take_draft()

    def _take_draft(self) -> None:
        draft = self.user.unsent_drafts.get(self.place)
        if draft:
            self.taken_draft, self.typed_before = draft, drafts.unsealed(draft).fields
            self.initial["draft"] = draft.key
            put_in(self, self.typed_before)

    @property
    def waiting_draft(self) -> Draft | None:
        """What was typed into this form before and not sent; not on a page that has some text already."""
        if not self.is_drafted or self.is_bound or self.taken_draft:
            return None
        return self.user.unsent_drafts.get(self.place)

    @property
    def has_draft(self) -> bool:
        return bool(self.waiting_draft or self.taken_draft)

    @property
    def is_draft_outdated(self) -> bool:
        """Whether what the form changes was changed since the draft was typed."""
        return bool(self.taken_draft) and self.taken_draft.version != self.initial["version"]

    def clean_form_key(self) -> str:
        return doors.check_key(self.cleaned_data["form_key"], self.user, self.act, self.subject)

    def clean_version(self) -> int:
        """No version counts as an old one, so that the act answers 409 and not 500."""
        version = self.cleaned_data["version"]
        return -1 if version is None else version


def put_in(form: forms.BaseForm, typed: QueryDict) -> None:
    """Let a fresh form show what was typed into an earlier one. Files were not kept."""
    for name, field in form.fields.items():
        prefixed, widget = form.add_prefix(name), field.widget
        is_typed = not isinstance(widget, forms.FileInput | forms.HiddenInput)
        if is_typed and not widget.value_omitted_from_data(typed, {}, prefixed):
            form.initial[name] = widget.value_from_datadict(typed, {}, prefixed)


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
