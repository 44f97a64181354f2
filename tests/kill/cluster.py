"""A PostgreSQL of a test's own, as production has it (what is acknowledged is on disk), to be killed and started."""

import os
import pwd
import signal
import subprocess
import time
from pathlib import Path

from django.db import connection

NEWEST = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: int(bin.parent.name), default=None)


class Cluster:
    """One server with one database, on a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        if os.geteuid() == 0:  # the server refuses to be root
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        made = self._begin("initdb", "-D", self.data, "-U", "rehsos", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        assert made.wait(timeout=60) == 0, (folder / "log").read_text()

    @property
    def url(self) -> str:
        return f"postgres://rehsos@/{self.folder}/postgres"

    def _begin(self, program: str, *arguments: object) -> subprocess.Popen:
        owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        with open(self.folder / "log", "a") as log:
            return subprocess.Popen(
                [NEWEST / program, *map(str, arguments)], cwd=self.folder, stdout=log, stderr=log, **owner
            )

    def start(self) -> None:
        """Serve, after whatever recovery it needs."""
        where = ("-D", self.data, "-k", self.folder)
        self.postmaster = self._begin("postgres", *where, "-c", "listen_addresses=", "-c", "max_connections=40")
        limit = time.monotonic() + 60
        while subprocess.run([NEWEST / "pg_isready", "-q", "-h", self.folder], check=False).returncode:
            assert self.postmaster.poll() is None and time.monotonic() < limit, (self.folder / "log").read_text()
            time.sleep(0.05)

    def stop(self) -> None:
        if self.postmaster.poll() is None:
            self.postmaster.send_signal(signal.SIGQUIT)
            self.postmaster.wait(timeout=20)

    def kill(self) -> None:
        """kill -9 for the postmaster and then for all it had started, before they can tidy up."""
        children = _children_of(self.postmaster.pid)
        self.postmaster.kill()
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        self.postmaster.wait(timeout=20)
        while not all(map(_is_dead, children)):
            time.sleep(0.01)

    def copy_here(self) -> None:
        """Everything that the database of this test holds."""
        lane = connection.settings_dict
        source = ["-h", lane["HOST"], "-U", lane["USER"], lane["NAME"]]
        dump = subprocess.run([NEWEST / "pg_dump", *source], check=True, capture_output=True)
        self._say(dump.stdout)

    def set(self, **settings: str) -> None:
        """Change settings of the running server."""
        words = [f"ALTER SYSTEM SET {name} = '{value}';" for name, value in settings.items()]
        self._say("\n".join([*words, "SELECT pg_reload_conf();"]).encode())

    def _say(self, sql: bytes) -> None:
        target = ["-h", str(self.folder), "-U", "rehsos", "-q", "-v", "ON_ERROR_STOP=1", "postgres"]
        subprocess.run([NEWEST / "psql", *target], input=sql, check=True, capture_output=True)


def _children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _is_dead(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
