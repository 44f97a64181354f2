"""D.b: food, clothing, hygiene given to all residents or to some, in one act."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from audit import trail
from cases.enums import Bimbingan
from services import group_work
from services.acts import case_subject, refuse
from services.enums import CareKind
from services.models import Activity
from services.presence import expect_on_duty

CODE = "D.b"


@transaction.atomic
def give(
    *, on: date, kinds: Collection[str], note: str = "", stays: Collection[int], by: User, key: str = ""
) -> Activity:
    """Record what was given and to whom; whoever is away that day got nothing."""
    expect_on_duty(by)
    residents = group_work.lock_residents(code=CODE, by=by, day=on)
    if answer := keys.claim(key, by=by):
        return Activity.objects.get(pk=answer)
    chosen = [stay for stay in residents if stay.pk in set(stays) and not stay.is_away]
    upt = by.institution
    assert upt is not None
    reasons = [] if on <= upt.today() else [_("Tanggal tidak boleh di masa depan.")]
    if not kinds or not set(kinds) <= set(CareKind.values):
        reasons.append(_("Pilih yang diberikan."))
    if not stays:
        reasons.append(_("Pilih paling sedikit satu klien."))
    elif len(chosen) < len(set(stays)):
        reasons.append(_("Seorang yang dipilih tidak ada di asrama pada hari itu; muat ulang halaman."))
    if len(note) > 2000:
        reasons.append(_("Keterangan paling panjang 2.000 huruf."))
    refuse(reasons)
    told = ", ".join(str(CareKind(kind).label) for kind in CareKind.values if kind in kinds)
    values = {"account": f"{told}. {note.strip()}".strip()}
    activity = group_work.record(code=CODE, by=by, on=on, stays=chosen, values=values, bimbingan=[Bimbingan.PHYSICAL])
    trail.append(
        institution_id=upt.pk,
        by=by,
        verb="care.given",
        subjects=[
            trail.Subject("activity", activity.pk, CODE),
            *(case_subject(stay.case) for stay in chosen),
        ],
        data={"on": on.isoformat(), "kinds": sorted(kinds)},
    )
    keys.settle(key, activity.pk)
    return activity
