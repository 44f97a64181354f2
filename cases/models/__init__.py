"""Whom we serve: clients, their cases, stays and workers, and who may see them."""

from cases.models.assignment import Assignment, assigned_now
from cases.models.case import Case, CaseQuerySet, Stay
from cases.models.client import Client, ClientCategory
from cases.models.file import StoredFile
from cases.models.merge import ClientMerge
from cases.models.sight import WHOLE_UPT, in_force

__all__ = [
    "WHOLE_UPT",
    "Assignment",
    "Case",
    "CaseQuerySet",
    "Client",
    "ClientCategory",
    "ClientMerge",
    "Stay",
    "StoredFile",
    "assigned_now",
    "in_force",
]
