"""The chapters of a stage report about the process: work by code, decision, requests, sign-offs, what follows later."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from rehsos.formatting import long_date, moment, number
from reports.blocks import Block, Chapter, Column, Facts, Table, Words, row
from reports.dates import listed
from reports.dossier import Dossier, written_out
from reports.paper import who
from services import gates
from services.catalogue import CATALOGUE, Kind, for_stage
from services.enums import Act, Verdict
from services.enums import Kind as Asked
from services.models import Activity, Decision, Request, StageRecord, Supervision
from services.workflow import PAIRS

Letters = Mapping[type[StageRecord] | str, str]
SIGN_OFFS, FOLLOWING = "sign-offs", "following"


def activities(dossier: Dossier, letters: Letters) -> Chapter:
    """Every code of the stage that is on record, and those that must be and are not."""
    done: dict[str, list[Activity]] = {}
    for activity in dossier.activities:
        done.setdefault(activity.code, []).append(activity)
    must, absent = dossier.must, dossier.must - dossier.alternatives
    lines = []
    for item in for_stage(dossier.stage):
        rows = done.get(item.code, [])
        if not rows and item.code not in absent:
            continue
        star = " *" if item.code in must else ""
        evidence = _evidence(rows, letters) if rows else _("lihat huruf %s") % letters[FOLLOWING]
        days, times = listed(a.on for a in rows), number(len(rows)) if rows else ""
        lines.append(row(f"{item.code}{star}", f"{item.display}.", days, times, evidence))
    columns = [
        Column(_("Kode"), 9, "c"),
        Column(_("Uraian butir kegiatan"), 44),
        Column(_("Tanggal"), 20),
        Column(_("Kali"), 7, "c"),
        Column(_("Bukti"), 20),
    ]
    note = _("* Wajib sebelum tahap diakhiri (supervisi diberikan oleh supervisor). Kode mengikuti dokumen dasar.")
    caption = _("Butir kegiatan tahap %s") % dossier.name
    return Chapter(_("Kegiatan yang dilaksanakan"), [Table(columns, lines, caption, head=1, note=note)])


def _evidence(rows: list[Activity], letters: Letters) -> str:
    """Where the proof lies: the chapters of this report, notes of the worklog, files."""
    names = {kind._meta.model_name: letter for kind, letter in letters.items() if not isinstance(kind, str)}
    names["supervision"] = letters[SIGN_OFFS]
    chapters = sorted({names[a.record_kind] for a in rows if a.record_kind in names})
    elsewhere = sum(1 for a in rows if a.record_kind and a.record_kind not in names)
    notes = sum(1 for a in rows if not a.record_kind)
    files = sum(1 for a in rows if a.evidence_id)
    parts = [_("lihat huruf %s") % ", ".join(chapters)] if chapters else []
    parts += [_("%s catatan tahap lain") % number(elsewhere)] if elsewhere else []
    parts += [_("%s catatan") % number(notes)] if notes else []
    parts += [_("%s berkas") % number(files)] if files else []
    return "; ".join(parts)


def services(dossier: Dossier) -> Chapter | None:
    """What was delivered in each planned bimbingan, and who signed it."""
    if not dossier.step.per_bimbingan or not dossier.planned:
        return None
    signed = {s.code: s for s in dossier.supervisions if s.verdict == Verdict.APPROVED}
    lines = []
    for bimbingan in dossier.planned:
        pair = PAIRS[bimbingan]
        rows = [a for a in dossier.activities if bimbingan in {line.bimbingan for line in a.lines.all()}]
        served = [a for a in rows if a.code in pair.service]
        motivated = [a for a in rows if a.code == pair.motivation]
        minutes = sum(a.minutes or 0 for a in served)
        sign_off = signed.get(pair.supervision)
        by = f"{sign_off.by.full_name}\n{long_date(sign_off.on)} ({sign_off.code})" if sign_off else ""
        numbers = (number(n) if n else "" for n in (len(served), minutes, len(motivated)))
        lines.append(row(str(bimbingan.label), *numbers, listed(a.on for a in served), by))
    columns = [
        Column(_("Bimbingan"), 20),
        Column(_("Layanan (kali)"), 10, "c"),
        Column(_("Lama (menit)"), 10, "c"),
        Column(_("Motivasi (kali)"), 11, "c"),
        Column(_("Tanggal layanan"), 22),
        Column(_("Disupervisi"), 27),
    ]
    table = Table(columns, lines, _("Layanan per bimbingan yang direncanakan"))
    return Chapter(_("Layanan menurut bimbingan"), [table])


def notes(dossier: Dossier) -> Chapter | None:
    """What the worklog tells beyond the records; daily work of a running stay is only counted, its obstacles told."""
    told = [a for a in dossier.activities if not a.record_kind and _is_told(dossier, a)]
    if not told:
        return None
    lines = []
    for a in told:
        account = "\n".join(part for part in (a.account, _labelled(_("Hambatan"), a.obstacle)) if part)
        lines.append(row(long_date(a.on), a.code, account, a.result, a.by.full_name))
    columns = [
        Column(_("Tanggal"), 17),
        Column(_("Kode"), 8, "c"),
        Column(_("Uraian"), 35),
        Column(_("Hasil"), 20),
        Column(_("Petugas"), 20),
    ]
    title = _("Hambatan dan upaya") if dossier.step.per_bimbingan else _("Catatan pelaksanaan kegiatan")
    return Chapter(title, [Table(columns, lines, head=2)])


def _is_told(dossier: Dossier, activity: Activity) -> bool:
    is_obstacle = bool(activity.obstacle) or CATALOGUE[activity.code].kind == Kind.OBSTACLE
    return is_obstacle or (not dossier.step.per_bimbingan and bool(activity.account or activity.result))


def _labelled(label: str, text: str) -> str:
    return f"{label}: {text}" if text else ""


def decision(dossier: Dossier) -> Chapter | None:
    """The decisions of this stage that the head endorsed."""
    row_ = dossier.step.decision
    if not row_ or not dossier.endorsed:
        return None
    blocks: list[Block] = []
    for request in dossier.endorsed:
        acts = {d.act: d for d in request.decisions.all()}
        facts = [
            (_("Keputusan"), row_.ways[request.way].label.upper()),
            (_("Alasan"), request.reason),
            (_("Diusulkan oleh"), _by(acts.get(Act.SUBMIT))),
            (_("Disetujui supervisor"), _by(acts.get(Act.APPROVE))),
            (_("Disahkan"), _by(acts.get(Act.ENDORSE))),
        ]
        if request.until_on:
            facts.append((_("Diperpanjang sampai"), long_date(request.until_on)))
        blocks.append(Facts(facts))
    return Chapter(_("Keputusan %s") % row_.label.lower(), blocks)


def _by(act: Decision | None) -> str:
    if act is None:
        return ""
    nip = _(", NIP %s") % act.decided_by.nip_display if act.decided_by.nip else ""
    escalated = _(" (dieskalasi)") if act.is_escalated else ""
    return f"{act.decided_by.full_name}{nip}, {moment(act.decided_at)}{escalated}"


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
        if act.is_escalated:
            text += _(" (dieskalasi)")
        lines.append(row(str(at), moment(act.decided_at), text, who(act.decided_by), act.note))
    return lines


def _asked(dossier: Dossier, request: Request) -> str:
    """What a request asked for: the end of the stage, or a decision and its answer."""
    ways = dossier.step.decision.ways if dossier.step.decision and request.kind != Asked.STAGE else dossier.step.endings
    way = ways.get(request.way)
    kind = request.get_kind_display().lower()
    return f"{kind}, {way.label.lower()}" if way else kind


def _sign_off(dossier: Dossier, sign_off: Supervision):
    note = "\n".join(part for part in (sign_off.note, _labelled(_("Arahan"), sign_off.directions)) if part)
    result = sign_off.get_verdict_display()
    if sign_off.case_version != dossier.entry.version:
        result += _("; diminta lagi setelah mundur tahap")
    return row(sign_off.code, long_date(sign_off.on), who(sign_off.by), note, result)


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
    if dossier.end:
        return [text for rows in dossier.records.values() for record in rows for text in record.lacks()]
    if not dossier.is_current:
        return [_("Kasus mundur ke tahap %s; tahap ini dilanjutkan sesudahnya") % written_out(dossier.case.at)]
    now = dossier.now
    texts = [str(unmet) for unmet in gates.unmet_in(now)]
    owed = gates.unsigned(now)
    texts += [_("Supervisi belum diberikan: %(text)s (%(code)s)") % {"text": s.text, "code": s.code} for s in owed]
    if now.step.decision and not now.settled_way:
        texts.append(_("Keputusan %s belum disahkan Kepala UPT") % now.step.decision.label.lower())
    texts.append(_("Akhir tahap belum disetujui supervisor"))
    return list(dict.fromkeys(texts))
