"""The pages of Sarana and of a client's bed: who sees what, what a form does, and how much they ask the database."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from audit.models import Access
from services import beds, occupancy
from services.models import Bed, BedUse, House
from services.pages import rooms
from tests import factories
from tests.services.browsing import filled, form_in, text_of
from tests.services.test_beds import (
    TODAY,
    bed,
    candidate,
    history,
    leave,
    placing,
    resident,
)

ACT = "record-penempatan"


@pytest.fixture
def office(people):
    return factories.user("tata_usaha", Role.ADMIN_OFFICE)


def test_a_house_with_all_its_beds_is_one_form(browse, office):
    page = browse(office, "/sarana/asrama/baru/")
    sent = filled(form_in(page, "house_new"), name="Asrama Melati", rooms=4, beds=6)
    answer = browse(office, "/sarana/asrama/baru/", **sent)
    made = House.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/sarana/asrama/{made.pk}/")
    assert Bed.objects.filter(room__house=made).count() == 24
    browse(office, "/sarana/asrama/baru/", **sent)  # a second click
    assert House.objects.count() == 1


def test_a_name_that_is_taken_comes_back_with_the_words(browse, office, house):
    page = browse(office, "/sarana/asrama/baru/")
    answer = browse(office, "/sarana/asrama/baru/", **filled(form_in(page, "house_new"), name="Melati"))
    assert answer.status_code == 422
    assert "Sudah ada asrama/wisma bernama Melati." in text_of(answer)


def test_rooms_are_added_and_beds_retired_on_the_page_of_the_house(browse, office, house):
    path = f"/sarana/asrama/{house.pk}/"
    page = browse(office, path)
    browse(office, f"{path}kamar/", **filled(form_in(page, "rooms"), rooms=1, beds=3))
    browse(office, f"{path}tempat-tidur/", **filled(form_in(page, "beds"), room=house.rooms.first().pk, beds=2))
    browse(office, f"{path}henti/", **filled(form_in(page, "retire"), place=f"bed-{bed(house, 0).pk}"))
    assert beds.of_upt(house.institution).count() == 2 * 2 + 3 + 2 - 1


def test_what_is_lived_in_is_not_retired(browse, office, people, house):
    resident(people, bed(house, 0))
    path = f"/sarana/asrama/{house.pk}/"
    sent = filled(form_in(browse(office, path), "retire"), place=f"house-{house.pk}")
    answer = browse(office, f"{path}henti/", **sent)
    assert answer.status_code == 422
    assert "Masih ditempati 1 klien; pindahkan mereka lebih dahulu." in text_of(answer)


def test_the_picture_shows_who_lies_where_and_leaves_a_reading(browse, people, house):
    case = resident(people, bed(house, 0), name="Zulkifli Rahman")
    Access.objects.all().delete()
    text = text_of(browse(people.worker, "/sarana/"))
    assert 'aria-label="Tempat tidur 1: Zulkifli Rahman"' in text
    assert f'href="/kasus/{case.number}/kamar/"' in text
    kinds = {(row.kind, row.subject_id) for row in Access.objects.filter(page="sarana")}
    assert {("case", case.pk), ("client", case.client_id)} <= kinds
    assert f'href="/kasus/{case.number}/kamar/"' not in text_of(browse(people.other_worker, "/sarana/"))


def test_the_picture_of_another_day_shows_who_lay_there_then(browse, people, house):
    case = resident(people, bed(house, 0), name="Zulkifli Rahman")
    leave(people, case)
    BedUse.objects.update(since_on=TODAY - timedelta(days=5))
    assert "Zulkifli" not in text_of(browse(people.head, "/sarana/"))
    assert "Zulkifli" in text_of(browse(people.head, f"/sarana/?tanggal={TODAY - timedelta(days=1)}"))
    assert browse(people.head, "/sarana/?tanggal=kemarin").status_code == 200


def test_on_paper_the_picture_may_go_without_names(people, house):
    case = resident(people, bed(house, 0), name="Zulkifli Rahman")
    (picture,) = houses = rooms.houses(occupancy.places(house.institution, TODAY), in_sight={case.pk}, with_names=False)
    assert len(houses) == 1
    squares = picture.rooms[0].squares
    assert [(square.look, square.name, square.url) for square in squares] == [
        ("taken", "terisi", ""),
        ("free", "kosong", ""),
    ]


@pytest.mark.parametrize("residents", [1, 3])
def test_the_pages_ask_the_same_however_many_live_there(
    browse,
    people,
    house,
    residents,
    django_assert_num_queries,
):
    for place in range(residents):
        resident(people, bed(house, place))
    browse(people.head, "/sarana/")
    with django_assert_num_queries(10):
        browse.client.get("/sarana/")
    with django_assert_num_queries(14):
        browse.client.get(f"/sarana/asrama/{house.pk}/")
    with django_assert_num_queries(3):
        occupancy.occupancy(house.institution, TODAY)


def test_an_empty_upt_says_what_to_do_next(browse, people, office):
    assert "Tambah asrama" in text_of(browse(office, "/sarana/"))
    assert "Kepala UPT atau tata usaha memasukkan asrama" in text_of(browse(people.worker, "/sarana/"))


# --- Placement and the bed of one client ------------------------------------------------------------------------------
def test_the_placement_offers_the_free_beds_of_the_clients_sex(browse, people, house):
    resident(people, bed(house, 0))
    case = candidate(people, sex="male")
    House.objects.filter(pk=house.pk).update(sex_rule="female")
    path = f"/kasus/{case.number}/tahap/pendekatan-awal/isi/penempatan/"
    assert form_in(browse(people.worker, path), ACT).fields["chosen"].widget.choices[1:] == []
    House.objects.filter(pk=house.pk).update(sex_rule="male")
    form = form_in(browse(people.worker, path), ACT)
    ((label, choices),) = form.fields["chosen"].widget.choices[1:]
    assert (label, len(choices)) == ("Melati (laki-laki)", 3)
    answer = browse(people.worker, path, **filled(form, chosen=bed(house, 1).pk))
    assert answer.status_code == 302
    assert history(case) == [(bed(house, 1), TODAY, None)]


def test_a_move_and_an_exchange_are_made_on_the_page_of_the_bed(browse, people, house):
    one, two = resident(people, bed(house, 0)), resident(people, bed(house, 1), name="Zulkifli Rahman")
    path = f"/kasus/{one.number}/kamar/"
    form = form_in(browse(people.worker, path), "bed")
    refused = browse(people.worker, path, **filled(form, bed=bed(house, 1).pk, reason="Dekat pintu."))
    assert refused.status_code == 422
    assert "Melati, kamar 1, tempat tidur 2 sudah ditempati klien lain pada hari itu." in text_of(refused)
    assert browse(people.worker, path, **filled(form, bed=bed(house, 2).pk, reason="Dekat pintu.")).status_code == 302
    form = form_in(browse(people.worker, path), "bed_swap")
    assert form.fields["other"].widget.choices[1:] == [(two.pk, "Zulkifli Rahman, Melati, kamar 1, tempat tidur 2")]
    browse(people.worker, f"{path}tukar/", **filled(form, other=two.pk, reason="Bertengkar."))
    assert history(one)[-1] == (bed(house, 1), TODAY, None)
    assert "“Bertengkar.”" in text_of(browse(people.worker, path))


def test_who_has_no_bed_is_told_so_on_the_case_and_on_sarana(browse, people, house):
    case = candidate(people, name="Zulkifli Rahman")
    placing(people, None, case)
    assert "Klien belum mempunyai tempat tidur." in text_of(browse(people.worker, f"/kasus/{case.number}/"))
    assert "Zulkifli Rahman" in text_of(browse(people.head, "/sarana/"))


def test_who_comes_back_chooses_a_bed_on_the_page_of_the_exit(browse, people, house):
    case = resident(people, bed(house, 0))
    leave(people, case)
    form = form_in(browse(people.worker, f"/kasus/{case.number}/keluar/"), "come_back")
    browse(people.worker, f"/kasus/{case.number}/keluar/kembali/", **filled(form, bed=bed(house, 3).pk))
    assert history(case)[-1] == (bed(house, 3), TODAY, None)


def test_the_home_of_the_head_counts_the_beds(browse, people, house):
    resident(people, bed(house, 0))
    text = text_of(browse(people.head, "/"))
    assert ("1 dari 4 tempat tidur" in text, f'href="/sarana/asrama/{house.pk}/"' in text) == (True, True)
