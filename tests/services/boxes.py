"""The boxes of a stage: the form of an act as the page draws it for somebody, and sending it."""

from services.models import Request
from tests.services.browsing import stage_page

OTHER_ROLE = "Halaman ini untuk peran lain."


def form_of(client, user, case, act, stage=None):
    """The form of an act as the page of the stage draws it for somebody."""
    client.force_login(user)
    boxes = client.get(stage_page(case, stage)).context["boxes"]
    return next(box for box in boxes if box.form is not None and box.form.act == act)


def data_of(box, **typed):
    hidden = {field.html_name: field.value() for field in box.form.hidden_fields()}
    return {name: value for name, value in {**hidden, **typed}.items() if value is not None}


def act(client, user, case, name, **typed):
    box = form_of(client, user, case, name)
    return client.post(box.url, data_of(box, **typed))


def requests(case):
    """What was asked for in the dwelling that this case was read in."""
    return Request.objects.filter(case=case, case_version=case.version)
