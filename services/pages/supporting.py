"""What the pages of supporting work have around them: the numbers of the year, the kinds with their counts."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from services.models import SupportingStep, SupportingWork
from services.supporting.enums import WorkKind, WorkState

TONES = {WorkState.RUNNING: "wait", WorkState.DONE: "ok", WorkState.STOPPED: "stop"}
YEARS = range(1900, 2201)


def narrowed(user: User, asked: dict[str, str]) -> Any:
    """The works a reader asks for, but for the kind."""
    rows = SupportingWork.objects.visible_to(user)
    if asked["keadaan"] in WorkState.values:
        rows = rows.filter(state=asked["keadaan"])
    if asked["hanya"] == "lewat":
        rows = rows.filter(state=WorkState.RUNNING, due_on__lt=user.institution.today())
    if asked["hanya"] == "saya":
        rows = rows.filter(pk__in=SupportingWork.objects.filter(Q(by=user) | Q(members__user=user)).values("pk"))
    if asked["tahun"].isdecimal() and len(asked["tahun"]) == 4 and int(asked["tahun"]) in YEARS:
        first, last = date(int(asked["tahun"]), 1, 1), date(int(asked["tahun"]), 12, 31)
        rows = rows.filter(starts_on__lte=last).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=first))
    return rows


def figures(user: User, today: date) -> list[dict[str, Any]]:
    """This year in numbers, each leading to its rows."""
    here = SupportingWork.objects.visible_to(user)
    first = today.replace(month=1, day=1)
    counts = here.aggregate(
        running=Count("pk", Q(state=WorkState.RUNNING)),
        done=Count("pk", Q(state=WorkState.DONE, ended_on__gte=first)),
        late=Count("pk", Q(state=WorkState.RUNNING, due_on__lt=today)),
    )
    steps = SupportingStep.objects.filter(work__in=here, on__gte=first, struck_at__isnull=True).count()
    listed = reverse("services:supporting")
    return [
        {"number": counts["running"], "label": _("sedang berjalan"), "url": f"{listed}?keadaan=running"},
        {
            "number": counts["late"],
            "label": _("melewati target selesai"),
            "url": f"{listed}?hanya=lewat",
            "tone": "stop" if counts["late"] else "",
        },
        {
            "number": counts["done"],
            "label": _("selesai tahun ini"),
            "url": f"{listed}?keadaan=done&tahun={today.year}",
        },
        {"number": steps, "label": _("langkah tercatat tahun ini"), "url": f"{listed}?tahun={today.year}"},
    ]


def chips(rows: Any, asked: dict[str, str]) -> list[dict[str, Any]]:
    """The kinds with their numbers; only those there are, and the one that is chosen."""
    counts = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    kept = {name: value for name, value in asked.items() if name != "jenis" and value}
    chosen = asked["jenis"]
    found = [{"kind": "", "label": _("Semua"), "number": sum(counts.values())}]
    found += [
        {"kind": kind.value, "label": f"{kind.value} {kind.label}", "number": counts.get(kind.value, 0)}
        for kind in WorkKind
        if counts.get(kind.value) or chosen == kind.value
    ]
    for chip in found:
        query = {**kept, **({"jenis": chip["kind"]} if chip["kind"] else {})}
        chip |= {"is_current": chip["kind"] == chosen, "query": "&".join(f"{k}={v}" for k, v in query.items())}
    return found
