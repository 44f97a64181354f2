"""System checks of the content: start-up stops when catalogue and definitions do not fit together."""

from typing import Any

from django.core.checks import CheckMessage, Error

from services.catalogue import BIMBINGAN, CATALOGUE, DEFINITIONS, LISTS, METHODS, Kind


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
