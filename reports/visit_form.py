"""Formulir kunjungan to fill in by hand: blank, or with who is visited printed on it, a page for each."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from rehsos.formatting import long_date
from reports import pdf
from reports.blocks import Chapter, Column, Facts, Table, row
from reports.paper import DOTS, Paper, foot
from services.aftercare.enums import MissReason
from services.models import AftercareVisit

BOX = "☐"
ROOM = "\n" * 4 + " "  # to write by hand
ASKED = (
    ("way", ()),
    ("living", ("lives_with",)),
    ("acceptance", ("family",)),
    ("pursuit", ("occupation", "monthly_income")),
    ("standing", ("community",)),
    ("relapse", ()),
)
WRITTEN = ("needs", "obstacles", "plan")


def printed(cases: list[Case], *, by: User) -> bytes:
    """The form as a PDF; without cases one blank page."""
    return pdf.render("reports/print/visit_form.html", context(cases, by=by))


def context(cases: list[Case], *, by: User) -> dict[str, Any]:
    upt = by.institution
    assert upt is not None
    title, about = _("Formulir Kunjungan Bimbingan Lanjut"), _("%s eks klien") % len(cases) if cases else _("kosong")
    paper = Paper(
        title=title,
        about=about,
        subtitle="",
        running_head=" · ".join(filter(None, (title, about, _("RAHASIA") if cases else ""))),
        foot=foot(upt, by=by, draft=""),
        institution=upt,
        is_secret=bool(cases),
    )
    return {"paper": paper, "chapters": [Chapter("", [_whose(case), _table()]) for case in cases or [None]]}


def _whose(case: Case | None) -> Facts:
    client = case.client if case else None
    last = AftercareVisit.of(case).last() if case else None
    told = (
        (_("Nama"), client.name.upper() if client else ""),
        (_("No. kasus"), case.number if case else ""),
        (_("Alamat"), client.address if client else ""),
        (_("Telepon, wali"), " · ".join(filter(None, (client.phone, client.guardian_name))) if client else ""),
        (_("Rencana kunjungan lalu"), f"{long_date(last.on)}: {last.plan}" if last else ""),
        (_("Tanggal kunjungan"), ""),
        (_("Yang berangkat, kendaraan"), ""),
    )
    return Facts([(label, value or DOTS * 2) for label, value in told], is_first_strong=True)


def _table() -> Table:
    lines = [row(_("Bertemu?"), _boxes([_("Bertemu"), *(str(one.label) for one in MissReason)]))]
    for name, details in ASKED:
        field = AftercareVisit._meta.get_field(name)
        words = [f"{_title(detail)}: {DOTS}" for detail in details]
        lines.append(row(_title(name), "\n".join([_boxes([str(label) for _value, label in field.choices]), *words])))
    lines += [row(_title(name), ROOM) for name in WRITTEN]
    lines.append(row(_("Bantuan usaha: keadaan barang dan usahanya"), ROOM))
    lines.append(
        row(_("Tanda tangan"), _("Yang dikunjungi atau keluarga:") + ROOM + "\n" + _("Pekerja sosial:") + ROOM)
    )
    return Table([Column(_("Yang dilihat"), 28), Column(_("Isian"), 72)], lines)


def _boxes(labels: list[str]) -> str:
    return "   ".join(f"{BOX} {label}" for label in labels)


def _title(name: str) -> str:
    words = str(AftercareVisit._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]
