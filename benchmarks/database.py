"""The database of a benchmark: made for it, undone after it."""

from collections.abc import Callable

from django.db import connection, transaction
from django.test.utils import setup_test_environment


def scratch(act: Callable[[], None]) -> None:
    """Run in a database that was made for this, inside a transaction that is rolled back."""
    setup_test_environment(debug=False)
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
