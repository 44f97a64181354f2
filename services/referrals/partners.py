"""The only writes on the directory: an institution is entered, changed, retired; never deleted."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import Institution, User
from audit import trail
from cases import reference, soundness
from cases.models import WHOLE_UPT
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import facility
from services.acts import allow, refuse
from services.models import Partner, PartnerOffer
from services.models.partner import READERS
from services.referral_enums import PartnerService

EDITORS = READERS
RETIRING = WHOLE_UPT
WORDS = (
    "name",
    "kind",
    "head_title",
    "address",
    "regency",
    "district",
    "phone",
    "email",
    "contact_name",
    "contact_phone",
    "agreement_number",
    "agreement_until",
    "capacity_note",
    "note",
)


def may_edit(user: User) -> bool:
    return user.institution is not None and user.has_role(*EDITORS)


@transaction.atomic
def add(*, institution: Institution, values: Mapping[str, Any], by: User, key: str = "") -> Partner:
    """Enter an institution; ``values["services"]`` are the needs it answers."""
    institution = facility.lock(institution)
    if answer := keys.claim(key, by=by):
        return Partner.objects.get(pk=answer)
    allow(_why_not(by, institution))
    partner = Partner(institution=institution, version=0)
    _write(partner, values, by)
    _tell(partner, by, "partner.added", {"kind": partner.kind})
    keys.settle(key, partner.pk)
    return partner


@transaction.atomic
def edit(*, partner_id: int, values: Mapping[str, Any], by: User, version: int, key: str = "") -> Partner:
    """Change what is known of an institution; 409 where somebody was faster."""
    partner = _lock(partner_id, by)
    if keys.claim(key, by=by):
        return partner
    allow(_why_not(by, partner.institution))
    if partner.version != version:
        raise Stale(
            _("Data lembaga ini sudah diubah sejak Anda membukanya."),
            by=partner.saved_by.full_name,
            at=partner.saved_at,
        )
    _expect_in_use(partner)
    _write(partner, values, by)
    _tell(partner, by, "partner.changed", {"version": partner.version})
    keys.settle(key, partner.pk)
    return partner


@transaction.atomic
def retire(*, partner_id: int, reason: str, by: User, key: str = "") -> Partner:
    """Offered for no new referral from today; those under way go on."""
    partner = _lock(partner_id, by)
    if keys.claim(key, by=by):
        return partner
    allow("" if by.has_role(*RETIRING) else _("Lembaga dihentikan oleh supervisor, Kepala UPT, atau tata usaha."))
    _expect_in_use(partner)
    refuse([] if reason.strip() else [_("Isi mengapa lembaga ini tidak dipakai lagi.")])
    partner.retired_on, partner.retired_reason = partner.institution.today(), reason.strip()
    _sign(partner, by)
    soundness.demand(partner)
    partner.save()
    _tell(partner, by, "partner.retired", {}, reason=partner.retired_reason)
    keys.settle(key, partner.pk)
    return partner


def _why_not(by: User, institution: Institution) -> str:
    if by.institution == institution and may_edit(by):
        return ""
    return _("Mitra rujukan diisi oleh pekerja sosial, supervisor, Kepala UPT, atau tata usaha UPT ini.")


def _lock(partner_id: int, by: User) -> Partner:
    rows = Partner.objects.visible_to(by).select_for_update(of=("self",)).select_related("institution", "saved_by")
    found = rows.filter(pk=partner_id).first()
    if found is None:
        raise Http404(_("Lembaga tidak ditemukan."))
    return found


def _expect_in_use(partner: Partner) -> None:
    if partner.retired_on:
        raise Refused([_("%s sudah tidak dipakai.") % partner.name])


def _sign(partner: Partner, by: User) -> None:
    partner.version += 1
    partner.saved_by, partner.saved_at = by, clock.now()


def _write(partner: Partner, values: Mapping[str, Any], by: User) -> None:
    for name in WORDS:
        if name in values:
            setattr(partner, name, values[name])
    wanted = set(values.get("services", ()))
    _sign(partner, by)
    reasons = soundness.faults(partner)
    if not wanted or not wanted <= set(PartnerService.values):
        reasons.append(_("Pilih paling sedikit satu layanan."))
    if partner.district and reference.regency_of(partner.district) != partner.regency:
        reasons.append(_("Kecamatan tidak terletak di kabupaten/kota itu."))
    if partner.agreement_until and not partner.agreement_number:
        reasons.append(_("Isi nomor kerja sama yang berlaku sampai tanggal itu."))
    refuse(reasons)
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError as taken:
        raise Refused(_("%s sudah ada di daftar mitra.") % partner.name) from taken
    partner.offers.all().delete()
    PartnerOffer.objects.bulk_create(PartnerOffer(partner=partner, service=service) for service in sorted(wanted))


def _tell(partner: Partner, by: User, verb: str, data: dict[str, Any], reason: str = "") -> None:
    trail.append(
        institution_id=partner.institution_id,
        by=by,
        verb=verb,
        subjects=[trail.Subject("partner", partner.pk, partner.name)],
        data=data,
        reason=reason,
    )
