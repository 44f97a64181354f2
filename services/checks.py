"""System checks of the content: start-up stops when catalogue and definitions do not fit together."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error

from services.catalogue import BIMBINGAN, CATALOGUE, DEFINITIONS, LISTS, METHODS, Kind
from services.workflow import PAIRS, WORKFLOW, codes_of, sign_offs_of


def catalogue_is_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every code belongs to its list, every key named is known, and everything is explained."""
    faults = [
        f"{item.code} does not belong to list {item.list_code}."
        for item in CATALOGUE.values()
        if not item.code.startswith(f"{item.list_code}.")
    ]
    faults += [
        f"{item.code} names unknown bimbingan {key!r}."
        for item in CATALOGUE.values()
        for key in item.bimbingan
        if key not in BIMBINGAN
    ]
    if len(CATALOGUE) != sum(len(printed.items) for printed in LISTS.values()):
        faults.append("A code is used twice.")
    stages = {printed.stage for printed in LISTS.values()} - {""}
    areas = {printed.area for printed in LISTS.values()} - {""}
    groups = {key for item in BIMBINGAN.values() for key in item.groups}
    for explained, keys, what in (
        (DEFINITIONS.stages, stages, "stages"),
        (DEFINITIONS.areas, areas, "areas"),
        (DEFINITIONS.bimbingan, set(BIMBINGAN), "bimbingan"),
        (DEFINITIONS.bimbingan_groups, groups, "bimbingan groups"),
        (DEFINITIONS.methods, set(METHODS), "methods"),
        (DEFINITIONS.kinds, set(Kind.values), "kinds"),
    ):
        faults += [f"{what}: {key!r} is explained but unknown, or unexplained." for key in keys ^ set(explained)]
    return [Error(fault, id="services.E001") for fault in faults]


def codes_are_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The workflow table and the records name catalogue codes only, and sign off by supervisions only."""
    return [
        Error(
            f"{place} names {code!r}, which the catalogue does not hold{' as a supervision' * is_sign_off}.",
            id="services.E002",
        )
        for place, code, is_sign_off in _named_codes()
        if code not in CATALOGUE or (is_sign_off and CATALOGUE[code].kind is not Kind.SUPERVISE)
    ]


def _named_codes() -> Iterator[tuple[str, str, bool]]:
    """Where, which code, and whether it is meant as a supervision."""
    for stage, step in WORKFLOW.items():
        ways = [*(step.decision.ways.values() if step.decision else ()), *step.endings.values()]
        for papers in (step.papers, *(way.papers for way in ways), *step.supervision_if.values()):
            yield from ((stage.value, code, False) for code in codes_of(papers))
        yield from ((stage.value, code, True) for code in sign_offs_of(step))
    for bimbingan, pair in PAIRS.items():
        for code in (pair.plan, pair.motivation, *pair.service, pair.obstacle):
            yield bimbingan.value, code, False
    for model in apps.get_app_config("services").get_models():
        yield from ((model.__name__, code, False) for code in getattr(model, "codes", ()))
