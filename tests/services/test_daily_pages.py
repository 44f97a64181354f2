"""The pages of the day book: who sees what on them, what they cost, and what comes of what is posted."""

from datetime import date, time, timedelta

import pytest

from accounts.enums import Role
from accounts.inbox import Notice as InboxNotice
from audit.models import Access
from cases.enums import Stage
from rehsos import clock
from services import alarms, head_counts, incidents, presence, residence
from services.enums import PresenceKind
from services.models import Activity, HeadCount, Incident, Presence, SickNote
from tests import factories
from tests.services import residents
from tests.services.browsing import Browser, filled, form_in, text_of
from tests.services.walked import NOW

TODAY = date(2026, 3, 10)
OF_EVERY_PAGE = 4  # session, user, membership, access rows


@pytest.fixture
def browse(client):
    return Browser(client)


@pytest.fixture
def officer(walked):
    return factories.user("jaga", Role.BOARDING_OFFICER, upt=walked.people.worker.institution)


@pytest.fixture
def nurse(walked):
    return factories.user("rawat", Role.NURSE, upt=walked.people.worker.institution)


@pytest.fixture
def stay(walked):
    return walked.at(Stage.INTERVENTION).stays.select_related("case__client").get()


def page_of(stay):
    return f"/harian/penghuni/{stay.case.number}/"


def sick(stay, by, **changes):
    values = {"on": TODAY, "at_time": time(8), "complaint": "Demam tinggi", "care": "Kompres", **changes}
    return residence.note_sickness(stay_id=stay.pk, values=values, by=by)


def happened(by, stay, **changes):
    words = {"on": TODAY, "at_time": time(8), "place": "Aula", "account": "Jatuh.", "first_action": "Dibalut."}
    values = {"kind": "injury", "severity": "light", **words, **changes}
    return incidents.record(values=values, residents={stay.pk: "victim"}, by=by)


# --- Who sees what ---
def test_officer_sees_the_roster_and_no_file(browse, officer, stay):
    answer = browse(officer, "/harian/")
    assert stay.case.client.shown_name in text_of(answer)
    assert "/kasus/" not in text_of(browse(officer, page_of(stay)))
    assert browse(officer, f"/kasus/{stay.case.number}/").status_code == 403


def test_roster_leaves_a_reading_of_every_resident(browse, officer):
    shown = browse(officer, "/harian/").context["number"]
    read = Access.objects.filter(actor_id=officer.pk, page="daily", kind="case").values_list("subject_id", flat=True)
    living = presence.living_here(officer.institution, TODAY).values_list("case", flat=True)
    assert (shown, sorted(read)) == (len(living), sorted(living))


def test_protected_child_has_initials_on_the_roster(browse, officer, stay):
    client = stay.case.client
    client.is_protected, client.name = True, "Rangga Wisesa"
    client.save()
    assert "Rangga Wisesa" not in text_of(browse(officer, "/harian/")) + text_of(browse(officer, page_of(stay)))


@pytest.mark.parametrize(
    ("who", "status", "is_read"),
    [("nurse", 200, True), ("head", 200, True), ("worker", 200, True), ("other_worker", 200, False),
     ("supervisor", 403, False), ("officer", 403, False)],
)  # fmt: skip
def test_sick_bay_is_read_by_few(browse, people, officer, nurse, stay, who, status, is_read):
    sick(stay, nurse)
    reader = {"nurse": nurse, "officer": officer}.get(who) or getattr(people, who)
    answer = browse(reader, "/harian/ruang-sakit/")
    seen = [text_of(browse(reader, path)) for path in ("/harian/ruang-sakit/", page_of(stay))]
    assert (answer.status_code, ["Demam tinggi" in text for text in seen]) == (status, [is_read, is_read])


def test_sick_bay_is_not_told_in_the_timeline_nor_to_a_supervisor(browse, people, nurse, stay):
    sick(stay, nurse)
    for path in ("catatan/", "harian/"):
        assert "Demam tinggi" not in text_of(browse(people.supervisor, f"/kasus/{stay.case.number}/{path}"))
    assert "Demam tinggi" in text_of(browse(people.worker, f"/kasus/{stay.case.number}/harian/"))


