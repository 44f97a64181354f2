"""What a database holds, to be held against what was acknowledged; as JSON: ``python -m tests.kill.ledger``."""

import json
import os
import sys
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.kill.settings")
    django.setup()

from django.db.models import F, Sum  # noqa: E402

from accounts.models import FormKey  # noqa: E402
from audit.models import Entry, EntryDetail  # noqa: E402
from cases.models import Case  # noqa: E402
from services.enums import Act, State  # noqa: E402
from services.models import Activity, ActivityCase, Assessment, Decision, Request, Transition  # noqa: E402
from tests.audit.acts import findings  # noqa: E402

MOVING = ("case.opened", "case.sent_back")


def held() -> dict[str, Any]:
    """Keys with their answers, the rows of each act, and whatever is only half there."""
    return {
        "keys": dict(FormKey.objects.values_list("key", "answer")),
        "rows": {
            "activity": Activity.objects.filter(record_kind="").count(),  # those of records come with them
            "record": Assessment.objects.aggregate(n=Sum("version"))["n"],
            "submit": Decision.objects.filter(act=Act.SUBMIT).count(),
            "approve": Decision.objects.filter(act=Act.APPROVE).count(),
            "send_back": Transition.objects.filter(move="send_back").count(),
        },
        "entries": Entry.objects.count(),
        "halves": halves(),
        "findings": findings(),
    }


def halves() -> list[str]:
    """Acts of which only a part is there, in words."""
    found = [f"no answer to {key}" for key in FormKey.objects.filter(answer="").values_list("key", flat=True)]
    for case in Case.objects.all():
        versions = list(Transition.objects.filter(case=case).order_by("version").values_list("version", flat=True))
        last = Transition.objects.filter(case=case).order_by("version").last()
        if versions != list(range(1, case.version + 1)) or last is None or last.to_stage != case.stage:
            found.append(f"{case.number} is at {case.stage} {case.version}, its transitions are {versions}")
    for request in Request.objects.prefetch_related("decisions"):
        acts = [decision.act for decision in request.decisions.all()]
        if (request.state == State.APPROVED) != (acts == [Act.SUBMIT, Act.APPROVE]):
            found.append(f"request {request.pk} is {request.state} after {acts}")
    if (moves := Transition.objects.count()) != (told := moves_told()):
        found.append(f"{moves} transitions, {told} entries that tell of one")
    without = Activity.objects.exclude(pk__in=ActivityCase.objects.values("activity")).count()
    if without:
        found.append(f"{without} activities without a case")
    if still := _approved_without_move():
        found.append(f"{still} approvals that moved nothing")
    return found


def moves_told() -> int:
    """Entries that tell of a move: openings, send-backs, and the approvals that end a stage."""
    approved = EntryDetail.objects.filter(entry__verb="request.approved")
    ended = sum(json.loads(body)["data"]["kind"] == "stage" for body in approved.values_list("body", flat=True))
    return Entry.objects.filter(verb__in=MOVING).count() + ended


def _approved_without_move() -> int:
    approved = Request.objects.filter(state=State.APPROVED, kind="stage")
    return approved.exclude(transitions__version=F("case_version") + 1).count()


if __name__ == "__main__":
    json.dump(held(), sys.stdout)
