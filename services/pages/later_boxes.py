"""What can be done outside its time: let a paper follow, admit in an emergency, add a note, begin a new version."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.enums import Stage
from rehsos import formatting
from services import gates, permissions
from services.catalogue import CATALOGUE
from services.forms import later as forms
from services.pages.box import Box, Desk


def boxes(desk: Desk) -> list[Box]:
    """At the present stage of an open case."""
    found = [_owed(desk), _waive(desk), _admit(desk), _revise(desk)]
    return [box for box in found if box]


def _owed(desk: Desk) -> Box | None:
    """The papers that may follow and have not come."""
    if not desk.now.arrears:
        return None
    items = [
        {
            "code": arrear.code if arrear.code in CATALOGUE else "",
            "text": _("%(text)s; menyusul s.d. %(day)s")
            % {"text": arrear.text.replace(f" ({arrear.code})", ""), "day": formatting.long_date(arrear.due_on)},
        }
        for arrear in desk.now.arrears
    ]
    return Box(_("Tunggakan"), anchor="tunggakan", items=items)


def _waive(desk: Desk) -> Box | None:
    """Only the head, on a paper that is missing now."""
    now = desk.now
    waivable = [] if now.waiting else gates.waivable(now)
    if not waivable or permissions.why_not_waive(desk.reader.user, desk.case):
        return None
    form = desk.form("waive", forms.WaiveForm, desk.case, waivable=waivable)
    return Box(
        _("Persetujuan menyusul"),
        anchor="menyusul",
        texts=[_("Tahap boleh berakhir tanpa berkas ini; sampai tanggalnya ia tercatat di Tunggakan.")],
        form=form,
        url=desk.url("waive"),
        button=_("Beri persetujuan menyusul"),
        fold="" if form.is_bound else _("Beri persetujuan menyusul"),
    )


def _admit(desk: Desk) -> Box | None:
    now, case = desk.now, desk.case
    is_open = now.stage == Stage.INTAKE and not (now.waiting or now.settled_way or now.departure or case.is_emergency)
    if not is_open or permissions.why_not_depart(desk.reader.user, case):
        return None
    form = desk.form("admit", forms.AdmitForm, case)
    days = formatting.number(case.institution.emergency_days)
    return Box(
        _("Penerimaan darurat"),
        anchor="darurat",
        texts=[
            _("Tempat lebih dahulu: penempatan dapat dicatat sekarang, berkas seleksi menyusul dalam %s hari.") % days
        ],
        form=form,
        url=reverse("services:admit", args=[case.number]),
        button=_("Terima secara darurat"),
        fold="" if form.is_bound else _("Terima secara darurat"),
    )


def _revise(desk: Desk) -> Box | None:
    now = desk.now
    if now.stage != Stage.INTERVENTION or now.waiting or now.departure or not desk.reader.is_worker:
        return None
    form = desk.form("revise", forms.ReviseForm, desk.case)
    told = _(
        "Disalin dari versi terakhir, yang tetap dapat dibaca. Rencana baru meminta C.n dan C.i, asesmen baru B.e."
    )
    return Box(
        _("Versi baru asesmen atau rencana"),
        anchor="versi",
        texts=[told],
        form=form,
        url=reverse("services:revise", args=[desk.case.number]),
        button=_("Mulai versi baru"),
        fold="" if form.is_bound else _("Perbarui asesmen atau rencana"),
    )


def addendum(desk: Desk, stage: Stage) -> Box | None:
    """A later note, on any stage that the case has reached, whatever has become of it."""
    reached = desk.now.is_before_system(stage) or any(move.to_stage == stage for move in desk.now.transitions)
    if not reached or not desk.reader.may_log:
        return None
    form = desk.form(addendum_act(stage), forms.AddendumForm, desk.case)
    return Box(
        _("Catatan tambahan"),
        texts=[_("Berdiri di samping isi tahap, bertanggal, dan tidak dapat diubah lagi.")],
        form=form,
        url=reverse("services:addendum", args=[desk.case.number, stage.slug]),
        button=_("Simpan catatan tambahan"),
        fold="" if form.is_bound else _("Tulis catatan tambahan"),
    )


def addendum_act(stage: Stage) -> str:
    """The name of the act: each stage has its own form, and its own draft."""
    return f"addendum-{stage.slug}"
