"""What a former client is given and linked to: business aid (F.f) with what became of it, resources (F.e)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.enums import Stage
from rehsos import clock
from services.aftercare.enums import AidKind, AssetState, BusinessState, LinkResult
from services.models.aftercare import AftercareVisit
from services.models.partner import Partner
from services.models.record import StageRecord

MOST = 999_999_999  # rupiah of one aid


class BusinessAid(StageRecord):
    """F.f: aid for a business, handed over on one day. Its receipt is a paper of the case."""

    slug = "bantuan-usaha"
    home = Stage.AFTERCARE
    title = _("Bantuan usaha")
    is_single = False

    kind = models.CharField(_("jenis bantuan"), max_length=10, choices=AidKind)
    business = models.CharField(_("untuk usaha"), max_length=160)
    item = models.TextField(_("barang dan jumlahnya"), max_length=1000)
    value = models.PositiveIntegerField(_("nilai (Rp)"), validators=[MinValueValidator(1), MaxValueValidator(MOST)])
    source = models.CharField(_("sumber dana"), max_length=160)
    recipient = models.CharField(_("yang menerima"), max_length=120)
    witness = models.CharField(_("saksi"), max_length=120, blank=True, default="")

    class Meta(StageRecord.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AidKind.values), name="business_aid_kind"),
            models.CheckConstraint(condition=Q(value__range=(1, MOST)), name="business_aid_value"),
        ]

    def activity_codes(self):
        """Work, but no paper of the stage: what the gate asks for is the visit."""
        return ("F.f",)


class AidCheck(models.Model):
    """What a visit found of an aid. Never changed; the newest is how it stands."""

    aid = models.ForeignKey(BusinessAid, models.PROTECT, related_name="checks")
    visit = models.ForeignKey(AftercareVisit, models.PROTECT, related_name="aid_checks")
    on = models.DateField(_("tanggal"))
    asset = models.CharField(_("keadaan bantuan"), max_length=10, choices=AssetState)
    business = models.CharField(_("keadaan usaha"), max_length=10, choices=BusinessState)
    note = models.CharField(_("keterangan"), max_length=300, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["aid", "visit"], name="aid_check_once"),
            models.CheckConstraint(condition=Q(asset__in=AssetState.values), name="aid_check_asset"),
            models.CheckConstraint(condition=Q(business__in=BusinessState.values), name="aid_check_business"),
        ]


class ResourceLink(StageRecord):
    """F.e: a former client is brought together with somebody who can help."""

    slug = "pengaitan-sumber"
    home = Stage.AFTERCARE
    title = _("Pengaitan dengan sistem sumber")
    is_single = False

    untold = frozenset({"partner"})  # the name stands in ``resource``

    need = models.CharField(_("kebutuhan"), max_length=300)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="aftercare_links",
        verbose_name=_("lembaga di direktori"),
    )
    resource = models.CharField(_("lembaga atau orang yang dihubungi"), max_length=200)
    contact = models.CharField(_("telepon atau alamat"), max_length=200, blank=True, default="")
    service = models.CharField(_("pelayanan yang diminta"), max_length=300)
    result = models.CharField(_("hasil"), max_length=10, choices=LinkResult, default=LinkResult.WAITING)
    result_on = models.DateField(_("tanggal hasil"), null=True, blank=True)
    note = models.TextField(_("keterangan"), max_length=2000, blank=True, default="")

    class Meta(StageRecord.Meta):
        constraints = [models.CheckConstraint(condition=Q(result__in=LinkResult.values), name="resource_link_result")]

    def activity_codes(self):
        return ("F.e",)

    def misfits(self):
        if self.partner and self.partner.institution_id != self.case.institution_id:
            return [str(_("Lembaga ini tidak ada di direktori UPT."))]
        return []
