"""A process killed in the middle of its work loses nothing it acknowledged and leaves nothing half done."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from audit.models import Chain, Entry, EntryDetail, EntrySubject
from tests.audit.acts import findings

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db(transaction=True)


def database_url() -> str:
    """The database of this test, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def killed_after(lines: int, folder: Path, *arguments: str, linger: float = 0) -> set[tuple[int, str]]:
    """Run the appender, kill it some time after so many lines; the (sequence, digest) pairs it acknowledged."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.audit.appender", *arguments],
        cwd=ROOT,
        env=os.environ
        | {"DATABASE_URL": database_url(), "REHSOS_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "rehsos.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        read = [process.stdout.readline() for _ in range(lines)]
        time.sleep(linger)
    finally:
        process.kill()
    rest, _ = process.communicate(timeout=20)
    whole = [line for line in [*read, *rest.splitlines(keepends=True)] if line.endswith("\n")]
    return {(int(seq), digest) for seq, digest in map(str.split, whole)}


def stored() -> set[tuple[int, str]]:
    return set(Entry.objects.values_list("seq", "digest"))


def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(tmp_path):
    acknowledged = set()
    for linger in (0, 0.013, 0.037):
        acknowledged |= killed_after(15, tmp_path, linger=linger)
    assert len(acknowledged) >= 45
    assert acknowledged <= stored()
    assert len(stored()) <= len(acknowledged) + 3
    assert {EntrySubject.objects.count(), EntryDetail.objects.count(), Chain.objects.get().seq} == {len(stored())}
    assert findings() == []


def test_an_acknowledgement_before_the_commit_would_be_noticed(tmp_path):
    acknowledged = killed_after(1, tmp_path, "--too-early")
    assert len(acknowledged) == 1
    assert stored() == set()
