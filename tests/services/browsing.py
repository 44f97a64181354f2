"""What tests of pages share: open a page as somebody, find a form on it, fill it in."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from services.forms.base import KeyedForm


class Browser:
    """A browser that signs in as whoever asks; with something typed it posts."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, user: User, path: str, **typed: Any) -> HttpResponse:
        self.client.force_login(user)
        return self.client.post(path, typed) if typed else self.client.get(path)


def stage_page(case: Case, stage: Stage | None = None) -> str:
    return f"/kasus/{case.number}/tahap/{(stage or Stage(case.stage)).slug}/"


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def form_in(answer: HttpResponse, act: str) -> KeyedForm:
    """The form of an act on a page, wherever it lies."""
    context = answer.context
    forms = [context.get(name) for name in ("form", "minutes_form")]
    boxes = [*context.get("boxes", ()), context.get("entry"), context.get("addendum")]
    forms += [box.form for box in boxes if box]
    return next(form for form in forms if form is not None and form.act == act)


def filled(form: KeyedForm, **typed: Any) -> dict[str, Any]:
    """A post of the form as it was drawn, with what somebody typed."""
    data = {field.html_name: field.value() for field in form} | typed
    return {name: value for name, value in data.items() if value is not None and value is not False}


def boxes_in(answer: HttpResponse) -> list[tuple[str, str]]:
    """What a page offers to do, each with its button."""
    return [(box.title, box.button) for box in answer.context["boxes"]]
