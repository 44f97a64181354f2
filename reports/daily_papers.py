"""The papers of the day book: an incident's berita acara, and the letter with which a resident goes home on leave."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from rehsos.formatting import long_date, time_of_day
from reports import pdf
from reports.blocks import Facts
from reports.documents import birth
from reports.paper import Paper, Signature, foot, place_and_date, signature
from reports.signers import head_signature
from reports.spelling import dated
from services.models import Incident, IncidentResident, Presence

DOTS = "." * 30


def incident_report(incident: Incident, *, by: User) -> bytes:
    """The berita acara of an incident as a PDF."""
    return pdf.render("reports/print/incident.html", incident_context(incident, by=by))


def incident_context(incident: Incident, *, by: User) -> dict[str, Any]:
    """What happened, who was in it, what was done; protected residents by their initials."""
    upt = incident.institution
    with timezone.override(ZoneInfo(upt.time_zone)):
        rows = IncidentResident.objects.filter(incident=incident).select_related("stay__case__client")
        people = list(rows.defer("stay__case__client__nik").order_by("stay__case__client__folded_name"))
        return {
            "paper": _incident_paper(incident, by),
            "opening": _("Pada hari ini %(date)s, bertempat di %(place)s, telah terjadi peristiwa sebagai berikut.")
            % {"date": dated(incident.on), "place": incident.place},
            "facts": Facts(_incident_facts(incident)),
            "people": [_person(row) for row in people],
            "parts": _parts(incident),
            "follow_ups": [_followed(row) for row in incident.follow_ups.select_related("by")],
        }


def _incident_facts(incident: Incident) -> list[tuple[str, str]]:
    rows = [
        (_("Jenis kejadian"), str(incident.get_kind_display())),
        (_("Berat ringannya"), str(incident.get_severity_display())),
        (_("Waktu"), f"{long_date(incident.on)}, {incident.at_time:%H.%M}"),
        (_("Tempat"), incident.place),
        (_("Dicatat oleh"), f"{incident.by.full_name}, {long_date(incident.recorded_at)}"),
    ]
    if incident.closed_at:
        rows.append((_("Selesai"), f"{incident.closed_by.full_name}, {long_date(incident.closed_at)}"))
    return rows


def _person(row: IncidentResident) -> str:
    client, part = row.stay.case.client, str(row.get_part_display()).lower()
    return f"{client.shown_name} ({client.number}), {part}"


def _parts(incident: Incident) -> list[tuple[str, str]]:
    parts = [
        (_("Uraian kejadian"), incident.account),
        (_("Tindakan pertama"), incident.first_action),
        (_("Tindak lanjut yang diperlukan"), incident.plan),
    ]
    return [(label, text) for label, text in parts if text]


def _followed(row: Any) -> str:
    return f"{long_date(row.at)}, {time_of_day(row.at)}, {row.by.full_name}: {row.text}"


def _incident_paper(incident: Incident, by: User) -> Paper:
    upt, title = incident.institution, _("Berita Acara Kejadian")
    draft = "" if incident.closed_at else _("Tindak lanjut belum selesai")
    numbered = _("Nomor: %s") % DOTS
    maker = signature(
        incident.by,
        lead=f"{place_and_date(upt, long_date(incident.recorded_at))}\n{_('Yang melaporkan')}",
        post=_("%s,") % (incident.by.position or _("Petugas")),
    )
    head = head_signature(upt, incident.on, lead=_("Mengetahui,"), maker=incident.by)
    return Paper(
        title=title,
        about=long_date(incident.on),
        subtitle="\n".join(filter(None, (numbered, draft))),
        running_head=" · ".join((title, long_date(incident.on), _("RAHASIA"))),
        foot=foot(upt, by=by, draft=draft),
        institution=upt,
        is_secret=True,
        closing=_("Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."),
        signatures=[(head, maker)],
    )


def leave_letter(row: Presence, *, by: User) -> bytes:
    """Surat izin pulang as a PDF."""
    return pdf.render("reports/print/leave.html", leave_context(row, by=by))


def leave_context(row: Presence, *, by: User) -> dict[str, Any]:
    """Whom the UPT lets go home, where to, with whom, and when they have to be back."""
    case, upt = row.stay.case, row.stay.institution
    with timezone.override(ZoneInfo(upt.time_zone)):
        client = case.client
        facts = [
            (_("Nama"), client.name.upper()),
            (_("No. induk"), client.number),
            (_("Tempat, tanggal lahir"), birth(client, row.since_on)),
            (_("Tempat tinggal di UPT"), row.stay.place),
        ]
        leave = [
            (_("Tujuan"), row.place),
            (_("Dijemput atau diantar"), row.escort),
            (_("Berangkat"), long_date(row.since_on)),
            (_("Harus kembali"), long_date(row.due_on) if row.due_on else ""),
            (_("Keperluan"), row.note),
        ]
        return {
            "paper": _leave_paper(row, by),
            "upt": upt.name,
            "client": Facts([pair for pair in facts if pair[1]], is_first_strong=True),
            "leave": Facts([pair for pair in leave if pair[1]]),
            "due_on": long_date(row.due_on) if row.due_on else "",
        }


def _leave_paper(row: Presence, by: User) -> Paper:
    upt, title = row.stay.institution, _("Surat Izin Pulang")
    cancelled = _("DIBATALKAN") if row.annulled_at else ""
    lead = place_and_date(upt, long_date(row.since_on))
    escort = Signature(_("Yang menjemput atau mengantar,"), "", (row.escort or DOTS).upper())
    return Paper(
        title=title,
        about=_("No. %s") % row.letter,
        subtitle="\n".join(filter(None, (_("Nomor: %s") % row.letter, cancelled))),
        running_head=" · ".join(filter(None, (title, row.letter, cancelled))),
        foot=foot(upt, by=by, draft=cancelled),
        institution=upt,
        closing=_("Demikian surat izin ini dibuat untuk dipergunakan sebagaimana mestinya."),
        signatures=[(escort, head_signature(upt, row.since_on, lead=lead))],
    )
