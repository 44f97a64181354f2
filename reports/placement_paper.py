"""SK penempatan (A.dd): a decree of the head that places one client, or many with an annex of their names."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Institution, User
from cases.models import Case
from rehsos.formatting import local_date, long_date
from reports.blocks import Column, Facts, Table, row
from reports.documents import birth
from reports.letters import Made, framed, spelled_out, terms
from reports.paper import Paper, Signature, Stamp
from reports.signers import head_signature
from services.models import Placement

TEMPLATE = "reports/print/placement.html"
Placed = Sequence[tuple[Case, Placement]]


def context(upt: Institution, placed: Placed, *, by: User, stamp: Stamp | None = None) -> dict[str, Any]:
    """The decree; with more than one client their names lie in an annex."""
    words, day = terms(upt), long_date(local_date(stamp.at) if stamp else upt.today())
    signed = _signature(upt, day)
    paper = framed(
        Made(upt, by, stamp),
        _("Keputusan Kepala %s") % upt.name,
        _("kasus %s") % placed[0][0].number if len(placed) == 1 else _("%d orang") % len(placed),
        otherwise=placed[0][1].decree if len(placed) == 1 else "",
        under="\n".join((_("tentang"), _("Penempatan %(term)s") % words)).upper(),
        signatures=[[signed]],
    )
    return {
        "paper": paper,
        "basis": Facts(_basis(placed, words)),
        "points": _points(upt, placed, words),
        "client": Facts(_client(*placed[0]), is_first_strong=True) if len(placed) == 1 else None,
        "rest": _rest(placed),
        "annex": _annex(paper, placed, day) if len(placed) > 1 else None,
    }


def _basis(placed: Placed, words: dict[str, str]) -> list[tuple[str, str]]:
    told = {**words, "count": spelled_out(len(placed))}
    weighed = _(
        "bahwa untuk melaksanakan pelayanan rehabilitasi sosial, %(count)s calon %(term)s yang telah diterima dan "
        "menyepakati hak dan kewajibannya perlu ditempatkan"
    )
    return [
        (_("Menimbang"), weighed % told),
        (_("Memperhatikan"), _("hasil seleksi yang disahkan Kepala UPT dan surat kesepakatan hak dan kewajiban")),
    ]


def _points(upt: Institution, placed: Placed, words: dict[str, str]) -> list[tuple[str, str]]:
    told = {**words, "upt": upt.name}
    if len(placed) == 1:
        first = _("Menempatkan sebagai %(term)s pada %(upt)s:") % told
    else:
        first = _("Menempatkan nama-nama dalam lampiran keputusan ini sebagai %(term)s pada %(upt)s.") % told
    return [(_("KESATU"), first)]


def _rest(placed: Placed) -> list[tuple[str, str]]:
    since = _("sejak tanggal penempatannya") if len(placed) > 1 else _("sejak %s") % long_date(placed[0][1].on)
    return [
        (_("KEDUA"), _("Hak dan kewajiban selama pelayanan diatur dalam surat kesepakatan masing-masing.")),
        (_("KETIGA"), _("Keputusan ini berlaku %s.") % since),
    ]


def _client(case: Case, record: Placement) -> list[tuple[str, str]]:
    client = case.client
    rows = [
        (_("Nama"), client.name.upper()),
        (_("No. induk / no. kasus"), f"{client.number} / {case.number}"),
        (_("Tempat, tanggal lahir"), birth(client, record.on)),
        (_("Jenis kelamin"), str(client.get_sex_display())),
        (_("Asrama"), _place(record)),
        (_("Program atau kelas"), record.programme),
        (_("Sejak"), long_date(record.on)),
    ]
    return [fact for fact in rows if fact[1]]


def _place(record: Placement) -> str:
    room = _("kamar %s") % record.room if record.room else ""
    bed = _("tempat tidur %s") % record.bed if record.bed else ""
    return ", ".join(filter(None, (record.house, room, bed)))


def _annex(paper: Paper, placed: Placed, day: str) -> dict[str, Any]:
    columns = [
        Column(_("No."), 5, "c"),
        Column(_("Nama"), 25),
        Column(_("No. induk / kasus"), 23),
        Column(_("L/P"), 6, "c"),
        Column(_("Asrama"), 24),
        Column(_("Sejak"), 17),
    ]
    lines = [
        row(
            str(at),
            case.client.name.upper(),
            f"{case.client.number}\n{case.number}",
            str(case.client.get_sex_display())[:1],
            _place(record) or record.programme,
            long_date(record.on),
        )
        for at, (case, record) in enumerate(placed, 1)
    ]
    head = [
        (_("Lampiran"), paper.title),
        (_("Nomor"), paper.stamp.number if paper.stamp else ""),
        (_("Tanggal"), day),
    ]
    return {"head": Facts(head), "table": Table(columns, lines, head=1), "signatures": paper.signatures[0]}


def _signature(upt: Institution, day: str) -> Signature:
    """A decree carries no titles: the name as it is."""
    lead = "\n".join(filter(None, (_("Ditetapkan di %s") % upt.city if upt.city else "", _("pada tanggal %s") % day)))
    block = head_signature(upt, upt.today(), lead=lead)
    return replace(block, name=block.plain) if block.plain else block
