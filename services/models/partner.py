"""The directory of institutions that clients of a UPT are referred to or linked with."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases import reference
from cases.models import WHOLE_UPT
from rehsos import clock
from services.referral_enums import PartnerKind, PartnerService

READERS = (Role.SOCIAL_WORKER, *WHOLE_UPT)


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, user: User) -> Self:
        """Those of one's UPT, for who works on cases or on letters."""
        if not user.institution or not user.has_role(*READERS):
            return self.none()
        return self.filter(institution=user.institution)

    def in_use(self) -> Self:
        return self.filter(retired_on__isnull=True)

    def offering(self, service: str) -> Self:
        """Those that answer one need."""
        return self.filter(pk__in=PartnerOffer.objects.filter(service=service).values("partner"))


class Partner(models.Model):
    """One institution. Retired, never deleted: what was referred to it stays."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="partners")
    name = models.CharField(_("nama lembaga"), max_length=160)
    kind = models.CharField(_("jenis"), max_length=10, choices=PartnerKind)
    head_title = models.CharField(_("surat ditujukan kepada"), max_length=160, blank=True, default="")
    address = models.CharField(_("alamat"), max_length=300, blank=True, default="")
    regency = models.CharField(
        _("kabupaten/kota"), max_length=10, choices=reference.regency_choices, blank=True, default=""
    )
    district = models.CharField(
        _("kecamatan"), max_length=10, choices=reference.district_choices, blank=True, default=""
    )
    phone = models.CharField(_("telepon"), max_length=60, blank=True, default="")
    email = models.EmailField(_("pos-el"), max_length=120, blank=True, default="")
    contact_name = models.CharField(_("petugas penghubung"), max_length=120, blank=True, default="")
    contact_phone = models.CharField(_("telepon penghubung"), max_length=60, blank=True, default="")
    agreement_number = models.CharField(_("nomor kerja sama"), max_length=120, blank=True, default="")
    agreement_until = models.DateField(_("kerja sama berlaku sampai"), null=True, blank=True)
    capacity_note = models.CharField(_("daya tampung dan syarat"), max_length=500, blank=True, default="")
    note = models.TextField(_("keterangan"), max_length=2000, blank=True, default="")
    retired_on = models.DateField(_("tidak dipakai sejak"), null=True, blank=True)
    retired_reason = models.CharField(_("mengapa tidak dipakai lagi"), max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name", "regency"], condition=Q(retired_on__isnull=True), name="partner_name"
            ),
            models.CheckConstraint(condition=Q(kind__in=PartnerKind.values), name="partner_kind"),
            models.CheckConstraint(
                condition=Q(agreement_until__isnull=True) | ~Q(agreement_number=""), name="partner_agreement_pair"
            ),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True, retired_reason="")
                | (Q(retired_on__isnull=False) & ~Q(retired_reason="")),
                name="partner_retired_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Street, district and regency in one line."""
        district = _("Kec. %s") % self.get_district_display() if self.district else ""
        regency = self.get_regency_display() if self.regency else ""
        return ", ".join(str(part) for part in (self.address, district, regency) if part)

    @property
    def reach(self) -> str:
        """How the institution is reached, in one line."""
        return " · ".join(part for part in (self.phone, self.email) if part)

    @property
    def services(self) -> list[str]:
        """The needs it answers, in the order of the list."""
        own = {row.service for row in self.offers.all()}
        return [value for value in PartnerService.values if value in own]

    @property
    def service_labels(self) -> list[str]:
        return [str(PartnerService(value).label) for value in self.services]


class PartnerOffer(models.Model):
    """A need that an institution answers."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="offers")
    service = models.CharField(max_length=16, choices=PartnerService)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "service"], name="partner_offer_once"),
            models.CheckConstraint(condition=Q(service__in=PartnerService.values), name="partner_offer"),
        ]