def test_case_page_tells_of_absences_incidents_and_visits(browse, people, officer, stay):
    words = {"letter": "400.9/1", "due_on": TODAY, "place": "Waru"}
    presence.go_out(stay_id=stay.pk, kind=PresenceKind.HOME_LEAVE, on=TODAY, values=words, by=officer)
    happened(officer, stay)
    visit = {"on": TODAY, "visitor": "Siti Aminah", "relation": "ibu", "came_at": time(9)}
    residence.note_visit(stay_id=stay.pk, values=visit, by=officer)
    text = text_of(browse(people.worker, f"/kasus/{stay.case.number}/catatan/"))
    told = ("Cuti pulang", "surat 400.9/1", "Kejadian: kecelakaan atau cedera", "Kunjungan: Siti Aminah (ibu)")
    assert [words for words in told if words not in text] == []


# --- What is posted ---
def test_button_sends_a_resident_out_and_another_brings_them_back(browse, officer, stay):
    form = form_of(browse(officer, page_of(stay)), "out")
    answer = browse(officer, f"{page_of(stay)}keluar/", **{**filled(form), "kind": "school"})
    row = Presence.objects.get()
    assert (answer.status_code, row.kind, row.recorded_by) == (302, "school", officer)
    back = form_of(browse(officer, page_of(stay)), "back")
    browse(officer, f"{page_of(stay)}kembali/", **filled(back))
    row.refresh_from_db()
    assert (row.until_on, row.closed_by) == (TODAY, officer)


def form_of(answer, name):
    return answer.context[name]


def test_referral_from_the_sick_bay_is_a_stay_in_hospital(browse, nurse, stay):
    form = form_in(browse(nurse, "/harian/ruang-sakit/"), "sick_bay")
    typed = {"stay": stay.pk, "complaint": "Sesak", "care": "Oksigen", "is_referred": "on", "hospital": "RSUD"}
    assert browse(nurse, "/harian/ruang-sakit/", **filled(form, **typed)).status_code == 302
    assert SickNote.objects.get().is_referred
    assert Presence.objects.values_list("kind", "place").get() == ("hospital", "RSUD")


def test_incident_is_told_to_supervisor_and_head_and_closed_by_them(browse, people, officer, stay):
    form = form_in(browse(officer, "/harian/kejadian/baru/"), "incident_new")
    typed = {
        "kind": "fight",
        "severity": "medium",
        "place": "Aula",
        "account": "Saling dorong.",
        "first_action": "Dipisah.",
        "resident-1": stay.pk,
        "part-1": "involved",
    }
    browse(officer, "/harian/kejadian/baru/", **filled(form, **typed))
    incident = Incident.objects.get()
    url = f"/harian/kejadian/{incident.pk}/"
    told = {notice.user for notice in InboxNotice.objects.filter(url=url)}
    assert {people.supervisor, people.head} <= told and officer not in told
    assert "closes" not in form_in(browse(officer, url), "follow_up").fields
    form = form_in(browse(people.supervisor, url), "follow_up")
    typed = {"text": "Mediasi selesai.", "closes": "on"}
    browse(people.supervisor, f"{url}tindak-lanjut/", **filled(form, **typed))
    incident.refresh_from_db()
    assert (incident.closed_by, incident.follow_ups.get().text) == (people.supervisor, "Mediasi selesai.")


def test_care_is_given_to_all_who_are_here_but_one(browse, officer, people):
    stays = residents.many(people.worker, 4)
    form = form_in(browse(officer, "/harian/pemeliharaan/?asrama=Melati"), "care_new")
    assert sorted(form["stays"].value()) == [stay.pk for stay in stays]
    typed = filled(form, kinds=["food"], stays=[stay.pk for stay in stays[1:]])
    browse(officer, "/harian/pemeliharaan/?asrama=Melati", **typed)
    linked = Activity.objects.get(code="D.b", by=officer).links.values_list("case", flat=True)
    assert sorted(linked) == [stay.case_id for stay in stays[1:]]


def test_head_count_with_a_difference_demands_names_and_a_note(browse, officer, people):
    stays = residents.many(people.worker, 3)
    path = "/harian/apel/baru/?asrama=Melati"
    form = form_in(browse(officer, path), "head_count_new")
    answer = browse(officer, path, **filled(form, counted=2))
    assert (answer.status_code, HeadCount.objects.count()) == (422, 0)
    answer = browse(officer, path, **filled(form, counted=2, missing=[stays[0].pk]))
    assert (answer.status_code, HeadCount.objects.count()) == (422, 0)
    browse(officer, path, **filled(form, counted=2, missing=[stays[0].pk], note="Dicari."))
    row = HeadCount.objects.get()
    assert (row.expected, row.counted, list(row.missing.all()), row.by) == (3, 2, [stays[0]], officer)


