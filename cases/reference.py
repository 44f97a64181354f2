"""Reference data kept as files, not rows: regencies and districts of East Java, PPKS, religions, education."""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).parent / "tables"

# Stands for every regency outside East Java; an address there is written out in words.
OUTSIDE = "outside"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _districts() -> dict[str, str]:
    with (FOLDER / "districts.csv").open(encoding="utf-8", newline="") as rows:
        return {row["code"]: row["name"] for row in csv.DictReader(rows)}


_identity = _read("identity.toml")

# Dotted Kemendagri code to name, in the order of the codes: "35.78" → "Kota Surabaya", "35.78.01" → "Karang Pilang".
REGENCIES: Mapping[str, str] = MappingProxyType(_read("regencies.toml"))
DISTRICTS: Mapping[str, str] = MappingProxyType(_districts())
CATEGORIES: Mapping[str, str] = MappingProxyType(_read("ppks.toml"))
RELIGION: Mapping[str, str] = MappingProxyType(_identity["religions"])
EDUCATION: Mapping[str, str] = MappingProxyType(_identity["education"])


def regency_of(district: str) -> str:
    """The regency code a district code lies in: ``35.78.01`` → ``35.78``."""
    return district.rpartition(".")[0]


def _by_regency() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for code, name in DISTRICTS.items():
        found[regency_of(code)][code] = name
    return dict(found)


_DISTRICTS_BY_REGENCY = _by_regency()


def districts_of(regency: str) -> dict[str, str]:
    """The districts of one regency, code to name; none for a regency outside East Java."""
    return dict(_DISTRICTS_BY_REGENCY.get(regency, {}))


def regency_choices() -> list[tuple[str, Any]]:
    """The 38 regencies and cities of East Java, and one for all the others."""
    return [*REGENCIES.items(), (OUTSIDE, _("Luar Jawa Timur"))]


def district_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Districts grouped under their regency."""
    return [(name, list(districts_of(code).items())) for code, name in REGENCIES.items()]


def category_choices() -> list[tuple[str, str]]:
    """The 26 PPKS categories."""
    return list(CATEGORIES.items())


def religion_choices() -> list[tuple[str, str]]:
    """The six recognised religions and kepercayaan."""
    return list(RELIGION.items())


def education_choices() -> list[tuple[str, str]]:
    """Levels of education, lowest first."""
    return list(EDUCATION.items())
