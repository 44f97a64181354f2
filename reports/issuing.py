"""The only writes on issued papers: give one out under a number, then signed, handed over or cancelled."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys, numbering
from accounts.models import Institution, User
from audit import trail
from cases import files
from cases.files import Checked
from cases.models import Case, StoredFile
from rehsos import clock
from rehsos.formatting import long_date
from reports import codes, issuable, paper_rights, pdf
from reports.enums import PaperAct, PaperKind, PaperState
from reports.issuable import Offer
from reports.models import IssuedPaper, PaperCase, PaperFact
from reports.paper import Stamp
from services.acts import allow, case_subject, lock_all, refuse

SERIES = "letter"


@transaction.atomic
def issue(
    *, kind: PaperKind, subject: str, cases: Sequence[Case], by: User, address: str = "/periksa/", key: str = ""
) -> IssuedPaper:
    """Give a paper out: it gets its number, and is kept exactly as it was printed.

    Several cases share one decree. ``address`` is where codes are looked up, as the QR code carries it.
    """
    locked = lock_all(cases, by=by)
    if answer := keys.claim(key, by=by):
        return IssuedPaper.objects.get(pk=answer)
    allow(paper_rights.why_not_issue(by, kind, locked))
    offer, reasons = _offered(kind, subject, locked)
    refuse(reasons)
    assert offer is not None
    upt, replaces = locked[0].institution, _replaced(offer, locked)
    paper = give_out(offer, upt, by=by, address=address, replaces=replaces, cases=locked)
    keys.settle(key, paper.pk)
    return paper


def _offered(kind: PaperKind, subject: str, cases: list[Case]) -> tuple[Offer | None, list[str]]:
    """The paper, and every reason against giving it out now."""
    if len(cases) > 1 and kind == PaperKind.PLACEMENT:
        rows = issuable.placed(cases)
        missing = [case for case in cases if case not in {one for one, _record in rows}]
        reasons = [_("%s: penempatan belum diisi.") % case.number for case in missing]
        offer = issuable.batch(rows) if rows else None
    else:
        offer = issuable.offer(cases[0], kind, subject) if len(cases) == 1 else None
        reasons = list(offer.reasons) if offer else [_("Naskah ini belum ada pada kasusnya.")]
    live = PaperCase.objects.filter(case__in=cases, kind=kind, subject=subject, paper__in=IssuedPaper.objects.live())
    for link in live.select_related("paper", "case").order_by("case_id"):
        told = {"case": link.case.number, "number": link.paper.number}
        reasons.append(_("%(case)s: sudah terbit dengan nomor %(number)s; batalkan dahulu bila harus diganti.") % told)
    return offer, reasons


def give_out(
    offer: Offer,
    upt: Institution,
    *,
    by: User,
    address: str,
    replaces: IssuedPaper | None = None,
    cases: Sequence[Case] = (),
) -> IssuedPaper:
    """Number, print and keep a paper; call it inside the write that has asked whether it may be given out."""
    number = numbering.draw(upt, SERIES, upt.letter_number_pattern)
    stamp = Stamp(number, _fresh_code(), clock.now(), address)
    content = pdf.render(*offer.draw(by, stamp))
    paper = IssuedPaper.objects.create(
        institution=upt,
        kind=offer.kind,
        subject=offer.subject,
        title=offer.title,
        number=number,
        code=stamp.code,
        file=_kept(content, offer, stamp, by, upt),
        sha256=hashlib.sha256(content).hexdigest(),
        restriction=offer.restriction,
        replaces=replaces,
        issued_by=by,
        issued_at=stamp.at,
        issued_on=upt.today(),
    )
    _link(paper, cases)
    _tell(paper, "paper.issued", by=by, data={"sha256": paper.sha256})
    return paper


def _fresh_code() -> str:
    code = codes.drawn()
    while IssuedPaper.objects.filter(code=code).exists():
        code = codes.drawn()
    return code


def _kept(content: bytes, offer: Offer, stamp: Stamp, by: User, upt: Institution) -> StoredFile:
    """Its name carries the kind and the code only, never a person's name."""
    name = f"{offer.kind.slug}-{stamp.spelled_code}.pdf"
    return files.keep(Checked(name, files.PDF.content_type, content), by=by, institution_id=upt.pk)


def _replaced(offer: Offer, cases: list[Case]) -> IssuedPaper | None:
    """The cancelled paper whose place this one takes, where it is the last one of all its cases."""
    rows = PaperCase.objects.filter(case__in=cases, kind=offer.kind, subject=offer.subject).order_by("turn")
    last = {link.case_id: link.paper_id for link in rows}
    if len(last) < len(cases) or len(set(last.values())) > 1:
        return None
    return IssuedPaper.objects.filter(pk=next(iter(last.values())), replacement__isnull=True).first()


