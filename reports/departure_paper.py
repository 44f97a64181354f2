"""The berita acara of an exit: date in words, who hands over and who takes over, what was said, who saw it."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.enums import StayEnd
from cases.models import Case
from rehsos.formatting import long_date, number
from reports import pdf
from reports.blocks import Facts
from reports.dates import period
from reports.documents import birth
from reports.paper import DOTS, Paper, Signature, Stamp, foot, numbered_line, place_and_date, signature
from reports.signers import head_signature
from reports.spelling import dated
from services.enums import Act, Kind, State
from services.models import Decision, Departure, Minutes, Request

TITLES = {
    StayEnd.DECEASED: gettext_lazy("Berita Acara Klien Meninggal Dunia"),
    StayEnd.LEFT_WITHOUT_LEAVE: gettext_lazy("Berita Acara Klien Meninggalkan UPT Tanpa Izin"),
    StayEnd.WITHDREW: gettext_lazy("Berita Acara Calon Klien Mengundurkan Diri"),
    StayEnd.EXPELLED: gettext_lazy("Berita Acara Pengeluaran dan Serah Terima Klien"),
}


class NotWritten(LookupError):
    """The case has no berita acara of an exit."""


@dataclass(frozen=True)
class Statement:
    """One numbered paragraph, with facts below it where it has some."""

    text: str
    facts: Facts | None = None


def departure_report(case: Case, *, by: User) -> bytes:
    """The berita acara of the last exit as a PDF; raises ``NotWritten`` where there is none."""
    return pdf.render("reports/print/departure.html", departure_context(case, by=by))


def departure_context(case: Case, *, by: User, stamp: Stamp | None = None) -> dict[str, Any]:
    """Frame, parties and statements, every date in the UPT's time zone."""
    rows = Departure.objects.filter(case=case, minutes__isnull=False).select_related("minutes__author", "stay")
    event = rows.order_by("-recorded_at", "-pk").first()
    if event is None:
        raise NotWritten(case.number)
    with timezone.override(ZoneInfo(case.institution.time_zone)):
        minutes = event.minutes
        has_receiver = bool(minutes.receiver_name)
        opening = {"date": dated(minutes.on), "place": minutes.place, "who": _("kami") if has_receiver else _("saya")}
        return {
            "paper": _paper(case, event, minutes, by, stamp),
            "opening": _("Pada hari ini %(date)s, bertempat di %(place)s, %(who)s yang bertanda tangan di bawah ini:")
            % opening,
            "giver": Facts(_giver(case, minutes)),
            "upt": case.institution.name,
            "receiver": Facts(_receiver(minutes)) if has_receiver else None,
            "statements": _statements(case, event, minutes),
        }


def _giver(case: Case, minutes: Minutes) -> list[tuple[str, str]]:
    author = minutes.author
    rows = [(_("Nama"), author.full_name), (_("NIP"), author.nip_display if author.nip else "")]
    rows += [(_("Jabatan"), author.position or _("Pekerja Sosial")), (_("Alamat"), case.institution.address)]
    return [(label, value) for label, value in rows if value]


def _receiver(minutes: Minutes) -> list[tuple[str, str]]:
    return [
        (_("Nama"), minutes.receiver_name.upper()),
        (_("Hubungan atau jabatan"), minutes.receiver_relation),
        (_("Alamat"), minutes.receiver_address),
    ]


def _statements(case: Case, event: Departure, minutes: Minutes) -> list[Statement]:
    client = Facts(_client(case, event), is_first_strong=True)
    found = [Statement(_lead(event, minutes), client), Statement(_("Uraian kejadian: %s") % event.account)]
    if minutes.conference:
        found.append(Statement(_("Temu bahas dan peringatan sebelumnya: %s") % minutes.conference))
    if minutes.receiver_name:
        found.append(Statement(_taken_over(event, minutes)))
    elif minutes.belongings:
        found.append(Statement(_("Barang dan titipan klien: %s") % minutes.belongings))
    if _goes_on(case, event):
        found.append(Statement(_("Pelayanan dilanjutkan dengan bimbingan lanjut melalui pekerja sosial.")))
    return [*found, Statement(_("Kesimpulan: %s") % minutes.conclusion)]


