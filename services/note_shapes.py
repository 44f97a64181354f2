"""The kinds of notes as data: under which code, in which sorts, with which columns, for whom they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.enums import Bimbingan
from services.note_enums import NoteKind, Variant
from services.workflow import PAIRS

MANY = {bimbingan: pair.motivation for bimbingan, pair in PAIRS.items()}


@dataclass(frozen=True)
class Shape:
    """One kind of note. ``codes``: the catalogue code by bimbingan; with one there is nothing to choose.

    ``columns`` are the fields of the form beside day, time and method, with their words; ``needed`` are not empty.
    """

    kind: NoteKind
    slug: str
    icon: str
    codes: Mapping[Bimbingan, str]
    about: Any
    columns: Mapping[str, Any]
    variants: tuple[Variant, ...] = ()
    needed: tuple[str, ...] = ("account",)

    @property
    def title(self) -> Any:
        return self.kind.label

    @property
    def is_restricted(self) -> bool:
        return self.kind in NoteKind.restricted()

    @property
    def mask(self) -> str:
        """What timeline, lists and exports call it: a restricted one says no more than that it is there."""
        return str(_("%s (bagian terbatas)") % self.title) if self.is_restricted else str(self.title)


SHAPES: Mapping[NoteKind, Shape] = {
    shape.kind: shape
    for shape in (
        Shape(
            NoteKind.COUNSELLING,
            "konseling",
            "chat-left-text",
            {
                Bimbingan.PSYCHOSOCIAL: "D.k",
                Bimbingan.SOCIAL: "D.l",
                Bimbingan.RESOCIALIZATION: "D.n",
            },
            _("Kata demi kata hanya bagi penulis, pekerja sosial kasus, dan supervisor."),
            {
                "topic": _("Tema"),
                "with_whom": _("Hadir bersama klien"),
                "account": _("Isi: percakapan dan pengamatan (rekaman proses), atau ringkasannya"),
                "result": _("Kesan dan analisis pekerja sosial"),
                "follow_up": _("Rencana pertemuan berikut"),
            },
            (Variant.SUMMARY, Variant.PROCESS),
        ),
        Shape(
            NoteKind.MOTIVATION,
            "motivasi",
            "megaphone",
            MANY,
            _("Motivasi dalam salah satu dari tujuh bimbingan."),
            {
                "topic": _("Perihal"),
                "account": _("Motivasi yang diberikan"),
                "result": _("Tanggapan klien"),
                "follow_up": _("Tindak lanjut"),
            },
        ),
        Shape(
            NoteKind.ACCOMPANIMENT,
            "pendampingan",
            "people",
            {Bimbingan.PHYSICAL: "D.j", Bimbingan.VOCATIONAL: "D.j"},
            _("Mendampingi klien dalam kegiatan fisik atau keterampilan."),
            {
                "topic": _("Kegiatan yang didampingi"),
                "with_whom": _("Instruktur atau pihak lain"),
                "account": _("Jalannya pendampingan"),
                "result": _("Hasil"),
                "follow_up": _("Tindak lanjut"),
            },
        ),
        Shape(
            NoteKind.FAMILY,
            "keluarga",
            "telephone",
            {Bimbingan.RESOCIALIZATION: "D.n", Bimbingan.SOCIAL: "D.l"},
            _("Telepon, pertemuan, atau kunjungan keluarga: menyiapkan klien kembali kepada keluarganya."),
            {
                "with_whom": _("Nama dan hubungan"),
                "topic": _("Perihal"),
                "account": _("Yang dibicarakan"),
                "result": _("Sikap keluarga dan kesepakatan"),
                "follow_up": _("Tindak lanjut"),
            },
            (Variant.PHONE, Variant.MEETING, Variant.VISIT, Variant.LETTER),
            ("account", "with_whom"),
        ),
        Shape(
            NoteKind.SCHOOL,
            "sekolah",
            "journal-bookmark",
            {Bimbingan.SOCIAL: "D.l"},
            _("Sekolah formal atau kejar paket: kelas, guru, kemajuan, rapor."),
            {
                "topic": _("Sekolah dan kelas"),
                "with_whom": _("Wali kelas atau guru"),
                "account": _("Kehadiran dan kemajuan, atau isi rapor"),
                "result": _("Nilai rata-rata atau keputusan sekolah"),
                "follow_up": _("Tindak lanjut"),
            },
            (Variant.CLASS, Variant.REPORT_CARD, Variant.ENROLMENT),
            ("account", "topic"),
        ),
        Shape(
            NoteKind.HEALTH,
            "kesehatan",
            "heart-pulse",
            {Bimbingan.PHYSICAL: "D.b"},
            _("Tes urine dan pemeriksaan: hanya bagi petugas kesehatan, pekerja sosial kasus, dan supervisor."),
            {
                "topic": _("Alasan atau keluhan"),
                "with_whom": _("Pemeriksa atau fasilitas kesehatan"),
                "account": _("Pemeriksaan dan temuannya"),
                "finding": _("Hasil tes urine"),
                "result": _("Kesimpulan"),
                "follow_up": _("Pengobatan dan kontrol"),
            },
            (Variant.CHECK, Variant.URINE, Variant.FOLLOW_UP),
        ),
        Shape(
            NoteKind.ADVOCACY,
            "advokasi",
            "shield-check",
            {Bimbingan.ADVOCACY: "D.o"},
            _("Membela hak klien: bantuan, jaminan, penghasilan, perkara, pencegahan."),
            {
                "topic": _("Perihal atau nomor perkara"),
                "with_whom": _("Lembaga atau pejabat yang dihubungi"),
                "account": _("Yang dilakukan"),
                "result": _("Hasil"),
                "follow_up": _("Tindak lanjut"),
            },
            (Variant.SOCIAL_AID, Variant.INSURANCE, Variant.INCOME, Variant.DEFENCE, Variant.PREVENTION),
            ("account", "topic"),
        ),
    )
}


def by_slug(slug: str) -> Shape:
    """``LookupError`` where there is none."""
    for shape in SHAPES.values():
        if shape.slug == slug:
            return shape
    raise LookupError(slug)
