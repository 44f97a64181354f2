"""The activities, bimbingan and methods of the founding document, read once from the files beside this module."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).parent


class Kind(TextChoices):
    """What sort of work an activity is; the supervisions (17 of them) carry the sign-offs."""

    PREPARE = "prepare", _("Menyusun rancangan")
    INSTRUMENT = "instrument", _("Menyusun instrumen")
    CONDUCT = "conduct", _("Melaksanakan")
    SUPERVISE = "supervise", _("Supervisi")
    CONFERENCE = "conference", _("Temu bahas")
    EVALUATE = "evaluate", _("Evaluasi")
    REPORT = "report", _("Laporan")
    OBSTACLE = "obstacle", _("Hambatan")
    MOTIVATE = "motivate", _("Motivasi")
    ACCOMPANY = "accompany", _("Pendampingan")
    INFORM = "inform", _("Penyampaian informasi")
    OTHER = "other", _("Kegiatan lain")


class Scope(TextChoices):
    """Whom an activity usually serves: the default of a form, never a refusal."""

    CASE = "case", _("Kasus")
    INSTITUTION = "institution", _("Lembaga")


class Group(TextChoices):
    """Part I and part II of the document."""

    CORE = "core", _("Tahapan inti")
    SUPPORTING = "supporting", _("Kegiatan penunjang")


@dataclass(frozen=True, slots=True)
class ActivityItem:
    """One activity, e.g. ``B.d``: its code is the printed section and letter, never renumbered, never reused."""

    code: str
    text: str
    kind: Kind
    scope: Scope
    list_code: str
    group: Group
    part: str
    stage: str = ""
    area: str = ""
    read_as: str = ""
    bimbingan: tuple[str, ...] = ()
    level: str = ""

    @property
    def display(self) -> str:
        """The words to show: obvious typos mended, without the closing mark that only some lines carry."""
        return (self.read_as or self.text).rstrip(" .,")

    @property
    def label(self) -> str:
        """Code and words, as choice lists show them."""
        return f"{self.code} · {self.display}"


@dataclass(frozen=True, slots=True)
class ActivityList:
    """A printed list of activities: A–D, E.1–E.3, F of part I; II.A.a–II.A.c, II.B of part II."""

    code: str
    name: str
    group: Group
    part: str
    items: tuple[ActivityItem, ...]
    stage: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class ConcreteActivity:
    """What one UPT does under a bimbingan: the seed of that UPT's own list."""

    key: str
    text: str
    led_by: str
    read_as: str = ""
    group: str = ""
    religion: str = ""
    confidential: bool = False

    @property
    def display(self) -> str:
        """The words to show, obvious typos mended."""
        return self.read_as or self.text


@dataclass(frozen=True, slots=True)
class BimbinganItem:
    """One of the seven bimbingan with its sub-groups (key to name) and concrete activities."""

    key: str
    name: str
    groups: Mapping[str, str]
    activities: tuple[ConcreteActivity, ...]


@dataclass(frozen=True, slots=True)
class MethodItem:
    """One of the five methods of social work."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Definitions:
    """Plain explanations in our own words, each by the key of the thing explained."""

    stages: Mapping[str, str]
    areas: Mapping[str, str]
    lists: Mapping[str, str]
    bimbingan: Mapping[str, str]
    bimbingan_groups: Mapping[str, str]
    methods: Mapping[str, str]
    kinds: Mapping[str, str]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _item(code: str, section: Mapping[str, Any], row: dict[str, Any]) -> ActivityItem:
    return ActivityItem(
        **row
        | {
            "kind": Kind(row["kind"]),
            "scope": Scope(row["scope"]),
            "bimbingan": tuple(row.get("bimbingan", ())),
            "list_code": code,
            "group": Group(section["group"]),
            "part": section["part"],
            "stage": section.get("stage", ""),
            "area": section.get("area", ""),
        }
    )


def _list(code: str, section: dict[str, Any]) -> ActivityList:
    items = tuple(_item(code, section, row) for row in section["activities"])
    head = {name: value for name, value in section.items() if name != "activities"}
    return ActivityList(**head | {"code": code, "group": Group(section["group"]), "items": items})


def _bimbingan(key: str, section: dict[str, Any]) -> BimbinganItem:
    return BimbinganItem(
        key=key,
        name=section["name"],
        groups=MappingProxyType({group["key"]: group["name"] for group in section.get("groups", ())}),
        activities=tuple(ConcreteActivity(**row) for row in section["activities"]),
    )


_document = _read("catalogue.toml")

LISTS: Mapping[str, ActivityList] = MappingProxyType(
    {code: _list(code, section) for code, section in _document["lists"].items()}
)
CATALOGUE: Mapping[str, ActivityItem] = MappingProxyType(
    {item.code: item for printed in LISTS.values() for item in printed.items}
)
BIMBINGAN: Mapping[str, BimbinganItem] = MappingProxyType(
    {key: _bimbingan(key, section) for key, section in _document["bimbingan"].items()}
)
METHODS: Mapping[str, MethodItem] = MappingProxyType(
    {key: MethodItem(key, section["name"]) for key, section in _document["methods"].items()}
)


def _definitions() -> Definitions:
    words = {name: MappingProxyType(section) for name, section in _read("definitions.toml").items()}
    # A list that is a whole stage or area (A–D, F, II.B) is explained by it; only the parts have words of their own.
    whole = {**words["stages"], **words["areas"]}
    lists = {code: words["lists"].get(code) or whole[group.stage or group.area] for code, group in LISTS.items()}
    return Definitions(**words | {"lists": MappingProxyType(lists)})


DEFINITIONS = _definitions()


def for_stage(stage: str) -> tuple[ActivityItem, ...]:
    """The activities of one stage, in printed order."""
    return tuple(item for item in CATALOGUE.values() if item.stage == stage)


def for_bimbingan(bimbingan: str) -> tuple[ActivityItem, ...]:
    """The activities whose words name one bimbingan, in printed order."""
    return tuple(item for item in CATALOGUE.values() if bimbingan in item.bimbingan)


def matching(words: str, items: Iterable[ActivityItem]) -> tuple[ActivityItem, ...]:
    """Those of ``items`` whose code begins with, or whose text (printed or mended) contains, every one of ``words``."""
    wanted = words.casefold().split()

    def carries(item: ActivityItem, word: str) -> bool:
        return item.code.casefold().startswith(word) or word in f"{item.text} {item.read_as}".casefold()

    return tuple(item for item in items if all(carries(item, word) for word in wanted))


def choices(items: Iterable[ActivityItem] | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices for a form or model field, grouped under the printed lists; all activities unless told which."""
    wanted = CATALOGUE.values() if items is None else items
    grouped: dict[str, list[tuple[str, str]]] = {}
    for item in wanted:
        heading = f"{item.list_code} {LISTS[item.list_code].name}"
        grouped.setdefault(heading, []).append((item.code, item.label))
    return list(grouped.items())
