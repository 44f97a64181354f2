"""Desks with their cases, and the application over a database that is kept as production keeps it."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.kill import desks, ledger
from tests.kill.cluster import Cluster
from tests.kill.server import ROOT, App, environment


@dataclass
class Stand:
    """Who works, on what, and what the database held before."""

    people: list[desks.Desk]
    app: App
    cluster: Cluster | None
    before: dict[str, Any] = field(default_factory=ledger.held)

    def held(self) -> dict[str, Any]:
        """What the database holds now; of another server than the test's another process tells."""
        if self.cluster is None:
            return ledger.held()
        told = subprocess.run(
            [sys.executable, "-m", "tests.kill.ledger"],
            cwd=ROOT,
            env=environment(self.cluster.url),
            check=True,
            capture_output=True,
        )
        return json.loads(told.stdout)

    @property
    def acknowledged(self) -> dict[str, str]:
        return {key: act for desk in self.people for key, act in desk.acknowledged.items()}

    def added(self, after: dict[str, Any]) -> dict[str, int]:
        """How many rows of each act there are more than before."""
        return {act: after["rows"][act] - count for act, count in self.before["rows"].items()}

    def expect_nothing_lost(self) -> None:
        """Every form that is still unanswered is sent once more; then each has had its one effect and its entry."""
        for desk in self.people:
            desks.finish(desk, self.app.port)
        after, acknowledged = self.held(), self.acknowledged
        print(f"{len(acknowledged)} acknowledged,", dict(sum((desk.told for desk in self.people), Counter())))
        assert sorted(set(after["keys"]) - set(self.before["keys"])) == sorted(acknowledged)
        assert self.added(after) == dict.fromkeys(desks.ACTS, 0) | Counter(acknowledged.values())
        assert after["entries"] - self.before["entries"] == len(acknowledged)
        assert (after["halves"], after["findings"]) == ([], [])


@pytest.fixture
def begin() -> Iterator[Callable[..., Stand]]:
    """``begin()``: the application runs. The server of the lane syncs nothing, so PostgreSQL gets one of its own."""
    with ExitStack() as ends:

        def start(**options: Any) -> Stand:
            people = desks.open_desks(4)
            cluster = _own_server(ends) if connection.vendor == "postgresql" else None
            app = App(cluster.url if cluster else f"sqlite:///{connection.settings_dict['NAME']}", **options)
            ends.callback(app.kill)
            app.start()
            return Stand(people, app, cluster)

        yield start


def _own_server(ends: ExitStack) -> Cluster:
    folder = Path(tempfile.mkdtemp(prefix="rehsos-kill.", dir="/tmp"))
    ends.callback(shutil.rmtree, folder)
    cluster = Cluster(folder)
    ends.callback(cluster.stop)
    cluster.start()
    cluster.copy_here()
    return cluster
