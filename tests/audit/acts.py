"""Acts, readings and findings as the tests of the trail need them."""

from types import SimpleNamespace

from django.db import transaction

from audit import trail, verify
from audit.models import Entry

SRI = SimpleNamespace(pk=7, full_name="Sri Wahyuni, S.Sos.")
CASE = trail.Subject("case", 11, "ANKN-2026-0011")


def act(verb="case.opened", *, institution_id=1, by=SRI, subjects=(CASE,), data=None, reason="Rujukan RS") -> Entry:
    with transaction.atomic():
        return trail.append(
            institution_id=institution_id, by=by, verb=verb, subjects=subjects, data=data, reason=reason
        )


def findings(anchors=None) -> list[str]:
    """Every problem of every chain, in words."""
    return [str(problem) for walk in verify.walks(anchors or {}) for problem in verify.merged(walk.problems())]
