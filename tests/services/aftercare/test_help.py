"""Business aid and what became of it, resources, the picture of how somebody fares, and the papers of all that."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.enums import Role
from cases.enums import Stage
from rehsos import clock
from rehsos.doors import Refused
from services import models
from services.aftercare import picture, visiting
from services.aftercare.visiting import Condition, Found
from services.demo import walk
from services.demo.words import PAPERS
from tests import factories
from tests.reports.papers import text
from tests.services.browsing import filled
from tests.services.record_pages import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(walked):
    with clock.at(datetime(2026, 4, 12, 4, tzinfo=UTC)):
        yield walked.at(Stage.AFTERCARE)


def partner(by, name):
    return models.Partner.objects.create(institution=by.institution, name=name, kind="school", saved_by=by)


def visit(case, by, *conditions, **words):
    found = Found(case, True, {**PAPERS[models.AftercareVisit](case)[0], **words}, None, conditions)
    values = {"on": case.institution.today(), "travellers": "Rina"}
    visiting.record_trip(values=values, found=[found], by=by)


def test_visits_say_what_became_of_an_aid(browse, people, case):
    aid = walk.paper(people, case, models.BusinessAid)
    url = f"/binjut/kunjungan/?kasus={case.number}"
    form = browse(people.worker, url).context["form"]
    typed = {f"{case.pk}-{name}": value for name, value in PAPERS[models.AftercareVisit](case)[0].items()}
    typed |= {f"{case.pk}-met": "met", f"{case.pk}-asset-{aid.pk}": "good"}
    refused = browse(people.worker, url, **filled(form, **typed))
    assert (refused.status_code, len(refused.context["form"].problems)) == (422, 1)  # and how is the business?
    sent = browse(people.worker, url, **filled(form, **typed, **{f"{case.pk}-business-{aid.pk}": "growing"}))
    assert sent.status_code == 302
    with pytest.raises(Http404):
        visit(case, people.worker, Condition(aid.pk + 999, "good", "growing"))
    told = [(row.on, row.asset, row.business) for row in aid.checks.all()]
    assert told == [(date(2026, 4, 12), "good", "growing")]
    with pytest.raises(IntegrityError), transaction.atomic():
        models.BusinessAid.objects.filter(pk=aid.pk).update(value=0)


def test_link_leads_to_the_directory_of_the_own_upt_alone(browse, people, case):
    here = partner(people.worker, "PKBM Harapan")
    stranger = factories.user("jauh", Role.SOCIAL_WORKER, upt=factories.institution("LAIN"))
    elsewhere = partner(stranger, "Bengkel Jauh")
    url = address(case, models.ResourceLink)
    form = browse(people.worker, url).context["form"]
    assert list(form.fields["partner"].queryset) == [here]
    typed = {"need": "Ijazah", "service": "Kejar paket B", "partner": here.pk}
    refused = browse(people.worker, url, **filled(form, **{**typed, "partner": elsewhere.pk}))
    nobody = browse(people.worker, url, **filled(form, **{**typed, "partner": ""}))
    assert (refused.status_code, nobody.status_code) == (422, 422)
    assert browse(people.worker, url, **filled(form, **typed)).status_code == 302
    row = models.ResourceLink.objects.get()
    assert (row.partner, row.resource) == (here, "PKBM Harapan")
    with pytest.raises(Refused, match="direktori"):
        walk.paper(people, case, models.ResourceLink, partner=elsewhere)


def test_picture_tells_of_every_visit_and_of_those_not_met(people, case):
    assert picture.of([], []) is None
    visit(case, people.worker, relapse="yes", living="street")
    with clock.at(datetime(2026, 5, 2, 4, tzinfo=UTC)):
        walk.paper(people, case, models.AftercareMiss)
    chart = picture.of(models.AftercareVisit.of(case), models.AftercareMiss.of(case))
    assert [[cell["mark"] for cell in row["cells"]] for row in chart["rows"]] == [["✗"], ["✓"], ["✓"], ["✓"], ["✗"]]
    assert ([head["day"] for head in chart["heads"]], len(chart["gaps"])) == (["12 Apr", "2 Mei"], 1)
    assert "12 Apr 2026: jalanan atau tidak menetap, diterima baik" in chart["title"]


def test_receipt_and_report_are_papers_of_the_case(browse, people, case):
    aid = walk.paper(people, case, models.BusinessAid)
    walk.paper(people, case, models.ResourceLink)
    visit(case, people.worker, Condition(aid.pk, "damaged", "stalled", "Motor kompresor terbakar"))
    walk.paper(people, case, models.AftercareMiss)
    papers = f"/kasus/{case.number}/surat/konsep"
    receipt = text(browse(people.worker, f"{papers}/tanda-terima-bantuan/{aid.pk}.pdf").content)
    assert "Rp2.500.000 (dua juta lima ratus ribu rupiah)" in receipt
    assert "Kompresor angin 1 unit" in receipt and "KETUA RT" in receipt
    report = text(browse(people.supervisor, f"{papers}/laporan-bimbingan-lanjut/1.pdf").content)
    for words in ("RAHASIA", "PKBM Harapan", "rusak, usaha tersendat", "Menurut tetangga sedang bekerja", "Bekerja"):
        assert words in report, words
    form = text(browse(people.worker, f"/binjut/formulir.pdf?kasus={case.number}").content)
    assert case.client.name.upper() in form and "Kunjungan bulan berikutnya" in form and "Bersama kerabat" in form
    assert case.client.name.upper() not in text(browse(people.supervisor, "/binjut/formulir.pdf").content)
    assert browse(people.other_worker, f"/binjut/formulir.pdf?kasus={case.number}").status_code == 404
    page = browse(people.supervisor, f"/kasus/{case.number}/binjut/").content.decode()
    assert f"{papers}/tanda-terima-bantuan/{aid.pk}.pdf" in page
    assert browse(people.other_worker, f"{papers}/laporan-bimbingan-lanjut/1.pdf").status_code == 404
