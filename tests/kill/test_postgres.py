"""kill -9 of PostgreSQL: 503 with the text kept meanwhile, then on without a restart, and nothing lost."""

import pytest
from django.db import connection

from tests.kill import desks
from tests.kill.test_app import FORMS, working

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
]


@pytest.mark.parametrize("kills", [2, pytest.param(5, marks=pytest.mark.heavy)])
def test_nothing_acknowledged_is_lost_and_text_comes_back_meanwhile(begin, kills):
    stand = begin()
    serving = stand.app.process.pid
    for _kill in range(kills):
        room = working(stand, FORMS)
        stand.cluster.kill()
        room.close()
        expect_text_back(stand)
        stand.cluster.start()
        stand.app.wait_until_well(5)
    stand.expect_nothing_lost()
    assert stand.app.process.pid == serving
    assert len(stand.acknowledged) >= FORMS * kills


def expect_text_back(stand):
    """What met the outage came back as a page with all its fields (``Desk.take``); so does what is sent now."""
    desk = stand.people[0]
    post = desk.pending = desk.pending or desk.fill_in(lambda *_: pytest.fail("needs a page"), "activity")
    assert not desk.take(post, desks.Visit(stand.app.port).ask("POST", post.url, post.by, post.data))
    pages = [page for desk in stand.people for page in desk.meanwhile]
    for page in pages:
        assert page.headers["Retry-After"] == "10"
        assert "Basis data sedang tidak dapat dihubungi" in page.page
        assert desks.WORDS.splitlines()[0] in page.page
        assert "Kirim lagi" in page.page
    for desk in stand.people:
        desk.meanwhile.clear()


def test_acknowledging_before_it_is_on_disk_would_be_noticed(begin):
    stand = begin()
    stand.cluster.set(synchronous_commit="off", wal_writer_delay="10s")  # with this the application would not start
    room = working(stand, 8)
    stand.cluster.kill()
    room.close()
    stand.cluster.start()
    assert set(stand.acknowledged) - set(stand.held()["keys"])
