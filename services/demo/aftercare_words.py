"""What is written in the records of stage F when nobody says otherwise."""

from collections.abc import Callable, Mapping
from typing import Any

from cases.models import Case
from services import models
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
        "lives_with": "Ibu dan nenek",
        "family": "Baik",
        "occupation": "Bekerja di bengkel paman",
        "relapse": Relapse.NONE,
        "community": "Ikut kerja bakti",
        "plan": "Kunjungan bulan berikutnya",
    }
    return values, {}


PAPERS: Mapping[type[StageRecord], Callable[[Case], tuple[dict[str, Any], Parts]]] = {
    models.AftercarePlan: _aftercare_plan,
    models.AftercareVisit: _visit,
}
