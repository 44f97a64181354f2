"""Activities that other records write: a saved record or a sign-off is work done under its catalogue code."""

from collections.abc import Iterable
from typing import Any

from cases.models import Case
from services.models import (
    Activity,
    ActivityBimbingan,
    ActivityCase,
    CourtDate,
    Note,
    Obstacle,
    ObstacleEffort,
    ProcessRecord,
    Review,
    StageRecord,
    Supervision,
)


def of_record(record: StageRecord) -> None:
    """Write (or bring up to date) the activities of a stage record: one per code, on its date, by its author."""
    kind = record._meta.model_name
    wanted = record.activity_codes()
    Activity.objects.filter(record_kind=kind, record_id=record.pk).exclude(code__in=wanted).delete()
    for code in wanted:
        activity, _created = Activity.objects.update_or_create(
            record_kind=kind,
            record_id=record.pk,
            code=code,
            defaults={"on": record.on},
            create_defaults={
                "on": record.on,
                "institution_id": record.case.institution_id,
                "by_id": record.author_id,
                "account": str(record.title),
            },
        )
        _link(activity, record.case_id, record.activity_bimbingan())


def of_supervision(sign_off: Supervision) -> None:
    """A sign-off is an activity of the supervisor."""
    activity = Activity.objects.create(
        institution_id=sign_off.case.institution_id,
        code=sign_off.code,
        on=sign_off.on,
        by_id=sign_off.by_id,
        account=sign_off.note,
        result=sign_off.directions,
        record_kind="supervision",
        record_id=sign_off.pk,
    )
    _link(activity, sign_off.case_id, (sign_off.bimbingan,) if sign_off.bimbingan else ())


def of_note(note: Note, mask: str) -> Activity:
    """A note is an activity of its author; of a restricted one the activity says only that there is one."""
    words = {"account": mask} if note.is_restricted else {"account": note.account, "result": note.result}
    when = {"starts_at": note.starts_at, "minutes": note.minutes, "method": note.method}
    return _written("note", note, [note.case], note.by_id, (note.bimbingan,), **words, **when)


def of_obstacle(obstacle: Obstacle) -> Activity:
    words = {"account": obstacle.text, "result": obstacle.effort}
    return _written("obstacle", obstacle, [obstacle.case], obstacle.by_id, (obstacle.bimbingan,), **words)


def of_effort(effort: ObstacleEffort, case: Case) -> Activity:
    """Trying again is work against the same obstacle."""
    one = effort.obstacle
    words = {"code": one.code, "institution_id": one.institution_id, "account": effort.text}
    return _written("obstacleeffort", effort, [case], effort.by_id, (one.bimbingan,), **words)


def of_review(review: Review, cases: Iterable[Case]) -> Activity:
    """A supervisor's word on a restricted note stays with the note."""
    is_masked = review.of_note is not None and review.of_note.is_restricted
    words = {"account": "", "result": ""} if is_masked else {"account": review.note, "result": review.directions}
    return _written("review", review, cases, review.by_id, (review.bimbingan,), **words)


def of_court(date: CourtDate, by_id: int, on: Any) -> Activity:
    """A day of the law that took place is advocacy (D.o) of who was there for the client."""
    words = {"account": f"{date.get_kind_display()}: {date.agenda}", "result": date.result, "place": date.place}
    return _written("courtdate", date, [date.case], by_id, ("advocacy",), code="D.o", on=on, **words)


def of_process(record: ProcessRecord, cases: Iterable[Case]) -> Activity:
    """Written once; a later change brings title and cases up to date."""
    Activity.objects.filter(record_kind="processrecord", record_id=record.pk).exclude(code=record.code).delete()
    kept = Activity.objects.filter(record_kind="processrecord", record_id=record.pk).first()
    if kept is None:
        return _written("processrecord", record, cases, record.by_id, (), account=record.title)
    kept.on, kept.account = record.on, record.title
    kept.save(update_fields=["on", "account"])
    kept.links.exclude(case__in=cases).delete()
    for case in cases:
        ActivityCase.objects.get_or_create(activity=kept, case=case)
    return kept


def _written(
    kind: str, row: Any, cases: Iterable[Case], by_id: int, bimbingan: tuple[str, ...], **values: Any
) -> Activity:
    own = {name: getattr(row, name) for name in ("code", "on", "institution_id") if hasattr(row, name)}
    activity = Activity.objects.create(**{**own, **values}, by_id=by_id, record_kind=kind, record_id=row.pk)
    ActivityCase.objects.bulk_create(ActivityCase(activity=activity, case=case) for case in cases)
    ActivityBimbingan.objects.bulk_create(ActivityBimbingan(activity=activity, bimbingan=b) for b in bimbingan)
    return activity


def _link(activity: Activity, case_id: int, bimbingan: tuple[str, ...]) -> None:
    ActivityCase.objects.get_or_create(activity=activity, case_id=case_id)
    activity.lines.exclude(bimbingan__in=bimbingan).delete()
    for value in bimbingan:
        ActivityBimbingan.objects.get_or_create(activity=activity, bimbingan=value)
