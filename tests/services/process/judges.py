"""Who may judge what: the words of the refusals, and people who have become something else."""

from accounts.models import Membership, User
from cases.enums import Stage
from services import permissions, transitions
from services.demo import walk
from tests import factories
from tests.services.process.acts import (
    TODAY,
    fresh,
)

ASKED = "Anda yang mengajukan; keputusan harus dari orang lain."
WORKED = "Anda pekerja sosial kasus ini; keputusan harus dari orang lain."
WROTE = "Anda ikut menulis isi yang dinilai; keputusan harus dari orang lain."
SUPERVISED = "Anda yang menyetujui sebagai supervisor; pengesahan harus dari orang lain."
OTHERS = "Masih ada supervisor yang dapat memutus; Kepala UPT mengesahkan sesudahnya."
NO_SUPERVISOR = "Hanya supervisor yang dapat memberi supervisi dan memutus pengajuan."
NO_HEAD = "Hanya Kepala UPT yang mengesahkan keputusan."


def now_also(person, *roles):
    """The same person as their next page load knows them, with more roles."""
    Membership.objects.bulk_create(
        Membership(user=person, institution=factories.institution(), role=role) for role in roles
    )
    return User.objects.get(pk=person.pk)


def without_supervisors(people):
    """Leave the UPT with its head alone."""
    Membership.objects.filter(role__in=permissions.SUPERVISING).delete()


def ready(walked, people, stage=Stage.ASSESSMENT):
    case = walked.at(stage)
    walk.STEPS[stage](people, case)
    return case


def every_judgement(case, request, by):
    """All acts by which one person may judge a waiting end of stage."""
    version = fresh(case).version
    return [
        lambda: transitions.approve(request=request, by=by, version=version, note="Baik"),
        lambda: transitions.give_back(request=request, by=by, version=version, reason="Kurang"),
        lambda: transitions.supervise(case=case, code="B.e", note="Baik", by=by, on=TODAY, version=version),
    ]
