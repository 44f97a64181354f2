"""What is not a whole backup, or not for this place, is refused before anything changes."""

from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
from cryptography.fernet import Fernet
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from backups import archive, databases, folders, making, restoring
from cases import files
from tests import factories
from tests.backups.installation import contents_of

PDF = b"%PDF-1.4\nhasil asesmen\n%%EOF\n"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored(here):
    person = factories.team().worker
    return files.keep(SimpleUploadedFile("asesmen.pdf", PDF), by=person, institution_id=person.institution.pk)


@pytest.fixture
def whole(stored, tmp_path) -> Path:
    making.make(tmp_path / "cadangan.tar", [])
    return tmp_path / "cadangan.tar"


@pytest.fixture
def key() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def sealed(stored, tmp_path, key) -> Path:
    making.make(tmp_path / "cadangan.tar.age", [key.to_public()])
    return tmp_path / "cadangan.tar.age"


def refusal(path: Path, identity: Path | None = None) -> str:
    """Why the backup cannot be unpacked, or nothing."""
    try:
        with folders.workfolder(".coba") as work:
            restoring.unpacked(path, identity, work)
    except CommandError as error:
        return str(error)
    return ""


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def end_of(path: Path) -> int:
    """Where the last member of a backup ends; only padding follows."""
    return path.read_bytes().rindex(b"manifest.sha256") + 512 + 64


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def identity_file(folder: Path, key: pyrage.x25519.Identity) -> Path:
    return written(folder / "kunci", f"# dibuat hari ini\n{key}\n".encode())


def test_whole_backups_are_not_refused(whole, sealed, key, tmp_path):
    assert refusal(whole) == ""
    assert refusal(sealed, identity_file(tmp_path, key)) == ""


def test_one_flipped_byte_is_found_wherever_it_is_and_its_member_named(whole, stored, tmp_path):
    content = whole.read_bytes()
    database = "database.sqlite3.gz" if connection.vendor == "sqlite" else "database.dump"
    places = {
        database: 512 + 300,
        f"data/files/{stored.id.hex[:2]}/{stored.id}": content.index(PDF) + 5,
        "data/keys/field_keys": content.index((tmp_path / "here" / "keys" / "field_keys").read_bytes()),
        "manifest.json": content.index(b'"made_at"') + 14,
    }
    told = {member: refusal(written(tmp_path / "rusak.tar", flipped(content, at))) for member, at in places.items()}
    assert told == {
        member: f"Cadangan rusak pada {member}: sidik tidak cocok. Tidak ada yang dipulihkan." for member in places
    }


