"""Who stands in today, and why somebody cannot stand in: the rules on the person, the post, the days and the papers."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.enums import InstitutionKind, MandatePaper, Role, StandInKind
from accounts.mandates import LENDS, StandIn
from accounts.models import Institution, Membership, User

LONGEST = timedelta(days=366)
ORDERED = (StandInKind.ACTING, StandInKind.DAILY)


def on_duty(upt: Institution, day: date) -> list[StandIn]:
    """The stand-ins of a UPT that hold on a day, whose holders work there (or in the dinas) on that day."""
    at_work = working_on(day).filter(
        Q(institution=upt) | Q(institution__kind=InstitutionKind.DINAS), user=OuterRef("holder")
    )
    rows = StandIn.objects.filter(Exists(at_work), institution=upt, holder__is_active=True).covering(day)
    found = rows.select_related("holder", "for_whom").order_by("pk")
    for row in found:
        row.institution = upt
    return [row for row in found if row.holds_on(day)]


def working_on(day: date):
    """Roles that hold on a day."""
    return Membership.objects.filter(
        Q(since_on__isnull=True) | Q(since_on__lte=day), Q(until_on__isnull=True) | Q(until_on__gte=day)
    )


def running_of(person: User) -> int:
    """How many posts would be left without their stand-in."""
    rows = StandIn.objects.standing().filter(holder=person).select_related("institution")
    return sum(row.holds_on(row.institution.today()) for row in rows)


def may_hold(upt: Institution, kind: StandInKind):
    """The people who may stand in here: of the UPT, and (but for papers) of the dinas; never an administrator."""
    today = upt.today()
    here = Q(institution=upt)
    if kind == StandInKind.SUPERVISOR:
        here &= Q(role=Role.SOCIAL_WORKER)
    if kind != StandInKind.MANDATE:
        here |= Q(institution__kind=InstitutionKind.DINAS)
    present = working_on(today).filter(here, user=OuterRef("pk"))
    managing = Membership.objects.filter(user=OuterRef("pk"), role=Role.ADMINISTRATOR)
    return User.objects.filter(Exists(present), ~Exists(managing), is_active=True).order_by("name", "pk")


def may_be_replaced(upt: Institution, kind: StandInKind):
    """The people of the UPT who hold a post that such a stand-in lends."""
    posts = working_on(upt.today()).filter(institution=upt, role__in=LENDS[kind], user=OuterRef("pk"))
    return User.objects.filter(Exists(posts), is_active=True).order_by("name", "pk")


def reasons_against(row: StandIn) -> list[str]:
    """Everything that speaks against a stand-in as it is written; asked when it is entered and when it is confirmed."""
    return [*_about_days(row), *_about_post(row), *_about_holder(row), *_about_others(row)]


def _about_days(row: StandIn) -> list[str]:
    today, reasons = row.institution.today(), []
    if row.until_on < row.since_on:
        reasons.append(_("Tanggal berakhir mendahului tanggal mulai."))
    elif row.until_on < today:
        reasons.append(_("Masa pengganti ini sudah lewat."))
    elif row.until_on - row.since_on >= LONGEST:
        reasons.append(_("Paling lama satu tahun; sesudah itu catat yang baru."))
    if row.kind in ORDERED and not (row.order_number and row.order_on):
        reasons.append(_("Isi nomor dan tanggal surat perintahnya."))
    if row.order_on and row.order_on > today:
        reasons.append(_("Tanggal surat perintah tidak boleh di masa depan."))
    return reasons


def _about_post(row: StandIn) -> list[str]:
    kind = StandInKind(row.kind)
    if row.role not in LENDS[kind]:
        return [_("%(kind)s tidak untuk peran ini.") % {"kind": kind.label}]
    if kind == StandInKind.ACTING:
        return _not_vacant(row)
    if row.for_whom is None:
        return [_("Pilih siapa yang digantikan.")]
    if not _holds(row.for_whom, row.role, row.institution, row.since_on):
        who = {"name": row.for_whom.full_name, "role": Role(row.role).label}
        return [_("%(name)s bukan %(role)s di UPT ini.") % who]
    if kind == StandInKind.MANDATE:
        return [] if row.papers and set(row.papers) <= set(MandatePaper.values) else [_("Pilih naskahnya.")]
    return []


def _not_vacant(row: StandIn) -> list[str]:
    """Plt. is for a vacant post. Of section heads a UPT has several, so only the head's is looked at."""
    if row.for_whom is not None:
        return [_("Plt. mengisi jabatan yang kosong; untuk yang berhalangan pakai Plh.")]
    if row.role != Role.HEAD:
        return []
    heads = working_on(row.since_on).filter(institution=row.institution, role=Role.HEAD, user__is_active=True)
    head = heads.select_related("user").exclude(until_on__lte=row.since_on).first()
    if head is None:
        return []
    return [_("Jabatan ini tidak kosong: dijabat %s. Untuk yang berhalangan pakai Plh.") % head.user.full_name]


