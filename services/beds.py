"""Keeps bed and stay in step: whoever is in the UPT has at most one bed, and who leaves frees it on that day.

These are halves of other writes (placement, move, exit, return): call them inside a transaction, with the case locked.
"""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Institution, User
from cases.models import Case, Client, Stay
from rehsos.doors import Refused
from services.models import Bed, BedUse, House, Placement

NAMES = ("house", "room", "bed")


def of_upt(institution: Institution) -> QuerySet[Bed]:
    """The beds in use of a UPT, with room and house, in the order of its corridors."""
    rows = Bed.objects.filter(room__house__institution=institution, retired_on__isnull=True)
    return rows.select_related("room__house").order_by("room__house__name", "room__house", "room", "pk")


def free(institution: Institution, since_on: date) -> QuerySet[Bed]:
    """The beds that nobody has from a day on, for good."""
    later = BedUse.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=since_on), bed=OuterRef("pk"))
    return of_upt(institution).exclude(Exists(later))


def has_any(institution: Institution) -> bool:
    """Whether the UPT has entered its beds; until then the place of a client is whatever somebody types."""
    return of_upt(institution).exists()


def has_age_rules(institution: Institution) -> bool:
    """Whether a client's age can stand against a house, so that a form has to ask for the reason."""
    limited = Q(min_age__isnull=False) | Q(max_age__isnull=False)
    return House.objects.filter(limited, institution=institution, retired_on__isnull=True).exists()


def current(stay: Stay) -> BedUse | None:
    """The bed that a running stay has."""
    rows = stay.bed_uses.filter(until_on__isnull=True)
    return rows.select_related("bed__room__house").first()


def place_words(bed: Bed) -> str:
    """House, room and bed in one line."""
    return _("%(house)s, kamar %(room)s, tempat tidur %(bed)s") % {
        "house": bed.room.house.name,
        "room": bed.room.name,
        "bed": bed.name,
    }


def breaks_sex_rule(house: House, client: Client) -> bool:
    return bool(house.sex_rule and house.sex_rule != client.sex)


def breaks_age_rule(house: House, client: Client, on: date) -> bool:
    """Whether the client's age, where it is known, lies outside the house's."""
    age = client.age_on(on)
    if age is None:
        return False
    return (house.min_age is not None and age < house.min_age) or (house.max_age is not None and age > house.max_age)


def rule_reasons(bed: Bed, client: Client, on: date, exception: str) -> list[str]:
    """Why this client may not have this bed: never against the rule of sex, against that of age with a reason."""
    house = bed.room.house
    if breaks_sex_rule(house, client):
        told = {"house": house.name, "sex": house.get_sex_rule_display().lower()}
        return [_("%(house)s hanya untuk %(sex)s.") % told]
    if breaks_age_rule(house, client, on) and not exception.strip():
        told = {"house": house.name, "ages": ages(house), "age": client.age_on(on)}
        return [
            _("%(house)s untuk usia %(ages)s; klien berusia %(age)s tahun. Isi alasan menyimpang dari aturan usia.")
            % told
        ]
    return []


def rule_words(house: House) -> str:
    """For whom a house is: "perempuan, 12–18 tahun"; empty where it is for all."""
    return ", ".join(filter(None, [house.get_sex_rule_display().lower() if house.sex_rule else "", ages(house)]))


def ages(house: House) -> str:
    """For what ages a house is; empty where it is for all."""
    low, high = house.min_age, house.max_age
    if low is not None and high is not None:
        return _("%(low)s–%(high)s tahun") % {"low": low, "high": high}
    if low is not None:
        return _("%s tahun ke atas") % low
    return _("sampai %s tahun") % high if high is not None else ""


# --- Into a bed, and out of it ---------------------------------------------------------------------------------------
def lie_in(
    stay: Stay,
    bed: Bed,
    *,
    since_on: date,
    by: User,
    until_on: date | None = None,
    reason: str = "",
    exception: str = "",
) -> BedUse:
    """Give a stay a bed from a day on; what it had before ends on that day."""
    bed = _locked(bed, stay)
    client = stay.case.client
    fits = not breaks_age_rule(bed.room.house, client, since_on)
    if reasons := rule_reasons(bed, client, since_on, exception):
        raise Refused(reasons)
    stay.bed_uses.filter(until_on__isnull=True).update(until_on=since_on)
    use = BedUse(
        stay=stay,
        bed=bed,
        since_on=since_on,
        until_on=until_on,
        placed_by=by,
        reason=reason,
        exception="" if fits else exception,
    )
    _save_alone(use)
    _print(stay, names_of(bed))
    return use


