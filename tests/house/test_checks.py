"""An unsafe installation does not start."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection

from rehsos import checks

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {"REHSOS_HTTPS": "on", "ALLOWED_HOSTS": "rehsos.example.go.id"}
CHECK = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    env = clean | {"REHSOS_DATA_DIR": str(folder)} | environment
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


def test_a_production_like_installation_passes_the_deployment_check(tmp_path):
    result = run(tmp_path, *CHECK, **PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    "change, code",
    [
        ({"REHSOS_DEBUG": "on"}, "rehsos.E002"),
        ({"SECRET_KEY": "rahasia"}, "rehsos.E003"),
        ({"SECRET_KEY": "a" * 60}, "rehsos.E003"),
        ({"ALLOWED_HOSTS": "*"}, "rehsos.E004"),
    ],
)
def test_an_open_production_is_refused(tmp_path, change, code):
    result = run(tmp_path, "manage.py", "check", **PRODUCTION | change)
    assert result.returncode != 0
    assert code in result.stderr


def test_the_server_does_not_start_where_the_check_fails(tmp_path):
    assert run(tmp_path, "-c", "import rehsos.wsgi", **PRODUCTION).returncode == 0
    refused = run(tmp_path, "-c", "import rehsos.wsgi", **PRODUCTION | {"ALLOWED_HOSTS": "*"})
    assert "rehsos.E004" in refused.stderr
    assert refused.returncode != 0


def test_keys_are_drawn_once_and_readable_by_the_service_alone(tmp_path):
    folder = tmp_path / "data"
    show = ["-c", "from rehsos import settings as s; print(s.SECRET_KEY, s.FIELD_KEYS, s.INDEX_KEY)"]
    first, second = run(folder, *show), run(folder, *show)
    assert first.stdout == second.stdout
    assert len(first.stdout) > 100
    keys = folder / "keys"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, keys)] == [0o700, 0o700]
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {
        "secret_key": 0o600,
        "field_keys": 0o600,
        "index_key": 0o600,
    }


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "data").write_text("a file stands in the way")
    result = run(tmp_path / "data", "manage.py", "check")
    assert result.returncode != 0
    assert f"{tmp_path}/data" in result.stderr


@pytest.mark.parametrize(
    "version, journal, synchronous, safe",
    [
        ((3, 40, 1), "truncate", 2, True),
        ((3, 40, 1), "truncate", 3, True),
        ((3, 40, 1), "delete", 2, True),
        ((3, 51, 3), "wal", 2, True),
        ((3, 51, 2), "wal", 2, False),
        ((3, 51, 3), "wal", 1, False),
        ((3, 40, 1), "truncate", 1, False),
        ((3, 40, 1), "memory", 2, False),
        ((3, 40, 1), "off", 2, False),
    ],
)
def test_unsafe_pairs_of_sqlite_are_known(version, journal, synchronous, safe):
    assert (checks.unsafe_sqlite(version, journal, synchronous) == "") is safe


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
@pytest.mark.parametrize(
    "loosen, mend, codes",
    [
        ("PRAGMA synchronous = NORMAL", "PRAGMA synchronous = FULL", ["rehsos.E005"]),
        ("PRAGMA journal_mode = MEMORY", "PRAGMA journal_mode = TRUNCATE", ["rehsos.E005"]),
        ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON", ["rehsos.E006"]),
    ],
)
def test_the_check_asks_the_database_itself(loosen, mend, codes):
    assert checks.database_keeps_what_it_acknowledged(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute(loosen)
        try:
            found = checks.database_keeps_what_it_acknowledged(databases=["default"])
        finally:
            cursor.execute(mend)
    assert [error.id for error in found] == codes


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own settings")
def test_postgresql_without_fsync_is_refused_outside_tests(settings):
    settings.TESTING = False
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    found = checks.database_keeps_what_it_acknowledged(databases=["default"])
    assert [error.id for error in found] == ["rehsos.E008"]


def test_passwords_are_hashed_with_the_small_argon2(real_passwords):
    assert make_password("kuda-terbang-7").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
