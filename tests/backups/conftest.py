"""An installation to back up, and an empty one to restore into."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backups.installation import Installation, empty_installation


@pytest.fixture
def here(settings, tmp_path) -> Path:
    """The data folder of the installation under test."""
    folder = tmp_path / "here"
    shutil.copytree(settings.KEYS_DIR, folder / "keys")
    settings.DATA_DIR, settings.FILES_DIR, settings.KEYS_DIR = folder, folder / "files", folder / "keys"
    return folder


@pytest.fixture
def there(transactional_db, tmp_path) -> Iterator[Installation]:
    with empty_installation(tmp_path / "there") as installation:
        yield installation
