"""Two confirmations of one list at the same moment make one effect, through the pages."""

from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from audit.verify import Walk
from cases.models import Case
from services.models import OpeningEntry, OpeningList
from tests import factories
from tests.services import running
from tests.services.browsing import Browser, filled, form_in
from tests.services.racing import at_once
from tests.services.test_opening_pages import HOME, PREVIEW, SEND, row

pytestmark = pytest.mark.django_db(transaction=True)


def confirmation(user, content):
    """What a browser of somebody sends who has looked at their list."""
    browse = Browser(Client())
    sent = filled(form_in(browse(user, HOME), "opening_upload"), file=SimpleUploadedFile("kasus.xlsx", content))
    browse(user, SEND, **sent)
    return partial(browse.client.post, PREVIEW, filled(form_in(browse(user, PREVIEW), "opening_import")))


def again(user):
    """The same person in a second window."""
    browse = Browser(Client())
    return partial(browse.client.post, PREVIEW, filled(form_in(browse(user, PREVIEW), "opening_import")))


def effects(*acts):
    return sorted(answer.status_code for answer in at_once(*acts)), OpeningEntry.objects.count(), Case.objects.count()


def test_two_people_confirm_one_list_at_once_and_it_comes_in_once():
    people = factories.team()
    office = factories.user("tatausaha", Role.ADMIN_OFFICE, upt=people.head.institution)
    content = running.book(row(1), row(2))
    acts = [confirmation(user, content) for user in (office, people.supervisor)]
    assert effects(*acts) == ([302, 422], 2, 2)
    assert OpeningList.objects.get().version == 1
    assert list(Walk(office.institution.pk).problems()) == []


def test_one_person_confirms_in_two_windows_at_once_and_it_comes_in_once():
    people = factories.team()
    first = confirmation(people.supervisor, running.book(row(1), row(2)))
    codes, entries, cases = effects(first, again(people.supervisor))
    assert (codes[0], codes[1] in (404, 422), entries, cases) == (302, True, 2, 2)
