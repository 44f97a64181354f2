"""Activities that other records write: a saved record or a sign-off is work done under its catalogue code."""

from services.models import Activity, ActivityBimbingan, ActivityCase, StageRecord, Supervision


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


def _link(activity: Activity, case_id: int, bimbingan: tuple[str, ...]) -> None:
    ActivityCase.objects.get_or_create(activity=activity, case_id=case_id)
    activity.lines.exclude(bimbingan__in=bimbingan).delete()
    for value in bimbingan:
        ActivityBimbingan.objects.get_or_create(activity=activity, bimbingan=value)
