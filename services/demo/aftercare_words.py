"""What is written in the records of stage F when nobody says otherwise."""

from collections.abc import Callable, Mapping
from typing import Any

from cases.models import Case
from services import models
from services.aftercare.enums import Acceptance, AidKind, LinkResult, Living, MissReason, Pursuit, Standing
from services.enums import Relapse
from services.models import RecordPart, StageRecord

Parts = dict[type[RecordPart], list[dict[str, Any]]]


def _aftercare_plan(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "aim": "Tetap bekerja dan tinggal bersama keluarga setahun sesudah keluar.",
        "ways": "Kunjungan rumah, pendampingan individu, dan hubungan dengan tempat kerja.",
        "partners": "Keluarga, perangkat desa, dan Dinas Sosial kabupaten",
    }
    return values, {}


def _visit(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "way": "F.c",
        "living": Living.FAMILY,
        "lives_with": "Ibu dan nenek",
        "acceptance": Acceptance.ACCEPTED,
        "family": "Baik",
        "pursuit": Pursuit.WORK,
        "occupation": "Bekerja di bengkel paman",
        "relapse": Relapse.NONE,
        "standing": Standing.TAKES_PART,
        "community": "Ikut kerja bakti",
        "plan": "Kunjungan bulan berikutnya",
    }
    return values, {}


def _miss(_case: Case) -> tuple[dict[str, Any], Parts]:
    return {"reason": MissReason.NOT_HOME, "note": "Menurut tetangga sedang bekerja.", "retry_days": 14}, {}


def _link(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "need": "Ijazah kesetaraan untuk melamar kerja",
        "resource": "PKBM Harapan (contoh)",
        "service": "Kejar paket B malam hari",
        "result": LinkResult.CONNECTED,
    }
    return values, {}


def _aid(case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "kind": AidKind.TOOLS,
        "business": "Tambal ban",
        "item": "Kompresor angin 1 unit, kunci pas 1 set",
        "value": 2_500_000,
        "source": "APBD provinsi",
        "recipient": case.client.name,
        "witness": "Ketua RT",
    }
    return values, {}


PAPERS: Mapping[type[StageRecord], Callable[[Case], tuple[dict[str, Any], Parts]]] = {
    models.AftercarePlan: _aftercare_plan,
    models.AftercareVisit: _visit,
    models.AftercareMiss: _miss,
    models.ResourceLink: _link,
    models.BusinessAid: _aid,
}
