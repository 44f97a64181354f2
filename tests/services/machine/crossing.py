"""The moves of the property test that reach beyond one case: to another UPT, to the next episode, to a stand-in."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from accounts import standins
from accounts.enums import Role, StandInKind
from accounts.mandates import StandIn
from accounts.models import Institution
from cases.enums import Bimbingan, StayEnd, WayIn
from rehsos import clock
from services import gates, transitions
from services.enums import TransferState
from services.models import Transfer
from services.workflow import EXITS

HOLDERS = ["supervisor", "other_supervisor", "section_head", "worker", "other_worker"]
KINDS = [StandInKind.DAILY, StandInKind.ACTING, StandInKind.SUPERVISOR]


class Crossing:
    """Mixed into the machine, which has ``act``, ``case``, ``now``, ``worker``, ``judge``, ``person`` and ``today``."""

    # --- The people of the UPT that has the case ------------------------------------------------------------------
    def own(self, name):
        """The worker, supervisor or head of the UPT that has the case, or of the other one (``strange``)."""
        return self.actors[name if self.is_home() else f"strange_{name}"]

    def is_home(self):
        return self.case().institution == self.walked.people.worker.institution

    def deciders(self):
        return self.own("supervisor"), self.own("head")

    def other_upt(self):
        name = "strange_head" if self.is_home() else "head"
        return Institution.objects.get(pk=self.actors[name].institution.pk)

    def follow(self, case):
        """From here on it is about this case."""
        self.pk = case.pk
        self.known = self.state()
        with clock.at(self.moment):
            now = self.now()
            assert (now.case.next_step, now.case.next_due_on) == gates.next_step(now)

    # --- What helps across ----------------------------------------------------------------------------------------
    @rule(
        days=st.sampled_from([0, 0, 1, 9]),
        answer=st.sampled_from(["accept", "accept", "refuse_transfer", "revoke"]),
        way=st.sampled_from([None, None, *EXITS, StayEnd.LEFT_WITHOUT_LEAVE]),
        on=st.booleans(),
    )
    def help_across(self, days, answer, way, on):
        """The proper people: the client leaves, or is offered to the other UPT; the answer; the next episode."""
        self.moment += timedelta(days=days)
        case, by = self.case(), self.worker()
        offered, inside = self.offer(), case.stays.filter(left_on=None).exists()
        if case.is_closed:
            self.open_next(self.own("worker"))
        elif offered and offered.state == TransferState.SENT:
            self.answer(offered, answer, self.proper(answer))
        elif case.is_leaving and on and by and self.may_come_back():
            self.act("come_back", transitions.come_back, case=case, by=by, on=self.today())
        elif by and inside and way:
            self.act("depart", transitions.depart, case=case, way=way, left_on=self.today(), account="Pergi", by=by)
        elif by and inside and not self.now().waiting:
            self.propose(by, self.other_upt(), case.version)
        else:
            self._help_on(0, 6, Bimbingan.SOCIAL, 3 if on else 0, "completed", "approve")

    def may_come_back(self):
        return EXITS[StayEnd(self.now().departure.way)].may_come_back

    def proper(self, answer):
        """Who may give this answer: the sender takes an offer back, the receiver accepts or refuses it."""
        is_ours = (answer == "revoke") == self.is_home()
        return self.actors["supervisor" if is_ours else "strange_supervisor"]

    def offer(self):
        return Transfer.objects.filter(case=self.pk).select_related("case", "receiver").order_by("pk").last()

    def propose(self, by, receiver, version):
        words = {"receiver": receiver, "reason": "Keluarga pindah", "version": version}
        self.act("propose_transfer", transitions.propose_transfer, case=self.case(), by=by, **words)

    def answer(self, offered, answer, by, worker=None, on=None):
        if answer != "accept":
            self.act(answer, getattr(transitions, answer), transfer=offered, reason="Belum ada tempat", by=by)
            return
        home = offered.receiver == self.walked.people.worker.institution
        worker = worker or self.actors["worker" if home else "strange_worker"]
        words = {"worker": worker, "on": on or self.today(), "note": "Diterima"}
        new = self.act("accept", transitions.accept, transfer=offered, by=by, **words)
        if new:
            assert self.known["case"]["closed_on"] == words["on"]
            assert [end for _pk, _placed, left_on, end in self.known["stays"] if left_on is None] == []
            self.follow(new)

    def open_next(self, by):
        words = {"way_in": WayIn.OWN_WISH, "first_contact_on": self.today()}
        episode = self.case().episode
        new = self.act("open", transitions.open, client=self.case().client, by=by, **words)
        if new:
            assert new.episode > episode
            self.follow(new)

    # --- Anything by anybody ----------------------------------------------------------------------------------------
    def any_transfer(self, by, shift, draw):
        receiver = self.other_upt() if draw(st.booleans()) else self.case().institution
        self.propose(by, receiver, self.version(shift))

    def any_offer(self, by, _shift, draw):
        answer = draw(st.sampled_from(["accept", "refuse_transfer", "revoke"]))
        worker, on = self.person(draw(st.integers(0, 12))), self.day(draw, -3, 1)
        if draw(st.booleans()):
            by = self.proper(answer)
        if offered := self.offer():
            self.answer(offered, answer, by, worker, on)

    def any_stand_in(self, by, shift, draw):
        """An order for head or supervisor: entered, confirmed by a second person, revoked."""
        rows = list(StandIn.objects.order_by("-pk")[:3])
        verb = draw(st.sampled_from(["enter", "confirm", "unlend"]))
        if verb == "enter" or not rows:
            self.enter(by, draw)
            return
        row = rows[draw(st.integers(0, 2)) % len(rows)]
        by = self.actors[draw(st.sampled_from(["section_head", "head", "clerk", "supervisor"]))]
        words = {"stand_in": row, "version": row.version + shift}
        if verb == "confirm":
            self.act("confirm", standins.confirm, by=by, **words)
        else:
            self.act("unlend", standins.revoke, by=by, reason="Kembali bertugas", **words)

    def enter(self, by, draw):
        kind = draw(st.sampled_from(KINDS))
        proper = self.actors["head" if kind == StandInKind.SUPERVISOR else "clerk"]
        since_on, for_whom = self.day(draw, 0, 2), {StandInKind.DAILY: "head", StandInKind.SUPERVISOR: "supervisor"}
        values = {
            "role": Role.SUPERVISOR if kind == StandInKind.SUPERVISOR else Role.HEAD,
            "holder": self.actors[draw(st.sampled_from([*HOLDERS * 2, *self.actors]))],
            "for_whom": self.actors[for_whom[kind]] if kind in for_whom else None,
            "order_number": "800.1.11.1/217/2026",
            "order_on": self.today(),
            "since_on": since_on,
            "until_on": since_on + timedelta(days=draw(st.integers(-1, 12))),
        }
        self.act("enter", standins.enter, kind=kind, values=values, by=proper if draw(st.booleans()) else by)