def test_no_flipped_byte_of_content_or_header_goes_unseen(whole, tmp_path):
    content = whole.read_bytes()
    end = end_of(whole)
    step = max(end // 40, 1)
    unseen = [
        at
        for at in range(0, end, step)
        if content[at] and not refusal(written(tmp_path / "rusak.tar", flipped(content, at)))
    ]
    assert unseen == []


@pytest.mark.parametrize("part", [0, 0.01, 0.5, 0.9, 0.999])
def test_truncated_backup_is_refused(whole, tmp_path, part):
    content = whole.read_bytes()[: int(end_of(whole) * part)]
    assert refusal(written(tmp_path / "rusak.tar", content)).startswith("Cadangan rusak")


@pytest.mark.parametrize("part", [0.5, 0.999])
def test_truncated_sealed_backup_is_refused(sealed, tmp_path, key, part):
    content = sealed.read_bytes()
    path = written(tmp_path / "rusak.age", content[: int(len(content) * part)])
    assert refusal(path, identity_file(tmp_path, key)) == "Cadangan rusak atau terpotong: segelnya tidak cocok."


def test_flipped_byte_of_a_sealed_backup_is_found(sealed, tmp_path, key):
    content = sealed.read_bytes()
    path = written(tmp_path / "rusak.age", flipped(content, len(content) // 2))
    assert refusal(path, identity_file(tmp_path, key)) == "Cadangan rusak atau terpotong: segelnya tidak cocok."


def test_another_private_key_opens_nothing(sealed, tmp_path):
    other = identity_file(tmp_path, pyrage.x25519.Identity.generate())
    assert refusal(sealed, other) == (
        "Kunci privat ini tidak membuka cadangan itu: kunci lain, atau awal berkas rusak."
    )


def test_sealed_backup_asks_for_its_key(sealed):
    assert refusal(sealed) == "Cadangan ini tersegel; berikan kunci privatnya dengan --identity BERKAS."


def test_sealed_backup_shows_nothing_of_its_content(sealed):
    content = sealed.read_bytes()
    assert [word for word in (PDF, b"manifest.json", b"field_keys", b"accounts_user") if word in content] == []


def test_member_that_leaves_the_folder_is_refused(here, tmp_path):
    path = tmp_path / "jahat.tar"
    with path.open("wb") as file, archive.Writer(file) as writer:
        writer.add("data/../../lolos", here / "keys" / "field_keys")
    assert refusal(path) == ("Cadangan rusak pada data/../../lolos: not a plain file. Tidak ada yang dipulihkan.")


def test_backup_is_for_the_owner_alone_and_never_written_over(whole, here):
    before = whole.read_bytes()
    assert whole.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="sudah ada; cadangan tidak pernah ditimpa"):
        call_command("backup", whole)
    assert whole.read_bytes() == before
    assert sorted(path.name for path in here.iterdir()) == ["files", "keys"]


@pytest.mark.parametrize("name", ["cadangan.tar", "files/cadangan.tar"])
def test_backup_inside_the_data_folder_is_refused(stored, here, name):
    with pytest.raises(CommandError, match="di luar map data"):
        call_command("backup", here / name)
    assert list(contents_of(here)) == [f"files/{stored.id.hex[:2]}/{stored.id}"]


def test_failed_backup_leaves_nothing(stored, here, tmp_path):
    (here / "files" / "mati").symlink_to(here / "tiada")
    (here / "surat").mkdir(mode=0o700)
    target = tmp_path / "ke"
    target.mkdir()
    blocked = here / "surat" / ("x" * 200)
    blocked.symlink_to(here / "surat")  # a folder that holds itself has no end
    with pytest.raises(CommandError, match="Cadangan gagal"):
        call_command("backup", target / "cadangan.tar")
    assert (list(target.iterdir()), (here / making.WORK).exists()) == ([], False)


def test_two_backups_do_not_run_into_each_other(stored, tmp_path):
    with folders.workfolder(making.WORK), pytest.raises(CommandError, match="sedang berjalan"):
        call_command("backup", tmp_path / "cadangan.tar")


def test_work_folder_of_a_killed_backup_is_cleared(stored, here, tmp_path):
    (here / making.WORK).mkdir()
    (here / making.WORK / "database.sqlite3").write_bytes(b"sisa")
    making.make(tmp_path / "cadangan.tar", [])
    assert not (here / making.WORK).exists()


def unfit(path: Path, **changes) -> str:
    """Why a whole backup, told differently by ``changes`` of its manifest, is not for this place; or nothing."""
    try:
        with folders.workfolder(".coba") as work:
            manifest = restoring.unpacked(path, None, work)
            restoring.refuse_if_unfit(replace(manifest, **changes), work / making.DATA)
    except CommandError as error:
        return str(error)
    return ""


def test_backup_is_fit_for_the_place_it_came_from(whole):
    assert unfit(whole) == ""


def test_backup_of_another_database_system_is_refused(whole):
    assert unfit(whole, vendor="oracle") == (f"Cadangan ini dari oracle, sedangkan tujuannya {connection.vendor}.")


def test_backup_of_a_newer_schema_is_refused(whole):
    contents = databases.contents()
    newer = replace(contents, migrations=[*contents.migrations, "cases.0999_masa_depan"])
    assert unfit(whole, contents=newer, version="9.0") == (
        "Cadangan ini dari versi lebih baru (9.0); pasang versi itu dahulu. Belum dikenal: cases.0999_masa_depan."
    )


def test_keys_drawn_at_the_destination_give_way_to_those_of_the_backup(whole, here, settings):
    drawn = Fernet.generate_key().decode()
    (here / "keys" / "field_keys").write_text(drawn)
    settings.FIELD_KEYS = [drawn]
    assert unfit(whole) == ""


def test_wrong_key_from_the_environment_is_refused(whole, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    assert unfit(whole) == (
        "Kunci field_keys bukan kunci data di dalam cadangan ini; tanpa kunci itu isinya tidak terbaca."
    )


def test_backup_whose_keys_lay_in_the_environment_wants_them_there_again(stored, settings, tmp_path):
    kept_in_folder, settings.INDEX_KEY = settings.INDEX_KEY, b"k" * 32
    making.make(tmp_path / "cadangan.tar", [])
    assert unfit(tmp_path / "cadangan.tar") == ""
    settings.INDEX_KEY = kept_in_folder
    assert unfit(tmp_path / "cadangan.tar") == (
        "Kunci index_key bukan kunci data di dalam cadangan ini; tanpa kunci itu isinya tidak terbaca."
    )


def test_text_that_is_no_key_is_refused(stored, tmp_path):
    for text, words in {
        "age1salah": "bukan kunci publik",
        str(written(tmp_path / "kosong", b"# nanti\n")): "Tidak ada kunci",
        str(tmp_path / "tiada"): "tidak dapat dibaca",
    }.items():
        with pytest.raises(CommandError, match=words):
            call_command("backup", tmp_path / "cadangan.tar", recipient=text)
    assert not (tmp_path / "cadangan.tar").exists()


def test_missing_client_of_postgresql_is_named(stored, tmp_path, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is copied without a client")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="Perintah pg_dump tidak ditemukan; pasang paket Debian postgresql-client"):
        call_command("backup", tmp_path / "cadangan.tar")
