"""Settings of the test suite: the production ones over a throw-away data folder."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# The production settings draw their keys into the data folder as they are read: it must be ours before that.
DATA_FOLDER = Path(tempfile.mkdtemp(prefix="rehsos-test-"))
atexit.register(shutil.rmtree, DATA_FOLDER, ignore_errors=True)
os.environ["REHSOS_DATA_DIR"] = str(DATA_FOLDER)

from rehsos.settings import *  # noqa: E402, F403
from rehsos.settings import DATABASES, INSTALLED_APPS, PASSWORD_HASHERS  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]

# On disk, not in memory: only a file has the locks that the real one has.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_FOLDER / "test.sqlite3")}

# Factories make users by the hundred. The fixture `real_passwords` brings the production hashers back.
PRODUCTION_PASSWORD_HASHERS = PASSWORD_HASHERS
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]

# Tests sign people of every role in without a code; those of the second factor itself ask for it.
REQUIRE_MFA = False
