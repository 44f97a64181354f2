"""Candidates: cases before placement. How far each is follows from its own records, requests and outcome."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import keys
from accounts.models import User
from cases import registry
from cases.enums import Outcome, Stage
from cases.models import Case, Client, Stay
from rehsos.doors import Stale
from services import outreach, outreach_events, transitions
from services.acts import case_subject, refresh, refuse
from services.enums import Kind, State
from services.models import Activity, ActivityCase, AdminChecklist, Eligibility, OutreachParticipant, Request
from services.outreach_enums import OutreachKind

MOTIVATING = ("A.o", "A.p", "A.r")


class CandidateState(TextChoices):
    """How far a candidate is."""

    IDENTIFIED = "identified", gettext_lazy("Teridentifikasi")
    MOTIVATED = "motivated", gettext_lazy("Dimotivasi")
    SELECTION = "selection", gettext_lazy("Seleksi")
    ACCEPTED = "accepted", gettext_lazy("Diterima, belum ditempatkan")
    WAITING_LIST = "waiting_list", gettext_lazy("Daftar tunggu")
    PLACED = "placed", gettext_lazy("Ditempatkan, tahap A belum selesai")
    NOT_ELIGIBLE = "not_eligible", gettext_lazy("Tidak layak")
    REFERRED = "referred", gettext_lazy("Dirujuk")
    WITHDREW = "withdrew", gettext_lazy("Mengundurkan diri")
    OTHER = "other", gettext_lazy("Berakhir lain")

    @classmethod
    def ended(cls) -> tuple["CandidateState", ...]:
        """Closed without ever having been taken in: no termination."""
        return cls.NOT_ELIGIBLE, cls.REFERRED, cls.WITHDREW, cls.OTHER


ENDS = {
    Outcome.NOT_ELIGIBLE: CandidateState.NOT_ELIGIBLE,
    Outcome.REFERRED_AT_SELECTION: CandidateState.REFERRED,
    Outcome.WITHDREW: CandidateState.WITHDREW,
}


def of(user: User, year: int) -> QuerySet[Any]:
    """The candidates somebody has in sight, each with ``state``: the open ones, and those that ended in a year."""
    stays = Stay.objects.filter(case=OuterRef("pk"))
    asked = Request.objects.filter(case=OuterRef("pk"), kind=Kind.SELECTION, case_version=OuterRef("version"))
    endorsed = asked.filter(state=State.ENDORSED).order_by("-requested_at", "-pk")
    done = Activity.objects.filter(links__case=OuterRef("pk"), code__in=MOTIVATING)
    here = Q(closed_on__isnull=True) | (Q(closed_on__year=year) & ~Exists(stays))
    begun = Exists(AdminChecklist.objects.filter(case=OuterRef("pk")))
    begun |= Exists(Eligibility.objects.filter(case=OuterRef("pk")))
    rows = Case.objects.visible_to(user).filter(here, stage=Stage.INTAKE)
    return rows.annotate(selected=Subquery(endorsed.values("way")[:1])).annotate(
        state=models.Case(
            *(When(outcome=outcome, then=Value(state.value)) for outcome, state in ENDS.items()),
            When(closed_on__isnull=False, then=Value(CandidateState.OTHER.value)),
            When(Exists(asked.filter(state__in=State.waiting())), then=Value(CandidateState.SELECTION.value)),
            When(Q(selected="accepted") & Exists(stays), then=Value(CandidateState.PLACED.value)),
            When(selected="accepted", then=Value(CandidateState.ACCEPTED.value)),
            When(selected="waiting_list", then=Value(CandidateState.WAITING_LIST.value)),
            When(begun, then=Value(CandidateState.SELECTION.value)),
            When(Exists(done), then=Value(CandidateState.MOTIVATED.value)),
            default=Value(CandidateState.IDENTIFIED.value),
            output_field=CharField(),
        )
    )


def counts(rows: QuerySet[Any]) -> dict[str, int]:
    """How many there are in each state."""
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


# --- From a participant to a candidate --------------------------------------------------------------------------------
@transaction.atomic
def register(*, participant: OutreachParticipant, by: User, key: str = "", **words: Any) -> Client:
    """Enter a participant in the register, as ``registry.register`` does, and keep whom they became."""
    row = _lock(participant, by)
    client = registry.register(by=by, key=key, **words)
    _become(row, client, by)
    return client


@transaction.atomic
def recognise(*, participant: OutreachParticipant, number: str, by: User, key: str = "") -> OutreachParticipant:
    """Somebody of the register was met again. A case that is open is theirs too; else one may be opened."""
    row = _lock(participant, by)
    if keys.claim(key, by=by):
        return row
    client = Client.objects.visible_to(by).filter(number=number).first()
    if client is None:
        raise Http404(_("Klien tidak ditemukan."))
    _become(row, client, by)
    if case := Case.objects.visible_to(by).open().filter(client=client).first():
        row.case = case
        row.save(update_fields=["case"])
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def open_case(*, participant: OutreachParticipant, by: User, key: str = "", **words: Any) -> Case:
    """Open the case of a participant who is in the register; the visit that found them counts for it."""
    row = _lock(participant, by)
    if row.client is None:
        refuse([_("Daftarkan dahulu orangnya.")])
    if words["first_contact_on"] > row.event.on:
        refuse([_("Kontak pertama paling lambat pada tanggal kegiatan sosialisasinya.")])
    case = transitions.open(client=row.client, by=by, key=key, **words)
    if row.case_id == case.pk:
        return case
    row.case = case
    row.save(update_fields=["case"])
    if row.event.kind in OutreachKind.sought():
        _count_for(row, case)
        refresh(case)
    subjects = [outreach_events.subject(row.event), outreach_events.person(row), case_subject(case)]
    outreach.tell(case.institution, by, "outreach.case_opened", subjects)
    return case


def _count_for(row: OutreachParticipant, case: Case) -> None:
    kind = outreach.kind_of(row.event)
    for activity in Activity.objects.filter(record_kind=kind, record_id=row.event_id, code=row.event.code):
        ActivityCase.objects.get_or_create(activity=activity, case=case)


def _lock(participant: OutreachParticipant, by: User) -> OutreachParticipant:
    rows = OutreachParticipant.objects.visible_to(by).standing().select_for_update(of=("self",))
    found: OutreachParticipant | None = rows.select_related("event__institution").filter(pk=participant.pk).first()
    if found is None:
        raise Http404(_("Peserta tidak ditemukan."))
    return found


def _become(row: OutreachParticipant, client: Client, by: User) -> None:
    if row.client_id == client.pk:
        return
    if row.client_id:
        raise Stale(_("Peserta ini sudah terdaftar sebagai klien."))
    row.client = client
    row.save(update_fields=["client"])
    subjects = [
        outreach_events.subject(row.event),
        outreach_events.person(row),
        outreach_events.client_subject(client),
    ]
    outreach.tell(row.event.institution, by, "outreach.participant_registered", subjects)


def initial(row: OutreachParticipant) -> Mapping[str, Any]:
    """What is known of a participant, for the form of the register."""
    return {
        "name": row.name,
        "sex": row.sex,
        "estimated_age": row.age,
        "address": row.origin,
        "phone": row.phone,
        "regency": row.event.regency,
    }
