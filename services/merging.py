"""Two numbers, one person: everything of the second goes to the first, and the old number leads there."""

from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from audit import trail
from cases import soundness
from cases.models import Case, Client, ClientCategory, ClientMerge
from services.acts import allow, case_subject, refuse
from services.models import ClientPhoto, OutreachParticipant, ResidentAlert

MERGING = (Role.SUPERVISOR, Role.HEAD)
MOVED: tuple[tuple[type[models.Model], Any], ...] = ((ResidentAlert, "alerts"), (OutreachParticipant, "outreach"))
# Each relation to a client, and what a merge does with it; a test asks that none was forgotten.
HANDLED = {Case, ClientCategory, ClientMerge, ClientPhoto, ResidentAlert, OutreachParticipant}
FILLED = (
    "nickname", "birth_place", "birth_on", "religion", "education", "regency", "district", "address", "phone",
    "guardian_name", "guardian_relation", "guardian_phone", "guardian_address",
)  # fmt: skip


@dataclass(frozen=True)
class Preview:
    """What a merge would do, and why it may not be done."""

    cases: list[Case]
    alerts: int
    outreach: int
    photos: int
    filled: list[str]
    reasons: list[str]


def preview(kept: Client, merged: Client) -> Preview:
    """What goes along; nothing is changed."""
    return Preview(
        cases=list(merged.cases.order_by("opened_on", "pk")),
        alerts=merged.alerts.count(),
        outreach=merged.outreach.count(),
        photos=merged.photos.count(),
        filled=[str(Client._meta.get_field(name).verbose_name) for name in _missing(kept, merged)],
        reasons=_reasons(kept, merged),
    )


@transaction.atomic
def merge(*, kept: Client, merged: Client, reason: str, by: User, key: str = "") -> ClientMerge:
    """Make two numbers one. Whoever entered the second one does not do it alone: that is for another person."""
    rows = Client.objects.filter(pk__in=(kept.pk, merged.pk), institution=by.institution)
    found = {row.pk: row for row in rows.select_for_update(of=("self",)).select_related("institution").order_by("pk")}
    if len(found) < 2:
        raise Http404(_("Klien tidak ditemukan."))
    first, second = found[kept.pk], found[merged.pk]
    if answer := keys.claim(key, by=by):
        return ClientMerge.objects.get(pk=answer)
    allow(why_not_merge(by, second))
    refuse([*_reasons(first, second), *([] if reason.strip() else [_("Tulis bagaimana Anda tahu ini satu orang.")])])
    cases = list(second.cases.select_for_update(of=("self",)).order_by("pk"))
    row = ClientMerge(kept=first, merged=second, reason=reason.strip(), by=by, moved=_moved(second, cases))
    soundness.demand(row)
    _join_registers(first, second)
    _move(first, second)
    row.save(force_insert=True)
    people = [trail.Subject("client", one.pk, one.number) for one in (first, second)]
    subjects = [*people, *map(case_subject, cases)]
    upt = first.institution_id
    trail.append(institution_id=upt, by=by, verb="client.merged", subjects=subjects, data=row.moved, reason=row.reason)
    keys.settle(key, row.pk)
    return row


def why_not_merge(user: User, merged: Client) -> str:
    if not user.has_role(*MERGING):
        return _("Nomor klien digabung oleh supervisor atau Kepala UPT.")
    if merged.registered_by_id == user.pk:
        return _("Anda yang mendaftarkan nomor ini; penggabungannya harus oleh orang lain.")
    return ""


def leads_to(user: User, number: str) -> str:
    """The number that an old one leads to, if the reader has its client in sight."""
    here = Client.objects.filter(institution=user.institution, number=number, is_merged=True)
    row = ClientMerge.objects.filter(merged__in=here).select_related("kept").defer("kept__nik").first()
    while row and row.kept.is_merged:
        row = ClientMerge.objects.filter(merged=row.kept).select_related("kept").defer("kept__nik").first()
    return row.kept.number if row and Client.objects.visible_to(user).filter(pk=row.kept_id).exists() else ""


def _reasons(kept: Client, merged: Client) -> list[str]:
    if kept.pk == merged.pk:
        return [_("Pilih dua nomor yang berbeda.")]
    reasons = []
    if kept.is_merged or merged.is_merged:
        reasons.append(_("Salah satu nomor sudah digabung."))
    if kept.nik_index and merged.nik_index and kept.nik_index != merged.nik_index:
        reasons.append(_("NIK keduanya berbeda: perbaiki dahulu yang salah, atau keduanya memang dua orang."))
    if kept.sex != merged.sex:
        reasons.append(_("Jenis kelamin keduanya berbeda: perbaiki dahulu."))
    if kept.cases.open().exists() and merged.cases.open().exists():
        reasons.append(_("Keduanya punya kasus yang terbuka: selesaikan dahulu salah satunya."))
    return reasons


def _missing(kept: Client, merged: Client) -> list[str]:
    return [name for name in FILLED if not getattr(kept, name) and getattr(merged, name)]


def _moved(merged: Client, cases: list[Case]) -> dict[str, Any]:
    counts = {name: getattr(merged, name).count() for _model, name in MOVED}
    return {"number": merged.number, "cases": [case.number for case in cases], **counts}


def _join_registers(kept: Client, merged: Client) -> None:
    """What the kept number lacks it takes from the other; the other keeps its words, under a number that is closed."""
    taken = _missing(kept, merged)
    for name in taken:
        setattr(kept, name, getattr(merged, name))
    if merged.nik and not kept.nik:
        kept.nik = merged.nik
    if merged.is_protected:
        kept.is_protected = True
    merged.is_merged, merged.nik_index = True, ""  # a NIK is unique among the numbers in use
    merged.version += 1
    merged.save(update_fields=["is_merged", "nik_index", "version"])
    kept.index()
    kept.version += 1
    kept.save()
    have = set(kept.categories.values_list("category", flat=True))
    others = [row.category for row in merged.categories.all() if row.category not in have]
    ClientCategory.objects.bulk_create(ClientCategory(client=kept, category=category) for category in others)


def _move(kept: Client, merged: Client) -> None:
    """Cases in the order they were opened, as episodes of one person; then whatever else hangs on the person."""
    everything = list(Case.objects.filter(client__in=(kept, merged)).order_by("opened_on", "pk"))
    for number, case in enumerate(everything, 1):  # out of the way first: episodes of a person are unique
        Case.objects.filter(pk=case.pk).update(client=kept, episode=1_000 + number)
    for number, case in enumerate(everything, 1):
        Case.objects.filter(pk=case.pk).update(episode=number)
    for model, _name in MOVED:
        model._default_manager.filter(client=merged).update(client=kept)
