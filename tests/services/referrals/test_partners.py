"""The directory of institutions: entered, changed by one at a time, retired, found by what is needed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from rehsos.doors import Refused, Stale
from services.models import Partner, PartnerOffer
from services.referrals import partners
from tests import factories
from tests.services.browsing import filled, form_in
from tests.services.referrals.conftest import HOSPITAL


def test_institution_is_entered_changed_and_retired_but_never_lost(people, hospital):
    assert (hospital.services, hospital.place) == (["mental_health", "drugs"], "Jalan Contoh No. 8, Kab. Malang")
    changed = {**HOSPITAL, "services": ["health"], "agreement_number": "12/2026", "agreement_until": date(2026, 9, 1)}
    partners.edit(partner_id=hospital.pk, values=changed, by=people.head, version=1)
    with pytest.raises(Stale, match="sudah diubah"):
        partners.edit(partner_id=hospital.pk, values=HOSPITAL, by=people.worker, version=1)
    with pytest.raises(Refused, match="sudah ada di daftar"):
        partners.add(institution=hospital.institution, values=HOSPITAL, by=people.worker)
    with pytest.raises(PermissionDenied):
        partners.retire(partner_id=hospital.pk, reason="Pindah.", by=people.worker)
    partners.retire(partner_id=hospital.pk, reason="Pindah ke provinsi lain.", by=people.supervisor)
    kept = Partner.objects.get()
    assert (kept.services, kept.version, kept.retired_reason) == (["health"], 3, "Pindah ke provinsi lain.")
    with pytest.raises(Refused, match="tidak dipakai"):
        partners.edit(partner_id=hospital.pk, values=HOSPITAL, by=people.worker, version=3)


def test_institution_that_makes_no_sense_is_refused_by_act_and_database(people, hospital):
    wrong = {"name": "", "services": [], "district": "35.78.01", "agreement_until": date(2026, 9, 1)}
    with pytest.raises(Refused) as refusal:
        partners.add(institution=hospital.institution, values={**HOSPITAL, **wrong}, by=people.worker)
    assert refusal.value.reasons == [
        "Nama lembaga: Field ini tidak boleh kosong.",
        "Pilih paling sedikit satu layanan.",
        "Kecamatan tidak terletak di kabupaten/kota itu.",
        "Isi nomor kerja sama yang berlaku sampai tanggal itu.",
    ]
    for fields in ({"kind": "x"}, {"retired_on": date(2026, 1, 1)}, {"agreement_until": date(2026, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Partner.objects.filter(pk=hospital.pk).update(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerOffer.objects.create(partner=hospital, service="health2")
    stranger = factories.team(factories.institution("LAIN"))
    with pytest.raises(Http404):
        partners.edit(partner_id=hospital.pk, values=HOSPITAL, by=stranger.worker, version=1)


def test_directory_is_narrowed_by_need_at_the_same_cost_for_one_and_three(
    people, hospital, browse, client, django_assert_num_queries
):
    browse(people.worker, "/lembaga/")
    with django_assert_num_queries(7):
        client.get("/lembaga/")
    for name, services in (("RSUD", ["health"]), ("Klinik", ["drugs", "health"])):
        values = {**HOSPITAL, "name": name, "services": services}
        partners.add(institution=hospital.institution, values=values, by=people.worker)
    with django_assert_num_queries(7):
        answer = client.get("/lembaga/")
    assert [row.name for row in answer.context["page"]] == ["Klinik", "RSJ Contoh Damai", "RSUD"]
    found = browse(people.worker, "/lembaga/?service=drugs&q=klin")
    assert [row.name for row in found.context["page"]] == ["Klinik"]


def test_two_who_change_an_institution_see_both_texts(people, hospital, browse):
    page = f"/lembaga/{hospital.pk}/ubah/"
    form = form_in(browse(people.worker, page), "partner_edit")
    partners.edit(
        partner_id=hospital.pk, values={**HOSPITAL, "phone": "(0341) 5550 1"}, by=people.supervisor, version=1
    )
    answer = browse(people.worker, page, **filled(form, phone="(0341) 5550 2"))
    both = [(row.label, row.mine, row.stored) for row in answer.context["differences"]]
    assert (answer.status_code, both) == (409, [("Telepon", "(0341) 5550 2", "(0341) 5550 1")])
    again = browse(people.worker, page, **filled(answer.context["form"]))
    assert (again.status_code, Partner.objects.get().phone) == (302, "(0341) 5550 2")
    refused = browse(people.worker, page, **filled(form_in(browse(people.worker, page), "partner_edit"), name=""))
    assert refused.status_code == 422
