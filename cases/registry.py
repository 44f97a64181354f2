"""The writes about whom we serve: register a client, correct the register, share out cases."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import inbox, keys, numbering, told
from accounts.enums import Role
from accounts.models import Institution, User
from audit import trail
from cases import duplicates, soundness
from cases.models import Assignment, Case, CaseQuerySet, Client, ClientCategory, in_force
from rehsos.doors import Refused, Stale

REGISTERING = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.HEAD, Role.ADMIN_OFFICE)


@transaction.atomic
def register(
    *,
    values: Mapping[str, Any],
    primary: str,
    others: Iterable[str] = (),
    by: User,
    is_compared: bool = False,
    distinct_because: str = "",
    key: str = "",
) -> Client:
    """Enter a person in the UPT's register under the next number.

    With ``is_compared`` the register is searched first, under the lock of its numbers, so that two people at two
    desks cannot both enter the same newcomer; ``distinct_because`` says why somebody alike is another person.
    """
    if answer := keys.claim(key, by=by):
        return Client.objects.get(pk=answer)
    _allow_registering(by)
    assert by.institution is not None
    client = Client(institution=by.institution, registered_by=by, **values)
    client.number = numbering.draw(by.institution, "client", by.institution.client_number_pattern)
    client.estimated_on = by.institution.today() if client.estimated_age is not None else None
    refuse_impossible(client)
    if is_compared:
        duplicates.refuse(client, distinct_because=distinct_because)
    _save(client)
    _set_categories(client, primary, others)
    _told(client, by=by, verb="client.registered", reason=distinct_because)
    keys.settle(key, client.pk)
    return client


@transaction.atomic
def correct(
    *,
    client: Client,
    values: Mapping[str, Any],
    primary: str,
    others: Iterable[str] = (),
    by: User,
    version: int,
    key: str = "",
) -> Client:
    """Change the register; 409 when somebody else did so meanwhile."""
    try:
        rows = Client.objects.visible_to(by).select_for_update(of=("self",)).select_related("institution")
        client = rows.get(pk=client.pk)
    except Client.DoesNotExist as gone:
        raise Http404(_("Klien tidak ditemukan.")) from gone
    if keys.claim(key, by=by):
        return client
    _allow_registering(by)
    if client.version != version:
        raise Stale(_("Data klien ini sudah diubah sejak Anda membukanya."))
    before = client.estimated_age
    for name, value in values.items():
        setattr(client, name, value)
    if client.estimated_age is None:
        client.estimated_on = None
    elif client.estimated_age != before or client.estimated_on is None:
        client.estimated_on = client.institution.today()
    client.version += 1
    refuse_impossible(client)
    _save(client)
    _set_categories(client, primary, others)
    _told(client, by=by, verb="client.corrected", data={"version": client.version})
    keys.settle(key, client.pk)
    return client


@transaction.atomic
def assign(*, case: Case, worker: User, by: User, only: bool = False, key: str = "") -> Assignment:
    """Give a case to a social worker; with ``only``, the others' assignments end today."""
    case = _locked_case(case, by)
    if answer := keys.claim(key, by=by):
        return Assignment.objects.get(pk=answer)
    if not by.has_role(Role.SUPERVISOR, Role.HEAD):
        raise PermissionDenied(_("Hanya supervisor atau Kepala UPT yang membagi tugas kasus."))
    if case.is_closed:
        raise Refused([_("Kasus sudah ditutup.")])
    _refuse_other_than_workers(worker, case.institution)
    today = case.institution.today()
    if only:
        _end(case.assignments.filter(in_force(today)).exclude(worker=worker), today)
    row = case.assignments.filter(worker=worker, until_on__isnull=True).first()
    if row is None:
        row = Assignment.objects.create(case=case, worker=worker, since_on=today, assigned_by=by)
        here = reverse("services:case", args=[case.number])  # its app stands above this one: known by name only
        inbox.tell([worker], _("Kasus diserahkan kepada Anda."), here, about=case.number)
    trail.append(
        institution_id=case.institution_id,
        by=by,
        verb="case.assigned",
        subjects=[trail.Subject("case", case.pk, case.number), trail.Subject("user", worker.pk, worker.full_name)],
        data={"only": only},
    )
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def hand_over(*, from_worker: User, to_worker: User, by: User, until_on: date | None = None, key: str = "") -> int:
    """Give the whole caseload of one worker to another, in one act; how many cases it was.

    For good, the first one's assignments end today. Up to and including ``until_on``, the other one stands in: theirs
    end by themselves, and the first one keeps their own. Whoever stands in hands on no more than they hold.
    """
    upt, today = _supervised(by)
    locked = [case.pk for case in caseload(from_worker, upt).select_for_update(of=("self",)).order_by("pk")]
    # Read anew: who waited for the lock may find that another hand-over has taken the cases meanwhile.
    cases = list(caseload(from_worker, upt).filter(pk__in=locked).order_by("pk"))
    if answer := keys.claim(key, by=by):
        return int(answer)
    _refuse_handing_over(from_worker, to_worker, until_on, today, cases)
    _refuse_other_than_workers(to_worker, upt)
    for case in cases:
        _pass_on(case, from_worker, to_worker, by, until_on, today)
    told_words = _("%(count)d kasus diserahkan kepada Anda oleh %(who)s.") % {"count": len(cases), "who": by.full_name}
    inbox.tell([to_worker], told_words, reverse("services:case_list"))
    people = [trail.Subject("user", worker.pk, worker.full_name) for worker in (from_worker, to_worker)]
    trail.append(
        institution_id=upt.pk,
        by=by,
        verb="caseload.handed_over",
        subjects=[*people, *(trail.Subject("case", case.pk, case.number) for case in cases)],
        data={"cases": len(cases), "until_on": until_on and until_on.isoformat()},
    )
    keys.settle(key, len(cases))
    return len(cases)


