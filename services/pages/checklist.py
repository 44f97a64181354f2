"""The activities of one stage with what is on record for a case: the list a worker ticks off."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.enums import Stage
from rehsos import formatting
from services import editing, gates, records
from services.catalogue import ActivityItem, Kind, for_stage
from services.enums import State, Verdict
from services.gates import Unmet
from services.models import StageRecord
from services.pages import links
from services.pages.reader import Reader
from services.situation import Done, Situation
from services.workflow import PAIRS, WORKFLOW, Step, Way

NAMES = 2  # so many names are spelled out
MANY = 12  # a longer list folds what nobody asks for and nobody has done


@dataclass(frozen=True)
class Tick:
    """One line of the checklist: ``state`` is done, wait, miss or todo."""

    code: str
    text: str
    state: str
    must: str = ""
    meta: str = ""
    url: str = ""
    action: str = ""
    is_wanted: bool = True


def ticks(now: Situation, stage: Stage, reader: Reader) -> list[Tick]:
    """Every activity of the stage in printed order."""
    missing = {} if stage != now.stage or now.case.is_closed else {u.code: u for u in gates.unmet_in(now) if u.code}
    musts = _musts(now, stage)
    done = _done(now, stage)
    lines = []
    for item in for_stage(stage):
        if item.kind is Kind.SUPERVISE:
            lines.append(_supervision(now, stage, item, reader))
        else:
            lines.append(_work(now, item, done.get(item.code, []), musts.get(item.code, ""), missing, reader))
    return lines


def folded(lines: list[Tick]) -> tuple[list[Tick], list[Tick]]:
    """The lines to see at once, and the rest of a long list."""
    if len(lines) <= MANY:
        return lines, []
    return [line for line in lines if line.is_wanted], [line for line in lines if not line.is_wanted]


def summary(lines: list[Tick]) -> str:
    """How many of the required activities are on record."""
    wanted = [line for line in lines if line.must == _("wajib")]
    if not wanted:
        return ""
    counts = {"done": sum(line.state == "done" for line in wanted), "all": len(wanted)}
    return _("%(done)s dari %(all)s yang wajib lengkap") % counts


# --- Which activities are asked for ---------------------------------------------------------------------------------
def _musts(now: Situation, stage: Stage) -> dict[str, str]:
    """The word beside each code that the table asks for; of a stage from before the system it asks nothing."""
    if now.is_before_system(stage):
        return {}
    step = WORKFLOW[stage]
    words: dict[str, str] = {}
    way = way_of(now, stage)
    for paper in (*step.papers, *(way.papers if way else ())):
        if paper == "plan":
            words |= dict.fromkeys((pair.plan for pair in PAIRS.values()), _("menurut rencana"))
        elif paper == "service":
            words |= _services(now)
        elif isinstance(paper, tuple):
            words |= dict.fromkeys(paper, _("salah satu wajib"))
        elif paper != "progress":
            words[paper] = _("wajib")
    return words | ({} if way else _after_decision(step))


def _services(now: Situation) -> dict[str, str]:
    words: dict[str, str] = {}
    for bimbingan in now.planned:
        codes = PAIRS[bimbingan].service
        words |= dict.fromkeys(codes, _("wajib") if len(codes) == 1 else _("salah satu wajib"))
    return words


def _after_decision(step: Step) -> dict[str, str]:
    """What a decision will ask for, once it is taken."""
    ways = step.decision.ways.values() if step.decision else ()
    return {str(code): _("menurut keputusan") for way in ways for code in way.papers}


def way_of(now: Situation, stage: Stage) -> Way | None:
    """The answer of the last decision endorsed in a stage, the present one or one gone by."""
    decision = WORKFLOW[stage].decision
    given = [r.way for r in now.requests if r.stage == stage and r.state == State.ENDORSED]
    return decision.ways.get(given[-1]) if decision and given else None


# --- What is on record ----------------------------------------------------------------------------------------------
def _done(now: Situation, stage: Stage) -> dict[str, list[Done]]:
    """The activities by code, each once; in a later round only those of that round."""
    since = now.began_on(stage) if stage.is_per_round and now.case.round > 1 else None
    found: dict[str, dict[int, Done]] = {}
    for done in now.activities:
        if not since or done.on >= since:
            found.setdefault(done.code, {})[done.pk] = done
    return {code: list(rows.values()) for code, rows in found.items()}


def _work(
    now: Situation, item: ActivityItem, done: list[Done], must: str, missing: dict[str, Unmet], reader: Reader
) -> Tick:
    lack = missing.get(item.code)
    state = "miss" if lack else "done" if done else "todo"
    meta = " · ".join(filter(None, [_when(done), _who(done), lack.text if lack and done else ""]))
    kind = next((kind for kind in records.behind((item.code,)) if kind.home == item.stage), None)
    url, action = _record_link(now, item, kind, reader) if kind else _log_link(now, item, done, reader)
    return Tick(item.code, item.display, state, must, meta, url, action, bool(must or done))


def _when(done: list[Done]) -> str:
    if not done:
        return ""
    first, last = done[0].on, done[-1].on
    if first == last:
        return formatting.long_date(last)
    if (first.month, first.year) == (last.month, last.year):
        return f"{first.day}–{formatting.long_date(last)}"
    return f"{formatting.long_date(first)} – {formatting.long_date(last)}"


def _who(done: list[Done]) -> str:
    people = list(dict.fromkeys(row.by for row in done))
    more = _(" dan %s lain") % formatting.number(len(people) - NAMES) if len(people) > NAMES else ""
    return ", ".join(people[:NAMES]) + more


def _record_link(now: Situation, item: ActivityItem, kind: type[StageRecord], reader: Reader) -> tuple[str, str]:
    rows = [row for row in now.records_of(kind) if item.code in row.activity_codes()]
    may_write = reader.is_worker and not editing.why_not(now, kind)
    if not rows:
        return (links.new_record(now.case, kind), _("Isi")) if may_write else ("", "")
    if len(rows) == 1:
        return links.record(now.case, rows[0]), _("Ubah") if may_write else _("Lihat")
    return f"#isi-{kind.slug}", _("%s catatan") % formatting.number(len(rows))


def _log_link(now: Situation, item: ActivityItem, done: list[Done], reader: Reader) -> tuple[str, str]:
    if done:
        return links.notes(now.case, item.code), _("%s catatan") % formatting.number(len(done))
    if reader.may_log and not now.case.is_closed:
        return links.log(now.case, item.code), _("Catat")
    return "", ""


def _supervision(now: Situation, stage: Stage, item: ActivityItem, reader: Reader) -> Tick:
    given = [row for row in now.supervisions if row.code == item.code]
    is_present = stage == now.stage and not now.case.is_closed
    wanted = is_present and item.code in {owed.code for owed in gates.unsigned(now)}
    meta = f"{formatting.long_date(given[-1].on)} · {given[-1].by.name}" if given else ""
    is_given = bool(given) and given[-1].verdict == Verdict.APPROVED
    if wanted and is_given:
        meta += " · " + _("perlu diberikan lagi")
    elif given and not is_given:
        meta += " · " + _("dikembalikan")
    elif wanted and now.waiting:
        meta = _("menunggu Anda") if reader.may_supervise else _("menunggu supervisor")
    state = "wait" if wanted and (now.waiting or given) else "done" if is_given and not wanted else "todo"
    url, action = ("#tanda", _("Lihat")) if given else ("", "")
    if wanted and reader.may_supervise:
        url, action = ("#putusan", _("Putuskan")) if now.waiting else ("#supervisi", _("Beri supervisi"))
    is_wanted = bool(given) or item.code in {sign_off.code for sign_off in gates.sign_offs(now)}
    return Tick(item.code, item.display, state, _("supervisi"), meta, url, action, is_wanted or not is_present)
