"""Surat pemberitahuan hasil seleksi (A.w): a letter to the candidate, the family and the sender."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from rehsos.formatting import local_date, long_date
from reports.blocks import Facts
from reports.documents import birth
from reports.letters import Made, framed, terms
from reports.paper import Stamp, place_and_date
from reports.signers import head_signature
from services.enums import Act, Kind, Recipient, State, Told
from services.models import Decision, Notice, Request
from services.workflow import WORKFLOW

TEMPLATE = "reports/print/notice.html"
RESULTS = {
    "accepted": "DITERIMA",
    "waiting_list": "MASUK DAFTAR TUNGGU",
    "not_eligible": "BELUM MEMENUHI SYARAT",
    "referred": "DIRUJUK KE LEMBAGA LAIN",
}


def settled_for(case: Case, record: Notice) -> Request | None:
    """The selection that a notice tells of: the last one endorsed before it was written."""
    rows = Request.objects.filter(case=case, kind=Kind.SELECTION, state=State.ENDORSED)
    before = [row for row in rows.prefetch_related("decisions") if _endorsed(row).decided_at <= record.saved_at]
    return before[-1] if before else None


def _endorsed(request: Request) -> Decision:
    return next(act for act in request.decisions.all() if act.act == Act.ENDORSE)


def context(case: Case, record: Notice, *, by: User, stamp: Stamp | None = None) -> dict[str, Any]:
    """A letter of the head about what was decided."""
    upt, words, asked = case.institution, terms(case.institution), settled_for(case, record)
    endorsed = _endorsed(asked) if asked else None
    about = _("Pemberitahuan hasil seleksi calon %(term)s") % words
    paper = framed(
        Made(upt, by, stamp),
        _("Surat Pemberitahuan Hasil Seleksi"),
        _("kasus %s") % case.number,
        closing=_("Demikian disampaikan, atas perhatian dan kerja samanya diucapkan terima kasih."),
        signatures=[[head_signature(upt, record.on, lead="", decided=endorsed)]],
    )
    day = long_date(local_date(stamp.at) if stamp else record.on)
    return {
        "paper": paper,
        "dated": place_and_date(upt, day),
        "head": Facts(
            [
                (_("Nomor"), stamp.number if stamp else ""),
                (_("Sifat"), _("Terbatas")),
                (_("Lampiran"), "–"),
                (_("Hal"), about),
            ]
        ),
        "recipients": _recipients(case, record),
        "opening": _opening(words, endorsed),
        "client": Facts(_client(case, record), is_first_strong=True),
        "result": RESULTS.get(asked.way, "") if asked else "",
        "label": WORKFLOW[Stage.INTAKE].decision.ways[asked.way].label if asked else "",
        "text": record.result,
    }


def _opening(words: dict[str, str], endorsed: Decision | None) -> str:
    if endorsed is None:
        return _("Bersama ini kami sampaikan hasil seleksi calon %(term)s berikut.") % words
    told = {**words, "day": long_date(endorsed.decided_at)}
    return (
        _("Berdasarkan hasil seleksi yang disahkan pada %(day)s, kami sampaikan bahwa calon %(term)s berikut:") % told
    )


def _client(case: Case, record: Notice) -> list[tuple[str, str]]:
    client = case.client
    return [
        (_("Nama"), client.name.upper()),
        (_("No. kasus"), case.number),
        (_("Tempat, tanggal lahir"), birth(client, record.on)),
        (_("Alamat"), client.address or client.get_regency_display() or "–"),
    ]


def _recipients(case: Case, record: Notice) -> list[str]:
    """Those who are told; somebody without a name is called by what they are."""
    client = case.client
    names = {
        Recipient.CANDIDATE: _("Sdr. %s") % client.name,
        Recipient.FAMILY: (_("Wali: %s") % client.guardian_name) if client.guardian_name else _("Keluarga calon"),
        Recipient.SENDER: case.sender,
    }
    told = [row for row in record.parts() if row.told == Told.TOLD]
    return [str(names[Recipient(row.key)] or row.label) for row in told]
