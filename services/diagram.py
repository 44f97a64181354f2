"""The workflow table as a Mermaid flow chart, drawn from the same rows that gates and transitions read."""

from collections.abc import Iterable, Iterator

from accounts.enums import Role
from cases.enums import Stage
from services.workflow import PAIRS, WORKFLOW, Decision, Paper, Step, Way

NAMED = {"plan": "tujuan per bimbingan", "service": "layanan per bimbingan", "progress": "lembar perkembangan"}


def mermaid() -> str:
    """Six stages, their decisions, where each answer leads, and the sign-offs on the way."""
    lines = ["flowchart TD", "    start((kasus dibuka)) --> intake"]
    for stage, step in WORKFLOW.items():
        lines += [f"    {line}" for line in _stage(stage, step)]
    return "\n".join(lines) + "\n"


def _stage(stage: Stage, step: Step) -> Iterator[str]:
    yield f'{stage.value}["{_text(f"<b>{stage.letter} {stage.label}</b>", _papers(step.papers))}"]'
    if step.decision:
        yield from _decision(stage, step, step.decision)
    elif step.then:
        yield _arrow(stage.value, step.then.value, _end_of_stage(step))
    for way in step.endings.values():
        words = "tanggal dan alasan" if way.needs_date else "berkas lengkap"
        yield _arrow(stage.value, _end(stage, way), _text(f"{way.label}: {words}", _end_of_stage(step)))
    for earlier in step.back_to:
        yield f'{stage.value} -. "mundur tahap" .-> {earlier.value}'


def _decision(stage: Stage, step: Step, decision: Decision) -> Iterator[str]:
    name = f"{stage.value}_{decision.kind.value}"
    endorser = Role(decision.endorsed_by).label
    yield f'{name}{{"{_text(str(decision.label), f"disahkan {endorser}")}"}}'
    yield _arrow(stage.value, name, _signed(decision.needs))
    for way in decision.ways.values():
        yield _arrow(name, _target(stage, step, way), _text(way.label, _follows(step, way)))


def _target(stage: Stage, step: Step, way: Way) -> str:
    if way.stays:
        return stage.value
    if way.ends:
        return _end(stage, way)
    onward = way.back_to or step.then
    assert onward is not None
    return onward.value


def _follows(step: Step, way: Way) -> str:
    """What a decision lets follow; the end of the stage is signed where the case leaves it that way."""
    words = ["tanggal"] if way.needs_date else []
    if way.papers:
        words.append(_papers(way.papers))
    if not way.stays and not way.back_to:
        words.append(_end_of_stage(step, way.supervision))
    return _text(*words)


def _end_of_stage(step: Step, more: Iterable[str] = ()) -> str:
    words = [_signed((*step.supervision, *more))]
    if step.per_bimbingan:
        words.append(_signed(pair.supervision for pair in PAIRS.values()) + " sesuai rencana")
    words += [f"{_signed([code])} bila ada {' / '.join(causes)}" for code, causes in step.supervision_if.items()]
    return _text(*words)


def _signed(codes: Iterable[str]) -> str:
    shown = " · ".join(codes)
    return f"supervisi {shown}" if shown else ""


def _papers(papers: Iterable[Paper]) -> str:
    return " · ".join(" / ".join(paper) if isinstance(paper, tuple) else NAMED.get(paper, paper) for paper in papers)


def _end(stage: Stage, way: Way) -> str:
    assert way.ends is not None
    return f'{stage.value}_{way.ends.value}(["ditutup: {way.ends.label}"])'


def _arrow(source: str, target: str, words: str) -> str:
    return f'{source} -- "{words}" --> {target}' if words else f"{source} --> {target}"


def _text(*words: str) -> str:
    return "<br>".join(word for word in words if word)
