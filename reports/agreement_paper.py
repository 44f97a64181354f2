"""Surat kesepakatan (A.bb): rights and duties of client, family and UPT, as pasal, signed by both sides."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.enums import ServiceKind
from accounts.models import User
from cases.models import Case
from rehsos.formatting import long_date
from reports.blocks import Facts
from reports.letters import Article, Made, article, framed, spelled_out, terms
from reports.paper import DOTS, Signature, Stamp, place_and_date, signature
from reports.signers import head_signature
from reports.spelling import dated
from services.enums import Signer
from services.models import Agreement, Placement

TEMPLATE = "reports/print/agreement.html"


def context(case: Case, record: Agreement, *, by: User, stamp: Stamp | None = None) -> dict[str, Any]:
    """Parties and pasal of the agreement of a case."""
    upt = case.institution
    opening = {"date": dated(record.on), "place": upt.name}
    paper = framed(
        Made(upt, by, stamp),
        _("Surat Kesepakatan Hak dan Kewajiban"),
        _("kasus %s") % case.number,
        otherwise=record.number,
        closing=_closing(record),
        signatures=_signatures(case, record),
    )
    return {
        "paper": paper,
        "opening": _("Pada hari ini %(date)s, bertempat di %(place)s, kami yang bertanda tangan di bawah ini:")
        % opening,
        "first": Facts(_first(record, upt.name)),
        "second": Facts(_second(case, record)),
        "articles": _articles(case, record),
    }


def _first(record: Agreement, upt: str) -> list[tuple[str, str]]:
    author = record.author
    post = _("%(post)s pada %(upt)s") % {"post": author.position or _("Pekerja Sosial"), "upt": upt}
    rows = [(_("Nama"), signature(author, lead="", post="").name), (_("NIP"), author.nip_display if author.nip else "")]
    return [row for row in (*rows, (_("Jabatan"), post)) if row[1]]


def _second(case: Case, record: Agreement) -> list[tuple[str, str]]:
    client = case.client
    guardian = f"{client.guardian_name.upper()} ({client.guardian_relation.lower()})" if client.guardian_name else ""
    rows = [
        (_("Nama %s") % case.institution.client_term, client.name.upper()),
        (_("No. induk / no. kasus"), f"{client.number} / {case.number}"),
        (_("NIK"), client.nik or _("belum ada")),
        (_("Nama wali"), guardian.replace(" ()", "")),
        (_("Alamat"), client.address or client.get_regency_display() or "–"),
    ]
    return [row for row in rows if row[1]]


def _articles(case: Case, record: Agreement) -> list[Article]:
    words = terms(case.institution)
    found = [
        Article(_("Program dan jangka waktu"), _programme(case, record)),
        article(_("Hak %(term)s") % words, record.client_rights),
        article(_("Kewajiban %(term)s") % words, record.client_duties),
        article(_("Kewajiban lembaga"), record.upt_duties),
        Article(_("Data pribadi"), _data(record)),
        Article(
            _("Berakhirnya kesepakatan"),
            _(
                "Kesepakatan ini berakhir karena program selesai, permintaan PIHAK KEDUA, rujukan ke lembaga lain, "
                "pelanggaran tata tertib yang diputus melalui temu bahas kasus, atau %(term)s meninggal dunia. "
                "Pengakhiran dituangkan dalam berita acara."
            )
            % words,
        ),
    ]
    return [one for one in found if one.text or one.points]


def _programme(case: Case, record: Agreement) -> str:
    placement = Placement.of(case).order_by("on", "pk").last()
    inside = {
        ServiceKind.RESIDENTIAL: _("di dalam lembaga"),
        ServiceKind.NON_RESIDENTIAL: _("di luar lembaga"),
        ServiceKind.TRANSIT: _("sementara (transit)"),
    }
    told = {
        "inside": inside[ServiceKind(case.service_kind)],
        "since": long_date(placement.on if placement else record.on),
        "months": spelled_out(record.months) if record.months else "",
    }
    if record.months:
        lead = _(
            "PIHAK KESATU memberikan pelayanan rehabilitasi sosial %(inside)s kepada PIHAK KEDUA selama "
            "%(months)s bulan sejak %(since)s, dan dapat diperpanjang berdasarkan hasil evaluasi."
        )
    else:
        lead = _(
            "PIHAK KESATU memberikan pelayanan rehabilitasi sosial %(inside)s kepada PIHAK KEDUA sejak "
            "%(since)s sampai tujuan pelayanan tercapai menurut hasil evaluasi."
        )
    return lead % told


def _data(record: Agreement) -> str:
    text = _(
        "Data PIHAK KEDUA, termasuk data kesehatan dan catatan konseling, dirahasiakan dan hanya digunakan untuk "
        "pelayanan, pelaporan tanpa nama, dan kewajiban hukum. Setiap pembukaan data tercatat. PIHAK KEDUA berhak "
        "mengetahui isi catatan tentang dirinya dan meminta perbaikan data yang keliru."
    )
    given = _("PIHAK KEDUA telah menerima pemberitahuan tentang pengolahan data pribadi.")
    return f"{text} {given}" if record.is_data_notice_given else text


def _closing(record: Agreement) -> str:
    if record.signer == Signer.REFUSED:
        return _(
            "Demikian surat kesepakatan ini dibuat dalam rangkap 2 (dua) dan dibacakan kepada PIHAK KEDUA, yang tidak "
            "bersedia menandatanganinya, di hadapan dua orang saksi."
        )
    return _(
        "Demikian surat kesepakatan ini dibuat dalam rangkap 2 (dua) bermeterai cukup, dibaca dan dipahami oleh kedua "
        "pihak, serta ditandatangani tanpa paksaan."
    )


def _signatures(case: Case, record: Agreement) -> list[tuple[Signature, ...]]:
    """The client's side and the worker; below them the guardian or witnesses, and the head."""
    term, author = terms(case.institution)["Term"], record.author
    as_what = {
        Signer.GUARDIAN: _("Wali,"),
        Signer.THUMBPRINT: _("%s (cap jempol),") % term,
        Signer.UNABLE: _("%s (tidak mampu menandatangani),") % term,
        Signer.REFUSED: _("%s (tidak bersedia menandatangani),") % term,
    }
    post = as_what.get(Signer(record.signer), _("%s,") % term)
    theirs = Signature(_("PIHAK KEDUA,"), post, record.signer_name.upper(), duty=_("Meterai"))
    where = place_and_date(case.institution, long_date(record.on))
    ours = signature(
        author, lead=f"{where}\n{_('PIHAK KESATU,')}", post=_("%s,") % (author.position or _("Pekerja Sosial"))
    )
    head = head_signature(case.institution, record.on, lead=_("Mengetahui,"), maker=author)
    return [(theirs, ours), (*_beside(case, record), head)]


def _beside(case: Case, record: Agreement) -> list[Signature]:
    if record.witness_1 or record.signer in Signer.with_witnesses():
        names = (record.witness_1, record.witness_2)
        named = zip(("I", "II"), names, strict=True)
        return [Signature(_("Saksi %s,") % at, "", name.upper() or DOTS) for at, name in named]
    if record.signer == Signer.GUARDIAN:
        return [Signature("", _("%s,") % terms(case.institution)["Term"], case.client.name.upper())]
    return [Signature("", _("Wali,"), case.client.guardian_name.upper() or DOTS)]
