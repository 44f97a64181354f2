"""The chapters of a stage report about who decided what: decision, exit, requests, sign-offs, what follows later."""

from django.utils.translation import gettext as _

from cases.enums import StayEnd
from rehsos.formatting import long_date, moment
from reports.blocks import Block, Chapter, Column, Facts, Table, Words, row
from reports.dossier import Dossier, written_out
from reports.paper import who
from reports.process import labelled
from services import gates
from services.enums import Act, ArrearKind, Kind, State
from services.models import Decision, Departure, Minutes, Request, Supervision
from services.situation import Situation


def decision(dossier: Dossier) -> Chapter | None:
    """The decisions of this stage that the head endorsed."""
    row_ = dossier.step.decision
    if not row_ or not dossier.endorsed:
        return None
    blocks: list[Block] = []
    for request in dossier.endorsed:
        facts = [(_("Keputusan"), row_.ways[request.way].label.upper()), (_("Alasan"), request.reason)]
        facts += _decided(request)
        if request.until_on:
            facts.append((_("Diperpanjang sampai"), long_date(request.until_on)))
        blocks.append(Facts(facts))
    return Chapter(_("Keputusan %s") % row_.label.lower(), blocks)


def _decided(request: Request) -> list[tuple[str, str]]:
    acts = {act.act: act for act in request.decisions.all()}
    return [
        (_("Diusulkan oleh"), _by(acts.get(Act.SUBMIT))),
        (_("Disetujui supervisor"), _by(acts.get(Act.APPROVE))),
        (_("Disahkan"), _by(acts.get(Act.ENDORSE))),
    ]


def _by(act: Decision | None) -> str:
    if act is None:
        return ""
    nip = _(", NIP %s") % act.decided_by.nip_display if act.decided_by.nip else ""
    return f"{act.decided_by.full_name}{nip}, {moment(act.decided_at)}{_manner(act)}"


def _manner(act: Decision) -> str:
    """How somebody came to decide: as the head in place of a supervisor, in place of the head."""
    escalated = _(" (dieskalasi)") if act.is_escalated else ""
    return f"{escalated} ({act.get_capacity_display()})" if act.capacity else escalated


def departure(dossier: Dossier) -> Chapter | None:
    """Exits from this stage: the event, its berita acara, who endorsed it, and what became of it."""
    if not dossier.departures:
        return None
    blocks: list[Block] = []
    for event in dossier.departures:
        facts = [
            (_("Cara keluar"), event.get_way_display()),
            (_("Tanggal peristiwa"), long_date(event.left_on)),
            (_("Uraian kejadian"), event.account),
            (_("Dicatat oleh"), f"{event.recorded_by.full_name}, {moment(event.recorded_at)}"),
            *_undone(event),
            *_minutes(getattr(event, "minutes", None)),
        ]
        for request in dossier.requests:
            if request.kind == Kind.EXIT and request.state == State.ENDORSED and request.event_on == event.left_on:
                facts += _decided(request)
        blocks.append(Facts(facts))
    return Chapter(_("Keluar dari pelayanan"), blocks)


def _undone(event: Departure) -> list[tuple[str, str]]:
    if event.returned_on:
        return [(_("Kembali"), long_date(event.returned_on))]
    return [(_("Dibatalkan"), moment(event.undone_at))] if event.undone_at else []


def _minutes(minutes: Minutes | None) -> list[tuple[str, str]]:
    if minutes is None:
        return [(_("Berita acara"), _("belum dibuat"))]
    receiver = ", ".join(filter(None, (minutes.receiver_name, minutes.receiver_relation, minutes.receiver_address)))
    facts = [
        (_("Berita acara"), ", ".join(filter(None, (minutes.number, long_date(minutes.on), minutes.place)))),
        (_("Diterima oleh"), receiver),
        (_("Barang dikembalikan"), minutes.belongings),
        (_("Temu bahas, peringatan"), minutes.conference),
        (_("Kesimpulan"), minutes.conclusion),
        (_("Saksi"), "; ".join(filter(None, (minutes.witness_1, minutes.witness_2)))),
        (_("Ditulis oleh"), minutes.author.full_name),
    ]
    return [fact for fact in facts if fact[1]]


def waivers(dossier: Dossier) -> Chapter | None:
    """The papers that the head, or an admission in an emergency, let follow."""
    rows = [arrear for arrear in dossier.arrears if arrear.kind != ArrearKind.EXIT]
    if not rows:
        return None
    lines = [
        row(
            arrear.code,
            f"{arrear.text}.\n{arrear.reason}",
            f"{who(arrear.opened_by)}\n{long_date(arrear.opened_at)}",
            long_date(arrear.due_on),
            long_date(arrear.settled_at) if arrear.settled_at else _("belum"),
        )
        for arrear in rows
    ]
    columns = [
        Column(_("Butir"), 8, "c"),
        Column(_("Yang menyusul dan alasannya"), 35),
        Column(_("Diberikan oleh"), 27),
        Column(_("Menyusul s.d."), 15),
        Column(_("Dipenuhi"), 15),
    ]
    return Chapter(_("Persetujuan menyusul"), [Table(columns, lines, head=1)])


