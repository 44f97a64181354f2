"""What a UPT did in a month, in numbers: fourteen questions to the database, plain counts as the answer.

Stays count by the day of placement and of leaving, moves and sign-offs by their day, requests by their moment; days
and months are those of the institution's time zone. Whoever is placed and leaves within one month is in both columns.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum, Value, When

from accounts.models import Institution
from cases.enums import Sex, Stage
from cases.models import Case, ClientCategory, Stay
from reports import obstacles
from reports.counts import BySex, Flow, MonthReport, Requests, SessionWork, SignOffs, StageFlow, StayRow, Visits, Work
from reports.months import Month
from services import attendees, delivered
from services.enums import Act, Kind, State, Verdict
from services.models import Activity, AftercareVisit, Decision, ReferralStep, Request, Supervision, Transition
from services.referral_enums import CourseAct

BEFORE, IN, AFTER = "before", "in", "after"


def report(institution: Institution, month: Month) -> MonthReport:
    """Count a month of an institution."""
    rows = _stays(institution, month)
    moves, open_now = _moves(institution, month), _open_now(institution)
    acts, waiting = _acts(institution, month), _waiting(institution, month)
    until = min(month.last, institution.today())
    return MonthReport(
        institution=institution,
        month=month,
        stays=flow(rows, month),
        year=[(one, flow(rows, one)) for one in month.of_the_year],
        previous=flow(rows, month.previous),
        ends=_by(rows, month, lambda row: row.end),
        categories=_categories(rows, month),
        stages={stage: _stage_flow(stage, moves, open_now) for stage in Stage},
        endorsed={kind: _endorsed(acts, kind) for kind in Kind if kind != Kind.STAGE},
        aftercare_ends=_aftercare_ends(moves),
        visits=_visits(institution, month),
        work=_work(institution, month),
        sign_offs=_sign_offs(institution, month),
        requests=_requests(acts, waiting),
        sessions=delivered.of_upt(institution, month.first, until),
        session_work=_session_work(institution, month),
        obstacles=obstacles.counted(institution, month),
        weeks=delivered.by_week(institution, until),
        until=until,
    )


def _stays(institution: Institution, month: Month) -> list[StayRow]:
    """Every stay that touches the months shown: from January, or from the month before, to the end of this one."""
    since = min(month.of_the_year[0], month.previous).first
    category = ClientCategory.objects.filter(client=OuterRef("case__client"), is_primary=True).values("category")[:1]
    rows = (
        Stay.objects.filter(institution=institution, placed_on__lte=month.last)
        .filter(Q(left_on__isnull=True) | Q(left_on__gte=since))
        .values_list("placed_on", "left_on", "end", "case__client__sex", Subquery(category))
    )
    return [StayRow(placed_on, left_on, end, sex, kind or "") for placed_on, left_on, end, sex, kind in rows]


def flow(rows: Iterable[StayRow], month: Month) -> Flow:
    """Four independent counts over stays; that they balance is shown by the report, not assumed."""
    first, last, listed = month.first, month.last, list(rows)
    return Flow(
        start=_sexes(r for r in listed if r.placed_on < first and (r.left_on is None or r.left_on >= first)),
        came=_sexes(r for r in listed if first <= r.placed_on <= last),
        left=_sexes(r for r in listed if r.left_on is not None and first <= r.left_on <= last),
        end=_sexes(r for r in listed if r.placed_on <= last and (r.left_on is None or r.left_on > last)),
    )


def _sexes(rows: Iterable[StayRow]) -> BySex:
    counted = Counter(row.sex for row in rows)
    return BySex(counted[Sex.MALE], counted[Sex.FEMALE])


def _by(rows: list[StayRow], month: Month, key: Callable[[StayRow], str]) -> dict[str, BySex]:
    """How those who left in the month left."""
    left = [row for row in rows if row.left_on and month.first <= row.left_on <= month.last]
    return {name: _sexes(row for row in left if key(row) == name) for name in {key(row) for row in left}}


def _categories(rows: list[StayRow], month: Month) -> dict[str, Flow]:
    present = [row for row in rows if row.left_on is None or row.left_on >= month.first]
    names = {row.category for row in present}
    return {name: flow([row for row in present if row.category == name], month) for name in names}


class Moved(NamedTuple):
    """Transitions counted by stages, outcome, sex, and whether they lie in the month or after it.

    A move with an outcome closes the case; ``was_closed``: it had been closed, and this one opens it again.
    """

    was_closed: bool
    from_stage: str
    to_stage: str
    outcome: str
    sex: str
    when: str
    times: int


def _moves(institution: Institution, month: Month) -> list[Moved]:
    when = _either(When(on__gt=month.last, then=Value(AFTER)), default=IN)
    before = Transition.objects.filter(case=OuterRef("case"), version=OuterRef("version") - 1).exclude(outcome="")
    rows = Transition.objects.filter(case__institution=institution, on__gte=month.first).order_by()
    rows = rows.values_list(Exists(before), "from_stage", "to_stage", "outcome", "case__client__sex", when)
    return [Moved(*row) for row in rows.annotate(times=Count("pk"))]


def _open_now(institution: Institution) -> dict[tuple[str, str], int]:
    rows = Case.objects.filter(institution=institution, closed_on__isnull=True).order_by()
    counted = rows.values_list("stage", "client__sex").annotate(times=Count("pk"))
    return {(stage, sex): times for stage, sex, times in counted}


def _stage_flow(stage: Stage, moves: list[Moved], open_now: Mapping[tuple[str, str], int]) -> StageFlow:
    """The cases of a stage, told backwards from those that are in it now."""

    def total(when: str, test: Callable[[Moved], bool]) -> BySex:
        counted: Counter[str] = Counter()
        for row in moves:
            if row.when == when and test(row):
                counted[row.sex] += row.times
        return BySex(counted[Sex.MALE], counted[Sex.FEMALE])

    def parts(when: str) -> tuple[BySex, BySex, BySex, BySex]:
        return (
            total(when, lambda r: r.to_stage == stage and (r.was_closed or not r.from_stage)),
            total(when, lambda r: r.to_stage == stage != r.from_stage and r.from_stage != "" and not r.was_closed),
            total(when, lambda r: r.from_stage == stage != r.to_stage and not r.was_closed),
            total(when, lambda r: r.from_stage == stage and r.outcome != ""),
        )

    now = BySex(open_now.get((stage, Sex.MALE), 0), open_now.get((stage, Sex.FEMALE), 0))
    opened, came, went, closed = parts(AFTER)
    end = now - opened - came + went + closed
    opened, came, went, closed = parts(IN)
    return StageFlow(end - opened - came + went + closed, opened, came, went, closed, end)


def _aftercare_ends(moves: list[Moved]) -> dict[str, BySex]:
    found: dict[str, BySex] = {}
    for row in moves:
        if row.when == IN and row.outcome and row.from_stage == Stage.AFTERCARE:
            found[row.outcome] = found.get(row.outcome, BySex()) + _one(row.sex, row.times)
    return found


def _one(sex: str, times: int) -> BySex:
    return BySex(times, 0) if sex == Sex.MALE else BySex(0, times)


class Acted(NamedTuple):
    """Acts on requests, counted; ``asked`` says when the request was made, ``when`` when the act was done."""

    act: str
    kind: str
    way: str
    sex: str
    asked: str
    when: str
    times: int


def _acts(institution: Institution, month: Month) -> list[Acted]:
    begin, end = month.moments(institution.time_zone)
    when = _either(When(decided_at__gte=end, then=Value(AFTER)), default=IN)
    rows = Decision.objects.filter(request__case__institution=institution, decided_at__gte=begin).order_by()
    asked = _asked("request__requested_at", begin, end)
    names = ("act", "request__kind", "request__way", "request__case__client__sex")
    return [Acted(*row) for row in rows.values_list(*names, asked, when).annotate(times=Count("pk"))]


def _asked(name: str, begin: datetime, end: datetime) -> models.Case:
    """Whether a moment lies before, in or after the month."""
    before, within = When(**{f"{name}__lt": begin}, then=Value(BEFORE)), When(**{f"{name}__lt": end}, then=Value(IN))
    return _either(before, within, default=AFTER)


def _either(*whens: When, default: str) -> models.Case:
    return models.Case(*whens, default=Value(default), output_field=models.CharField())


def _waiting(institution: Institution, month: Month) -> Counter[str]:
    """The requests that wait now, by when they were made."""
    asked = _asked("requested_at", *month.moments(institution.time_zone))
    rows = Request.objects.filter(case__institution=institution, state__in=State.waiting()).order_by()
    return Counter(dict(rows.values_list(asked).annotate(times=Count("pk"))))


def _endorsed(acts: list[Acted], kind: Kind) -> dict[str, BySex]:
    found: dict[str, BySex] = {}
    for row in acts:
        if row.when == IN and row.act == Act.ENDORSE and row.kind == kind:
            found[row.way] = found.get(row.way, BySex()) + _one(row.sex, row.times)
    return found


def _settles(row: Acted) -> bool:
    """The approval of a decision still waits for the head; every other answer settles a request."""
    return row.act in (Act.RETURN, Act.WITHDRAW, Act.ENDORSE) or (row.act == Act.APPROVE and row.kind == Kind.STAGE)


def _requests(acts: list[Acted], waiting: Counter[str]) -> Requests:
    def settled(act: Act) -> int:
        return sum(row.times for row in acts if row.when == IN and row.act == act and _settles(row))

    later = Counter[str]()
    for row in acts:
        if _settles(row):
            later[row.asked] += row.times if row.when == AFTER else 0
    earlier = sum(row.times for row in acts if _settles(row) and row.asked == BEFORE)
    return Requests(
        start=waiting[BEFORE] + earlier,
        made=sum(row.times for row in acts if row.when == IN and row.act == Act.SUBMIT),
        approved=settled(Act.APPROVE),
        endorsed=settled(Act.ENDORSE),
        returned=settled(Act.RETURN),
        withdrawn=settled(Act.WITHDRAW),
        end=waiting[BEFORE] + waiting[IN] + later[BEFORE] + later[IN],
    )


def _visits(institution: Institution, month: Month) -> Visits:
    rows = AftercareVisit.objects.filter(case__institution=institution, on__range=(month.first, month.last)).order_by()
    counted = rows.values_list("case__client__sex").annotate(times=Count("pk"), people=Count("case", distinct=True))
    times, people = BySex(), BySex()
    for sex, visits, visited in counted:
        times, people = times + _one(sex, visits), people + _one(sex, visited)
    return Visits(times, people)


def _work(institution: Institution, month: Month) -> dict[str, Work]:
    rows = Activity.objects.filter(institution=institution, on__range=(month.first, month.last)).order_by()
    counted = rows.values_list("code").annotate(times=Count("pk"), spent=Sum("minutes"))
    return {code: Work(times, spent or 0) for code, times, spent in counted}


def _session_work(institution: Institution, month: Month) -> SessionWork:
    rows = Activity.objects.filter(institution=institution, on__range=(month.first, month.last), record_kind="session")
    rows = rows.filter(code__in=attendees.CODES)  # an obstacle is a piece of work of its own
    return SessionWork(**rows.aggregate(times=Count("pk", distinct=True), links=Count("links")))


def _sign_offs(institution: Institution, month: Month) -> dict[str, SignOffs]:
    rows = Supervision.objects.filter(case__institution=institution, on__range=(month.first, month.last)).order_by()
    counted = rows.values_list("code").annotate(
        approved=Count("pk", filter=Q(verdict=Verdict.APPROVED)),
        returned=Count("pk", filter=Q(verdict=Verdict.RETURNED)),
    )
    found = {code: SignOffs(approved, returned) for code, approved, returned in counted}
    within = {"course__institution": institution, "on__range": (month.first, month.last)}
    if beside := ReferralStep.objects.filter(act=CourseAct.SUPERVISED, **within).count():
        approved, returned = found.get("E.3.4", SignOffs(0, 0))
        found["E.3.4"] = SignOffs(approved + beside, returned)  # a referral that leaves the case where it is
    return found
