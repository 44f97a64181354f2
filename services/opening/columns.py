"""The columns of the list of running cases: what each is called, what may stand in it, and how it is explained."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases import reference
from cases.enums import Bimbingan, Sex, Stage, WayIn

YES_NO = {"yes": _("Ya"), "no": _("Tidak")}


def stages() -> dict[str, str]:
    return {stage.value: f"{stage.letter} {stage.label}" for stage in Stage}


@dataclass(frozen=True)
class Column:
    """One column; ``choices`` gives code and words of what may be chosen, ``is_day`` that it holds dates."""

    key: str
    heading: Any
    hint: Any = ""
    is_required: bool = False
    is_day: bool = False
    is_text: bool = False  # digits that are no number: a leading zero counts, and so does the sixteenth digit
    choices: Callable[[], Mapping[str, Any]] | None = None
    width: int = 18


def _choices(pairs: Any) -> Callable[[], dict[str, Any]]:
    return lambda: dict(pairs)


STAGE_DAYS = {stage: f"since_{stage.value}" for stage in Stage}

COLUMNS: tuple[Column, ...] = (
    Column("old_number", _("Nomor induk lama"), _("Nomor di buku register UPT; kunci agar tidak dobel"), is_text=True),
    Column("name", _("Nama lengkap"), _("Seperti pada akta atau KK"), is_required=True, width=28),
    Column("sex", _("Jenis kelamin"), _("L atau P"), is_required=True, choices=_choices(Sex.choices), width=14),
    Column("birth_place", _("Tempat lahir")),
    Column("birth_on", _("Tanggal lahir"), _("Atau isi perkiraan umur"), is_day=True),
    Column("estimated_age", _("Perkiraan umur"), _("Tahun; hanya bila tanggal lahir tidak diketahui"), width=14),
    Column("nik", _("NIK"), _("16 angka, kolom berformat teks; boleh kosong"), is_text=True, width=20),
    Column("religion", _("Agama"), choices=_choices(reference.RELIGION), width=14),
    Column("education", _("Pendidikan terakhir"), choices=_choices(reference.EDUCATION)),
    Column("address", _("Alamat"), width=32),
    Column("regency", _("Kabupaten/kota"), choices=_choices(reference.regency_choices()), width=24),
    Column("category", _("Kategori PPKS"), is_required=True, choices=_choices(reference.CATEGORIES), width=30),
    Column("guardian_name", _("Nama keluarga atau wali"), width=24),
    Column("guardian_relation", _("Hubungan"), _("Misalnya ibu, paman"), width=14),
    Column("guardian_phone", _("Telepon keluarga"), is_text=True),
    Column(
        "is_protected",
        _("Identitas dilindungi"),
        _("Ya untuk anak yang berhadapan dengan hukum"),
        choices=_choices(YES_NO),
        width=14,
    ),
    Column("first_contact_on", _("Kontak pertama"), _("Hari pertama UPT bertemu klien"), is_required=True, is_day=True),
    Column("way_in", _("Jalur masuk"), is_required=True, choices=_choices(WayIn.choices), width=28),
    Column("sender", _("Pengirim"), _("Lembaga atau orang yang mengirim"), width=24),
    Column("order_number", _("Nomor penetapan"), _("Wajib untuk penetapan pengadilan dan titipan"), is_text=True),
    Column("order_by", _("Pengadilan atau penegak hukum"), width=24),
    Column("order_on", _("Tanggal penetapan"), is_day=True),
    Column("order_until_on", _("Berlaku sampai"), is_day=True),
    Column("stage", _("Tahap sekarang"), _("A sampai F"), is_required=True, choices=stages, width=24),
    Column("round", _("Putaran"), _("Kosong berarti 1"), width=10),
    *(
        Column(
            STAGE_DAYS[stage],
            _("Tahap %s sejak") % stage.letter,
            _("Wajib untuk tahap sekarang, boleh kosong untuk tahap yang sudah lewat"),
            is_day=True,
        )
        for stage in Stage
    ),
    Column("placed_on", _("Tanggal penempatan"), _("Wajib sejak tahap B; kosong di tahap A"), is_day=True),
    Column("house", _("Asrama atau wisma"), width=20),
    Column("room", _("Kamar"), is_text=True, width=10),
    Column("left_on", _("Tanggal keluar"), _("Hanya dan wajib untuk tahap F"), is_day=True),
    Column("worker", _("Pekerja sosial"), _("Nama pengguna pekerja sosial yang menangani"), is_required=True),
    Column(
        "planned",
        _("Bimbingan dalam rencana"),
        _("Wajib untuk tahap D; beberapa dipisah titik koma"),
        choices=_choices(Bimbingan.choices),
        width=36,
    ),
    Column("notes", _("Catatan"), width=36),
)
BY_KEY = {column.key: column for column in COLUMNS}
SHEET = "Data"
