"""The only writes on letters that came in: entered under the next number of the agenda, and their scans."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys, numbering
from accounts.models import Institution, User
from audit import trail
from cases import files, soundness
from cases.files import Checked
from cases.models import WHOLE_UPT
from rehsos import clock
from reports.models import IncomingLetter, IncomingScan
from services.acts import allow, refuse

SERIES, PATTERN = "letter_in", "{seq}/{year}"


@transaction.atomic
def record(
    *, institution: Institution, values: Mapping[str, Any], by: User, scan: Checked | None = None, key: str = ""
) -> IncomingLetter:
    """Enter a letter: its number, day, sender and subject; with its scan where it is at hand."""
    institution = _lock(institution, by)
    if answer := keys.claim(key, by=by):
        return IncomingLetter.objects.get(pk=answer)
    allow(_why_not(by))
    refuse(_reasons_against(institution, values))
    agenda = numbering.draw(institution, SERIES, PATTERN)
    letter = IncomingLetter(institution=institution, agenda=agenda, recorded_by=by, recorded_at=clock.now(), **values)
    soundness.demand(letter)
    letter.save(force_insert=True)
    if scan:
        _attach(letter, scan, by)
    _tell(letter, "letter.received", by, {"from": letter.sender, "number": letter.number})
    keys.settle(key, letter.pk)
    return letter


@transaction.atomic
def attach(*, letter: IncomingLetter, scan: Checked, by: User, key: str = "") -> IncomingScan:
    """Bring the scan of a letter; a better one may follow."""
    _lock(letter.institution, by)
    if answer := keys.claim(key, by=by):
        return IncomingScan.objects.get(pk=answer)
    allow(_why_not(by))
    kept = _attach(letter, scan, by)
    _tell(letter, "letter.scanned", by, {"sha256": kept.file.sha256})
    keys.settle(key, kept.pk)
    return kept


def _lock(institution: Institution, by: User) -> Institution:
    """The UPT, locked like while a number is drawn; 404 where it is not the actor's."""
    if by.institution != institution:
        raise Http404(_("Surat tidak ditemukan."))
    return Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)


def _why_not(by: User) -> str:
    return "" if by.has_role(*WHOLE_UPT) else _("Surat masuk dicatat tata usaha, supervisor, atau Kepala UPT.")


def _reasons_against(institution: Institution, values: Mapping[str, Any]) -> list[str]:
    dated, received = values["dated_on"], values["received_on"]
    reasons = _impossible(institution.today(), dated, received)
    same = {name: values[name] for name in ("sender", "number", "dated_on")}
    if known := IncomingLetter.objects.filter(institution=institution, **same).first():
        reasons.append(_("Surat ini sudah dicatat dengan nomor agenda %s.") % known.agenda)
    return reasons


def _impossible(today: date, dated: date, received: date) -> list[str]:
    if received > today:
        return [_("Tanggal diterima tidak boleh di masa depan.")]
    return [_("Tanggal diterima mendahului tanggal surat.")] if received < dated else []


def _attach(letter: IncomingLetter, scan: Checked, by: User) -> IncomingScan:
    kept = files.keep(scan, by=by, institution_id=letter.institution_id)
    return IncomingScan.objects.create(letter=letter, file=kept, by=by, at=clock.now())


def _tell(letter: IncomingLetter, verb: str, by: User, data: dict[str, str]) -> None:
    subject = trail.Subject("incoming_letter", letter.pk, letter.agenda)
    trail.append(institution_id=letter.institution_id, by=by, verb=verb, subjects=[subject], data=data)
