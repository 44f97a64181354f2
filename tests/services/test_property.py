"""Random people try random acts on a case; whatever they do, the process keeps its promises.

Every step is one act through the front door of ``transitions``, ``recording`` or ``registry``, by anybody, with any
version. After it either nothing at all has changed, or exactly one thing has and the trail tells it.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.enums import Role
from accounts.mandates import StandIn
from accounts.models import FormKey, Institution, User
from audit.models import Entry
from audit.verify import Walk
from cases import registry
from cases.enums import Bimbingan, Stage, StayEnd, WayIn
from cases.models import Assignment, Case, Stay, in_force
from rehsos import clock
from rehsos.doors import Refused, Stale
from reports import monthly, proof
from reports.months import month_of
from services import due_dates, gates, models, recording, records, revising, transitions
from services.catalogue import CATALOGUE
from services.demo.words import PAPERS
from services.enums import Act, Kind, Verdict
from services.models import (
    ActivityCase,
    Arrear,
    Decision,
    Departure,
    Minutes,
    Request,
    Supervision,
    Transfer,
    Transition,
)
from services.situation import Situation
from services.workflow import WORKFLOW, sign_offs_of
from tests import factories
from tests.services.crossing import Crossing
from tests.services.walked import NOW, Walked

WAYS = sorted({way for step in WORKFLOW.values() if step.decision for way in step.decision.ways})
ENDINGS = sorted(WORKFLOW[Stage.AFTERCARE].endings)
SIGN_OFFS = [code for step in WORKFLOW.values() for code in sign_offs_of(step)]
VERBS = (
    *("submit", "decide", "withdraw", "approve", "give_back", "endorse", "send_back", "supervise", "record", "log"),
    *("depart", "come_back", "minutes", "propose_exit", "propose_reversal", "waive", "admit", "revise", "open"),
    *("propose_transfer", "accept", "refuse_transfer", "revoke", "enter", "confirm", "unlend"),
)
# Acts that write nothing on the case: what only time made due on it (a waiver's end) is not told yet.
ELSEWHERE = ("assign", "open", "refuse_transfer", "enter", "confirm", "unlend")
ENTRIES = {"accept": 2}  # one in the trail of each UPT
ANYTHING = (
    "record",
    "log",
    "supervise",
    "submit",
    "decide",
    "judgement",
    "judgement",
    "send_back",
    "assignment",
    "opening",
    "departure",
    "return",
    "exit",
    "reversal",
    "waiver",
    "emergency",
    "revision",
    "resending",
    "transfer",
    "offer",
    "stand_in",
    "stand_in",
)
# Who usually does it; half of the time they do.
PROPER = {
    **dict.fromkeys(("send_back", "supervise", "assignment", "offer"), "supervisor"),
    **dict.fromkeys(("record", "submit", "decide", "departure", "exit", "reversal", "revision", "transfer"), "worker"),
    "waiver": "head",
}
SHIFT = st.sampled_from([0, 0, 0, 0, -1, 1])
ACTOR = st.sampled_from([0, 0, 0, 0, 2, 2, 4, 4, *range(13)])  # worker, supervisor and head act more than others
DAYS = st.sampled_from([0, 0, 0, 0, 0, 1, 9, 33])  # that pass before the act
STEPS: Counter[str] = Counter()


def _allowed_moves():
    """(move, from, to) as the table has them; undoing an end is looked at with the end it undoes."""
    moves = {("open", "", "intake")}
    for stage, step in WORKFLOW.items():
        ways = [*(step.decision.ways.values() if step.decision else ()), *step.endings.values()]
        if step.then:
            moves.add(("forward", stage.value, step.then.value))
        moves |= {("send_back", stage.value, earlier.value) for earlier in step.back_to}
        moves |= {("continue", stage.value, way.back_to.value) for way in ways if way.back_to}
        moves |= {("close", stage.value, stage.value) for way in ways if way.ends}
        moves |= {("exit", stage.value, stage.value), ("exit", stage.value, "aftercare")}
    return moves


ALLOWED = _allowed_moves()


class Process(Crossing, RuleBasedStateMachine):
    """One person's case, begun at any stage, in the hands of thirteen people; on to the next case where it goes."""

    walked: Walked
    actors: dict

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.moment = NOW
        self.turn = 0
        self.resend = self.known = None

    def teardown(self):
        try:
            for institution in Institution.objects.all():
                assert list(Walk(institution.pk).problems()) == []
                self.months_add_up(institution)
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @initialize(stage=st.sampled_from(Stage))
    def begin(self, stage):
        self.pk = self.walked.keys[stage]
        self.known, self.told = self.state(), Entry.objects.count()

    def months_add_up(self, institution):
        """The month of every move, and the last one: who was there, came, left and is there."""
        with clock.at(self.moment):
            days = Transition.objects.filter(case=self.pk, case__institution=institution).values_list("on", flat=True)
            for year, month in sorted({(day.year, day.month) for day in [*days, institution.today()]})[-3:]:
                checks = proof.checks(monthly.report(institution, month_of(institution, year, month)))
                assert [check.words for check in checks if not check.holds] == []

    # --- What is there ----------------------------------------------------------------------------------------------
    def case(self):
        """The case as it stands."""
        return Case.objects.select_related("institution", "client").get(pk=self.pk)

    def now(self):
        return Situation(self.case())

    def state(self):
        """Everything that an act may change, as plain values."""
        with connection.cursor() as cursor:
            cursor.execute(RECORDS_SQL, [self.pk] * len(records.RECORDS))
            kept = sorted(cursor.fetchall())
        case = self.pk
        return {
            "case": Case.objects.filter(pk=case).values().get(),
            "records": kept,
            "requests": list(Request.objects.filter(case=case).values_list("pk", "state")),
            "decisions": Decision.objects.filter(request__case=case).count(),
            "transitions": Transition.objects.filter(case=case).count(),
            "supervisions": Supervision.objects.filter(case=case).count(),
            "activities": ActivityCase.objects.filter(case=case).count(),
            "stays": list(Stay.objects.filter(case=case).values_list("pk", "placed_on", "left_on", "end")),
            "assignments": list(Assignment.objects.filter(case=case).values_list("worker", "since_on", "until_on")),
            "cases": Case.objects.count(),
            "transfers": list(Transfer.objects.filter(case=case).values_list("pk", "state")),
            "stand_ins": list(StandIn.objects.values_list("pk", "confirmed_by", "revoked_by")),
            "minutes": list(Minutes.objects.filter(departure__case=case).values_list("pk", "version")),
            "departures": list(Departure.objects.filter(case=case).values_list("pk", "settled_at", "undone_at")),
            "arrears": list(Arrear.objects.filter(case=case).values_list("pk", "settled_at")),
            "keys": FormKey.objects.count(),
        }

    # --- One act ----------------------------------------------------------------------------------------------------
    def act(self, verb, write, **words):
        """Try it; nothing changed and nothing is told, or one thing is told and what is stored is what is true."""
        self.turn += 1
        words |= {"key": f"k{self.turn}", "by": User.objects.get(pk=words["by"].pk)}  # as the next request finds them
        before, told = self.known, self.told
        with clock.at(self.moment):
            try:
                answer = write(**words)
            except (Refused, Stale, PermissionDenied, Http404) as refusal:
                STEPS[f"{verb} refused"] += 1
                assert (self.state(), Entry.objects.count()) == (before, told), refusal
                return None
            STEPS[verb] += 1
            now = self.now()
            self.known, self.told = self.state(), Entry.objects.count()
            assert self.told == told + ENTRIES.get(verb, 1)
            assert self.known["keys"] == before["keys"] + 1
            same = {**self.known, "keys": before["keys"]} == before
            if not same and verb not in ELSEWHERE:
                assert (now.case.next_step, now.case.next_due_on) == gates.next_step(now)
        if before["case"]["closed_on"] and verb not in ("come_back", "approve", "endorse"):
            assert {name: self.known[name] for name in CONTENT} == {name: before[name] for name in CONTENT}, verb
        self.resend = (write, words, answer.pk)
        self.check_eyes(before)
        if waiting := waiting_in(before):
            assert verb not in ("record", "minutes")
            if waiting == waiting_in(self.known):
                assert [self.known[name] for name in FROZEN] == [before[name] for name in FROZEN]
        if now.waiting:
            assert now.digest_of(now.papers) == now.waiting.digest
        return answer

    def check_eyes(self, before):
        """Whoever decided or signed just now is neither requester nor worker nor author of what is judged."""
        decisions = Decision.objects.filter(request__case=self.pk).select_related("request").order_by("pk")
        decided = [d for d in decisions[before["decisions"] :] if d.act not in (Act.SUBMIT, Act.WITHDRAW)]
        signed = list(Supervision.objects.filter(case=self.pk).order_by("pk")[before["supervisions"] :])
        for decision in decided:
            assert decision.decided_by_id != decision.requested_by_id == decision.request.requested_by_id
            if decision.act == Act.ENDORSE and not decision.is_escalated:
                approvals = decision.request.decisions.filter(act=Act.APPROVE)
                assert decision.decided_by_id not in approvals.values_list("decided_by", flat=True)
        if decided or signed:
            judges = {decision.decided_by_id for decision in decided} | {sign_off.by_id for sign_off in signed}
            workers = set(Assignment.objects.filter(case=self.pk).values_list("worker", flat=True))
            assert judges.isdisjoint(workers | self.authors())

    def authors(self):
        rows = [row for kind in records.RECORDS if kind.is_judged_work for row in kind.objects.filter(case=self.pk)]
        return {author for row in rows for author in row.author_ids}

    def version(self, shift):
        return self.case().version + shift

    def today(self):
        with clock.at(self.moment):
            return self.case().institution.today()

    # --- Invariants -------------------------------------------------------------------------------------------------
    @invariant()
    def case_is_where_its_last_transition_says(self):
        if self.known is None:
            return
        case, moves = self.known["case"], list(Transition.objects.filter(case=self.pk).order_by("version"))
        last = moves[-1]
        assert (case["stage"], case["round"], case["version"], case["outcome"]) == (
            last.to_stage,
            last.round,
            last.version,
            last.outcome,
        )
        assert [move.version for move in moves] == list(range(1, len(moves) + 1))
        ends = []
        for move in moves:
            if move.move in ("reverse", "return"):
                assert move.to_stage == ends.pop()
            else:
                assert (move.move, move.from_stage, move.to_stage) in ALLOWED
            if move.move in ("exit", "close"):
                ends.append(move.from_stage)
        assert [move.from_stage for move in moves[1:]] == [move.to_stage for move in moves[:-1]]
        assert bool(case["closed_on"]) == bool(last.outcome)
        assert len(waiting_in(self.known)) <= 1

    @invariant()
    def client_is_in_one_place(self):
        """At most one stay runs, none overlaps another, and who is in the care of the house has one that runs."""
        if self.known is None:
            return
        case, stays = self.known["case"], self.known["stays"]
        running = [stay for stay in stays if stay[2] is None]
        assert len(running) <= (0 if case["closed_on"] or case["stage"] == Stage.AFTERCARE else 1), case
        if case["stage"] in INSIDE and not case["closed_on"] and not case["is_leaving"]:
            assert len(running) == 1, (case, stays)
        offers = {state for _pk, state in self.known["transfers"]}
        assert bool(case["closed_on"]) or "accepted" not in offers, "in the care of two UPTs"
        assert running or "sent" not in offers, "offered after leaving"
        inside = sorted((placed_on, left_on or date.max) for _pk, placed_on, left_on, _end in stays)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(inside)), stays

    # --- What helps the case on -------------------------------------------------------------------------------------
    def _help_on(self, days, times, bimbingan, way, ending, verdict):
        """The proper next acts by the proper people: judge what waits, fill what is missing, ask for what is next."""
        self.moment += timedelta(days=days)
        with clock.at(self.moment):
            now = self.now()
            missing = gates.unmet_in(now)
        by = self.worker()
        if by is None:
            return
        if now.waiting:
            self.judge(now.waiting, by, verdict)
        elif now.case.is_closed:
            words = {"reason": "Salah catat", "version": now.case.version}
            self.act("propose_reversal", transitions.propose_reversal, case=now.case, by=by, **words)
        elif missing:
            for wanted in missing[:times]:
                self.fill(by, wanted, bimbingan)
        else:
            self.ask(by, way, ending)

    def worker(self):
        """Somebody who has the case now."""
        rows = Assignment.objects.filter(in_force(self.today()), case=self.pk).values_list("worker", flat=True)
        return next((person for person in self.actors.values() if person.pk in set(rows)), None)

    def judge(self, request, worker, verdict):
        supervisor, head = self.deciders()
        by = head if request.state == "awaiting_head" else supervisor
        words = {"request": request, "by": by, "version": self.version(0)}
        if verdict == "withdraw":
            self.act("withdraw", transitions.withdraw, request=request, by=worker)
        elif verdict == "return":
            self.act("give_back", transitions.give_back, reason="Belum lengkap", **words)
        elif request.state == "awaiting_head":
            self.act("endorse", transitions.endorse, **words)
        else:
            self.act("approve", transitions.approve, note="Memadai", **words)

    def fill(self, by, wanted, bimbingan):
        if wanted.record:
            kind = next(kind for kind in records.RECORDS if kind.slug == wanted.record)
            self.write(kind, by, existing=kind.is_single, bimbingan=bimbingan)
        elif wanted.code == gates.MINUTES:
            self.write_minutes(by)
        else:
            self.log(wanted.code, by, self.today(), [self.case()], [wanted.bimbingan] if wanted.bimbingan else [])

    def ask(self, by, way, ending):
        with clock.at(self.moment):
            now, today = self.now(), self.today()
        words = {"case": now.case, "by": by, "version": now.case.version}
        if now.pending == Kind.STAGE:
            self.act("submit", transitions.submit, ending=ending, event_on=today, note="Sesuai keadaan", **words)
        elif now.pending == Kind.EXIT:
            self.act("propose_exit", transitions.propose_exit, reason="Sesuai keadaan", **words)
        else:
            words |= {"way": sorted(now.step.decision.ways)[way], "reason": "Sesuai hasil"}
            self.act("decide", transitions.decide, until_on=today + timedelta(days=30), **words)

    def write_minutes(self, by, shift=0):
        now = self.now()
        values = {"on": self.today(), "place": "Kantor", "conclusion": "Selesai", "witness_1": "Petugas"}
        values |= {"receiver_name": "Ibu", "conference": "Sudah dibahas"}
        version = (now.minutes.version if now.minutes else 0) + shift
        self.act("minutes", transitions.write_minutes, case=now.case, values=values, by=by, version=version)

    helping = rule(
        days=DAYS,
        times=st.integers(2, 6),
        bimbingan=st.sampled_from(Bimbingan),
        way=st.integers(0, 3),
        ending=st.sampled_from(ENDINGS),
        verdict=st.sampled_from(["approve", "approve", "approve", "approve", "return", "withdraw"]),
    )
    # Hypothesis leaves some rules out of every run and draws the rest alike: what helps on stands here several times.
    help_on, help_more, help_again, help_still = (
        helping(_help_on),
        helping(_help_on),
        helping(_help_on),
        helping(_help_on),
    )

    # --- Anything by anybody ----------------------------------------------------------------------------------------
    def _try_anything(self, days, verb, by, shift, data):
        self.moment += timedelta(days=days)
        is_proper = verb in PROPER and data.draw(st.booleans())
        getattr(self, f"any_{verb}")(self.own(PROPER[verb]) if is_proper else self.person(by), shift, data.draw)

    trying = rule(days=DAYS, verb=st.sampled_from(ANYTHING), by=ACTOR, shift=SHIFT, data=st.data())
    try_anything, try_more, try_again = trying(_try_anything), trying(_try_anything), trying(_try_anything)

    def person(self, number):
        return list(self.actors.values())[number]

    def day(self, draw, low, high):
        return self.today() + timedelta(days=draw(st.integers(low, high)))

    def write(self, kind, by, *, existing, bimbingan, shift=0):
        with clock.at(self.moment):
            case, now = self.case(), self.now()
            values, parts = PAPERS[kind](case)
            values |= {"on": case.institution.today()}
            if kind is models.Goal:
                values["bimbingan"] = bimbingan
            if kind is models.ProgressSheet:
                open_periods = [start for start, _end in due_dates.open_periods(now)]
                values["period_on"] = open_periods[0] if open_periods else values["period_on"]
            row = kind.of(case).last() if existing else None
        words = {"record_id": row.pk, "version": row.version + shift} if row else {}
        self.act("record", recording.save_record, case=case, kind=kind, values=values, parts=parts, by=by, **words)

    def log(self, code, by, on, cases, lines):
        self.act("log", recording.log_activity, code=code, by=by, on=on, cases=cases, bimbingan=lines)

    def any_record(self, by, shift, draw):
        kind, existing = draw(st.sampled_from(records.RECORDS)), draw(st.booleans())
        self.write(kind, by, existing=existing, bimbingan=draw(st.sampled_from(Bimbingan)), shift=shift)

    def any_log(self, by, _shift, draw):
        code, on = draw(st.sampled_from(sorted(CATALOGUE))), self.day(draw, -5, 1)
        cases = [self.case()] if draw(st.booleans()) else []
        self.log(code, by, on, cases, draw(st.lists(st.sampled_from(Bimbingan.values), max_size=2)))

    def any_supervise(self, by, shift, draw):
        owed = [sign_off.code for sign_off in gates.sign_offs(self.now())]
        code = draw(st.sampled_from([*owed, *owed, *SIGN_OFFS]))
        verdict, on = draw(st.sampled_from(Verdict)), self.day(draw, -1, 0)
        words = {"note": "Dibahas", "on": on, "version": self.version(shift), "verdict": verdict}
        self.act("supervise", transitions.supervise, case=self.case(), code=code, by=by, **words)

    def any_submit(self, by, shift, draw):
        ending, event_on = draw(st.sampled_from(["", *ENDINGS, "salah"])), self.day(draw, -60, 2)
        words = {"ending": ending, "event_on": event_on, "note": "Catatan", "version": self.version(shift)}
        self.act("submit", transitions.submit, case=self.case(), by=by, **words)

    def any_decide(self, by, shift, draw):
        way, until_on = draw(st.sampled_from([*WAYS, "salah"])), self.day(draw, -2, 60)
        words = {"way": way, "reason": "Alasan", "until_on": until_on, "version": self.version(shift)}
        self.act("decide", transitions.decide, case=self.case(), by=by, **words)

    def any_judgement(self, by, shift, draw):
        verb = draw(st.sampled_from(["approve", "give_back", "endorse", "withdraw"]))
        requests = list(Request.objects.filter(case=self.pk).select_related("case").order_by("-pk"))
        if not requests:
            return
        words = {"request": requests[draw(st.integers(0, 2)) % len(requests)], "by": by}
        if verb != "withdraw":
            words["version"] = self.version(shift)
        words |= {"reason": "Kurang"} if verb == "give_back" else {"note": "Catatan"}
        self.act(verb, getattr(transitions, verb), **words)

    def any_send_back(self, by, shift, draw):
        to = draw(st.sampled_from([*self.now().step.back_to * 4, *Stage.values, "salah"]))
        words = {"to": to, "reason": "Perlu diulang", "version": self.version(shift)}
        self.act("send_back", transitions.send_back, case=self.case(), by=by, **words)

    def any_assignment(self, by, _shift, draw):
        worker, only = self.person(draw(st.sampled_from([0, 1, 1, *range(13)]))), draw(st.booleans())
        self.act("assign", registry.assign, case=self.case(), worker=worker, by=by, only=only)

    def any_departure(self, by, _shift, draw):
        way, left_on = draw(st.sampled_from([*StayEnd.values, "salah"])), self.day(draw, -3, 1)
        words = {"way": way, "left_on": left_on, "account": "Dijemput keluarga"}
        self.act("depart", transitions.depart, case=self.case(), by=by, **words)

    def any_return(self, by, _shift, draw):
        self.act("come_back", transitions.come_back, case=self.case(), by=by, on=self.day(draw, -3, 1))

    def any_exit(self, by, shift, draw):
        if draw(st.booleans()):
            return self.write_minutes(by, shift)
        words = {"reason": "Keluar", "version": self.version(shift), "opens_aftercare": draw(st.booleans())}
        return self.act("propose_exit", transitions.propose_exit, case=self.case(), by=by, **words)

    def any_reversal(self, by, shift, _draw):
        words = {"reason": "Salah catat", "version": self.version(shift)}
        self.act("propose_reversal", transitions.propose_reversal, case=self.case(), by=by, **words)

    def any_waiver(self, by, shift, draw):
        with clock.at(self.moment):
            missing = [gates.paper_key(paper) for paper, _text in gates.waivable(self.now())]
        code, due_on = draw(st.sampled_from([*missing * 2, "A.u", "C.n", "E.1.6"])), self.day(draw, -1, 20)
        words = {"code": code, "due_on": due_on, "reason": "Menyusul", "version": self.version(shift)}
        self.act("waive", transitions.waive, case=self.case(), by=by, **words)

    def any_emergency(self, by, shift, _draw):
        words = {"reason": "Darurat", "version": self.version(shift)}
        self.act("admit", transitions.admit, case=self.case(), by=by, **words)

    def any_revision(self, by, shift, draw):
        what = draw(st.sampled_from(["plan", "assessment", "salah"]))
        words = {"what": what, "reason": "Klien berubah", "version": self.version(shift)}
        self.act("revise", revising.revise, case=self.case(), by=by, **words)

    def any_resending(self, _by, _shift, _draw):
        """The last form that was taken, sent once more: the same answer, and nothing else."""
        if self.resend is None:
            return
        write, words, answer = self.resend
        with clock.at(self.moment):
            try:
                again = write(**words).pk
            except Http404:  # the case was given to somebody else meanwhile
                again = answer
        STEPS["resend"] += 1
        assert (again, self.state(), Entry.objects.count()) == (answer, self.known, self.told)

    def any_opening(self, by, _shift, _draw):
        words = {"way_in": WayIn.OWN_WISH, "first_contact_on": self.today()}
        self.act("open", transitions.open, client=self.case().client, by=by, **words)


