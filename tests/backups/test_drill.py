"""The drill: data are backed up while people work, and come back elsewhere as they were."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_IMODE
from threading import Event, Thread

import pyrage
import pytest
from cryptography.fernet import Fernet
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from backups import archive, databases, making
from cases import files
from cases.models import Client
from services.demo import walk
from services.models import Activity
from tests import factories
from tests.backups.installation import contents_of

PDF = b"%PDF-1.4\nhasil asesmen\n%%EOF\n"
NIK = "3578015708090003"

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def working(people: walk.Team, case) -> Iterator[None]:
    """Somebody logs one activity after the other as long as the block lasts."""
    begun, stop, raised = Event(), Event(), []

    def work() -> None:
        try:
            while not stop.is_set():
                walk.monitor(people, case)
                begun.set()
                stop.wait(0.01)  # SQLite lets nobody in between writes that follow at once
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    worker = Thread(target=work)
    worker.start()
    try:
        assert begun.wait(timeout=20)
        yield
    finally:
        stop.set()
        worker.join(timeout=30)
    assert raised == []


def kept_file(by: User, name: str = "asesmen.pdf", content: bytes = PDF):
    return files.keep(SimpleUploadedFile(name, content), by=by, institution_id=by.institution.pk)


@pytest.fixture
def people() -> factories.Team:
    return factories.team()


def test_what_was_backed_up_under_load_comes_back_whole(here, there, people, tmp_path):
    case = factories.case(people, factories.Stage.INTERVENTION, factories.client(people, nik=NIK))
    kept_file(people.worker)
    SessionStore().create()
    path, identity = tmp_path / "cadangan.tar.age", tmp_path / "kunci"
    key = pyrage.x25519.Identity.generate()
    identity.write_text(f"# public key: {key.to_public()}\n{key}\n")

    before = Activity.objects.count()
    with working(people, case):
        manifest = making.make(path, [key.to_public()])
        # The work goes on after the copy, which tells that the copy did not stop it for good.
        walk.monitor(people, case)
    activities = manifest.contents.counts["services_activity"]
    assert before < activities < Activity.objects.count()

    code, told = there.manage("restore", path, "--identity", identity)
    assert (code, told.splitlines()[-3:]) == (
        0,
        [
            "Jejak audit diperiksa terhadap kepala rantai di dalam cadangan.",
            "Semua sesi diakhiri: 1.",
            f"Dipulihkan dari {manifest.made_at} (versi {manifest.version}): {len(manifest.contents.counts)} tabel, "
            f"{manifest.rows} baris, 4 berkas.",
        ],
    )
    assert "Jejak audit utuh." in told
    counts = manifest.contents.counts
    assert counts["django_session"] == 1
    assert there.contents().counts == counts | {"django_session": 0}
    assert there.contents().heads == manifest.contents.heads
    assert there.files() == contents_of(here)
    assert {S_IMODE(p.stat().st_mode) for p in there.folder.rglob("*")} == {0o600, 0o700}
    assert nik_read_with(there) == NIK

    restored = there.contents(), there.files()
    code, told = there.manage("restore", path, "--identity", identity)
    assert (code, told.strip()) == (
        1,
        "CommandError: Basis data tujuan tidak kosong; pemulihan hanya ke basis data kosong.",
    )
    assert (there.contents(), there.files()) == restored


def nik_read_with(there) -> str:
    """The first client's NIK, opened with the keys that came back."""
    column = Client._meta.get_field("nik").column
    with there.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {Client._meta.db_table} WHERE {column} <> ''")
        token = cursor.fetchone()[0]
    return Fernet((there.folder / "keys" / "field_keys").read_text().strip()).decrypt(token).decode()


def test_backup_of_an_older_schema_is_brought_up_to_date(here, there, tmp_path):
    if connection.vendor == "postgresql":
        pytest.skip("migrate rightly refuses a server that does not sync, as that of the tests does not")
    path = tmp_path / "cadangan.tar"
    call_command("migrate", "sessions", "zero", verbosity=0)
    try:
        manifest = making.make(path, [])
    finally:
        call_command("migrate", "sessions", verbosity=0)
    code, told = there.manage("restore", path)
    assert (code, "Skema cadangan lebih lama; 1 migrasi dijalankan." in told.splitlines()) == (0, True)
    assert there.contents().migrations == databases.contents().migrations
    assert set(there.tables()) - set(manifest.contents.counts) == {"django_session"}


def test_damaged_backup_leaves_the_destination_empty(here, there, people, tmp_path):
    stored = kept_file(people.worker)
    path = tmp_path / "cadangan.tar"
    call_command("backup", path)
    flip(path, path.read_bytes().index(PDF))
    code, told = there.manage("restore", path)
    assert (code, told.strip()) == (
        1,
        f"CommandError: Cadangan rusak pada data/files/{stored.id.hex[:2]}/{stored.id}: sidik tidak cocok. "
        "Tidak ada yang dipulihkan.",
    )
    assert (there.tables(), there.files()) == ([], {})


def test_rows_lost_on_the_way_are_noticed(here, there, people, tmp_path):
    path = tmp_path / "cadangan.tar"
    call_command("backup", path)
    promise_more(path, "accounts_user")
    code, told = there.manage("restore", path)
    assert (code, told.splitlines()[-1]) == (
        1,
        "CommandError: Jumlah baris tidak sama dengan cadangan (accounts_user); jangan pakai hasil pemulihan ini.",
    )


def promise_more(path: Path, table: str) -> None:
    """Write the backup anew with a manifest that tells of one row more than there is."""
    folder = path.parent / "dibongkar"
    with path.open("rb") as file:
        manifest = archive.unpack(file, folder)
    manifest.contents.counts[table] += 1
    with path.open("wb") as file, archive.Writer(file) as writer:
        for name in manifest.sha256:
            writer.add(name, folder / name)
        writer.finish(manifest)


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
