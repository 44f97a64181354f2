"""Tests that commit leave nothing behind, although append-only tables refuse to be emptied."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit import trail, triggers
from audit.models import Entry


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_committed_entry_is_gone_for_the_next_test_and_the_triggers_are_back(turn):
    assert Entry.objects.count() == 0
    assert triggers.missing(connection) == []
    with transaction.atomic():
        trail.append(institution_id=1, by=None, verb="test.ran", subjects=[])
    with pytest.raises(DatabaseError):
        Entry.objects.all().delete()
