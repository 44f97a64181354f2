"""The registry of stage records: which kinds there are, in the order of the process, by slug, stage and code."""

from collections.abc import Iterable

from cases.enums import Stage
from services.models import (
    AdditionalData,
    AdminChecklist,
    AftercareMiss,
    AftercarePlan,
    AftercareVisit,
    Agreement,
    Assessment,
    AssessmentConference,
    AssessmentReport,
    BusinessAid,
    CandidateReferral,
    Eligibility,
    EvaluationConference,
    EvaluationReport,
    Goal,
    Handover,
    HomeVisit,
    Motivation,
    Notice,
    OutcomeEvaluation,
    Placement,
    PlanConsent,
    PlanningConference,
    ProcessEvaluation,
    ProgressSheet,
    Readiness,
    Referral,
    ReferralReport,
    ResourceLink,
    StageRecord,
    TerminationReport,
)

RECORDS: tuple[type[StageRecord], ...] = (
    HomeVisit,
    Motivation,
    AdditionalData,
    AdminChecklist,
    Eligibility,
    Notice,
    CandidateReferral,
    Agreement,
    Placement,
    Assessment,
    AssessmentConference,
    AssessmentReport,
    Goal,
    PlanningConference,
    PlanConsent,
    ProgressSheet,
    ProcessEvaluation,
    OutcomeEvaluation,
    EvaluationConference,
    EvaluationReport,
    Readiness,
    Handover,
    TerminationReport,
    Referral,
    ReferralReport,
    AftercarePlan,
    AftercareVisit,
    AftercareMiss,
    ResourceLink,
    BusinessAid,
)


def of_stage(stage: Stage) -> tuple[type[StageRecord], ...]:
    """The kinds of record that live in a stage."""
    return tuple(kind for kind in RECORDS if kind.home == stage)


def by_slug(stage: Stage, slug: str) -> type[StageRecord]:
    """The kind of record behind a URL; ``LookupError`` where there is none."""
    for kind in of_stage(stage):
        if kind.slug == slug:
            return kind
    raise LookupError(slug)


def behind(codes: Iterable[str]) -> tuple[type[StageRecord], ...]:
    """The kinds of record whose saving writes one of these codes."""
    wanted = set(codes)
    return tuple(kind for kind in RECORDS if wanted & set(kind.codes))