def test_refused_shift_log_comes_back_with_what_was_typed(browse, officer, people):
    stays = residents.many(people.worker, 2)
    path = "/harian/jaga/baru/?asrama=Melati"
    form = form_in(browse(officer, path), "shift_log_new")
    answer = browse(officer, path, **filled(form, **{f"note-{stays[0].pk}": "Batuk sejak subuh"}))
    assert answer.status_code == 422
    assert "Batuk sejak subuh" in text_of(answer)
    assert stays[0].case.client.name in text_of(answer)


# --- Numbers ---
def test_morning_is_told_in_numbers_without_a_name(browse, officer, people):
    stays = residents.many(people.worker, 3)
    residence.add_alert(stay_id=stays[0].pk, kind="diet", text="rendah garam", by=people.worker)
    presence.go_out(stay_id=stays[1].pk, kind=PresenceKind.SCHOOL, on=TODAY, values={}, by=officer)
    answer = browse(officer, "/harian/ringkasan/")
    lines = answer.context["text"].splitlines()
    number = presence.living_here(officer.institution, TODAY).count()
    wanted = [f"Penghuni: {number}", f"Di asrama: {number - 1}", "- Sekolah: 1", "- Melati: 2/3"]
    wanted.append(f"Makan siang: {number - 1} (rendah garam 1)")
    assert [line for line in wanted if line not in lines] == []
    names = [stay.case.client.name for stay in presence.living_here(officer.institution, TODAY)]
    assert [name for name in names if name in text_of(answer)] == []


def test_home_calls_for_who_is_not_back_and_what_is_not_closed(browse, people, officer, stay):
    assert not alarms.of(people.head)
    words = {"letter": "400.9/1", "due_on": TODAY}
    presence.go_out(stay_id=stay.pk, kind=PresenceKind.HOME_LEAVE, on=TODAY, values=words, by=officer)
    happened(officer, stay)
    with clock.at(NOW + timedelta(days=1)):
        for reader in (people.worker, people.supervisor, people.head):
            text = text_of(browse(reader, "/"))
            assert "1 klien belum kembali ke asrama" in text
            assert "1 kejadian perlu tindak lanjut" in text
    assert alarms.of(people.head) == alarms.Alarms(0, 1)


# --- What pages cost ---
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/harian/", 3),
        ("/harian/apel/baru/", 3),
        ("/harian/jaga/baru/", 4),
        ("/harian/pemeliharaan/", 3),
        ("/harian/kejadian/baru/", 2),
        ("/harian/makan/", 3),
        ("/harian/kunjungan/", 4),
    ],
)
def test_pages_ask_the_same_for_one_and_three_residents(
    client, people, officer, rows, path, queries, django_assert_num_queries
):
    for stay in residents.many(people.worker, rows):
        residence.add_alert(stay_id=stay.pk, kind="diet", text="rendah garam", by=people.worker)
        presence.go_out(stay_id=stay.pk, kind=PresenceKind.SCHOOL, on=TODAY, values={}, by=officer)
        presence.come_in(stay_id=stay.pk, on=TODAY, by=officer)
        visit = {"on": TODAY, "visitor": "Siti", "relation": "ibu", "came_at": time(9)}
        residence.note_visit(stay_id=stay.pk, values=visit, by=officer)
    client.force_login(officer)
    client.get(path)
    with django_assert_num_queries(OF_EVERY_PAGE + queries):
        client.get(path)


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_for_one_and_three_rows(client, people, officer, rows, django_assert_num_queries):
    stays = residents.many(people.worker, rows)
    for _number in range(rows):
        happened(officer, stays[0])
        words = {"on": TODAY, "roll_call": "morning", "counted": rows, "missing": [], "by": officer}
        head_counts.count(house="Melati", **words)
    client.force_login(officer)
    for path, queries in (("/harian/apel/", 3), ("/harian/kejadian/", 3)):
        client.get(path)
        with django_assert_num_queries(3 + queries):  # nobody is named, so nobody is read
            client.get(path)
