"""What helps the case on: the proper next acts by the proper people."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from cases.enums import Bimbingan, Stage
from rehsos import clock
from services import due_dates, gates, models, recording, records, transitions
from services.demo.words import PAPERS
from services.enums import Kind
from services.workflow import WORKFLOW

ENDINGS = sorted(WORKFLOW[Stage.AFTERCARE].endings)
DAYS = st.sampled_from([0, 0, 0, 0, 0, 1, 9, 33])  # that pass before the act


class Helping:
    """Mixed into the machine, beside ``OneCase``, ``Acting`` and ``Crossing``."""

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
