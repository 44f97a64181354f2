"""Pages of sessions: one post, both texts where two save at once, names only for whom they are, few questions asked."""

from datetime import time, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.enums import Role
from audit.models import Access
from cases.enums import Bimbingan, Stage
from services import presence
from services.models import Activity, Attendance, ProgrammeActivity, Session, Slot
from services.session_enums import Leader
from tests import factories
from tests.services import meetings
from tests.services.browsing import text_of

OF_EVERY_PAGE = 4  # session, user, membership, access rows


@pytest.fixture
def upt(people):
    return people.worker.institution


@pytest.fixture
def dynamics(people):
    return meetings.activity(people.supervisor)


@pytest.fixture
def stays(walked):
    return [walked.at(stage).stays.get() for stage in (Stage.ASSESSMENT, Stage.PLANNING, Stage.INTERVENTION)]


@pytest.fixture
def session(people, dynamics, stays):
    return meetings.session(people.supervisor, dynamics, *stays, leader=people.worker)


def page(session):
    return f"/bimbingan/sesi/{session.pk}/"


def post_of(answer, stays, mark="present", **more):
    form = answer.context["form"]
    marks = {f"mark-{stay.pk}": mark for stay in stays}
    return {"form_key": form["form_key"].value(), "version": form["version"].value(), **marks, **more}


def test_group_is_marked_in_one_post_and_the_same_post_does_nothing_more(browse, people, session, stays):
    post = post_of(browse(people.worker, page(session)), stays, material="Permainan")
    answers = [browse(people.worker, page(session), **post) for _time in range(3)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, page(session))] * 3
    session.refresh_from_db()
    assert (session.state, session.material, session.version) == ("held", "Permainan", 2)
    assert Activity.objects.filter(record_kind="session").count() == 1


def test_two_who_save_at_once_see_both_texts(browse, people, session, stays):
    first = post_of(browse(people.worker, page(session)), stays, material="Dari pekerja")
    second = post_of(browse(people.supervisor, page(session)), stays, "sick", material="Dari supervisor")
    assert browse(people.worker, page(session), **first).status_code == 302
    answer = browse(people.supervisor, page(session), **second)
    assert answer.status_code == 409
    told = [(one.mine, one.stored) for one in answer.context["differences"]]
    assert told == [("Sakit", "Hadir")] * 3 + [("Dari supervisor", "Dari pekerja")]
    assert set(Attendance.objects.values_list("mark", flat=True)) == {"present"}
    again = post_of(answer, stays, "sick", material="Dari supervisor")
    assert browse(people.supervisor, page(session), **again).status_code == 302
    assert set(Attendance.objects.values_list("mark", flat=True)) == {"sick"}


def test_refused_post_comes_back_with_what_was_tapped(browse, people, session, stays):
    post = post_of(browse(people.worker, page(session)), stays[:1], "absent", guests="-3", material="Hilangkah?")
    answer = browse(people.worker, page(session), **post)
    assert (answer.status_code, answer.context["form"]["material"].value()) == (422, "Hilangkah?")
    assert [row.mark for row in answer.context["rows"] if row.stay == stays[0].pk] == ["absent"]
    assert not Attendance.objects.exclude(mark="").exists()


def test_search_finds_residents_outside_the_list_and_keeps_the_marks(browse, people, dynamics, stays):
    session = meetings.session(people.supervisor, dynamics, stays[0], leader=people.worker)
    post = post_of(browse(people.worker, page(session)), stays[:1], find="dimas", wish="find")
    answer = browse(people.worker, page(session), **post)
    assert answer.status_code == 200
    assert {row.stay for row in answer.context["found"]} >= {stay.pk for stay in stays[1:]}
    assert [row.mark for row in answer.context["rows"]] == ["present"]
    assert not Attendance.objects.exclude(mark="").exists()


def test_absence_from_the_house_is_foreseen(browse, people, session, stays):
    today = session.on
    presence.go_out(stay_id=stays[0].pk, kind="hospital", on=today, values={"place": "RSUD"}, by=people.worker)
    rows = {row.stay: row for row in browse(people.worker, page(session)).context["rows"]}
    assert (rows[stays[0].pk].mark, rows[stays[1].pk].mark) == ("sick", "")


