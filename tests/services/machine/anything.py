"""Anything by anybody, with any version, whether it is their business or not."""

from datetime import timedelta

from django.http import Http404
from hypothesis import strategies as st
from hypothesis.stateful import rule

from audit.models import Entry
from cases import registry
from cases.enums import Bimbingan, Stage, StayEnd, WayIn
from rehsos import clock
from services import gates, records, revising, transitions
from services.catalogue import CATALOGUE
from services.enums import Verdict
from services.models import Request
from services.workflow import WORKFLOW, sign_offs_of
from tests.services.machine.act import STEPS
from tests.services.machine.helping import DAYS, ENDINGS

WAYS = sorted({way for step in WORKFLOW.values() if step.decision for way in step.decision.ways})
SIGN_OFFS = [code for step in WORKFLOW.values() for code in sign_offs_of(step)]
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


class Anything:
    """Mixed into the machine, beside ``OneCase``, ``Acting``, ``Helping`` and ``Crossing``."""

    def _try_anything(self, days, verb, by, shift, data):
        self.moment += timedelta(days=days)
        is_proper = verb in PROPER and data.draw(st.booleans())
        getattr(self, f"any_{verb}")(self.own(PROPER[verb]) if is_proper else self.person(by), shift, data.draw)

    trying = rule(days=DAYS, verb=st.sampled_from(ANYTHING), by=ACTOR, shift=SHIFT, data=st.data())
    try_anything, try_more, try_again = trying(_try_anything), trying(_try_anything), trying(_try_anything)

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
