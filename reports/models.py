"""Papers as they were given out, and letters as they came in; with what happened to each since. Rows are only added."""

from functools import cached_property

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases.models import WHOLE_UPT, Case, StoredFile
from rehsos import clock
from reports import codes
from reports.enums import PaperAct, PaperKind, PaperState, Restriction


class IssuedPaperQuerySet(models.QuerySet["IssuedPaper"]):
    def visible_to(self, user: User) -> "IssuedPaperQuerySet":
        """Those of one's UPT; a worker's own are those about at least one case of theirs."""
        if not user.institution:
            return self.none()
        mine = self.filter(institution=user.institution)
        if user.has_role(*WHOLE_UPT):
            return mine
        if user.has_role(Role.SOCIAL_WORKER):
            in_sight = PaperCase.objects.filter(paper=OuterRef("pk"), case__in=Case.objects.visible_to(user))
            return mine.filter(Exists(in_sight))
        return self.none()

    def with_act(self, act: PaperAct) -> "IssuedPaperQuerySet":
        return self.filter(_has(act))

    def without_act(self, act: PaperAct) -> "IssuedPaperQuerySet":
        return self.filter(~_has(act))

    def live(self) -> "IssuedPaperQuerySet":
        return self.without_act(PaperAct.CANCELLED)

    def whole(self) -> "IssuedPaperQuerySet":
        """With all that a page tells of a paper, at three queries whatever the number of papers."""
        facts = models.Prefetch("facts", PaperFact.objects.select_related("by", "file").order_by("pk"))
        links = models.Prefetch(
            "links", PaperCase.objects.select_related("case__client").defer("case__client__nik").order_by("pk")
        )
        return self.select_related("institution", "issued_by", "replaces").prefetch_related(facts, links)


class IssuedPaper(models.Model):
    """A paper that was given out under a number. The row is never changed and never deleted.

    ``subject`` tells papers of one kind about one case from each other: a stage and round, a record, a month.
    ``sha256`` is that of the file as it was issued; ``replaces`` names the cancelled paper whose place it takes.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="papers")
    kind = models.CharField(_("jenis"), max_length=20, choices=PaperKind)
    subject = models.CharField(max_length=40)
    title = models.CharField(_("naskah"), max_length=160)
    number = models.CharField(_("nomor"), max_length=80)
    code = models.CharField(_("kode pemeriksaan"), max_length=codes.LENGTH, unique=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="issued_paper")
    sha256 = models.CharField(max_length=64)
    restriction = models.CharField(_("sifat"), max_length=10, choices=Restriction)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replacement", verbose_name=_("menggantikan")
    )
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(default=clock.now)
    issued_on = models.DateField(_("tanggal terbit"))

    objects = IssuedPaperQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="paper_number_unique"),
            models.CheckConstraint(condition=Q(kind__in=PaperKind.values), name="paper_kind"),
            models.CheckConstraint(condition=Q(restriction__in=Restriction.values), name="paper_restriction"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(subject=""), name="paper_named"),
            models.UniqueConstraint(
                fields=["institution", "subject"], condition=Q(kind="month"), name="paper_month_once"
            ),
        ]
        indexes = [models.Index(fields=["institution", "-issued_at", "-id"], name="paper_register")]

    def __str__(self) -> str:
        return self.number

    @property
    def spelled_code(self) -> str:
        return codes.spelled(self.code)

    def fact(self, act: PaperAct) -> "PaperFact | None":
        """The last fact of one kind."""
        return next((fact for fact in reversed(self.facts.all()) if fact.act == act), None)

    @cached_property
    def state(self) -> PaperState:
        acts = {fact.act for fact in self.facts.all()}
        later = (PaperAct.CANCELLED, PaperAct.HANDED_OVER, PaperAct.SIGNED)
        return next((PaperState(act.value) for act in later if act in acts), PaperState.ISSUED)

    @property
    def lacks_scan(self) -> bool:
        """What is to be done, never what bars anything."""
        return self.state != PaperState.CANCELLED and self.fact(PaperAct.SIGNED) is None

    @property
    def cases(self) -> list[Case]:
        return [link.case for link in self.links.all()]


class PaperCase(models.Model):
    """A case that a paper is about. ``turn`` counts the papers of one kind and subject: no two writers issue one."""

    paper = models.ForeignKey(IssuedPaper, models.PROTECT, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20, choices=PaperKind)
    subject = models.CharField(max_length=40)
    turn = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "case"], name="paper_case_once"),
            models.UniqueConstraint(fields=["case", "kind", "subject", "turn"], name="paper_turn"),
        ]


class PaperFact(models.Model):
    """What happened to a paper: signed (the scan), handed over (to whom) or cancelled (why). Only added."""

    paper = models.ForeignKey(IssuedPaper, models.PROTECT, related_name="facts")
    act = models.CharField(max_length=12, choices=PaperAct)
    on = models.DateField(_("tanggal"))
    words = models.CharField(max_length=300, blank=True, default="")
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="signed_paper")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(act__in=PaperAct.values), name="paper_fact_act"),
            models.CheckConstraint(
                condition=Q(act="signed", file__isnull=False) | (~Q(act="signed") & Q(file__isnull=True)),
                name="paper_fact_scan",
            ),
            models.CheckConstraint(condition=Q(act="signed") | ~Q(words=""), name="paper_fact_words"),
            # A better scan may follow; a paper is handed over and cancelled once.
            models.UniqueConstraint(fields=["paper", "act"], condition=~Q(act="signed"), name="paper_fact_once"),
        ]


class IncomingLetterQuerySet(models.QuerySet["IncomingLetter"]):
    def visible_to(self, user: User) -> "IncomingLetterQuerySet":
        """Those of one's UPT, for who sees the whole of it."""
        if not user.institution or not user.has_role(*WHOLE_UPT):
            return self.none()
        return self.filter(institution=user.institution)


class IncomingLetter(models.Model):
    """A letter that came in, under the running number of the agenda. Never changed: what it says is on its scan."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    agenda = models.CharField(_("nomor agenda"), max_length=40)
    number = models.CharField(_("nomor surat"), max_length=120)
    dated_on = models.DateField(_("tanggal surat"))
    received_on = models.DateField(_("diterima"))
    sender = models.CharField(_("dari"), max_length=160)
    about = models.CharField(_("perihal"), max_length=300)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = IncomingLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "agenda"], name="incoming_agenda_unique"),
            models.UniqueConstraint(
                fields=["institution", "sender", "number", "dated_on"], name="incoming_letter_once"
            ),
            models.CheckConstraint(condition=Q(received_on__gte=models.F("dated_on")), name="incoming_days"),
        ]
        indexes = [models.Index(fields=["institution", "-received_on", "-id"], name="incoming_register")]

    def __str__(self) -> str:
        return self.agenda


class IncomingScan(models.Model):
    """A scan of a letter that came in; a better one may follow."""

    letter = models.ForeignKey(IncomingLetter, models.PROTECT, related_name="scans")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="incoming_scan")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]


def _has(act: PaperAct) -> Exists:
    return Exists(PaperFact.objects.filter(paper=OuterRef("pk"), act=act))
