"""What we do, as rows: the process and the records of the six stages."""

from services.models.activity import Activity, ActivityBimbingan, ActivityCase
from services.models.aftercare import AftercareMiss, AftercareTrip, AftercareVisit
from services.models.aftercare_help import AidCheck, BusinessAid, ResourceLink
from services.models.aftercare_plan import AftercarePlan, AftercareSchedule
from services.models.approach import AdditionalData, HomeVisit, Motivation
from services.models.assessment import AspectFinding, Assessment, AssessmentReport
from services.models.batch import Batch, BatchPlace
from services.models.casework import CourtDate, Obstacle, ObstacleEffort, ProcessRecord, ProcessRecordCase
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
from services.models.daily import HeadCount, HeadCountMissing, ShiftLog, ShiftLogLine, ShiftLogRevision
from services.models.deposit import DepositAccount, DepositGiven, DepositItem, DepositMovement
from services.models.document import CaseDocument, ClientPhoto, DocumentWithdrawal, RestrictedOpening
from services.models.facility import Bed, BedUse, House, Room
from services.models.incident import Incident, IncidentFollowUp, IncidentResident
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
from services.models.intervention import AspectProgress, GoalProgress, ProcessEvaluation, ProgressSheet
from services.models.month import FrozenMonth, MonthWords
from services.models.note import Note, NoteOpening, Review
from services.models.opening import (
    EarlierScan,
    EarlierStage,
    OpeningEntry,
    OpeningList,
    OpeningUpload,
)
from services.models.order import PlacementOrder
from services.models.outreach import (
    OutreachEvent,
    OutreachPaper,
    OutreachParticipant,
    OutreachProgramme,
    OutreachSupervision,
)
from services.models.partner import Partner, PartnerOffer
from services.models.planning import Goal, PlanConsent
from services.models.presence import Presence
from services.models.process import Decision, Request, Supervision, Transition
from services.models.programme import Holiday, ProgrammeActivity, Slot, SlotCase, SlotException
from services.models.record import RecordPart, StageRecord
from services.models.referral import ReferralCourse, ReferralStep
from services.models.residence import ResidentAlert, SickNote, Visit
from services.models.session import Attendance, Session, SessionCorrection, SessionPhoto
from services.models.spine import Addendum, Arrear, Departure, Minutes, Transfer
from services.models.supporting import SupportingMember, SupportingShare, SupportingStep, SupportingWork
from services.models.task import Task, TaskStep
from services.models.tool import Tool, ToolCare, ToolLoan

__all__ = [
    "CourtDate",
    "SupportingMember",
    "SupportingShare",
    "SupportingStep",
    "SupportingWork",
    "Note",
    "NoteOpening",
    "Obstacle",
    "ObstacleEffort",
    "ProcessRecord",
    "ProcessRecordCase",
    "ResourceLink",
    "Review",
    "Attendance",
    "CaseDocument",
    "ClientPhoto",
    "DocumentWithdrawal",
    "PlacementOrder",
    "RestrictedOpening",
    "DepositAccount",
    "DepositGiven",
    "DepositItem",
    "DepositMovement",
    "Holiday",
    "ProgrammeActivity",
    "Session",
    "SessionCorrection",
    "SessionPhoto",
    "Slot",
    "SlotCase",
    "SlotException",
    "Activity",
    "ActivityBimbingan",
    "ActivityCase",
    "Addendum",
    "AdditionalData",
    "AdminChecklist",
    "AftercareMiss",
    "AftercarePlan",
    "AftercareSchedule",
    "AftercareTrip",
    "AftercareVisit",
    "AidCheck",
    "Agreement",
    "Arrear",
    "AspectFinding",
    "AspectOutcome",
    "AspectProgress",
    "Assessment",
    "AssessmentConference",
    "AssessmentParticipant",
    "AssessmentReport",
    "Batch",
    "BatchPlace",
    "Bed",
    "BedUse",
    "BusinessAid",
    "CandidateReferral",
    "ChecklistItem",
    "Decision",
    "EarlierScan",
    "EarlierStage",
    "Departure",
    "Eligibility",
    "EvaluationConference",
    "EvaluationParticipant",
    "EvaluationReport",
    "FrozenMonth",
    "Goal",
    "GoalOutcome",
    "GoalProgress",
    "Handover",
    "HeadCount",
    "HeadCountMissing",
    "HomeVisit",
    "House",
    "Incident",
    "IncidentFollowUp",
    "IncidentResident",
    "Minutes",
    "MonthWords",
    "Motivation",
    "Notice",
    "NoticeRecipient",
    "OpeningEntry",
    "OpeningList",
    "OpeningUpload",
    "OutcomeEvaluation",
    "OutreachEvent",
    "OutreachPaper",
    "OutreachParticipant",
    "OutreachProgramme",
    "OutreachSupervision",
    "Partner",
    "PartnerOffer",
    "Placement",
    "PlanConsent",
    "PlanningConference",
    "PlanningParticipant",
    "Presence",
    "ProcessEvaluation",
    "ProgressSheet",
    "Readiness",
    "ReadinessAnswer",
    "RecordPart",
    "Referral",
    "ReferralCourse",
    "ReferralReport",
    "ReferralStep",
    "Request",
    "ResidentAlert",
    "Room",
    "ShiftLog",
    "ShiftLogLine",
    "ShiftLogRevision",
    "SickNote",
    "StageRecord",
    "Supervision",
    "Task",
    "TaskStep",
    "TerminationReport",
    "Tool",
    "ToolCare",
    "ToolLoan",
    "Transfer",
    "Transition",
    "Visit",
]
