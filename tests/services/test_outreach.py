"""Sosialisasi: what counts as which activity, who reads the names of people outside, what becomes of what is posted."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.inbox import Notice
from audit.models import Access
from rehsos.doors import Refused
from reports import monthly
from reports.months import Month
from services import outreach, outreach_events
from services.models import Activity, OutreachEvent, OutreachParticipant
from services.outreach_enums import OutreachKind
from tests.services.browsing import filled, form_in, text_of
from tests.services.walked import NOW

TODAY = NOW.date()
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def held(by, code="A.l", **values):
    words = {"code": code, "on": TODAY, "place": "Terminal Waru", "account": "Berkeliling dua jam.", **values}
    return outreach_events.record(values=words, by=by)


def came(event, by, *names, **words):
    return outreach_events.add_participants(event=event, people=[{"name": name, **words} for name in names], by=by)


def planned(by, **values):
    words = {"title": "Desa peduli", "aim": "Layanan dikenal.", "audience": "Warga desa", "plan": "Ceramah."}
    dates = {"on": TODAY, "starts_on": TODAY, "ends_on": TODAY}
    return outreach.plan(values={**words, **dates, **values}, by=by)


def paper(programme, by, code, **words):
    values = {"on": TODAY, "title": "Leaflet", "account": "Isi leaflet.", **words}
    return outreach.add_paper(programme=programme, code=code, values=values, by=by)


# --- What counts ---
def test_every_piece_of_outreach_is_an_activity_of_its_code_without_a_case(people):
    for kind in OutreachKind:
        held(people.worker, kind.value, men=0, women=0)
    programme = planned(people.worker)
    for code in ("A.d", "A.e", "A.j"):
        paper(programme, people.other_worker, code)
    outreach.supervise(programme=programme, on=TODAY, verdict="approved", note="Baik.", by=people.supervisor)
    outside = Activity.objects.filter(record_kind__startswith="outreach")
    wanted = ["A.a", "A.b", "A.c", "A.d", "A.e", "A.f", "A.g", "A.h", "A.i", "A.j", "A.l", "A.m"]
    assert sorted(outside.values_list("code", flat=True)) == wanted
    assert outside.filter(cases__isnull=False).count() == 0
    work = monthly.report(people.worker.institution, Month(TODAY.replace(day=1))).work
    assert [work[code].times for code in wanted] == [1] * len(wanted)


def test_participants_of_an_event_that_tells_are_gathered_data_once(people):
    told, sought = held(people.worker, "A.f"), held(people.worker, "A.l")
    for event in (told, told, sought):
        came(event, people.worker, "Yanto Pasar")
    assert Activity.objects.filter(code="A.e").count() == 1


def test_nobody_signs_off_a_programme_they_had_a_part_in(people):
    programme = planned(people.worker)
    held(people.supervisor, "A.f", programme=programme)
    words = {"programme": programme, "on": TODAY, "verdict": "returned", "note": "Lengkapi jadwal."}
    for partial in (people.supervisor, people.worker):
        with pytest.raises(PermissionDenied):
            outreach.supervise(by=partial, **words)
    outreach.supervise(by=people.other_supervisor, **words)
    told = Notice.objects.filter(url=f"/sosialisasi/program/{programme.pk}/")
    assert [notice.user for notice in told] == [people.worker]


def test_a_name_is_struck_out_with_a_reason_and_never_lost(people):
    (row,) = came(held(people.worker), people.worker, "Yanto Pasar")
    with pytest.raises(Refused):
        outreach_events.strike(participant=row, because=" ", by=people.worker)
    outreach_events.strike(participant=row, because="Salah nama.", by=people.worker)
    row = OutreachParticipant.objects.get()
    assert (row.name, row.struck_because, row.struck_by) == ("Yanto Pasar", "Salah nama.", people.worker)


# --- Who reads what ---
@pytest.mark.parametrize(
    ("who", "is_read"), [("worker", True), ("other_worker", False), ("supervisor", True), ("head", True)]
)
def test_names_of_people_outside_are_read_by_few_and_leave_a_trace(browse, people, who, is_read):
    event, reader = held(people.worker), getattr(people, who)
    came(event, people.worker, "Yanto Pasar")
    answer = browse(reader, f"/sosialisasi/{event.pk}/")
    read = Access.objects.filter(actor_id=reader.pk, kind="participant").count()
    assert ("Yanto Pasar" in text_of(answer), answer.context["hidden"], read) == (is_read, not is_read, is_read)
    assert "Yanto Pasar" not in text_of(browse(reader, "/sosialisasi/"))


def test_material_is_for_all_who_do_outreach_and_lists_of_names_for_few(browse, people):
    programme = planned(people.worker)
    keys = {}
    for code in ("A.d", "A.e"):
        path = f"/sosialisasi/program/{programme.pk}/berkas/"
        form = form_in(browse(people.worker, path), "outreach_paper_new")
        file = SimpleUploadedFile(f"{code}.pdf", PDF)
        assert browse(people.worker, path, **filled(form, code=code, title="Berkas", file=file)).status_code == 302
        keys[code] = programme.papers.get(code=code).file_id
    page = text_of(browse(people.other_worker, f"/sosialisasi/program/{programme.pk}/"))
    assert [f"/berkas/{keys[code]}/" in page for code in keys] == [True, False]
    for reader, wanted in ((people.other_worker, [200, 404]), (people.supervisor, [200, 200])):
        assert [browse(reader, f"/berkas/{key}/").status_code for key in keys.values()] == wanted


# --- What is posted ---
def test_event_with_names_is_posted_from_pages_and_a_resent_form_counts_once(browse, people):
    form = form_in(browse(people.worker, "/sosialisasi/baru/?butir=A.m"), "outreach_new")
    typed = filled(form, place="Balai desa", account="Pertemuan.", men=2)
    for _time in range(2):
        answer = browse(people.worker, "/sosialisasi/baru/", **typed)
    event = OutreachEvent.objects.get()
    assert (answer.url, event.code, event.number) == (f"/sosialisasi/{event.pk}/", "A.m", 2)
    path = f"/sosialisasi/{event.pk}/peserta/"
    form = form_in(browse(people.worker, path), "outreach_participants")
    typed = filled(form, **{"name-1": "Yanto Pasar", "is_prospect-1": "on", "need-3": "Tidur di emperan"})
    assert browse(people.worker, path, **typed).status_code == 422
    typed["name-3"] = "Bocah emperan"
    for _time in range(2):
        assert browse(people.worker, path, **typed).status_code == 302
    rows = list(event.participants.values_list("name", "is_prospect", "need"))
    assert rows == [("Yanto Pasar", True, ""), ("Bocah emperan", False, "Tidur di emperan")]


def test_plan_that_was_changed_meanwhile_is_not_overwritten(browse, people):
    programme = planned(people.worker)
    path = f"/sosialisasi/program/{programme.pk}/ubah/"
    typed = filled(form_in(browse(people.worker, path), "outreach_programme_edit"), title="Desa tangguh")
    outreach.change(programme=programme, values={"title": "Desa siaga"}, version=1, by=people.supervisor)
    assert browse(people.worker, path, **typed).status_code == 409
    programme.refresh_from_db()
    assert (programme.title, programme.version) == ("Desa siaga", 2)
    assert Activity.objects.get(code="A.c", record_kind="outreachprogramme").account == "Desa siaga"


# --- What pages cost ---
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_for_one_and_three_rows(client, people, rows, django_assert_num_queries):
    for _number in range(rows):
        programme = planned(people.worker)
        came(held(people.worker, programme=programme), people.worker, "Yanto Pasar", is_prospect=True)
    client.force_login(people.supervisor)
    for path, queries in (("/sosialisasi/", 5), ("/sosialisasi/program/", 4)):
        client.get(path)
        with django_assert_num_queries(3 + queries):
            client.get(path)
