"""What we do, as rows: the process and the records of the six stages."""

from services.models.activity import Activity, ActivityBimbingan, ActivityCase
from services.models.aftercare import AftercareVisit
from services.models.assessment import AspectFinding, Assessment, AssessmentReport
from services.models.closing import (
    AspectOutcome,
    EvaluationReport,
    GoalOutcome,
    Handover,
    OutcomeEvaluation,
    Readiness,
    ReadinessAnswer,
    Referral,
    ReferralReport,
    TerminationReport,
)
from services.models.conference import (
    AssessmentConference,
    AssessmentParticipant,
    EvaluationConference,
    EvaluationParticipant,
    PlanningConference,
    PlanningParticipant,
)
from services.models.facility import Bed, BedUse, House, Room
from services.models.intake import (
    AdminChecklist,
    Agreement,
    CandidateReferral,
    ChecklistItem,
    Eligibility,
    Notice,
    NoticeRecipient,
    Placement,
)
from services.models.intervention import AspectProgress, ProcessEvaluation, ProgressSheet
from services.models.opening import (
    EarlierScan,
    EarlierStage,
    OpeningEntry,
    OpeningList,
    OpeningUpload,
    PreparationStep,
)
from services.models.planning import Goal, PlanConsent
from services.models.process import Decision, Request, Supervision, Transition
from services.models.record import RecordPart, StageRecord
from services.models.spine import Addendum, Arrear, Departure, Minutes, Transfer

__all__ = [
    "Activity",
    "Addendum",
    "Arrear",
    "Bed",
    "BedUse",
    "Departure",
    "Minutes",
    "Transfer",
    "ActivityBimbingan",
    "ActivityCase",
    "AdminChecklist",
    "AftercareVisit",
    "Agreement",
    "AspectFinding",
    "AspectOutcome",
    "AspectProgress",
    "Assessment",
    "AssessmentConference",
    "AssessmentParticipant",
    "AssessmentReport",
    "CandidateReferral",
    "ChecklistItem",
    "Decision",
    "EarlierScan",
    "EarlierStage",
    "Eligibility",
    "EvaluationConference",
    "EvaluationParticipant",
    "EvaluationReport",
    "Goal",
    "GoalOutcome",
    "Handover",
    "House",
    "Notice",
    "NoticeRecipient",
    "OpeningEntry",
    "OpeningList",
    "OpeningUpload",
    "OutcomeEvaluation",
    "Placement",
    "PlanConsent",
    "PlanningConference",
    "PlanningParticipant",
    "PreparationStep",
    "ProcessEvaluation",
    "ProgressSheet",
    "Readiness",
    "ReadinessAnswer",
    "RecordPart",
    "Referral",
    "ReferralReport",
    "Request",
    "Room",
    "StageRecord",
    "Supervision",
    "TerminationReport",
    "Transition",
]
