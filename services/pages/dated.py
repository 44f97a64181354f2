"""What stands beside the activities of a case and is read in one query: later notes, absences, incidents, visits.

Never the sick bay: whoever reads the case need not be allowed to read that.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, DateField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Stage
from rehsos import formatting
from services.enums import IncidentKind, IncidentPart, PresenceKind
from services.models import Addendum, IncidentResident, Presence, Visit
from services.situation import Situation

Make = Callable[..., dict[str, Any]]
WHO = ("name", "title_before", "title_after")
COLUMNS = ("source", "on_day", "written_at", "what", "more", "at_place", "until_day", "due_day", "about", *WHO)
NO_DAY = Cast(Value(None), DateField())


def of(now: Situation, make: Make) -> list[dict[str, Any]]:
    """The entries, in no order."""
    write = {"addendum": _addendum, "presence": _presence, "incident": _incident, "visit": _visit}
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(now)]
    return [entry for row in rows for entry in write[row["source"]](row, make)]


def _rows(now: Situation) -> Any:
    later = _columns(
        Addendum.objects.filter(case=now.case), "addendum", days=("on",), words=("at", "stage", "text", ""), by="by"
    )
    stays = [stay.pk for stay in now.stays]
    if not stays:
        return later
    away = _columns(
        Presence.objects.valid().filter(stay__in=stays),
        "presence",
        days=("since_on", "until_on", "due_on"),
        words=("recorded_at", "kind", "letter", "place"),
        by="recorded_by",
    )
    happened = _columns(
        IncidentResident.objects.filter(stay__in=stays),
        "incident",
        days=("incident__on",),
        words=("incident__recorded_at", "incident__kind", "part", "incident__place"),
        by="incident__by",
        about="incident_id",
    )
    came = _columns(
        Visit.objects.filter(stay__in=stays),
        "visit",
        days=("on",),
        words=("at", "visitor", "relation", "note"),
        by="by",
    )
    return later.union(away, happened, came, all=True)


def _columns(
    rows: Any, source: str, *, days: tuple[str, ...], words: tuple[str, str, str, str], by: str, about: str = "pk"
) -> Any:
    on, until, due = [F(name) for name in days] + [NO_DAY] * (3 - len(days))
    texts = dict(zip(("what", "more", "at_place"), words[1:], strict=True))
    found = rows.order_by().annotate(
        source=Value(source, CharField()),
        on_day=on,
        written_at=F(words[0]),
        until_day=until,
        due_day=due,
        about=F(about),
        **{name: Cast(F(column) if column else Value(""), CharField()) for name, column in texts.items()},
        **{f"by_{name}": F(f"{by}__{name}") for name in WHO},
    )
    return found.values_list(*(f"by_{name}" if name in WHO else name for name in COLUMNS))


def _author(row: dict[str, Any]) -> str:
    return User(**{name: row[name] for name in WHO}).full_name


def _addendum(row: dict[str, Any], make: Make) -> list[dict[str, Any]]:
    title = _("Catatan tambahan, tahap %s") % Stage(row["what"]).label
    return [make(row["on_day"], row["written_at"], "bookmark", title, text=row["more"], by=_author(row))]


def _presence(row: dict[str, Any], make: Make) -> list[dict[str, Any]]:
    label = PresenceKind(row["what"]).label
    due = _("harus kembali %s") % formatting.long_date(row["due_day"]) if row["due_day"] else ""
    letter = _("surat %s") % row["more"] if row["more"] else ""
    meta = " · ".join(filter(None, (letter, due, row["at_place"])))
    gone = make(row["on_day"], row["written_at"], "door-open", label, meta=meta, by=_author(row))
    if not row["until_day"]:
        return [gone]
    back = _("Kembali dari: %s") % str(label).lower()
    return [gone, make(row["until_day"], row["written_at"], "box-arrow-in-right", back)]


def _incident(row: dict[str, Any], make: Make) -> list[dict[str, Any]]:
    title = _("Kejadian: %s") % str(IncidentKind(row["what"]).label).lower()
    meta = f"{str(IncidentPart(row['more']).label).lower()} · {row['at_place']}"
    url = reverse("services:incident", args=[row["about"]])
    words = {"meta": meta, "url": url, "by": _author(row)}
    return [make(row["on_day"], row["written_at"], "exclamation-triangle-fill", title, **words)]


def _visit(row: dict[str, Any], make: Make) -> list[dict[str, Any]]:
    title = _("Kunjungan: %(name)s (%(relation)s)") % {"name": row["what"], "relation": row["more"]}
    return [make(row["on_day"], row["written_at"], "people", title, text=row["at_place"], by=_author(row))]