def _about_holder(row: StandIn) -> list[str]:
    person, upt = row.holder, row.institution
    if person == row.for_whom:
        return [_("Pengganti harus orang lain daripada yang digantikan.")]
    reasons = []
    if not may_hold(upt, StandInKind(row.kind)).filter(pk=person.pk).exists():
        reasons.append(_why_not_holder(row))
    elif _holds(person, row.role, upt, row.since_on):
        who = {"name": person.full_name, "role": Role(row.role).label}
        reasons.append(_("%(name)s sudah %(role)s di UPT ini.") % who)
    elif row.role == Role.SUPERVISOR and _holds(person, Role.HEAD, upt, row.since_on):
        reasons.append(_("Kepala UPT mengesahkan, jadi tidak menggantikan supervisor."))
    return reasons


def _why_not_holder(row: StandIn) -> str:
    who = {"name": row.holder.full_name}
    if row.kind == StandInKind.MANDATE:
        return _("%(name)s tidak bertugas di UPT ini.") % who
    if row.kind == StandInKind.SUPERVISOR:
        return _("%(name)s bukan pekerja sosial UPT ini atau petugas dinas.") % who
    return _("%(name)s bukan petugas UPT ini atau petugas dinas, atau ia administrator.") % who


def _about_others(row: StandIn) -> list[str]:
    """One stand-in for a post at a time, one signer a.n. for a paper, and nobody lent to two UPTs."""
    rows = StandIn.objects.filter(revoked_at__isnull=True, since_on__lte=row.until_on, until_on__gte=row.since_on)
    others = rows.exclude(pk=row.pk).select_related("holder", "institution")
    here = others.filter(institution=row.institution)
    reasons = []
    if any(_clashes(row, other) for other in here):
        reasons.append(_("Untuk masa itu sudah ada penggantinya; cabut dahulu yang lama."))
    elsewhere = others.filter(holder=row.holder).exclude(institution=row.institution)
    if row.kind != StandInKind.MANDATE and (other := elsewhere.first()):
        where = {"name": row.holder.full_name, "post": other.post, "upt": other.institution}
        reasons.append(_("%(name)s pada masa itu %(post)s di %(upt)s.") % where)
    return reasons


def _clashes(row: StandIn, other: StandIn) -> bool:
    if (row.kind == StandInKind.MANDATE) != (other.kind == StandInKind.MANDATE):
        return False
    if row.kind == StandInKind.MANDATE:
        return not set(row.papers).isdisjoint(other.papers)
    if row.role != other.role:
        return False
    # Of a UPT's one head there is one stand-in; section heads and supervisors are told apart by whom one stands in for.
    return row.role == Role.HEAD or row.for_whom_id == other.for_whom_id


def _holds(person: User, role: str, upt: Institution, day: date) -> bool:
    return working_on(day).filter(user=person, role=role, institution=upt).exists()
