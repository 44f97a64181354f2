"""Which codes must be on record before a stage ends, as the table of the process has it."""

from reports.dossier import Dossier
from services.workflow import PAIRS, codes_of

NAMED = {"plan", "service"}


def must(dossier: Dossier) -> set[str]:
    """Papers and sign-offs of the stage, those of alternatives and of the client's own bimbingan included."""
    step = dossier.step
    codes = (set(codes_of(step.papers)) - _of_other_bimbingan(dossier)) | set(step.supervision)
    if step.decision:
        codes |= set(step.decision.needs)
    if dossier.way:
        codes |= set(codes_of(dossier.way.papers)) | set(dossier.way.supervision)
    done = {activity.code for activity in dossier.activities}
    codes |= {code for code, causes in step.supervision_if.items() if done & set(causes)}
    if step.per_bimbingan:
        codes |= {PAIRS[bimbingan].supervision for bimbingan in dossier.planned}
    return codes


def absent(dossier: Dossier) -> set[str]:
    """Of these, the ones that are asked for by themselves: of alternatives one is enough."""
    step = dossier.step
    papers = [*step.papers, *(dossier.way.papers if dossier.way else ())]
    either = {code for paper in papers if isinstance(paper, tuple) for code in paper}
    return must(dossier) - either - set(codes_of(tuple(NAMED & set(papers))))


def _of_other_bimbingan(dossier: Dossier) -> set[str]:
    """The codes of plan and service of bimbingan that this client does not have."""
    if not NAMED & set(dossier.step.papers):
        return set()
    own = {code for b in dossier.planned for code in (*PAIRS[b].service, PAIRS[b].plan)}
    return {code for pair in PAIRS.values() for code in (*pair.service, pair.plan)} - own
