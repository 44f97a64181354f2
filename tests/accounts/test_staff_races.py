"""Two at the same moment: one account, one password per link, and never two administrators out at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts import passwords, staffing
from accounts.enums import Employment, Role
from accounts.models import User
from accounts.staffing import Grant
from audit.models import Entry
from rehsos import doors
from tests.accounts.people import dinas, person, upt

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act answered or raised, all begun together."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            gate.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_same_form_five_times_at_once_makes_one_account():
    head = person("kepala", Role.HEAD)
    values = {"name": "Rina", "employment": Employment.OTHER}
    key = doors.form_key(head, "staff_new", upt())
    grants = [Grant(Role.SOCIAL_WORKER, upt())]
    answers = at_once(
        *[lambda: staffing.create(username="rina", values=values, grants=grants, by=head, key=key).pk] * 5
    )
    assert answers == [User.objects.get(username="rina").pk] * 5
    assert Entry.objects.count() == 1


def test_a_link_opened_twice_at_once_sets_one_password():
    rina = person("rina", Role.SOCIAL_WORKER)
    rina.set_unusable_password()
    rina.save(update_fields=["password"])
    token = passwords.token(rina)
    words = ("gajah-berenang-9", "kuda-terbang-7")
    answers = at_once(*[lambda word=word: passwords.choose(token=token, password=word) for word in words])
    assert sorted(answer is None for answer in answers) == [False, True]
    won = words[[answer is not None for answer in answers].index(True)]
    assert User.objects.get(pk=rina.pk).check_password(won)


def test_two_administrators_do_not_put_each_other_out():
    one, other = (person(name, Role.ADMINISTRATOR, institution=dinas()) for name in ("admin", "admin2"))
    pairs = ((one, other), (other, one))
    answers = at_once(
        *[lambda by=by, whom=whom: staffing.deactivate(person=whom, reason="x", by=by, version=1) for by, whom in pairs]
    )
    assert sorted(type(answer) is PermissionDenied for answer in answers) == [False, True]
    assert User.objects.filter(is_active=True).count() == 1
