"""The acts of the process as tests write them, and what they look at afterwards."""

from datetime import date

from cases.enums import Stage, WayIn
from services import models, recording, transitions
from services.demo import walk
from services.models import Decision, Transition

TODAY = date(2026, 3, 10)
MOVED = "Kasus ini sudah berpindah sejak halaman Anda dibuka. Periksa keadaan terbarunya."
WAITS = "Masih ada pengajuan yang menunggu pada kasus ini."
NOT_YOURS = "Hanya pekerja sosial kasus ini yang dapat mengisi dan mengajukan."


def submitted(people, case, **values):
    case.refresh_from_db()
    return transitions.submit(case=case, by=people.worker, version=case.version, **values)


def proposed(people, case, way="accepted", **values):
    case.refresh_from_db()
    words = {"reason": "Sesuai hasil wawancara.", **values}
    return transitions.decide(case=case, way=way, by=people.worker, version=case.version, **words)


def approved(people, request, **values):
    words = {"by": people.supervisor, "version": request.case.version, "note": "Memadai.", **values}
    return transitions.approve(request=request, **words)


def endorsed(people, request, **values):
    return transitions.endorse(request=request, **{"by": people.head, "version": request.case.version, **values})


def with_selection_papers(walked, people):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    return case


def with_closing_papers(walked, people):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    return case


def fresh(case):
    case.refresh_from_db()
    return case


def acts(request):
    return list(Decision.objects.filter(request=request).order_by("pk").values_list("act", flat=True))


def last_move(case):
    move = Transition.objects.filter(case=case).last()
    return move.move, move.from_stage, move.to_stage, move.round, move.version


def opened(people, client, by=None, **values):
    words = {"way_in": WayIn.OWN_WISH, "first_contact_on": TODAY, **values}
    return transitions.open(client=client, by=by or people.worker, **words)


def supervise(people, case, code="B.e", **values):
    words = {"note": "Dibahas bersama.", "by": people.supervisor, "on": TODAY, "version": fresh(case).version, **values}
    return transitions.supervise(case=case, code=code, **words)


def send_back(people, case, to, **values):
    words = {"reason": "Rencana tidak lagi sesuai", "by": people.supervisor, "version": fresh(case).version, **values}
    return transitions.send_back(case=case, to=to, **words)


def log(people, case, code):
    return recording.log_activity(code=code, by=people.worker, on=TODAY, cases=[case])
