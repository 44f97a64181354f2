"""kill -9 of the application in the middle of its work: nothing acknowledged is lost, nothing is half done."""

import os
import random
import time

import pytest

from tests.kill import desks

pytestmark = pytest.mark.django_db(transaction=True)

FORMS = 12  # acknowledged before each kill, at least
BACK_IN = 5  # seconds, on a machine that has nothing else to do


def working(stand, forms):
    """Everybody at work: so many forms are acknowledged, and some time later they are still at it."""
    room = desks.Room(stand.people, stand.app.port)
    room.wait_for(forms)
    time.sleep(random.uniform(0, 0.3))
    return room


@pytest.mark.parametrize("kills", [3, pytest.param(10, marks=pytest.mark.heavy)])
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(begin, kills):
    stand, back = begin(), []
    for _kill in range(kills):
        room = working(stand, FORMS)
        stand.app.kill()
        room.close()
        back.append(stand.app.start())
    stand.expect_nothing_lost()
    print("back in", *(f"{seconds:.1f}" for seconds in back))
    assert len(stand.acknowledged) >= FORMS * kills
    assert max(back) <= BACK_IN * max(1, os.getloadavg()[0] / os.cpu_count())


def test_a_trail_written_after_the_commit_would_be_noticed(begin):
    stand = begin(application="tests.kill.late")
    room = desks.Room(stand.people, stand.app.port)
    while not sum(stand.added(stand.held()).values()):
        time.sleep(0.2)
    stand.app.kill()
    room.close()
    after = stand.held()
    assert after["entries"] - stand.before["entries"] < sum(stand.added(after).values())