FROZEN = ("records", "minutes")
INSIDE = (Stage.ASSESSMENT, Stage.PLANNING, Stage.INTERVENTION)
CONTENT = ("records", "activities", "stays", "supervisions", "transitions", "assignments")
RECORDS_SQL = " UNION ALL ".join(
    f"SELECT '{kind._meta.model_name}', id, version FROM {kind._meta.db_table} WHERE case_id = %s"  # noqa: S608
    for kind in records.RECORDS
)


def waiting_in(state):
    """The requests that wait for somebody."""
    return [pk for pk, state in state["requests"] if state in ("submitted", "awaiting_head")]


@pytest.fixture
def actors(people):
    stranger = factories.team(factories.institution("LAIN"))
    return {
        "worker": people.worker,
        "other_worker": people.other_worker,
        "supervisor": people.supervisor,
        "other_supervisor": people.other_supervisor,
        "head": people.head,
        "section_head": factories.user("kasi", Role.SECTION_HEAD),
        "worker_and_supervisor": factories.user("rangkap", Role.SOCIAL_WORKER, Role.SUPERVISOR),
        "supervisor_and_head": factories.user("plt", Role.SUPERVISOR, Role.HEAD),
        "clerk": factories.user("tatausaha", Role.ADMIN_OFFICE),
        "nurse": factories.user("perawat", Role.NURSE),
        "strange_worker": stranger.worker,
        "strange_supervisor": stranger.supervisor,
        "strange_head": stranger.head,
    }


def explore(walked, actors, *, acts, examples=12, steps=50):
    """Run the machine until so many acts were tried; how many of each verb."""
    STEPS.clear()
    machine = type("Explored", (Process,), {"walked": walked, "actors": actors})
    while sum(STEPS.values()) < acts:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    print(sum(STEPS.values()), sorted(STEPS.items()))
    return Counter(STEPS)


def test_process_keeps_its_promises_whatever_people_try(walked, actors):
    assert explore(walked, actors, acts=1000)["record"]


@pytest.mark.heavy
def test_process_keeps_its_promises_over_nine_thousand_acts(walked, actors):
    tried = explore(walked, actors, acts=9000, examples=100)
    assert [verb for verb in VERBS if not tried[verb] or not tried[f"{verb} refused"]] == []
