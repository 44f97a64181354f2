"""What keeps a case honest beside its stages: addenda, arrears, departures, transfers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution, User
from cases.enums import Stage, StayEnd
from cases.models import Case, Stay
from rehsos import clock
from services.enums import ArrearKind, TransferState
from services.models.process import Request


class Addendum(models.Model):
    """Catatan tambahan: a dated note on a stage that is frozen, ended or closed. Never changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="addenda")
    stage = models.CharField(max_length=14, choices=Stage)
    text = models.TextField(_("catatan tambahan"), max_length=8000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    on = models.DateField(_("tanggal"))

    class Meta:
        ordering = ["at", "pk"]


class Arrear(models.Model):
    """Tunggakan: a paper that may follow later, by a date. The head's waiver, an exit or an emergency opens it.

    ``code`` is the paper's first catalogue code (or ``minutes`` for the berita acara of an exit); ``settled_at`` is
    filled by the write that brings the paper.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="arrears")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="arrears")
    kind = models.CharField(max_length=10, choices=ArrearKind)
    code = models.CharField(_("berkas"), max_length=12)
    text = models.CharField(max_length=200)
    reason = models.TextField(_("alasan"), max_length=2000, blank=True, default="")
    due_on = models.DateField(_("menyusul s.d."))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"], condition=Q(settled_at__isnull=True), name="arrear_once_per_paper"
            ),
            models.CheckConstraint(condition=Q(kind__in=ArrearKind.values), name="arrear_kind"),
        ]
        indexes = [
            models.Index(fields=["institution", "due_on"], condition=Q(settled_at__isnull=True), name="arrear_open")
        ]


class Departure(models.Model):
    """An exit as an event, recorded at once by whoever is on duty; papers, sign-off and endorsement follow.

    ``stay`` is empty for a candidate who leaves before placement. ``returned_on``: back before the exit was settled.
    ``undone_at``: the exit was reversed, or the client came back.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="departures")
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="departures")
    way = models.CharField(_("cara keluar"), max_length=24, choices=StayEnd)
    left_on = models.DateField(_("tanggal peristiwa"))
    account = models.TextField(_("uraian kejadian"), max_length=4000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    returned_on = models.DateField(_("kembali tanggal"), null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["left_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(settled_at__isnull=True, undone_at__isnull=True),
                name="departure_one_open",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("left_on")), name="departure_return"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.settled_at is None and self.undone_at is None


class Minutes(models.Model):
    """The berita acara of a departure, with what is handed over and who saw it."""

    departure = models.OneToOneField(Departure, models.PROTECT, related_name="minutes")
    on = models.DateField(_("tanggal berita acara"))
    number = models.CharField(_("nomor"), max_length=80, blank=True, default="")
    place = models.CharField(_("tempat"), max_length=160)
    receiver_name = models.CharField(_("nama yang menerima"), max_length=120, blank=True, default="")
    receiver_relation = models.CharField(_("hubungan atau jabatan"), max_length=120, blank=True, default="")
    receiver_address = models.CharField(_("alamat yang menerima"), max_length=300, blank=True, default="")
    belongings = models.TextField(_("barang dan titipan yang dikembalikan"), max_length=2000, blank=True, default="")
    conference = models.TextField(_("temu bahas dan peringatan sebelumnya"), max_length=4000, blank=True, default="")
    conclusion = models.TextField(_("kesimpulan"), max_length=4000)
    witness_1 = models.CharField(_("saksi pertama"), max_length=120)
    witness_2 = models.CharField(_("saksi kedua"), max_length=120, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    author_ids = models.JSONField(default=list)
    saved_at = models.DateTimeField(default=clock.now)

    is_judged_work = True

    def content(self) -> dict[str, object]:
        """Everything that is judged, without bookkeeping."""
        skipped = {"version", "author_id", "author_ids", "saved_at"}
        return {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields if f.attname not in skipped}


class Transfer(models.Model):
    """A case offered to another UPT: it reads the package until it accepts, refuses, or the offer is revoked.

    Acceptance closes the sender's case and opens a linked one with a copied identity; no row changes institution.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    request = models.OneToOneField(Request, models.PROTECT, related_name="transfer")
    receiver = models.ForeignKey(Institution, models.PROTECT, related_name="transfers_in")
    state = models.CharField(max_length=10, choices=TransferState, default=TransferState.PROPOSED)
    reason = models.TextField(_("alasan mutasi"), max_length=4000)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("jawaban"), max_length=2000, blank=True, default="")
    new_case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="came_by")

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["proposed", "sent"]), name="transfer_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answered_at__isnull=True)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="transfer_answer_pair",
            ),
        ]