def _locked(bed: Bed, stay: Stay) -> Bed:
    """The bed, locked, so that two who want it wait for each other; refused where it is not to be had."""
    rows = Bed.objects.select_for_update(no_key=True, of=("self",)).select_related("room__house")
    found = rows.filter(pk=bed.pk, room__house__institution=stay.institution_id).first()
    if found is None:
        raise Refused(_("Tempat tidur itu bukan milik UPT ini."))
    if found.retired_on:
        raise Refused(_("Tempat tidur itu sudah tidak dipakai."))
    return found


def _save_alone(use: BedUse) -> None:
    """Save a use; that nobody else has the bed on those days is the database's word."""
    try:
        with transaction.atomic():
            use.save()
    except IntegrityError as taken:
        raise Refused(
            _("%s sudah ditempati klien lain pada hari itu. Pilih tempat tidur lain.") % place_words(use.bed)
        ) from taken


def _print(stay: Stay, words: dict[str, str]) -> None:
    """Set the words that lists and papers print."""
    for name, word in words.items():
        setattr(stay, name, word)
    stay.save(update_fields=NAMES)


def of_placement(stay: Stay, record: Placement, *, by: User) -> None:
    """The placement names the bed; corrected before any move, it corrects the first use."""
    bed = named(stay.institution, record)
    uses = [use for use in stay.bed_uses.order_by("since_on", "pk") if use.since_on != use.until_on]
    if len(uses) > 1 and (bed is None or uses[0].bed_id != bed.pk or record.on > (uses[0].until_on or record.on)):
        raise Refused(_("Klien sudah pindah tempat tidur sesudah penempatan; perbaiki lewat halaman kamar."))
    if len(uses) > 1:
        uses[0].since_on = record.on
        _save_alone(uses[0])
        return
    if uses and bed and uses[0].bed_id == bed.pk:
        uses[0].since_on = record.on
        _save_alone(uses[0])
        return
    for use in uses:
        use.until_on = use.since_on
        use.save(update_fields=["until_on"])
    if bed:
        lie_in(stay, bed, since_on=record.on, until_on=stay.left_on, by=by, exception=record.exception)
    else:
        _print(stay, {name: getattr(record, name) for name in NAMES})


def named(institution: Institution, record: Placement) -> Bed | None:
    """The bed behind the printed words; where the UPT has entered its beds, a bed that is none of them is refused."""
    if not record.bed:
        return None
    found = of_upt(institution).filter(
        room__house__name=record.house, room__name=record.room, name=record.bed, room__house__retired_on__isnull=True
    )
    bed = found.first()
    if bed is None and has_any(institution):
        raise Refused(_("Tempat tidur itu tidak ada di UPT ini; pilih dari daftar."))
    return bed


def follow(stay: Stay, *, was: date | None) -> None:
    """After a stay's end was set, moved or taken back (it ``was`` another day): the bed goes with it."""
    if stay.left_on and (was is None or stay.left_on < was):
        stay.bed_uses.filter(since_on__gte=stay.left_on).update(until_on=F("since_on"))
        rest = stay.bed_uses.filter(Q(until_on__isnull=True) | Q(until_on__gt=stay.left_on))
        rest.filter(since_on__lt=stay.left_on).update(until_on=stay.left_on)
        return
    last = stay.bed_uses.filter(until_on=was).select_related("bed__room__house").last()
    if last is None or was == stay.left_on:
        return
    last.until_on = stay.left_on
    try:
        _locked(last.bed, stay)
        _save_alone(last)
    except Refused:  # somebody else has it by now: the stay goes on and asks for another
        if stay.left_on is None:
            _print(stay, names_of(None))


def names_of(bed: Bed | None) -> dict[str, str]:
    """A bed as the columns of a placement, of a stay, and of the papers print it."""
    return {"house": bed.room.house.name, "room": bed.room.name, "bed": bed.name} if bed else dict.fromkeys(NAMES, "")


# --- What a page asks ------------------------------------------------------------------------------------------------
def bedless(institution: Institution) -> QuerySet[Stay]:
    """The running stays of a UPT that have no bed of its houses."""
    running = Stay.objects.filter(institution=institution, left_on__isnull=True)
    return without_bed(running).select_related("case__client")


def without_bed(running: QuerySet[Stay]) -> QuerySet[Stay]:
    return running.exclude(Exists(BedUse.objects.filter(stay=OuterRef("pk"), until_on__isnull=True)))


def running(institution: Institution, cases: QuerySet[Case]) -> list[BedUse]:
    """Who has a bed now, of these cases, in the order of the corridors."""
    rows = BedUse.objects.filter(until_on__isnull=True, stay__case__in=cases, stay__institution=institution)
    rows = rows.select_related("stay__case__client", "bed__room__house").defer("stay__case__client__nik")
    return list(rows.order_by("bed__room__house__name", "bed__room", "bed"))


def nights(use: BedUse, today: date) -> int:
    """How many nights a use lasted so far."""
    return max(((use.until_on or today) - use.since_on) // timedelta(days=1), 0)