def caseload(worker: User, upt: Institution) -> CaseQuerySet:
    """The open cases that rest on somebody in a UPT today, whether they still work there or not."""
    held = Assignment.objects.filter(in_force(upt.today()), worker=worker, case=OuterRef("pk"))
    return Case.objects.open().filter(Exists(held), institution=upt)


def open_cases_of(worker: User) -> int:
    """How many cases would be left without somebody."""
    upt = told.home(worker)
    return caseload(worker, upt).count() if upt else 0


def _supervised(by: User) -> tuple[Institution, date]:
    if not by.institution or not by.has_role(Role.SUPERVISOR, Role.HEAD):
        raise PermissionDenied(_("Hanya supervisor atau Kepala UPT yang membagi tugas kasus."))
    return by.institution, by.institution.today()


def _refuse_handing_over(
    from_worker: User, to_worker: User, until_on: date | None, today: date, cases: list[Case]
) -> None:
    reasons = []
    if from_worker.pk == to_worker.pk:
        reasons.append(_("Pilih pekerja sosial yang lain sebagai penerima."))
    if not cases:
        reasons.append(_("Tidak ada kasus terbuka yang ditangani %s.") % from_worker.full_name)
    if until_on and until_on < today:
        reasons.append(_("Tanggal akhir pengganti sudah lewat."))
    if reasons:
        raise Refused(reasons)


def _pass_on(case: Case, from_worker: User, to_worker: User, by: User, until_on: date | None, today: date) -> None:
    rows = case.assignments.filter(in_force(today))
    held = list(rows.filter(worker=from_worker))
    last = None if any(row.until_on is None for row in held) else max(row.until_on for row in held)
    end = until_on and until_on + timedelta(days=1)  # an assignment holds up to the day before its end
    end = min(day for day in (end, last) if day) if end or last else None
    if until_on is None:
        _end(held, today)
    covered = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=end) if end else Q(until_on__isnull=True))
    if not covered.filter(worker=to_worker).exists():
        _end(rows.filter(worker=to_worker), today)
        Assignment.objects.create(case=case, worker=to_worker, since_on=today, until_on=end, assigned_by=by)


def _end(rows: Iterable[Assignment], today: date) -> None:
    for row in rows:
        row.until_on = today
        row.save(update_fields=["until_on"])


def _refuse_other_than_workers(worker: User, upt: Institution) -> None:
    """Cases are given to social workers of the UPT who are there today."""
    rows = upt.memberships.filter(user=worker, user__is_active=True, role=Role.SOCIAL_WORKER)
    if not any(row.holds_on(upt.today()) for row in rows):
        raise Refused([_("%s bukan pekerja sosial UPT ini.") % worker.full_name])


def _locked_case(case: Case, by: User) -> Case:
    try:
        return Case.objects.visible_to(by).select_for_update(of=("self",)).select_related("institution").get(pk=case.pk)
    except Case.DoesNotExist as gone:
        raise Http404(_("Kasus tidak ditemukan.")) from gone


def refuse_impossible(client: Client) -> None:
    """The rules on a person's dates that every door must keep."""
    today = client.institution.today()
    if client.birth_on and client.birth_on > today:
        raise Refused([_("Tanggal lahir tidak boleh di masa depan.")])
    if not client.birth_on and client.estimated_age is None:
        raise Refused([_("Isi tanggal lahir, atau perkiraan umur bila tidak diketahui.")])


def _allow_registering(by: User) -> None:
    if not by.institution or not by.has_role(*REGISTERING):
        raise PermissionDenied(_("Anda tidak bertugas mendaftarkan klien."))


def _save(client: Client) -> None:
    client.index()
    soundness.demand(client)
    try:
        with transaction.atomic():
            client.save()
    except IntegrityError as clash:
        if (
            client.nik_index
            and Client.objects.filter(institution=client.institution, nik_index=client.nik_index)
            .exclude(pk=client.pk)
            .exists()
        ):
            raise Refused([_("NIK ini sudah terdaftar di UPT ini; cari dahulu kliennya.")]) from clash
        raise


def _set_categories(client: Client, primary: str, others: Iterable[str]) -> None:
    client.categories.all().delete()
    rows = [ClientCategory(client=client, category=primary, is_primary=True)]
    rows += [ClientCategory(client=client, category=other) for other in dict.fromkeys(others) if other != primary]
    for row in rows:
        soundness.demand(row)
    ClientCategory.objects.bulk_create(rows)


def _told(client: Client, *, by: User, verb: str, data: dict[str, Any] | None = None, reason: str = "") -> None:
    trail.append(
        institution_id=client.institution_id,
        by=by,
        verb=verb,
        subjects=[trail.Subject("client", client.pk, client.number)],
        data=data or {},
        reason=reason,
    )
