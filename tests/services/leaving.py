"""A client who leaves: recorded, its berita acara, its endorsement, and an offer to another UPT."""

from cases.enums import StayEnd
from services import transitions

MINUTES = {
    "place": "Kantor UPT",
    "receiver_name": "Siti Aminah",
    "receiver_relation": "Ibu",
    "receiver_address": "Waru",
    "conclusion": "Klien diserahkan kepada keluarga.",
    "witness_1": "Petugas asrama",
}


def leave(people, case, way=StayEnd.TAKEN_HOME, **values):
    day = case.institution.today()
    return transitions.depart(case=case, way=way, left_on=day, account="Dijemput ibu.", by=people.worker, **values)


def write_minutes(people, case, **changes):
    return transitions.write_minutes(
        case=case, values={**MINUTES, "on": case.institution.today(), **changes}, by=people.worker
    )


def end(people, case, **values):
    """Propose, approve, endorse the exit."""
    case.refresh_from_db()
    request = transitions.propose_exit(
        case=case, reason="Permintaan keluarga.", by=people.worker, version=case.version, **values
    )
    transitions.approve(request=request, by=people.supervisor, version=case.version, note="Sesuai.")
    request = transitions.endorse(request=request, by=people.head, version=case.version)
    case.refresh_from_db()
    return request


def offer(people, others, case):
    request = transitions.propose_transfer(
        case=case,
        receiver=others.head.institution,
        reason="Dekat keluarga.",
        by=people.worker,
        version=case.version,
    )
    transitions.approve(request=request, by=people.supervisor, version=case.version, note="Setuju.")
    transitions.endorse(request=request, by=people.head, version=case.version)
    return request.transfer.__class__.objects.get(request=request)
