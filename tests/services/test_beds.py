"""Bed and stay agree: placement, move, exchange, exit, return; nobody breaks the rules of a house unseen."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from accounts.enums import Role
from audit.models import Entry
from cases.enums import Sex, Stage, StayEnd
from cases.models import Stay
from rehsos.doors import Refused
from services import bed_moves, beds, facility, recording, transitions
from services.demo import walk
from services.models import AdminChecklist, Agreement, Bed, BedUse, Eligibility, Notice, Placement
from tests import factories
from tests.services.leaving import offer
from tests.services.walked import WALKED_AT

TODAY = WALKED_AT.date()
DAY = timedelta(days=1)


def bed(house, place: int) -> Bed:
    return Bed.objects.filter(room__house=house).select_related("room__house").order_by("pk")[place]


def placing(people, chosen: Bed | None, case=None, on=TODAY, **values):
    """A placement into a bed, written by the worker."""
    case = case or candidate(people)
    words = beds.names_of(chosen) | {"on": on} | values
    return recording.save_record(case=case, kind=Placement, values=words, by=people.worker)


def candidate(people, **person):
    case = factories.case(people, Stage.INTAKE, factories.client(people, **person))
    walk.fill(people, case, AdminChecklist, Eligibility)
    walk.decide(people, case, "accepted")
    case.refresh_from_db()
    return case


def resident(people, chosen, on=TODAY, **person):
    case = candidate(people, **person)
    placing(people, chosen, case, on)
    return case


def stay_of(case) -> Stay:
    return case.stays.select_related("case__client").latest("pk")


def history(case) -> list[tuple[Bed, date, date | None]]:
    rows = BedUse.objects.filter(stay__case=case).order_by("pk")
    return [(use.bed, use.since_on, use.until_on) for use in rows]


# --- Placement ------------------------------------------------------------------------------------------------------
def test_placement_gives_the_bed_and_the_stay_its_words(people, house):
    case = resident(people, bed(house, 3))
    assert history(case) == [(bed(house, 3), TODAY, None)]
    stay = stay_of(case)
    assert (stay.house, stay.room, stay.bed) == ("Melati", "2", "2")


def test_a_taken_bed_is_refused_in_words_and_nothing_is_kept(people, house):
    resident(people, bed(house, 0))
    case = candidate(people)
    with pytest.raises(Refused, match="Melati, kamar 1, tempat tidur 1 sudah ditempati klien lain"):
        placing(people, bed(house, 0), case)
    assert (case.stays.count(), Placement.objects.filter(case=case).count()) == (0, 0)


def test_a_bed_that_the_upt_does_not_have_is_refused_once_it_has_entered_its_beds(people, house):
    with pytest.raises(Refused, match="tidak ada di UPT ini"):
        placing(people, None, house="Melati", room="9", bed="1")


def test_without_entered_beds_the_place_is_what_somebody_types(people):
    case = candidate(people)
    placing(people, None, case, house="Wisma", room="9", bed="1")
    stay = stay_of(case)
    assert (stay.house, stay.room, stay.bed, history(case)) == ("Wisma", "9", "1", [])


def test_a_corrected_placement_corrects_the_bed_and_its_day(people, house):
    case = candidate(people)
    record = placing(people, bed(house, 0), case)
    words = {**beds.names_of(bed(house, 1)), "on": TODAY}
    recording.save_record(
        case=case, kind=Placement, values=words, by=people.worker, record_id=record.pk, version=record.version
    )
    assert [row for row in history(case) if row[1] != row[2]] == [(bed(house, 1), TODAY, None)]
    assert beds.free(people.head.institution, TODAY).count() == 3


def test_in_an_emergency_the_bed_comes_first(people, house):
    case = factories.case(people)
    transitions.admit(case=case, reason="Datang malam hari.", by=people.worker, version=case.version)
    placing(people, bed(house, 0), case)
    assert history(case) == [(bed(house, 0), TODAY, None)]


# --- Rules of a house -------------------------------------------------------------------------------------------------
def test_the_rule_of_sex_is_never_broken(people, house):
    facility.edit_house(house=house, values={"sex_rule": Sex.FEMALE}, by=people.head)
    with pytest.raises(Refused, match="Melati hanya untuk perempuan."):
        placing(people, bed(house, 0), candidate(people, sex=Sex.MALE), exception="Penuh.")
    resident(people, bed(house, 0), sex=Sex.FEMALE)


def test_the_rule_of_age_is_broken_only_with_a_reason_that_stays(people, house):
    facility.edit_house(house=house, values={"min_age": 12, "max_age": 17}, by=people.head)
    case = candidate(people, birth_on=date(1990, 1, 1))
    with pytest.raises(Refused, match="untuk usia 12–17 tahun; klien berusia 36 tahun"):
        placing(people, bed(house, 0), case)
    placing(people, bed(house, 0), case, exception="Mendampingi adiknya.")
    young = resident(people, bed(house, 1), birth_on=date(2011, 1, 1))
    assert [use.exception for use in BedUse.objects.order_by("pk")] == ["Mendampingi adiknya.", ""]
    assert stay_of(young).bed == "2"


# --- Moves ------------------------------------------------------------------------------------------------------------
def move(people, case, chosen, on=TODAY, by=None, **more):
    return bed_moves.move(case=case, bed=chosen, on=on, reason="Dekat kamar mandi.", by=by or people.worker, **more)


def test_a_move_keeps_the_history_and_frees_the_old_bed_on_that_day(people, house):
    case = resident(people, bed(house, 0))
    move(people, case, bed(house, 2))
    assert history(case) == [(bed(house, 0), TODAY, TODAY), (bed(house, 2), TODAY, None)]
    assert stay_of(case).place == "Melati, kamar 2, 1"
    other = resident(people, bed(house, 0))
    assert history(other) == [(bed(house, 0), TODAY, None)]
    assert Entry.objects.filter(verb="bed.moved").count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"on": TODAY + DAY}, "tidak boleh di masa depan"),
        ({"on": TODAY - DAY}, "mendahului 10 Maret 2026"),
        ({"place": 0}, "sudah di tempat tidur itu"),
        ({"place": 1}, "sudah ditempati klien lain"),
    ],
)
def test_a_move_is_refused_in_words(people, house, change, sentence):
    case, _other = resident(people, bed(house, 0)), resident(people, bed(house, 1))
    with pytest.raises(Refused, match=sentence):
        move(people, case, bed(house, change.pop("place", 2)), **change)
    assert history(case) == [(bed(house, 0), TODAY, None)]


def test_a_move_into_a_house_of_another_upt_is_refused(people, house):
    stranger = factories.team(factories.institution("LAIN")).head
    theirs = facility.add_house(
        institution=stranger.institution, values={"name": "Mawar", "rooms": 1, "beds": 1}, by=stranger
    )
    with pytest.raises(Refused, match="bukan milik UPT ini"):
        move(people, resident(people, bed(house, 0)), bed(theirs, 0))


def test_two_clients_change_places_in_one_act(people, house):
    one, two = resident(people, bed(house, 0)), resident(people, bed(house, 3))
    bed_moves.swap(case=one, other=two, on=TODAY, reason="Sering bertengkar.", by=people.worker, key="tukar-1")
    bed_moves.swap(case=one, other=two, on=TODAY, reason="Sering bertengkar.", by=people.worker, key="tukar-1")
    assert history(one)[1:] == [(bed(house, 3), TODAY, None)]
    assert history(two)[1:] == [(bed(house, 0), TODAY, None)]
    assert (stay_of(one).room, stay_of(two).room) == ("2", "1")
    assert Entry.objects.filter(verb="bed.swapped").count() == 2


def test_who_has_no_bed_gets_one_but_cannot_exchange_it(people, house):
    one, two = resident(people, None), resident(people, bed(house, 0))
    assert list(beds.bedless(people.head.institution).filter(case__in=[one, two])) == [stay_of(one)]
    with pytest.raises(Refused, match="belum mempunyai tempat tidur"):
        bed_moves.swap(case=one, other=two, on=TODAY, reason="Tukar.", by=people.worker)
    move(people, one, bed(house, 1))
    assert history(one) == [(bed(house, 1), TODAY, None)]


def test_the_office_moves_people_too_and_others_do_not(people, house):
    case = resident(people, bed(house, 0))
    move(people, case, bed(house, 1), by=factories.user("tata_usaha", Role.ADMIN_OFFICE))
    for stranger in (factories.user("perawat", Role.NURSE), people.other_worker):
        with pytest.raises(Http404):
            move(people, case, bed(house, 2), by=stranger)
    assert len(history(case)) == 2


# --- Leaving and coming back -----------------------------------------------------------------------------------------
def leave(people, case, way=StayEnd.LEFT_WITHOUT_LEAVE, on=TODAY):
    return transitions.depart(case=case, way=way, left_on=on, account="Tidak ada saat apel.", by=people.worker)


def test_who_leaves_frees_the_bed_on_that_day(people, house):
    case = resident(people, bed(house, 0))
    leave(people, case)
    assert history(case) == [(bed(house, 0), TODAY, TODAY)]
    assert stay_of(case).place == "Melati, kamar 1, 1"  # what papers print stays
    resident(people, bed(house, 0))


def test_who_comes_back_says_which_bed_or_goes_on_without(people, house):
    one, two = resident(people, bed(house, 0)), resident(people, bed(house, 1))
    for case in (one, two):
        leave(people, case)
    resident(people, bed(house, 1))
    transitions.come_back(case=one, on=TODAY, by=people.worker, bed=bed(house, 0))
    with pytest.raises(Refused, match="sudah ditempati"):
        transitions.come_back(case=two, on=TODAY, by=people.worker, bed=bed(house, 1))
    transitions.come_back(case=two, on=TODAY, by=people.worker)
    assert (stay_of(one).place, stay_of(two).place) == ("Melati, kamar 1, 1", "")


def test_a_transfer_taken_over_frees_the_bed(people, house):
    others = factories.team(factories.institution("LAIN"))
    case = resident(people, bed(house, 0))
    walk.fill(people, case, Notice, Agreement)
    walk.end_stage(people, case)
    transfer = offer(people, others, case)
    transitions.accept(transfer=transfer, worker=others.worker, by=others.head, on=TODAY)
    assert history(case) == [(bed(house, 0), TODAY, TODAY)]


@pytest.mark.parametrize("is_taken", [False, True])
def test_an_exit_undone_gives_the_bed_back_unless_somebody_has_it(people, house, is_taken):
    case = resident(people, bed(house, 0))
    leave(people, case)
    if is_taken:
        resident(people, bed(house, 0))
    stay = stay_of(case)
    stay.left_on, stay.end = None, ""
    stay.save()
    beds.follow(stay, was=TODAY)
    assert [row[2] for row in history(case)] == [TODAY if is_taken else None]
    assert stay_of(case).house == ("" if is_taken else "Melati")


def test_an_exit_dated_before_a_move_undoes_the_move(people, house):
    case = resident(people, bed(house, 0), on=TODAY)
    BedUse.objects.update(since_on=TODAY - 6 * DAY)
    Stay.objects.filter(case=case).update(placed_on=TODAY - 6 * DAY)
    move(people, case, bed(house, 1))
    leave(people, case, on=TODAY - 2 * DAY)
    assert history(case) == [(bed(house, 0), TODAY - 6 * DAY, TODAY - 2 * DAY), (bed(house, 1), TODAY, TODAY)]


def test_a_house_renamed_renames_the_words_of_who_lives_there_now(people, house):
    here, gone = resident(people, bed(house, 0)), resident(people, bed(house, 1))
    leave(people, gone)
    facility.edit_house(house=house, values={"name": "Kenanga"}, by=people.head)
    assert (stay_of(here).house, stay_of(gone).house) == ("Kenanga", "Melati")