def test_names_of_a_confidential_session_are_for_its_office_and_whose_client_it_is(browse, people, upt, stays):
    nurse = factories.user("perawat", Role.NURSE, upt=upt)
    urine = meetings.activity(
        people.supervisor,
        "Tes urine",
        bimbingan=Bimbingan.PHYSICAL,
        code="D.j",
        led_by=Leader.NURSE,
        is_confidential=True,
    )
    others = factories.Team(people.other_worker, people.supervisor, people.head, people.worker, people.other_supervisor)
    stranger = factories.case(others, Stage.ASSESSMENT, factories.client(others, name="Sumantri Brojo")).stays.get()
    session = meetings.session(people.supervisor, urine, *stays, stranger)
    meetings.mark(nurse, session, values={"result": "Semua negatif"})
    instructor = factories.user("instruktur", Role.INSTRUCTOR, upt=upt)
    assert browse(instructor, page(session)).status_code == 404
    assert "Tes urine" not in text_of(browse(instructor, "/bimbingan/"))
    text = text_of(browse(people.worker, page(session)))
    assert ("Dimas Prasetyo" in text, "Sumantri" in text, "Semua negatif" in text) == (True, False, False)
    assert "Sumantri" in text_of(browse(nurse, page(session)))
    answer = browse(people.worker, f"/kasus/{stays[2].case.number}/bimbingan/")
    assert "bagian terbatas" in text_of(answer)


def test_instructor_sees_own_sessions_and_nothing_of_cases(browse, people, upt, dynamics, stays):
    instructor = factories.user("instruktur", Role.INSTRUCTOR, upt=upt)
    own = meetings.session(people.supervisor, dynamics, *stays, leader=instructor)
    other = meetings.session(people.supervisor, dynamics, *stays, leader=people.worker)
    numbers = [stay.case.number for stay in stays]
    paths = [page(own), page(other), f"/kasus/{numbers[0]}/bimbingan/", f"/kasus/{numbers[0]}/catatan/"]
    assert [browse(instructor, path).status_code for path in paths] == [200, 404, 403, 403]
    home = text_of(browse(instructor, "/"))
    assert "Sesi hari ini" in home and page(own) in home


def test_reading_a_session_is_on_record_for_everybody_on_it(browse, people, session, stays):
    browse(people.worker, page(session))
    rows = Access.objects.filter(page="session", kind="case").values_list("subject_id", flat=True)
    assert sorted(rows) == sorted(stay.case_id for stay in stays)


def test_photo_of_a_session_is_for_who_sees_the_session(browse, client, people, session, stays):
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(drawn, "JPEG")
    picture = SimpleUploadedFile("foto.jpg", drawn.getvalue(), content_type="image/jpeg")
    post = post_of(browse(people.worker, page(session)), stays)
    assert client.post(page(session), {**post, "photos": [picture]}).status_code == 302
    path = f"/berkas/{session.photos.get().file_id}/"
    assert [browse(person, path).status_code for person in (people.supervisor, people.other_worker)] == [200, 404]


@pytest.mark.parametrize("number", [1, 3, 60])
def test_page_asks_the_same_whatever_the_number(client, people, upt, dynamics, number, django_assert_num_queries):
    stays = meetings.crowd(upt, people.worker, number, upt.today())
    session = meetings.session(people.supervisor, dynamics, *stays)
    client.force_login(people.supervisor)
    client.get(page(session))
    with django_assert_num_queries(OF_EVERY_PAGE + 5):
        client.get(page(session))


@pytest.mark.parametrize("number", [10, 300])
def test_post_asks_the_same_whatever_the_number(browse, people, upt, dynamics, number, django_assert_num_queries):
    stays = meetings.crowd(upt, people.worker, number, upt.today())
    session = meetings.session(people.supervisor, dynamics, *stays)
    post = post_of(browse(people.supervisor, page(session)), stays, material="Permainan")
    post |= {f"note-{stay.pk}": "baik" for stay in stays} | {f"score-{stay.pk}": "4" for stay in stays}
    savepoints = 4  # of the test's own transaction
    with django_assert_num_queries(3 + 12 + savepoints):
        assert browse.client.post(page(session), post).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_week_recap_and_tab_ask_the_same_for_one_and_three(
    client, people, dynamics, stays, rows, django_assert_num_queries
):
    for _number in range(rows):
        meetings.mark(people.supervisor, meetings.session(people.supervisor, dynamics, *stays))
    client.force_login(people.supervisor)
    tab = f"/kasus/{stays[2].case.number}/bimbingan/"
    asked = {"/bimbingan/": 5, "/bimbingan/rekap/": 4, f"/bimbingan/kegiatan/{dynamics.pk}/": 3, tab: 12}
    for path, number in asked.items():
        client.get(path)
        seen = 1 if path == tab else 0
        with django_assert_num_queries(3 + seen + number):
            client.get(path)