def _link(paper: IssuedPaper, cases: Sequence[Case]) -> None:
    for case in cases:
        of_this = PaperCase.objects.filter(case=case, kind=paper.kind, subject=paper.subject)
        PaperCase.objects.create(
            paper=paper, case=case, kind=paper.kind, subject=paper.subject, turn=of_this.count() + 1
        )


@transaction.atomic
def sign(*, paper: IssuedPaper, scan: Checked, on: date, by: User, key: str = "") -> PaperFact:
    """Attach the scan of the signed paper. A better one may follow; the earlier stays."""
    paper = _lock(paper, by)
    if answer := keys.claim(key, by=by):
        return PaperFact.objects.get(pk=answer)
    allow(paper_rights.why_not_follow(by))
    refuse([*_against(paper), *_impossible(paper, on)])
    kept = files.keep(scan, by=by, institution_id=paper.institution_id)
    return _added(paper, PaperAct.SIGNED, on, by, key, file=kept)


@transaction.atomic
def hand_over(*, paper: IssuedPaper, to: str, on: date, by: User, key: str = "") -> PaperFact:
    """Note to whom the paper was given. It need not have been scanned."""
    paper = _lock(paper, by)
    if answer := keys.claim(key, by=by):
        return PaperFact.objects.get(pk=answer)
    allow(paper_rights.why_not_follow(by))
    reasons = [*_against(paper), *_impossible(paper, on)]
    if paper.state == PaperState.HANDED_OVER:
        reasons.append(_("Naskah ini sudah dicatat diserahkan."))
    refuse([*reasons, *([] if to.strip() else [_("Isi kepada siapa naskah diserahkan.")])])
    return _added(paper, PaperAct.HANDED_OVER, on, by, key, words=to.strip())


@transaction.atomic
def cancel(*, paper: IssuedPaper, reason: str, by: User, key: str = "") -> PaperFact:
    """Cancel a paper. It stays in the register, its number stays used, and its code says so from now on."""
    paper = _lock(paper, by)
    if answer := keys.claim(key, by=by):
        return PaperFact.objects.get(pk=answer)
    allow(paper_rights.why_not_cancel(by, paper))
    refuse([*_against(paper), *([] if reason.strip() else [_("Isi alasan pembatalan.")])])
    return withdraw(paper, reason=reason.strip(), by=by, key=key)


def withdraw(paper: IssuedPaper, *, reason: str, by: User, key: str = "") -> PaperFact:
    """Mark a paper as cancelled, inside the write that has asked whether it may be."""
    return _added(paper, PaperAct.CANCELLED, paper.institution.today(), by, key, words=reason)


def _lock(paper: IssuedPaper, by: User) -> IssuedPaper:
    """The paper, locked and read anew; 404 where it is out of the actor's sight."""
    rows = IssuedPaper.objects.visible_to(by).select_for_update(of=("self",)).select_related("institution")
    found = rows.prefetch_related("facts", "links__case__client").filter(pk=paper.pk).first()
    if found is None:
        raise Http404(_("Naskah tidak ditemukan."))
    return found


def _against(paper: IssuedPaper) -> list[str]:
    return [_("Naskah ini sudah dibatalkan.")] if paper.state == PaperState.CANCELLED else []


def _impossible(paper: IssuedPaper, on: date) -> list[str]:
    if on > paper.institution.today():
        return [_("Tanggal tidak boleh di masa depan.")]
    return [_("Tanggal mendahului terbitnya, %s.") % long_date(paper.issued_on)] if on < paper.issued_on else []


def _added(paper: IssuedPaper, act: PaperAct, on: date, by: User, key: str, **values: Any) -> PaperFact:
    fact = PaperFact.objects.create(paper=paper, act=act, on=on, by=by, at=clock.now(), **values)
    data = {"on": on.isoformat()}
    if fact.file:
        data["sha256"] = fact.file.sha256
    is_reason = act == PaperAct.CANCELLED
    if fact.words and not is_reason:
        data["to"] = fact.words
    _tell(paper, f"paper.{act.value}", by=by, data=data, reason=fact.words if is_reason else "")
    keys.settle(key, fact.pk)
    return fact


def _tell(paper: IssuedPaper, verb: str, *, by: User, data: dict[str, str], reason: str = "") -> None:
    """One entry for the act, whatever the number of its cases."""
    links = paper.links.select_related("case__client").order_by("case_id")
    people = [trail.Subject("client", link.case.client_id, link.case.client.number) for link in links]
    trail.append(
        institution_id=paper.institution_id,
        by=by,
        verb=verb,
        subjects=[
            trail.Subject("paper", paper.pk, paper.number),
            *(case_subject(link.case) for link in links),
            *people,
        ],
        data={"title": paper.title, "paper": paper.kind, **data},
        reason=reason,
    )