def _lead(event: Departure, minutes: Minutes) -> str:
    if not minutes.receiver_name:
        return _("Klien berikut tidak lagi berada dalam pelayanan:")
    if event.way == StayEnd.DECEASED:
        return _("PIHAK KESATU menyerahkan kepada PIHAK KEDUA jenazah klien:")
    return _("PIHAK KESATU mengakhiri pelayanan dan menyerahkan kepada PIHAK KEDUA klien:")


def _taken_over(event: Departure, minutes: Minutes) -> str:
    if event.way == StayEnd.DECEASED:
        text = _("PIHAK KEDUA menerima jenazah klien beserta barang dan titipannya.")
    else:
        text = _(
            "PIHAK KEDUA menerima klien beserta barang dan titipannya; sejak itu tanggung jawab beralih kepadanya."
        )
    return f"{text} {_('Barang dan titipan: %s') % minutes.belongings}" if minutes.belongings else text


def _client(case: Case, event: Departure) -> list[tuple[str, str]]:
    client, stay = case.client, event.stay
    rows = [
        (_("Nama"), client.name.upper()),
        (_("No. induk / no. kasus"), f"{client.number} / {case.number}"),
        (_("Tempat, tanggal lahir"), birth(client, event.left_on)),
    ]
    if stay:
        days = number((event.left_on - stay.placed_on).days + 1)
        told = {"period": period(stay.placed_on, event.left_on), "days": days}
        rows.append((_("Masa pelayanan"), _("%(period)s (%(days)s hari)") % told))
    rows += [(_("Tanggal peristiwa"), long_date(event.left_on)), (_("Cara keluar"), event.get_way_display())]
    if case.order_number:
        rows.append((_("Dasar penempatan"), _("No. %s") % ", ".join(filter(None, (case.order_number, case.order_by)))))
    return rows


def _goes_on(case: Case, event: Departure) -> bool:
    asked = Request.objects.filter(case=case, kind=Kind.EXIT, event_on=event.left_on, opens_aftercare=True)
    return asked.exclude(state__in=(State.WITHDRAWN, State.RETURNED)).exists()


def _paper(case: Case, event: Departure, minutes: Minutes, by: User, stamp: Stamp | None) -> Paper:
    title = str(TITLES.get(StayEnd(event.way), _("Berita Acara Serah Terima Klien")))
    numbered = numbered_line(stamp, minutes.number)
    is_final = stamp or event.settled_at
    draft = _("DIBATALKAN") if event.undone_at else "" if is_final else _("KONSEP – belum disahkan")
    return Paper(
        title=title,
        about=_("kasus %s") % case.number,
        subtitle="\n".join(filter(None, (numbered, draft))),
        running_head=" · ".join(filter(None, (title, _("kasus %s") % case.number, _("RAHASIA"), draft))),
        foot=foot(case.institution, by=by, draft=draft, stamp=stamp),
        institution=case.institution,
        is_secret=True,
        closing=_("Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."),
        signatures=_signatures(case, event, minutes),
        stamp=stamp,
    )


def _endorsement(case: Case, event: Departure) -> Decision | None:
    """The head's word on this exit."""
    given = Decision.objects.filter(request__case=case, request__kind=Kind.EXIT, request__event_on=event.left_on)
    return given.filter(act=Act.ENDORSE).select_related("decided_by").last()


def _signatures(case: Case, event: Departure, minutes: Minutes) -> list[tuple[Signature, ...]]:
    """Receiver and giver; below them the head who was told, between the witnesses."""
    author, post = minutes.author, _("%s,") % (minutes.author.position or _("Pekerja Sosial"))
    where = place_and_date(case.institution, long_date(minutes.on))
    if minutes.receiver_name:
        giver = signature(author, lead=f"{where}\n{_('PIHAK KESATU, yang menyerahkan')}", post=post)
        first = (Signature(_("PIHAK KEDUA,"), _("yang menerima"), minutes.receiver_name.upper()), giver)
    else:
        first = (Signature("", "", ""), signature(author, lead=f"{where}\n{_('Yang membuat')}", post=post))
    told = {"lead": _("Mengetahui,"), "decided": _endorsement(case, event), "maker": author}
    head = head_signature(case.institution, minutes.on, **told)
    witness_1 = Signature(_("Saksi I,"), "", minutes.witness_1.upper())
    witness_2 = Signature(_("Saksi II,"), "", minutes.witness_2.upper() or DOTS)
    return [first, (witness_1, head, witness_2)]
