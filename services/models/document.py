"""Documents and photos of a client, and openings of what is restricted in a case. All rows are only added."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case, Client, StoredFile
from rehsos import clock
from services.document_enums import ALWAYS_RESTRICTED, DocumentKind


class CaseDocument(models.Model):
    """A document that belongs to a case: a scan or a photo of it, with what it is."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    kind = models.CharField(_("jenis dokumen"), max_length=14, choices=DocumentKind)
    number = models.CharField(_("nomor dokumen"), max_length=80, blank=True, default="")
    on = models.DateField(_("tanggal dokumen"), null=True, blank=True)
    note = models.TextField(_("keterangan"), max_length=1000, blank=True, default="")
    is_restricted = models.BooleanField(_("bagian terbatas"), default=False)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="document")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind"),
            models.CheckConstraint(
                condition=Q(is_restricted=True) | ~Q(kind__in=[kind.value for kind in ALWAYS_RESTRICTED]),
                name="document_restricted_kind",
            ),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(note=""), name="document_other_named"),
        ]


class DocumentWithdrawal(models.Model):
    """A document that does not belong here: it is listed with the reason and its file is not given out any more."""

    document = models.OneToOneField(CaseDocument, models.PROTECT, related_name="withdrawal")
    reason = models.CharField(_("alasan penarikan"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="document_withdrawal_reason")]


class ClientPhoto(models.Model):
    """A photo of a client, cut square, and a small one for lists. The newest counts; earlier ones are never shown."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="photos")
    picture = models.OneToOneField(StoredFile, models.PROTECT, related_name="client_photo")
    thumbnail = models.OneToOneField(StoredFile, models.PROTECT, related_name="client_thumbnail")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["client", "-id"], name="client_photo_newest")]
        constraints = [
            models.CheckConstraint(condition=~Q(picture=models.F("thumbnail")), name="client_photo_two_files")
        ]


class RestrictedOpening(models.Model):
    """Somebody gave a reason to read the restricted parts of a case; it holds until the end of that day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="openings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("alasan membuka"), max_length=500)
    on = models.DateField(_("tanggal"))
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="restricted_opening_reason")]
        indexes = [models.Index(fields=["case", "by", "on"], name="restricted_opening_day")]
