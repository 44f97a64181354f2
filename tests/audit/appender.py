"""Appends without end and says so line by line, until somebody kills it: ``python -m tests.audit.appender``."""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rehsos.settings")
django.setup()

from django.db import transaction  # noqa: E402

from audit import trail  # noqa: E402


def append_forever(*, too_early: bool) -> None:
    """Acknowledge each entry after its commit; or ``too_early``: inside the transaction, and then linger."""
    while True:
        with transaction.atomic():
            entry = trail.append(
                institution_id=1, by=None, verb="job", subjects=[trail.Subject("case", 11, "ANKN-2026-0011")]
            )
            if too_early:
                print(entry.seq, entry.digest, flush=True)
                time.sleep(60)
        print(entry.seq, entry.digest, flush=True)


if __name__ == "__main__":
    append_forever(too_early="--too-early" in sys.argv)
