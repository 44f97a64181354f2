"""The catalogue page: every activity as printed, what its words mean, and where it is recorded."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rehsos import doors
from services.catalogue import BIMBINGAN, CATALOGUE, DEFINITIONS, LISTS, METHODS, Kind
from services.forms.catalogue import CatalogueFilter
from services.places import where


@doors.signed_in
def catalogue(request: HttpRequest) -> HttpResponse:
    form = CatalogueFilter(request.GET)
    found = form.found()
    lists = [
        {
            "list": LISTS[code],
            "definition": DEFINITIONS.lists[code],
            "rows": [{"item": item, "where": where(item)} for item in items],
        }
        for code, items in groupby(found, lambda item: item.list_code)
    ]
    context = {
        "form": form,
        "lists": lists,
        "found": len(found),
        "total": len(CATALOGUE),
        "is_filtered": len(found) < len(CATALOGUE),
        "bimbingan": [(item, DEFINITIONS.bimbingan[key], _groups(key)) for key, item in BIMBINGAN.items()],
        "methods": [(item, DEFINITIONS.methods[key]) for key, item in METHODS.items()],
        "kinds": [(kind.label, DEFINITIONS.kinds[kind]) for kind in Kind],
    }
    return render(request, "services/catalogue.html", context)


def _groups(bimbingan: str) -> list[tuple[str, str, str]]:
    """The sub-groups of a bimbingan (one without a name where there are none): name, definition, activities."""
    item = BIMBINGAN[bimbingan]
    groups = item.groups or {"": ""}
    return [
        (
            name,
            DEFINITIONS.bimbingan_groups.get(key, ""),
            ", ".join(activity.display for activity in item.activities if activity.group == key),
        )
        for key, name in groups.items()
    ]
