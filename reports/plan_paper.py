"""Rencana intervensi: goals per bimbingan with six resources, and the client's agreement; on a landscape page."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from rehsos.formatting import long_date
from reports import chapters
from reports.blocks import Facts, numbered
from reports.dates import enumerated
from reports.documents import birth
from reports.dossier import Dossier
from reports.letters import Made, framed, terms
from reports.paper import DOTS, Signature, Stamp, place_and_date, signature
from reports.signers import head_signature
from services.enums import Signer, Verdict
from services.models import Assessment, Goal, PlanConsent, PlanningConference, Supervision

TEMPLATE = "reports/print/plan.html"


def context(
    case: Case, goals: list[Goal], consent: PlanConsent | None, *, by: User, stamp: Stamp | None = None
) -> dict[str, Any]:
    """The plan as it stands, in its last version."""
    dossier = Dossier(case, Stage.PLANNING)
    table = chapters.of_kind(dossier, Goal, goals)[0].blocks
    numbered(table)
    paper = framed(
        Made(case.institution, by, stamp),
        _("Rencana Intervensi"),
        _("kasus %s") % case.number,
        is_secret=True,
        signatures=_signatures(case, goals, consent),
    )
    return {
        "paper": paper,
        "facts": Facts(_facts(case, goals), is_first_strong=True),
        "blocks": table,
        "consent": _agreed(case, consent) if consent else "",
        "response": consent.response if consent else "",
    }


def _facts(case: Case, goals: list[Goal]) -> list[tuple[str, str]]:
    assessed = Assessment.of(case).order_by("on", "pk").last()
    talks = [talk.on for talk in PlanningConference.of(case).order_by("on", "pk")]
    rows = [
        (_("Nama / nomor kasus"), f"{case.client.name.upper()} / {case.number}"),
        (_("Tempat, tanggal lahir"), birth(case.client, goals[-1].on)),
        (_("Rumusan masalah"), assessed.problem_statement if assessed else ""),
        (_("Dasar"), _basis(assessed, talks)),
    ]
    if case.plan_edition > 1 or case.round > 1:
        edition = {"edition": case.plan_edition, "round": case.round}
        rows.append((_("Versi"), _("ke-%(edition)d, putaran ke-%(round)d") % edition))
    return [fact for fact in rows if fact[1]]


def _basis(assessed: Assessment | None, talks: list[Any]) -> str:
    parts = [_("asesmen %s") % long_date(assessed.on)] if assessed else []
    if talks:
        parts.append(_("temu bahas rencana %s") % enumerated(long_date(day) for day in dict.fromkeys(talks)))
    return "; ".join(parts)


def _agreed(case: Case, consent: PlanConsent) -> str:
    told = {"day": long_date(consent.on), "explanation": consent.explanation.strip().rstrip(".")}
    if consent.signer == Signer.REFUSED:
        return _("Rencana ini telah dijelaskan pada %(day)s (butir C.n): %(explanation)s.") % told
    return (
        _(
            "Rencana ini telah dijelaskan kepada saya dengan bahasa yang saya pahami pada %(day)s (butir C.n): "
            "%(explanation)s. Saya ikut menyusunnya dan mengetahui bahwa saya dapat meminta perubahan."
        )
        % told
    )


def _signatures(case: Case, goals: list[Goal], consent: PlanConsent | None) -> list[tuple[Signature, ...]]:
    """Client, guardian or witnesses, and the worker; below them who supervised the plan, and the head."""
    author, upt = goals[-1].author, case.institution
    where = place_and_date(upt, long_date(consent.on if consent else goals[-1].on))
    maker = signature(author, lead=where, post=_("%s,") % (author.position or _("Pekerja Sosial")))
    first = (*_clients_side(case, consent), maker)
    head = head_signature(upt, goals[-1].on, lead=_("Mengetahui,"), paper=Stage.PLANNING, maker=author)
    rows = Supervision.objects.filter(case=case, code="C.i", verdict=Verdict.APPROVED).select_related("by")
    sign_off = rows.order_by("at", "pk").last()
    if sign_off is None:
        return [first, (head,)]
    post = _("%s,") % (sign_off.by.position or _("Supervisor"))
    lead = _("Telah disupervisi %s (C.i),") % long_date(sign_off.on)
    return [first, (signature(sign_off.by, lead=lead, post=post), head)]


def _clients_side(case: Case, consent: PlanConsent | None) -> list[Signature]:
    client, term = case.client, terms(case.institution)["Term"]
    if consent is None or consent.signer not in Signer.with_witnesses():
        name = client.name if consent is None or consent.signer == Signer.GUARDIAN else consent.signer_name
        found = [Signature("", _("%s,") % term, name.upper())]
        guardian = consent.signer_name if consent and consent.signer == Signer.GUARDIAN else client.guardian_name
        return [*found, Signature("", _("Wali,"), guardian.upper())] if guardian else found
    witnesses = zip(("I", "II"), (consent.witness_1, consent.witness_2), strict=True)
    return [Signature("", _("Saksi %s,") % at, name.upper() or DOTS) for at, name in witnesses]
