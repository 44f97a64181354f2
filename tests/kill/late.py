"""The application with its trail written (long) after the commit: a fault that a kill run must notice."""

import time

from django.db import transaction

from rehsos.wsgi import application

# isort: split
from audit import trail  # only once the applications are loaded

__all__ = ["application"]

append = trail.append


def append_late(**entry) -> None:
    def write() -> None:
        time.sleep(600)
        with transaction.atomic():
            append(**entry)

    transaction.on_commit(write)


trail.append = append_late
