"""Files without a row go once they are old; rows without their file are told."""

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from cases import files
from cases.models import StoredFile
from rehsos import clock
from tests import factories

DAY = 24 * 60 * 60

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(settings, tmp_path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def kept(store) -> list[StoredFile]:
    """Three files of long ago."""
    person = factories.team().worker
    rows = [
        files.keep(
            SimpleUploadedFile(f"{word}.pdf", f"%PDF-1.4\n{word}\n%%EOF\n".encode()),
            by=person,
            institution_id=person.institution.pk,
        )
        for word in ("satu", "dua", "tiga")
    ]
    for row in rows:
        age(files.path(row), 30 * DAY)
    return rows


def age(path: Path, seconds: float) -> Path:
    then = clock.now().timestamp() - seconds
    os.utime(path, (then, then))
    return path


def unnamed(store: Path, name: str, seconds: float) -> Path:
    path = store / "ab" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"sisa")
    return age(path, seconds)


def lying(store: Path) -> set[Path]:
    return {path for path in store.rglob("*") if path.is_file()}


def swept(capsys) -> tuple[list[str], list[str], int]:
    """What the command said, what it complained of, and its exit code."""
    code = 0
    try:
        call_command("files_sweep")
    except SystemExit as stop:
        code = stop.code
    told = capsys.readouterr()
    return told.out.splitlines(), told.err.splitlines(), code


def test_only_old_files_without_a_row_are_deleted(store, kept, capsys):
    unnamed(store, "yatim", DAY + 60)
    unnamed(store, "yatim.part", DAY + 60)
    young = unnamed(store, "baru", DAY - 60)
    assert swept(capsys) == (
        [
            "Berkas tanpa catatan ab/yatim dihapus.",
            "Berkas tanpa catatan ab/yatim.part dihapus.",
            "3 berkas utuh.",
        ],
        [],
        0,
    )
    assert lying(store) == {young, *map(files.path, kept)}


def test_missing_and_changed_files_are_told_and_nothing_of_theirs_is_touched(store, kept, capsys):
    gone, changed, _whole = sorted(kept, key=lambda row: row.pk)
    files.path(gone).unlink()
    files.path(changed).write_bytes(b"%PDF-1.4\nlain\n%%EOF\n")
    assert swept(capsys) == (
        ["1 berkas utuh."],
        [f"Berkas {gone.pk} hilang.", f"Berkas {changed.pk} telah berubah."],
        1,
    )
    assert len(lying(store)) == 2


def test_store_of_another_database_is_not_emptied(store, kept):
    before = lying(store)
    StoredFile.objects.all().delete()
    with pytest.raises(CommandError, match="3 berkas tanpa catatan, hanya 0 yang tercatat; periksa DATABASE_URL"):
        call_command("files_sweep")
    assert lying(store) == before


def test_store_that_does_not_exist_yet_is_clean(store, capsys):
    assert swept(capsys) == (["0 berkas utuh."], [], 0)


def test_number_of_queries_does_not_grow_with_the_files(store, kept, django_assert_num_queries):
    with django_assert_num_queries(1):
        call_command("files_sweep")
