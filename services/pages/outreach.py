"""What the pages of outreach have around them: tabs, the numbers of the year, how a programme stands."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from services.models import OutreachEvent, OutreachParticipant, OutreachProgramme
from services.outreach_enums import OutreachKind, OutreachPaperKind

TABS = (
    ("outreach", gettext_lazy("Kegiatan")),
    ("outreach_programmes", gettext_lazy("Program")),
    ("candidates", gettext_lazy("Calon klien")),
    ("batches", gettext_lazy("Angkatan")),
)

SHORT = {
    OutreachKind.CONTACT: gettext_lazy("Penjajakan"),
    OutreachKind.CONSULTATION: gettext_lazy("Konsultasi"),
    OutreachKind.PUBLIC: gettext_lazy("Masyarakat luas"),
    OutreachKind.TARGET_GROUP: gettext_lazy("Kelompok sasaran"),
    OutreachKind.INFLUENTIAL: gettext_lazy("Pihak berpengaruh"),
    OutreachKind.POCKET: gettext_lazy("Kantong masalah"),
    OutreachKind.COMMUNITY: gettext_lazy("Pertemuan"),
}


def tabs(current: str) -> list[dict[str, Any]]:
    return [{"label": label, "url": reverse(f"services:{name}"), "is_current": name == current} for name, label in TABS]


def figures(user: User, today: date) -> list[dict[str, Any]]:
    """This year in numbers, each leading to its rows."""
    here = OutreachEvent.objects.visible_to(user)
    year = here.filter(on__year=today.year).aggregate(n=Count("pk"), men=Sum("men"), women=Sum("women"))
    people = OutreachParticipant.objects.standing().filter(event__in=here, is_prospect=True)
    found = people.aggregate(
        waiting=Count("pk", filter=Q(client__isnull=True)), taken=Count("pk", Q(case__isnull=False))
    )
    listed = reverse("services:outreach")
    return [
        {"number": year["n"], "label": _("kegiatan tahun ini"), "url": f"{listed}?tahun={today.year}"},
        {
            "number": (year["men"] or 0) + (year["women"] or 0),
            "label": _("orang hadir tahun ini"),
            "url": f"{listed}?tahun={today.year}",
        },
        {
            "number": found["waiting"],
            "label": _("mungkin calon, belum didaftarkan"),
            "url": f"{listed}?hanya=calon",
            "tone": "wait" if found["waiting"] else "",
        },
    ]


def chips(rows: Any, asked: dict[str, str]) -> list[dict[str, Any]]:
    """The kinds of event with their numbers; only those there are, and the one that is chosen."""
    counts = dict(rows.order_by().values_list("code").annotate(Count("pk")))
    kept = {name: value for name, value in asked.items() if name != "jenis" and value}
    chosen = asked.get("jenis", "")
    found = [{"code": "", "label": _("Semua"), "number": sum(counts.values())}]
    found += [
        {"code": kind.value, "label": SHORT[kind], "number": counts.get(kind.value, 0)}
        for kind in OutreachKind
        if counts.get(kind.value) or chosen == kind.value
    ]
    for chip in found:
        query = {**kept, **({"jenis": chip["code"]} if chip["code"] else {})}
        chip |= {"is_current": chip["code"] == chosen, "query": "&".join(f"{k}={v}" for k, v in query.items())}
    return found


def standing(programme: OutreachProgramme, today: date, codes: set[str]) -> tuple[str, str]:
    """How far a programme is, in words and with a tone; ``codes`` are those of its papers."""
    if programme.starts_on > today:
        return _("direncanakan"), "info"
    if programme.ends_on >= today:
        return _("berjalan"), "wait"
    if OutreachPaperKind.EVALUATION in codes:
        return _("selesai, dievaluasi"), "ok"
    return _("selesai, belum dievaluasi"), "stop"
