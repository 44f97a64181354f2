"""Take over running cases mid-stage, many in one act, and endorse the list of them once."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import keys, numbering
from accounts.enums import Role
from accounts.models import Institution, User
from audit import trail
from cases import taking_over
from cases.enums import Stage
from cases.models import Assignment, Case, Client, Stay
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import gates, permissions
from services.acts import allow
from services.enums import Move
from services.models import EarlierStage, OpeningEntry, OpeningList, OpeningUpload, Transition
from services.opening import checking
from services.opening.checking import Answer, Checked
from services.opening.rows import Row
from services.situation import Untouched


@transaction.atomic
def take_over(
    *, institution: Institution, rows: Sequence[Row], by: User, source: str = "", key: str = ""
) -> OpeningList:
    """Bring every row that is new into the open list: client, case, stay, worker, one move; what is known is left.

    The rows are checked anew under the lock, so two people with the same list make one effect. ``source`` is the
    digest of the file.
    """
    institution = _lock(institution)
    if answer := keys.claim(key, by=by):
        return OpeningList.objects.get(pk=answer)
    allow(permissions.why_not_take_over(by, institution))
    new = [one for one in checking.checked(rows, institution) if one.answer == Answer.NEW]
    if not new:
        raise Refused(_("Tidak ada baris baru yang dapat diimpor; yang sudah ada tidak diulang."))
    opening = _open_list(institution, by)
    cases = _cases(new, institution, by)
    _stand(cases, new, opening, by)
    opening.version += 1
    opening.save(update_fields=["version"])
    OpeningUpload.objects.filter(by=by).delete()
    _tell(opening, "opening.imported", cases, by=by, data={"cases": len(cases), "source": source})
    keys.settle(key, opening.pk)
    return opening


@transaction.atomic
def endorse_list(*, opening: OpeningList, by: User, version: int, note: str = "", key: str = "") -> OpeningList:
    """The head endorses the whole list, once; from then on it is frozen. Whoever imported into it does not endorse."""
    _lock(opening.institution)
    opening = OpeningList.objects.select_related("institution").get(pk=opening.pk)
    if keys.claim(key, by=by):
        return opening
    allow(permissions.why_not_endorse_opening(by, opening))
    if opening.version != version:
        raise Stale(_("Daftar ini bertambah sejak Anda membukanya. Periksa lagi, lalu sahkan."))
    if opening.is_endorsed:
        raise Refused([_("Daftar ini sudah disahkan.")])
    opening.endorsed_by, opening.endorsed_at, opening.note = by, clock.now(), note
    opening.capacity = by.capacity(Role.HEAD)
    opening.digest = digest_of(opening)
    opening.save(update_fields=["endorsed_by", "endorsed_at", "note", "capacity", "digest"])
    cases = [entry.case for entry in opening.entries.select_related("case__client")]
    _tell(opening, "opening.endorsed", cases, by=by, data={"cases": len(cases), "digest": opening.digest}, reason=note)
    keys.settle(key, opening.pk)
    return opening


def digest_of(opening: OpeningList) -> str:
    """SHA-256 (hex) over what the list says of every case; none of it can change afterwards."""
    rows = opening.entries.select_related("case__client").prefetch_related("stages").order_by("pk")
    said = [
        [
            entry.case.number,
            entry.case.client.number,
            entry.old_number,
            entry.stage,
            entry.round,
            entry.planned,
            entry.notes,
            [[stage.stage, stage.began_on.isoformat()] for stage in entry.stages.all()],
        ]
        for entry in rows
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _lock(institution: Institution) -> Institution:
    """The UPT's row: imports, endorsements and registrations of one UPT wait for each other."""
    return Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)


def _open_list(institution: Institution, by: User) -> OpeningList:
    """The list that is not endorsed yet, or the next one."""
    last = OpeningList.objects.filter(institution=institution).order_by("-number").first()
    if last and not last.is_endorsed:
        return last
    return OpeningList.objects.create(institution=institution, number=last.number + 1 if last else 1, opened_by=by)


def _cases(new: list[Checked], institution: Institution, by: User) -> list[Case]:
    """The people who are not registered yet, and a case for everybody, with what lists show of it."""
    strangers = [one for one in new if one.client_pk is None]
    registered = taking_over.register_many(
        people=[(checking.client_of(one.row, institution), one.row.values["category"]) for one in strangers],
        institution=institution,
        by=by,
    )
    people = {one.row.number: (client, 1) for one, client in zip(strangers, registered, strict=True)}
    known = taking_over.known(institution, [one.client_pk for one in new if one.client_pk])
    people |= {one.row.number: known[one.client_pk] for one in new if one.client_pk}
    numbers = numbering.draw_many(institution, "case", institution.case_number_pattern, len(new))
    cases = [
        _case(one.row, institution, *people[one.row.number], number) for one, number in zip(new, numbers, strict=True)
    ]
    try:
        with transaction.atomic():
            return Case.objects.bulk_create(cases)
    except IntegrityError as clash:
        raise Refused([_("Register berubah saat mengimpor. Periksa pratinjaunya lagi, lalu ulangi.")]) from clash


def _case(row: Row, institution: Institution, client: Client, episode: int, number: str) -> Case:
    case = checking.case_of(row, institution)
    case.client, case.episode, case.number = client, episode, number
    now = Untouched(case, row.get("planned") or (), checking.stay_of(row, case))
    case.next_step, case.next_due_on = gates.next_step(now)
    return case


def _stand(cases: list[Case], new: list[Checked], opening: OpeningList, by: User) -> None:
    """Stay, worker, the one move, and how the case was taken over."""
    pairs = [(case, one.row, one) for case, one in zip(cases, new, strict=True)]
    stays = [checking.stay_of(row, case) for case, row, _one in pairs]
    Stay.objects.bulk_create(stay for stay in stays if stay)
    Assignment.objects.bulk_create(
        Assignment(case=case, worker=one.worker, since_on=opening.institution.today(), assigned_by=by)
        for case, _row, one in pairs
    )
    Transition.objects.bulk_create(
        Transition(
            case=case,
            version=case.version,
            move=Move.OPENING,
            to_stage=case.stage,
            round=case.round,
            by=by,
            on=case.stage_since_on,
        )
        for case in cases
    )
    entries = OpeningEntry.objects.bulk_create(
        OpeningEntry(
            opening_list=opening,
            institution=opening.institution,
            case=case,
            old_number=row.get("old_number") or "",
            stage=case.stage,
            round=case.round,
            planned=row.get("planned") or [],
            notes=row.get("notes") or "",
            imported_by=by,
        )
        for case, row, _one in pairs
    )
    EarlierStage.objects.bulk_create(
        EarlierStage(entry=entry, stage=stage, began_on=day)
        for entry, (_case, row, _one) in zip(entries, pairs, strict=True)
        for stage in Stage
        if (day := row.since(stage))
    )


def _tell(
    opening: OpeningList, verb: str, cases: list[Case], *, by: User, data: dict[str, Any], reason: str = ""
) -> None:
    """One entry for the act, with every case and client it was about."""
    subjects = [trail.Subject("opening", opening.pk, str(opening))]
    for case in cases:
        subjects.append(trail.Subject("case", case.pk, case.number))
        subjects.append(trail.Subject("client", case.client_id, case.client.number))
    trail.append(institution_id=opening.institution_id, by=by, verb=verb, subjects=subjects, data=data, reason=reason)
