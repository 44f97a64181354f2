"""A form answered twice has one effect and one answer."""

from cases.enums import Stage, WayIn
from cases.models import Assignment, Case
from services import transitions
from services.demo import walk
from services.enums import State
from services.models import Request
from tests import factories
from tests.services.process.acts import TODAY, approved, fresh, with_selection_papers


def test_every_act_answers_the_same_form_once(walked, people):
    """The second call carries an old version on purpose: the key is asked before the version."""
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    version = fresh(case).version
    worker, supervisor = people.worker, people.supervisor
    signed = {"case": case, "code": "B.e", "note": "Baik", "by": supervisor, "on": TODAY, "version": version}
    assert transitions.supervise(**signed, key="k1") == transitions.supervise(**signed, key="k1")
    asked = {"case": case, "by": worker, "version": version}
    request = transitions.submit(**asked, key="k2")
    assert transitions.submit(**asked, key="k2") == request
    back = {"request": request, "by": supervisor, "version": version, "reason": "Kurang"}
    assert [transitions.give_back(**back, key="k3").state for _ in range(2)] == [State.RETURNED] * 2
    request = transitions.submit(**asked, key="k4")
    assert [transitions.withdraw(request=request, by=worker, key="k5").state for _ in range(2)] == [State.WITHDRAWN] * 2
    request = transitions.submit(**asked, key="k6")
    agreed = {"request": request, "by": supervisor, "version": version}
    assert [transitions.approve(**agreed, key="k7").state for _ in range(2)] == [State.APPROVED] * 2
    back = {"case": case, "to": Stage.ASSESSMENT, "reason": "Ulang", "by": supervisor, "version": version + 1}
    assert [transitions.send_back(**back, key="k8").version for _ in range(2)] == [version + 2] * 2
    assert Request.objects.filter(case=case, case_version=version).count() == 3
    assert fresh(case).version == version + 2


def test_decision_and_endorsement_answer_the_same_form_once(walked, people):
    case = with_selection_papers(walked, people)
    words = {"case": case, "way": "accepted", "reason": "Layak", "by": people.worker, "version": 1}
    request = transitions.decide(**words, key="k1")
    assert transitions.decide(**words, key="k1") == request
    approved(people, request)
    agreed = {"request": request, "by": people.head, "version": 1}
    assert [transitions.endorse(**agreed, key="k2").state for _ in range(2)] == [State.ENDORSED] * 2
    client = factories.client(people)
    words = {"client": client, "by": people.worker, "way_in": WayIn.OWN_WISH, "first_contact_on": TODAY}
    assert transitions.open(**words, key="k3") == transitions.open(**words, key="k3")
    assert (Case.objects.filter(client=client).count(), Assignment.objects.filter(case__client=client).count()) == (
        1,
        1,
    )