def test_line_that_clashes_is_saved_only_when_told_so(browse, people, dynamics, stays):
    answer = browse(people.supervisor, "/bimbingan/jadwal/baru/")
    form = answer.context["form"]
    post = {
        "form_key": form["form_key"].value(),
        "activity": dynamics.pk,
        "weekday": "2",
        "starts_at": "09:00",
        "ends_at": "10:00",
        "audience": "everyone",
        "since_on": "2026-03-09",
    }
    assert browse(people.supervisor, "/bimbingan/jadwal/baru/", **post).status_code == 302
    post["form_key"] = browse(people.supervisor, "/bimbingan/jadwal/baru/").context["form"]["form_key"].value()
    clash = browse(people.supervisor, "/bimbingan/jadwal/baru/", **post)
    assert (clash.status_code, Slot.objects.count()) == (422, 1)
    assert "klien juga di Dinamika Kelompok (09.00–10.00)" in text_of(clash)
    post["despite"] = "on"
    assert browse(people.supervisor, "/bimbingan/jadwal/baru/", **post).status_code == 302
    assert (Slot.objects.count(), Session.objects.count()) == (2, 8)


def test_empty_list_offers_lists_to_begin_with(browse, people):
    answer = browse(people.head, "/pengaturan/kegiatan/")
    key = answer.context["form"]["form_key"].value()
    answer = browse(people.head, "/pengaturan/kegiatan/", form_key=key, beginning="elderly")
    assert (answer.status_code, ProgrammeActivity.objects.count()) == (302, 12)


def test_days_nobody_has_marked_stand_on_the_home_of_their_leader(browse, people, dynamics, stays):
    yesterday = people.worker.institution.today() - timedelta(days=1)
    session = meetings.session(people.supervisor, dynamics, leader=people.worker, on=yesterday)
    home = text_of(browse(people.worker, "/"))
    assert "belum dicatat" in home and page(session) in home


def test_session_is_moved_on_a_page_that_tells_of_clashes_first(browse, people, dynamics, stays):
    meetings.session(people.supervisor, dynamics, *stays, starts_at=time(13), ends_at=time(14), leader=people.worker)
    session = meetings.session(people.supervisor, dynamics, *stays, leader=people.worker)
    move = f"{page(session)}pindah/"
    assert move in browse(people.supervisor, page(session)).content.decode()
    assert move not in browse(people.worker, page(session)).content.decode()
    form = browse(people.supervisor, move).context["form"]
    post = {name: form[name].value() for name in ("form_key", "version", "on", "room", "leader", "leader_name")}
    post |= {"starts_at": "13:30", "ends_at": "14:30"}
    clash = browse(people.supervisor, move, **post)
    assert clash.status_code == 422
    assert "3 klien juga di Dinamika Kelompok (13.00–14.00)" in text_of(clash)
    answers = [browse(people.supervisor, move, **post, despite="on") for _time in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, page(session))] * 2
    session.refresh_from_db()
    assert (session.starts_at, session.version) == (time(13, 30), 2)
    meetings.mark(people.supervisor, session)
    assert "Kehadiran sudah dicatat" in text_of(browse(people.supervisor, move))
    assert move not in browse(people.supervisor, page(session)).content.decode()


def test_added_session_that_clashes_is_saved_only_when_told_so(browse, people, dynamics, stays):
    meetings.session(people.supervisor, dynamics, *stays, leader=people.worker)
    path = "/bimbingan/sesi/baru/"
    post = {
        "form_key": browse(people.worker, path).context["form"]["form_key"].value(),
        "activity": dynamics.pk,
        "on": people.worker.institution.today().isoformat(),
        "starts_at": "10:00",
        "ends_at": "11:00",
        "leader": people.worker.pk,
        "audience": "chosen",
        "stays": [stays[0].pk],
    }
    clash = browse(people.worker, path, **post)
    assert (clash.status_code, Session.objects.count()) == (422, 1)
    text = text_of(clash)
    assert f"{people.worker.full_name} sudah memimpin Dinamika Kelompok (09.00–10.30)." in text
    assert "1 klien juga di Dinamika Kelompok (09.00–10.30)" in text
    assert browse(people.worker, path, **post, despite="on").status_code == 302
    assert Session.objects.count() == 2


def test_office_finds_the_list_of_activities_among_the_settings(browse, upt):
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE, upt=upt)
    answer = browse(office, "/pengaturan/")
    assert '<a href="/pengaturan/kegiatan/">Daftar kegiatan</a>' in answer.content.decode()
    answer = browse(office, "/pengaturan/kegiatan/")
    assert '<a href="/pengaturan/kegiatan/" aria-current="page">Daftar kegiatan</a>' in answer.content.decode()
