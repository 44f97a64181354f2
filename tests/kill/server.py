"""The application as it is served (``scripts/run.sh``), over the database of a test, to be killed and started again."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# As scripts/run.sh and deploy/rehsos.service have them.
SERVED = ("--worker-class=gthread", "--workers=2", "--threads=4", "--timeout=60", "--graceful-timeout=30")


def environment(url: str) -> dict[str, str]:
    """What another process of ours needs: this database, and the keys of this test (its data folder)."""
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.kill.settings"}


class App:
    """gunicorn with its workers in a process group of its own."""

    def __init__(self, url: str, *, application: str = "rehsos.wsgi") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url, self.application = url, application
        self.log = Path(os.environ["REHSOS_DATA_DIR"]) / f"log-{self.port}"
        self.process: subprocess.Popen | None = None

    def start(self) -> float:
        """Serve; the seconds until it answers that all is well."""
        began = time.monotonic()
        log = open(self.log, "ab")  # noqa: SIM115 - the process keeps it
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", f"{self.application}:application", f"--bind=127.0.0.1:{self.port}"]
            + [*SERVED, "--log-level=critical"],
            cwd=ROOT,
            env=environment(self.url),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self.wait_until_well()
        return time.monotonic() - began

    def wait_until_well(self, seconds: float = 60) -> None:
        """Ask until the answer is that the database answers too."""
        limit = time.monotonic() + seconds
        while self.health() != 200:
            assert self.process and self.process.poll() is None, self.log.read_text()[-3000:]
            assert time.monotonic() < limit, "the application does not come back"
            time.sleep(0.02)

    def health(self) -> int | None:
        try:
            door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            door.request("GET", "/healthz")
            return door.getresponse().status
        except OSError:
            return None
        finally:
            door.close()

    def kill(self) -> None:
        """kill -9 for the whole group, in whatever it is doing."""
        if self.process:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)
            self.process = None
