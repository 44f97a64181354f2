"""One act of somebody: nothing has changed and nothing is told, or one thing has and the trail tells it."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from audit.models import Entry
from cases.models import Assignment
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import gates, records
from services.enums import Act
from services.models import Decision, Supervision
from tests.services.machine.case import waiting_in

# Acts that write nothing on the case: what only time made due on it (a waiver's end) is not told yet.
ELSEWHERE = ("assign", "open", "refuse_transfer", "enter", "confirm", "unlend")
ENTRIES = {"accept": 2}  # one in the trail of each UPT
STEPS: Counter[str] = Counter()
FROZEN = ("records", "minutes")
CONTENT = ("records", "activities", "stays", "supervisions", "transitions", "assignments")


class Acting:
    """Mixed into the machine, beside ``OneCase``."""

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
