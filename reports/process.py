"""The chapters of a stage report about work: by code, by bimbingan, and what the worklog tells."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from rehsos.formatting import long_date, number
from reports import musts
from reports.blocks import Chapter, Column, Table, row
from reports.dates import listed
from reports.dossier import Dossier
from services.catalogue import CATALOGUE, Kind, for_stage
from services.enums import Verdict
from services.models import Activity, StageRecord
from services.workflow import PAIRS

Letters = Mapping[type[StageRecord] | str, str]
SIGN_OFFS, FOLLOWING = "sign-offs", "following"


def activities(dossier: Dossier, letters: Letters) -> Chapter:
    """Every code of the stage that is on record, and those that must be and are not."""
    done: dict[str, list[Activity]] = {}
    for activity in dossier.activities:
        done.setdefault(activity.code, []).append(activity)
    must, absent = musts.must(dossier), musts.absent(dossier)
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
        account = "\n".join(part for part in (a.account, labelled(_("Hambatan"), a.obstacle)) if part)
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


def labelled(label: str, text: str) -> str:
    """A text with its label before it; nothing where there is none."""
    return f"{label}: {text}" if text else ""
