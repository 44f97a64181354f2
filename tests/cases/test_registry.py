"""The register: who is entered, how people are found again, and how entries are corrected."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from audit import trail
from cases import registry
from cases.enums import Sex
from cases.models import Client, ClientCategory
from rehsos import clock
from tests import factories
from tests.services.process.refusals import forbidden, not_found, refused, stale

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)
TODAY = date(2026, 3, 10)
NIK = "3515120903080002"


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.at(NOW):
        yield


@pytest.fixture
def people():
    return factories.team()


def register(by, *, primary="street_child", others=(), key="", **values):
    person = {"name": "Suharto", "sex": Sex.MALE, "estimated_age": 16, **values}
    return registry.register(values=person, primary=primary, others=others, by=by, key=key)


def correct(client, by, *, version=1, primary="street_child", others=(), key="", **values):
    return registry.correct(
        client=client, values=values, primary=primary, others=others, by=by, version=version, key=key
    )


def categories(client):
    return list(client.categories.values_list("category", "is_primary"))


# --- Register -------------------------------------------------------------------------------------------------------
def test_person_is_entered_under_the_next_number_of_their_upt(people):
    elsewhere = factories.team(factories.institution("LAIN"))
    assert [register(people.worker).number, register(people.head).number] == ["26-0001", "26-0002"]
    assert register(elsewhere.worker).number == "26-0001"
    with clock.at(datetime(2026, 12, 31, 17, tzinfo=UTC)):  # a new year in Surabaya, not yet in London
        assert register(people.worker).number == "27-0001"


@pytest.mark.parametrize("name", ["Suharto", "Ma'ruf", "Nur ’Aini", "Ngatiyem binti Karso", "أحمد"])
def test_names_are_kept_as_they_are_and_folded_for_search(people, name):
    client = Client.objects.get(pk=register(people.worker, name=name).pk)
    assert (client.name, bool(client.folded_name)) == (name, True)


def test_entry_is_told_in_the_trail(people):
    client = register(people.worker)
    entry = trail.entries_for("client", client.pk).get()
    assert (entry.verb, entry.actor_id, client.registered_by) == ("client.registered", people.worker.pk, people.worker)


def test_estimated_age_remembers_its_day(people):
    client = register(people.worker, estimated_age=16)
    assert (client.estimated_on, client.age_on(TODAY), client.age_on(date(2028, 3, 10))) == (TODAY, 16, 18)
    known = register(people.worker, estimated_age=None, birth_on=date(2008, 3, 11))
    assert (known.estimated_on, known.age_on(TODAY), known.age_on(date(2026, 3, 11))) == (None, 17, 18)


def test_nik_is_sealed_and_masked_and_found(people):
    client = Client.objects.get(pk=register(people.worker, nik=NIK).pk)
    assert (client.nik, client.masked_nik, len(client.nik_index)) == (NIK, "3515••••••••••02", 64)
    assert register(people.worker).nik_index == ""


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.HEAD, Role.ADMIN_OFFICE])
def test_those_on_duty_register(people, role):
    assert register(factories.user("orang", role)).pk


@pytest.mark.parametrize(
    "role",
    [role for role in Role if role not in registry.REGISTERING],
)
def test_others_do_not_register(people, role):
    by = factories.user("orang", role)
    with forbidden("Anda tidak bertugas mendaftarkan klien."):
        register(by)


def test_nobody_registers_without_a_upt(people):
    nobody = factories.user("tanpa_upt")
    with forbidden("Anda tidak bertugas mendaftarkan klien."):
        register(nobody)


def test_impossible_dates_are_refused(people):
    with refused("Tanggal lahir tidak boleh di masa depan."):
        register(people.worker, birth_on=TODAY + timedelta(days=1))
    with refused("Isi tanggal lahir, atau perkiraan umur bila tidak diketahui."):
        register(people.worker, estimated_age=None)


def test_fields_are_judged_alike_on_both_databases(people):
    with refused(
        "Nama lengkap: Pastikan nilai ini mengandung paling banyak 120 karakter (sekarang 121 karakter).",
        "Jenis kelamin: Nilai 'lain' bukan pilihan yang valid.",
        "Perkiraan umur: Pastikan nilai ini lebih kecil dari atau sama dengan 120.",
    ):
        register(people.worker, name="x" * 121, sex="lain", estimated_age=121)
    with refused("Kategori PPKS: Nilai 'penyihir' bukan pilihan yang valid."):
        register(people.worker, primary="penyihir")
    assert not Client.objects.exists()


def test_nik_is_entered_once_in_a_upt_and_again_in_another(people):
    register(people.worker, nik=NIK)
    with refused("NIK ini sudah terdaftar di UPT ini; cari dahulu kliennya."):
        register(people.head, nik=NIK)
    elsewhere = factories.team(factories.institution("LAIN"))
    assert register(elsewhere.worker, nik=NIK).pk


def test_people_without_a_nik_are_not_each_other(people):
    assert register(people.worker).pk != register(people.worker).pk


def test_number_of_a_refused_entry_is_not_lost(people):
    with refused("Isi tanggal lahir, atau perkiraan umur bila tidak diketahui."):
        register(people.worker, estimated_age=None)
    assert register(people.worker).number == "26-0001"


def test_first_category_is_the_primary_one_and_none_counts_twice(people):
    client = register(
        people.worker, primary="street_child", others=["neglected_child", "street_child", "neglected_child"]
    )
    assert categories(client) == [("street_child", True), ("neglected_child", False)]
    assert client.primary_category == "street_child"


def test_form_sent_twice_enters_once(people):
    assert register(people.worker, key="k1") == register(people.worker, key="k1")
    assert Client.objects.count() == 1


def test_database_knows_the_rules_too(people):
    client = register(people.worker, nik=NIK)
    for broken in (
        {"sex": "lain"},
        {"estimated_age": None},
        {"estimated_on": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Client.objects.filter(pk=client.pk).update(**broken)
    twin = register(people.worker)
    for broken in ({"nik_index": client.nik_index}, {"number": client.number}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Client.objects.filter(pk=twin.pk).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClientCategory.objects.create(client=client, category="neglected_child", is_primary=True)


# --- Correct --------------------------------------------------------------------------------------------------------
def test_correction_changes_the_entry_and_counts_a_version(people):
    client = register(people.worker, others=["neglected_child"])
    changed = correct(client, people.worker, name="Soeharto", nik=NIK, primary="neglected_child")
    kept = Client.objects.get(pk=client.pk)
    assert (changed.version, kept.version, kept.name, kept.folded_name, kept.nik) == (2, 2, "Soeharto", "soeharto", NIK)
    assert categories(kept) == [("neglected_child", True)]
    assert [entry.verb for entry in trail.entries_for("client", client.pk)] == ["client.corrected", "client.registered"]


def test_estimate_keeps_its_day_until_it_changes(people):
    client = register(people.worker, estimated_age=16)
    with clock.at(datetime(2026, 9, 1, 4, tzinfo=UTC)):
        correct(client, people.worker, estimated_age=16, name="Soeharto")
        assert Client.objects.get(pk=client.pk).estimated_on == TODAY
        correct(client, people.worker, version=2, estimated_age=15)
        assert Client.objects.get(pk=client.pk).estimated_on == date(2026, 9, 1)
        correct(client, people.worker, version=3, estimated_age=None, birth_on=date(2010, 1, 1))
        assert Client.objects.get(pk=client.pk).estimated_on is None


def test_correction_of_an_older_page_is_stale(people):
    client = register(people.worker)
    correct(client, people.worker, name="Pertama")
    with stale("Data klien ini sudah diubah sejak Anda membukanya."):
        correct(client, people.worker, name="Kedua")
    assert Client.objects.get(pk=client.pk).name == "Pertama"


def test_correction_out_of_sight_is_not_found(people):
    client = register(people.worker)
    elsewhere = factories.team(factories.institution("LAIN"))
    nurse = factories.user("perawat", Role.NURSE)
    for by in (people.other_worker, elsewhere.head, nurse):
        with not_found("Klien tidak ditemukan."):
            correct(client, by, name="Orang lain")


def test_section_head_sees_the_register_but_does_not_write_in_it(people):
    client, by = register(people.worker), factories.user("kasi", Role.SECTION_HEAD)
    with forbidden("Anda tidak bertugas mendaftarkan klien."):
        correct(client, by, name="Orang lain")


def test_correction_keeps_the_rules_of_entry(people):
    register(people.worker, nik=NIK)
    client = register(people.worker)
    with refused("NIK ini sudah terdaftar di UPT ini; cari dahulu kliennya."):
        correct(client, people.worker, nik=NIK)
    with refused("Tanggal lahir tidak boleh di masa depan."):
        correct(client, people.worker, birth_on=TODAY + timedelta(days=1))
    with refused("Nama lengkap: Field ini tidak boleh kosong."):
        correct(client, people.worker, name="")
    assert Client.objects.get(pk=client.pk).version == 1


def test_form_sent_twice_corrects_once(people):
    client = register(people.worker)
    for _ in range(2):
        correct(client, people.worker, name="Soeharto", key="k1")
    assert Client.objects.get(pk=client.pk).version == 2
