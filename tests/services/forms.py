"""What a person would post: the values and rows of a record as the names of its form."""

from datetime import date

from cases.models import Case
from services import models
from services.demo import walk
from services.models import StageRecord
from tests import factories

AFTER_DECISION = {
    models.Notice: "accepted",
    models.Agreement: "accepted",
    models.Placement: "accepted",
    models.CandidateReferral: "referred",
    models.Readiness: "terminate",
    models.Handover: "terminate",
    models.TerminationReport: "terminate",
    models.Referral: "refer",
    models.ReferralReport: "refer",
}


def case_for(people: factories.Team, kind: type[StageRecord]) -> Case:
    """A case in which a record of this kind can be filled in."""
    case = factories.case(people, kind.home)
    if way := AFTER_DECISION.get(kind):
        if kind.home == "intake":
            walk.fill(people, case, models.AdminChecklist, models.Eligibility)
        else:
            walk.evaluation(people, case)
        walk.decide(people, case, way)
    return case


def filled(case: Case, kind: type[StageRecord], form, /, **changes) -> dict[str, str]:
    """A complete post of the form that was drawn: what stood in it, overwritten by the words of the walk."""
    values, parts = walk.PAPERS[kind](case)
    data = {field.html_name: field.value() for field in form if field.value() is not None}
    data |= {"on": case.institution.today(), **values}
    for part, rows in parts.items():
        relation = part._meta.get_field("record").remote_field.related_name
        for row in rows:
            data |= {f"{relation}-{row['key']}-{name}": row[name] for name in row if name not in ("key", "label")}
    return {name: posted(value) for name, value in {**data, **changes}.items() if posted(value) is not None}


def posted(value) -> str | None:
    """A value as a browser sends it; an empty box is not sent at all."""
    if value is None or value is False:
        return None
    if value is True:
        return "on"
    return value.isoformat() if isinstance(value, date) else str(value)
