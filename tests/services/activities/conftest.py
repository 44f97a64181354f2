"""The form of one's own work: drawn for somebody, and filled in and sent."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from services.forms.base import KeyedForm
from tests.services.activities.pictures import NEW


@pytest.fixture
def form(client: Client) -> Callable[..., KeyedForm]:
    """``form(user, path)``: the form as it is drawn."""

    def go(user: User, path: str = NEW) -> KeyedForm:
        client.force_login(user)
        return client.get(path).context["form"]

    return go


@pytest.fixture
def log(client: Client, form: Callable[..., KeyedForm]) -> Callable[..., HttpResponse]:
    """``log(user, code=…)``: draw the form, fill it in, send it."""

    def go(user: User, path: str = NEW, **values: Any) -> HttpResponse:
        drawn = form(user, path)
        post = {field.html_name: field.value() for field in drawn if field.value() not in (None, "", [])}
        return client.post(path, post | values)

    return go
