"""Angkatan: a quota is never passed, only who was accepted has a place, and a place given up is told of."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from rehsos.doors import Refused
from services import batches, models
from services.demo import walk
from services.models import BatchPlace
from tests import factories
from tests.services.browsing import filled, form_in, text_of


def batch(people, quota=2, name="Angkatan I"):
    day = people.head.institution.today()
    values = {"name": name, "quota": quota, "starts_on": day, "selection_until_on": None}
    return batches.add(values=values, by=people.head)


def accepted(people, name):
    case = walk.open_case(people, factories.client(people, name=name))
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    walk.decide(people, case, "accepted")
    return case


def test_quota_is_filled_and_not_passed(people):
    one = batch(people, quota=1)
    first, second = accepted(people, "Sari Baru"), accepted(people, "Tono Lama")
    for chosen in ([first, second], []):
        with pytest.raises(Refused):
            batches.assign(batch=one, cases=chosen, by=people.supervisor)
    batches.assign(batch=one, cases=[first], by=people.supervisor)
    with pytest.raises(Refused) as refusal:
        batches.assign(batch=one, cases=[second], by=people.supervisor)
    assert refusal.value.reasons == ["Tersisa 0 dari kuota 1 tempat; Anda memilih 1."]
    with pytest.raises(Refused):
        batches.change(batch=one, values={"quota": 0, "name": "A"}, version=1, by=people.head)
    batches.release(place=BatchPlace.objects.get(), because="Pindah angkatan.", by=people.supervisor)
    batches.assign(batch=one, cases=[second], by=people.supervisor)
    assert list(BatchPlace.objects.values_list("case", "left_because")) == [
        (first.pk, "Pindah angkatan."),
        (second.pk, ""),
    ]


def test_only_who_was_accepted_gets_a_place_and_only_once(people):
    one, two = batch(people), batch(people, name="Angkatan II")
    case, candidate = accepted(people, "Sari Baru"), walk.open_case(people, factories.client(people, name="Tono Lama"))
    batches.assign(batch=one, cases=[case], by=people.supervisor)
    for chosen in ([case], [candidate]):
        with pytest.raises(Refused):
            batches.assign(batch=two, cases=chosen, by=people.supervisor)
    with pytest.raises(PermissionDenied):
        batches.assign(batch=two, cases=[case], by=people.worker)


def test_batch_is_made_by_the_office_and_filled_by_the_supervisor_from_pages(browse, people):
    office = factories.user("tu", Role.ADMIN_OFFICE, upt=people.head.institution)
    form = form_in(browse(office, "/pengaturan/angkatan/"), "batch_new")
    day = people.head.institution.today().isoformat()
    browse(office, "/pengaturan/angkatan/", **filled(form, name="Angkatan I", quota=2, starts_on=day))
    one, case = models.Batch.objects.get(), accepted(people, "Sari Baru")
    path = f"/calon/angkatan/{one.pk}/"
    form = form_in(browse(people.supervisor, path), "batch_assign")
    assert browse(people.supervisor, f"{path}beri/", **filled(form, cases=[case.number])).status_code == 302
    page = browse(people.other_worker, path)
    assert (page.context["taken"], page.context["hidden"], "Sari" in text_of(page)) == (1, 1, False)
    assert browse(people.worker, f"{path}beri/", **filled(form)).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_for_one_and_three_places(client, people, rows, django_assert_num_queries):
    one = batch(people, quota=3)
    cases = [accepted(people, f"Calon {'ABC'[number]}{number}") for number in range(rows)]
    batches.assign(batch=one, cases=cases, by=people.supervisor)
    client.force_login(people.supervisor)
    for path, queries in (("/calon/angkatan/", 3), (f"/calon/angkatan/{one.pk}/", 5)):
        client.get(path)
        with django_assert_num_queries(3 + queries):
            client.get(path)
