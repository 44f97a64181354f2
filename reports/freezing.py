"""The only writes on a month's report: the head's words, and freezing it as it was printed."""

from collections.abc import Mapping

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import Institution, User
from audit import trail
from cases import soundness
from rehsos import clock
from rehsos.doors import Stale
from reports import frozen, issuing, month_paper, monthly, narrative, proof, sheets
from reports.counts import MonthReport
from reports.enums import PaperKind, Restriction
from reports.issuable import Drawn, Offer
from reports.models import IssuedPaper
from reports.months import Month
from reports.paper import Stamp
from services.acts import allow, refuse
from services.models import FrozenMonth, MonthWords

WRITING = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.ADMIN_OFFICE)


def why_not_write(user: User) -> str:
    return "" if user.has_role(*WRITING) else _("Uraian laporan ditulis oleh pimpinan UPT atau tata usaha.")


def why_not_freeze(user: User) -> str:
    return "" if user.has_role(Role.HEAD) else _("Hanya Kepala UPT yang membekukan laporan bulanan.")


@transaction.atomic
def write(
    *, institution: Institution, month: Month, values: Mapping[str, str], version: int, by: User, key: str = ""
) -> MonthWords:
    """Save what is told beside the numbers of a month. Raises Stale where somebody was faster."""
    institution = _lock(institution, by)
    found = narrative.of(institution, month)
    if keys.claim(key, by=by) and found:
        return found
    allow(why_not_write(by))
    year, number = month.first.year, month.first.month
    words = found or MonthWords(institution=institution, year=year, month=number, saved_by=by)
    if words.version != version:
        raise Stale(_("Uraian ini sudah diubah %s sejak Anda membukanya.") % words.saved_by.full_name)
    for name in MonthWords.SECTIONS:
        setattr(words, name, values[name])
    words.version, words.saved_by, words.saved_at = version + 1, by, clock.now()
    soundness.demand(words)
    words.save()
    _tell(institution, month, "month.written", by)
    keys.settle(key, words.pk)
    return words


@transaction.atomic
def freeze(
    *, institution: Institution, month: Month, by: User, address: str = "/periksa/", reason: str = "", key: str = ""
) -> FrozenMonth:
    """Freeze a month: its numbers and words are kept, its paper is issued. Frozen before, it becomes a revision.

    The paper of the revision before is cancelled in the same act and names its successor.
    """
    institution = _lock(institution, by)
    if answer := keys.claim(key, by=by):
        return FrozenMonth.objects.get(pk=answer)
    allow(why_not_freeze(by))
    before, report = frozen.last(institution, month), monthly.report(institution, month)
    refuse(reasons_against(report, before, reason))
    words = narrative.of(institution, month)
    revision = before.revision + 1 if before else 0
    paper = _issued(report, words, revision, before, by=by, address=address, reason=reason)
    row = FrozenMonth.objects.create(
        institution=institution,
        year=month.first.year,
        month=month.first.month,
        revision=revision,
        tables=frozen.tables(sheets.chapters(report)),
        words=words.told if words else {},
        reason=reason.strip() if before else "",
        paper=paper.code,
        frozen_by=by,
        frozen_at=paper.issued_at,
        capacity=by.capacity(Role.HEAD),
    )
    data = {"revision": revision, "paper": paper.number, "sha256": paper.sha256}
    _tell(institution, month, "month.frozen", by, data, reason.strip())
    keys.settle(key, row.pk)
    return row


def reasons_against(report: MonthReport, before: FrozenMonth | None, reason: str) -> list[str]:
    """Everything that speaks against freezing a month now."""
    if report.month.last >= report.institution.today():
        return [_("Bulan %s belum berakhir.") % report.month.label]
    reasons = [_("Angka tidak cocok: %s.") % check.words for check in proof.checks(report) if not check.holds]
    if before and not reason.strip():
        reasons.append(_("Isi alasan revisi."))
    if len(reason) > 300:
        reasons.append(_("Alasan paling panjang 300 huruf."))
    return reasons


def _issued(
    report: MonthReport,
    words: MonthWords | None,
    revision: int,
    before: FrozenMonth | None,
    *,
    by: User,
    address: str,
    reason: str,
) -> IssuedPaper:
    """The paper of this revision; that of the one before is cancelled first, and stays in the register."""
    earlier = IssuedPaper.objects.get(code=before.paper) if before else None
    if earlier:
        issuing.withdraw(earlier, reason=_("Direvisi: %s") % reason.strip(), by=by)

    def draw(person: User, stamp: Stamp | None) -> Drawn:
        return month_paper.drawn(report, words, by=person, stamp=stamp, revision=revision)

    month = report.month
    title = _("Laporan bulanan %s") % month.label
    subject = f"{month.first:%Y-%m}-{revision}"
    offer = Offer(PaperKind.MONTH, subject, title, Restriction.ORDINARY, draw)
    return issuing.give_out(offer, report.institution, by=by, address=address, replaces=earlier)


def _lock(institution: Institution, by: User) -> Institution:
    if by.institution != institution:
        raise Http404(_("UPT tidak ditemukan."))
    return Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)


def _tell(
    institution: Institution, month: Month, verb: str, by: User, data: dict | None = None, reason: str = ""
) -> None:
    name = f"{month.first:%Y-%m}"
    subject = trail.Subject("month", month.first.year * 100 + month.first.month, name)
    trail.append(institution_id=institution.pk, by=by, verb=verb, subjects=[subject], data=data or {}, reason=reason)
