"""Trips to former clients: several in one act, some not met; what each counts as, and when the next is due."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from audit.models import Entry
from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from rehsos.doors import Refused
from services import models, transitions
from services.aftercare import visiting
from services.aftercare.visiting import Found
from services.demo import walk
from services.demo.words import PAPERS
from services.models.record import digest
from services.situation import Situation
from tests import factories
from tests.services.browsing import filled

pytestmark = pytest.mark.django_db

ON = date(2026, 4, 12)
MISSED = {"reason": "moved", "note": "Kata ibu kos pindah ke Malang.", "retry_days": 10}


@pytest.fixture
def pair(walked, people):
    """Two former clients of one worker, on the day of the trip."""
    one = walked.at(Stage.AFTERCARE)
    other = factories.case(people, Stage.AFTERCARE, factories.client(people, name="Rudi Hartono"))
    with clock.at(datetime(2026, 4, 12, 4, tzinfo=UTC)):
        yield one, other


def visit(case, **words):
    return Found(case, True, {**PAPERS[models.AftercareVisit](case)[0], **words})


def record(found, by, **more):
    values = {"on": ON, "travellers": "Rina dan Budi", "transport": "Mobil dinas"}
    return visiting.record_trip(values=values, found=found, by=by, **more)


def codes_of(case):
    return sorted(models.Activity.objects.filter(links__case=case, code__startswith="F").values_list("code", flat=True))


def test_one_trip_is_one_act_with_a_record_for_each(people, pair):
    met, missed = pair
    found = [visit(met, obstacles="Rumah jauh dari jalan."), Found(missed, False, MISSED)]
    trip = record(found, people.worker, key="k1")
    assert record(found, people.worker, key="k1") == trip  # a second click
    assert (codes_of(met), codes_of(missed)) == (["F.c", "F.g", "F.h"], ["F.h"])
    for case in pair:
        case.refresh_from_db()
    # a month after leaving is kept; who was not met is asked for again ten days later
    assert [case.next_due_on for case in pair] == [date(2026, 6, 10), date(2026, 4, 22)]
    entry = Entry.objects.get(verb="aftercare.visited")
    assert [s.label for s in entry.told.subjects] == ["2026-04-12", met.number, missed.number]
    walk.paper(people, missed, models.AftercareVisit)
    missed.refresh_from_db()
    assert missed.next_due_on == date(2026, 6, 10)


def test_trip_is_kept_whole_or_not_at_all(people, pair, walked):
    one, other = pair
    wrong = {**MISSED, "note": " "}
    for by, found, what in (
        (people.worker, [visit(one), Found(other, False, wrong)], Refused),
        (people.worker, [], Refused),
        (people.supervisor, [visit(one)], PermissionDenied),
        (people.worker, [visit(walked.at(Stage.CLOSING))], Refused),
    ):
        with pytest.raises(what):
            record(found, by)
    case = walked.at(Stage.AFTERCARE)
    walk.aftercare(people, case)
    case.refresh_from_db()
    transitions.submit(case=case, by=people.worker, version=case.version, ending="completed")
    with pytest.raises(Refused, match="terkunci"):
        record([visit(one), visit(other)], people.worker)
    assert (models.AftercareTrip.objects.count(), models.AftercareVisit.objects.count()) == (0, 1)


def test_words_that_are_counted_are_known_to_the_database(people, pair):
    row = walk.paper(people, pair[0], models.AftercareVisit)
    for name in ("living", "acceptance", "pursuit", "standing"):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.AftercareVisit.objects.filter(pk=row.pk).update(**{name: "elsewhere"})


def test_page_records_both_with_a_photo_and_keeps_what_was_typed(browse, people, pair):
    met, missed = pair
    url = f"/binjut/kunjungan/?kasus={met.number}&kasus={missed.number}"
    form = browse(people.worker, url).context["form"]
    assert browse(people.other_worker, url).status_code == 404
    drawn = BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "JPEG")
    words = {f"{met.pk}-{name}": value for name, value in PAPERS[models.AftercareVisit](met)[0].items()}
    typed = {f"{met.pk}-met": "met", **words, f"{missed.pk}-met": "moved", f"{missed.pk}-retry_days": "10"}
    refused = browse(people.worker, url, **filled(form, **typed))
    assert refused.status_code == 422
    assert [one["text"] for one in refused.context["form"].problems] == [
        "Rudi Hartono, keterangan, dan dari siapa: Bidang ini tidak boleh kosong."
    ]
    assert refused.context["form"].clients[0]["plan"].value() == "Kunjungan bulan berikutnya"
    typed |= {f"{missed.pk}-note": "Pindah.", f"{met.pk}-photo": SimpleUploadedFile("a.jpg", drawn.getvalue())}
    assert browse(people.worker, url, **filled(form, **typed)).status_code == 302
    row = models.AftercareVisit.objects.get()
    again = browse(people.worker, url).context["form"].clients[0]
    assert (again["living"].help_text, again["living"].value()) == ("Kunjungan lalu: bersama keluarga.", None)
    assert browse(people.worker, f"/berkas/{row.photo_id}/").status_code == 200
    assert browse(people.other_worker, f"/berkas/{row.photo_id}/").status_code == 404
    fresh = Case.objects.select_related("institution", "client").get(pk=met.pk)
    rows = [Situation(fresh, at_once=at_once).records_of(models.AftercareVisit) for at_once in (True, False)]
    assert digest(rows[0]) == digest(rows[1])  # or a sign-off would be asked for again
    listed = browse(people.supervisor, "/binjut/?tampil=tidak-bertemu").context["rows"]
    assert [row.case.pk for row in listed] == [missed.pk]
    tab = browse(people.supervisor, f"/kasus/{missed.number}/binjut/")
    assert [(row.reason, is_met, trip.by) for row, _url, is_met, trip in tab.context["gone"]] == [
        ("moved", False, people.worker)
    ]
