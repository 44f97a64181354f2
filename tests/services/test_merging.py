"""Two numbers, one person: nothing is lost, the old number leads to the kept one, two different people stay two."""

import pytest
from django.core.exceptions import PermissionDenied

from audit import trail
from cases.enums import Stage
from cases.models import Client, ClientMerge
from rehsos.doors import Refused
from services import candidates, merging, models, residence
from services.demo import walk
from tests import factories
from tests.services.browsing import filled, form_in, text_of
from tests.services.test_outreach import came, held

WANTED, AFTER = (models.AdminChecklist, models.Eligibility), (models.Notice,)


def test_every_relation_to_a_client_is_thought_of():
    assert {one.related_model for one in Client._meta.related_objects} == merging.HANDLED


def test_everything_of_the_second_number_goes_to_the_first(browse, walked, people):
    old = walked.at(Stage.INTERVENTION).client
    kept = factories.client(people, name="Rangga Kembar", sex=old.sex, birth_on=None, estimated_age=15)
    residence.add_alert(stay_id=old.cases.get().stays.get().pk, kind="diet", text="Rendah garam", by=people.worker)
    (row,) = came(held(people.worker), people.worker, "Rangga")
    candidates.recognise(participant=row, number=old.number, by=people.worker)
    path, case = f"/klien/{kept.number}/gabung/", old.cases.get()
    assert case.number in text_of(browse(people.supervisor, f"{path}?dengan={old.number}"))
    form = form_in(browse(people.supervisor, path), "client_merge")
    typed = filled(form, other=old.number, reason="Akta kelahiran sama.")
    for _time in range(2):
        assert browse(people.supervisor, path, **typed).url == f"/klien/{kept.number}/"
    kept.refresh_from_db()
    assert [list(kept.cases.all()), kept.alerts.count(), kept.outreach.count()] == [[case], 1, 1]
    assert (kept.birth_on, Client.objects.get(pk=old.pk).name) == (old.birth_on, old.name)
    assert browse(people.supervisor, f"/klien/{old.number}/").url == f"/klien/{kept.number}/"
    assert kept.number in text_of(browse(people.supervisor, f"/klien/?q={old.number}"))
    assert trail.entries_for("client", old.pk).first().verb == "client.merged"
    assert ClientMerge.objects.get().moved["cases"] == [case.number]
    assert not Client.objects.visible_to(people.head).filter(pk=old.pk).exists()


def test_episodes_of_both_are_counted_in_the_order_they_were_opened(walked, people):
    old, kept = walked.at(Stage.INTERVENTION), factories.client(people, name="Rangga Kembar")
    first = walk.open_case(people, kept)
    walk.fill(people, first, *WANTED)
    walk.decide(people, first, "not_eligible")
    walk.fill(people, first, *AFTER)
    walk.end_stage(people, first)
    merging.merge(kept=kept, merged=old.client, reason="Satu orang.", by=people.supervisor)
    assert list(kept.cases.order_by("episode").values_list("pk", "episode")) == [(old.pk, 1), (first.pk, 2)]


def test_two_people_are_not_made_one(walked, people):
    one, two = (factories.client(people, name=f"Rangga {name}") for name in ("Satu", "Dua"))
    walk.open_case(people, one)
    with pytest.raises(PermissionDenied):
        merging.merge(kept=one, merged=two, reason="Satu orang.", by=people.worker)
    with pytest.raises(Refused):
        merging.merge(kept=one, merged=two, reason=" ", by=people.supervisor)
    walk.open_case(people, two)
    with pytest.raises(Refused) as refusal:
        merging.merge(kept=one, merged=two, reason="Satu orang.", by=people.supervisor)
    assert refusal.value.reasons == ["Keduanya punya kasus yang terbuka: selesaikan dahulu salah satunya."]
    own = factories.client(people, name="Rangga Tiga")
    Client.objects.filter(pk=own.pk).update(registered_by=people.supervisor)
    with pytest.raises(PermissionDenied):
        merging.merge(kept=one, merged=own, reason="Satu orang.", by=people.supervisor)