def addenda(dossier: Dossier) -> Chapter | None:
    """What was learned after the stage was frozen or ended, dated, beside it."""
    if not dossier.addenda:
        return None
    columns = [Column(_("Tanggal"), 17), Column(_("Catatan"), 55), Column(_("Oleh"), 28)]
    lines = [
        row(long_date(note.on), note.text, f"{note.by.full_name}\n{_('ditulis %s') % long_date(note.at)}")
        for note in dossier.addenda
    ]
    return Chapter(_("Catatan tambahan"), [Table(columns, lines)])


def sign_offs(dossier: Dossier) -> Chapter:
    """Who asked, who returned, approved and endorsed, and every supervision, each with name, NIP and moment."""
    blocks: list[Block] = []
    if dossier.requests:
        lines = [line for at, request in enumerate(dossier.requests, 1) for line in _acts(dossier, at, request)]
        columns = [
            Column(_("Ke-"), 6, "c"),
            Column(_("Waktu"), 18),
            Column(_("Tindakan"), 22),
            Column(_("Oleh"), 26),
            Column(_("Catatan"), 28),
        ]
        blocks.append(Table(columns, lines, _("Riwayat pengajuan dan keputusan"), head=2))
    if dossier.supervisions:
        columns = [
            Column(_("Butir"), 8, "c"),
            Column(_("Tanggal"), 17),
            Column(_("Supervisor"), 27),
            Column(_("Catatan dan arahan"), 33),
            Column(_("Hasil"), 15, "c"),
        ]
        lines = [_sign_off(dossier, sign_off) for sign_off in dossier.supervisions]
        blocks.append(Table(columns, lines, _("Supervisi"), head=2))
    return Chapter(_("Pengajuan dan supervisi"), blocks or [Words(_("Belum ada pengajuan dan supervisi."))])


def _acts(dossier: Dossier, at: int, request: Request) -> list:
    lines = []
    for act in request.decisions.all():
        text = act.get_act_display()
        if act.act == Act.SUBMIT:
            text = f"{text}: {_asked(dossier, request)}"
        text += _manner(act)
        lines.append(row(str(at), moment(act.decided_at), text, who(act.decided_by), act.note))
    return lines


def _asked(dossier: Dossier, request: Request) -> str:
    """What a request asked for: the end of the stage, or a decision and its answer."""
    kind = request.get_kind_display().lower()
    answer = ""
    if request.kind == Kind.EXIT:
        answer = StayEnd(request.way).label.lower()
    elif request.kind == Kind.STAGE and request.way in dossier.step.endings:
        answer = dossier.step.endings[request.way].label.lower()
    elif dossier.step.decision and request.kind == dossier.step.decision.kind:
        answer = dossier.step.decision.ways[request.way].label.lower()
    return f"{kind}, {answer}" if answer else kind


def _sign_off(dossier: Dossier, sign_off: Supervision):
    note = "\n".join(part for part in (sign_off.note, labelled(_("Arahan"), sign_off.directions)) if part)
    result = sign_off.get_verdict_display()
    if sign_off.case_version != dossier.dwelling:
        result += _("; diminta lagi sejak kasus berpindah")
    by = who(sign_off.by)
    by = f"{by}\n({sign_off.get_capacity_display()})" if sign_off.capacity else by
    return row(sign_off.code, long_date(sign_off.on), by, note, result)


def following(dossier: Dossier) -> Chapter:
    """What is still missing, in words."""
    texts = missing(dossier)
    if not texts:
        return Chapter(_("Yang menyusul"), [Words(_("Tidak ada. Semua isi tahap lengkap dan sudah disupervisi."))])
    lines = [row(str(at), text) for at, text in enumerate(texts, 1)]
    columns = [Column(_("No."), 6, "c"), Column(_("Yang belum dipenuhi pada saat laporan dicetak"), 94)]
    return Chapter(_("Yang menyusul"), [Table(columns, lines, head=1)])


def missing(dossier: Dossier) -> list[str]:
    """Unmet papers, owed sign-offs and waiting decisions; of an ended stage what its records still lack."""
    owed = {arrear.text: arrear for arrear in dossier.arrears if arrear.settled_at is None}
    follows = [
        _("%(text)s; menyusul s.d. %(day)s") % {"text": text, "day": long_date(arrear.due_on)}
        for text, arrear in owed.items()
    ]
    if dossier.end:
        return follows + [text for rows in dossier.records.values() for record in rows for text in record.lacks()]
    if not dossier.is_current:
        return [
            *follows,
            _("Kasus kembali ke tahap %s; tahap ini dilanjutkan sesudahnya") % written_out(dossier.case.at),
        ]
    now = dossier.now
    texts = [str(unmet) for unmet in gates.unmet_in(now) if str(unmet) not in owed]
    texts += [
        _("Supervisi belum diberikan: %(text)s (%(code)s)") % {"text": sign_off.text, "code": sign_off.code}
        for sign_off in gates.unsigned(now)
    ]
    return list(dict.fromkeys([*follows, *texts, *_undecided(now)]))


def _undecided(now: Situation) -> list[str]:
    """The answers that are still to come, the next one first."""
    if now.pending in (Kind.EXIT, Kind.TRANSFER, Kind.REVERSAL):
        return [_("%s belum disahkan Kepala UPT") % now.pending.label]
    texts = []
    if now.step.decision and not now.settled_way:
        texts.append(_("Keputusan %s belum disahkan Kepala UPT") % now.step.decision.label.lower())
    return [*texts, _("Akhir tahap belum disetujui supervisor")]
