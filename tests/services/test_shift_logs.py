"""The log of a shift: D.p for all who were present, one act whatever their number, handed over, corrected."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from audit.models import Entry
from cases.enums import Bimbingan, Stage
from cases.models import Case
from rehsos import clock
from rehsos.doors import Refused, Stale, form_key
from services import care, gates, presence, refreshing, shift_logs
from services.enums import PresenceKind
from services.models import Activity, ActivityCase, ShiftLog, ShiftLogLine, ShiftLogRevision
from services.situation import Situation
from tests import factories
from tests.services import residents
from tests.services.walked import NOW

TODAY = date(2026, 3, 10)
KEY = 2  # the form key with its answer, the draft it makes superfluous


@pytest.fixture
def officer(walked):
    return factories.user("jaga", Role.BOARDING_OFFICER, upt=walked.people.worker.institution)


@pytest.fixture
def relief(walked):
    return factories.user("pengganti_jaga", Role.BOARDING_OFFICER, upt=walked.people.worker.institution)


def write(by, lines=(), **changes):
    words = {"on": TODAY, "shift": "Pagi", "remarks": "Tenang.", "lines": dict(lines), **changes}
    return shift_logs.write(by=by, **words)


def number_of(asked):
    """Without the marks of the transaction."""
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in asked)


def stays_of(by):
    return list(presence.living_here(by.institution, TODAY).order_by("pk"))


def test_log_is_one_activity_for_all_who_are_present(officer, people):
    stays = stays_of(officer)
    away = stays[0]
    presence.go_out(stay_id=away.pk, kind=PresenceKind.HOSPITAL, on=TODAY, values={}, by=officer)
    log = write(officer, {stays[1].pk: "Batuk sejak pagi."})
    assert (log.activity.code, log.activity.by) == ("D.p", officer)
    linked = set(ActivityCase.objects.filter(activity=log.activity).values_list("case", flat=True))
    assert linked == {stay.case_id for stay in stays[1:]}
    assert list(log.lines.values_list("stay", "text")) == [(stays[1].pk, "Batuk sejak pagi.")]
    entry = Entry.objects.latest("pk")
    assert entry.verb == "shift_log.written"
    cases = {pk for kind, pk in entry.subjects.values_list("kind", "subject_id") if kind == "case"}
    assert cases == linked


def test_log_satisfies_the_gate_of_intervention(officer, walked):
    case = walked.at(Stage.INTERVENTION)
    daily = [one.code for one in gates.unmet(case) if one.code == "D.p"]
    write(officer)
    case.refresh_from_db()
    assert (daily, [one.code for one in gates.unmet(case) if one.code == "D.p"]) == (["D.p"], [])
    assert (case.next_step, case.next_due_on) == gates.next_step(Situation(case))


def test_care_given_counts_as_physical_service(officer, walked):
    case = walked.at(Stage.INTERVENTION)
    stay = case.stays.get()
    activity = care.give(on=TODAY, kinds=["food", "hygiene"], note="Sabun.", stays=[stay.pk], by=officer)
    assert (activity.account, [line.bimbingan for line in activity.lines.all()]) == (
        "Makan, Perlengkapan kebersihan diri. Sabun.",
        [Bimbingan.PHYSICAL],
    )
    case.refresh_from_db()
    assert (case.next_step, case.next_due_on) == gates.next_step(Situation(case))
    assert not [one for one in gates.unmet(case) if one.bimbingan == Bimbingan.PHYSICAL]


def test_next_step_of_many_is_the_same_as_one_by_one(officer, walked):
    cases = [walked.at(stage) for stage in Stage if stage != Stage.AFTERCARE]
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(next_step="?", next_due_on=None)
    cases = [walked.at(stage) for stage in Stage if stage != Stage.AFTERCARE]
    refreshing.refresh_many(cases, by=officer)
    found = [walked.at(Stage(case.stage)) for case in cases]
    assert [(case.next_step, case.next_due_on) for case in found] == [
        gates.next_step(Situation(case)) for case in found
    ]


@pytest.mark.parametrize("number", [10, 700])  # more than the portions in which rows are written one by one
def test_log_asks_the_same_for_ten_and_for_seven_hundred(officer, people, number):
    stays = residents.many(people.worker, number)
    key = form_key(officer, "shift_log", officer)
    _ = officer.roles, officer.institution
    with CaptureQueriesContext(connection) as asked:
        write(officer, {stay.pk: "Sakit gigi." for stay in stays}, house="Melati", key=key)
    assert number_of(asked) == 10 + KEY
    assert ActivityCase.objects.filter(activity__code="D.p", case__in=[s.case_id for s in stays]).count() == number


@pytest.mark.parametrize("number", [10, 700])
def test_first_log_since_a_stage_began_asks_the_same_for_any_number(officer, people, number):
    residents.many(people.worker, number, stage=Stage.INTERVENTION)
    _ = officer.roles, officer.institution
    with CaptureQueriesContext(connection) as asked:
        write(officer, house="Melati")
    assert number_of(asked) == 9 + 6  # the log; reading together what the next step of many needs, and writing it


def test_double_submit_doubles_nothing(officer, walked):
    key = form_key(officer, "shift_log", officer)
    first, second = write(officer, key=key), write(officer, key=key)
    assert first == second
    assert (ShiftLog.objects.count(), Activity.objects.filter(code="D.p", by=officer).count()) == (1, 1)
    assert Entry.objects.filter(verb="shift_log.written").count() == 1


def test_second_log_of_a_shift_and_house_is_told(officer, relief):
    write(officer)
    with pytest.raises(Stale):
        write(relief)


def test_next_officer_confirms_and_the_writer_does_not(officer, relief):
    log = write(officer)
    with pytest.raises(PermissionDenied):
        shift_logs.confirm(log_id=log.pk, by=officer)
    assert shift_logs.confirm(log_id=log.pk, by=relief).confirmed_by == relief


def change(log, by, **words):
    told = {"remarks": "Ada yang batuk.", "lines": {}, "version": log.version, **words}
    return shift_logs.change(log_id=log.pk, by=by, **told)


def test_author_changes_a_log_within_a_day_and_corrects_it_afterwards(officer, people):
    stay = stays_of(officer)[0]
    log = change(write(officer, {stay.pk: "Batuk."}), officer, lines={stay.pk: "Batuk pilek."})
    assert not ShiftLogRevision.objects.exists()
    with clock.at(NOW + timedelta(hours=25)):
        with pytest.raises(Refused, match="alasan koreksi"):
            change(log, officer)
        change(log, officer, reason="Salah orang.", remarks="Tenang.")
    row = ShiftLogRevision.objects.get()
    assert (row.reason, row.before) == (
        "Salah orang.",
        {"remarks": "Ada yang batuk.", "handed_note": "", "lines": {str(stay.pk): "Batuk pilek."}},
    )
    assert not ShiftLogLine.objects.exists()


def test_others_than_author_and_deciders_change_no_log(officer, relief, people):
    log = write(officer)
    with pytest.raises(PermissionDenied):
        change(log, relief)
    with pytest.raises(Refused, match="alasan koreksi"):
        change(log, people.supervisor)
    change(log, people.supervisor, reason="Nama tertukar.")


def test_log_is_not_changed_on_an_old_page(officer):
    log = write(officer)
    change(log, officer)
    with pytest.raises(Stale):
        change(log, officer)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"on": TODAY + timedelta(days=1)}, "masa depan"),
        ({"shift": "Subuh"}, "giliran jaga"),
        ({"remarks": "  "}, "keadaan umum"),
        ({"house": "Tidak ada"}, "Tidak ada penghuni"),
        ({"lines": {0: "Siapa ini?"}}, "tidak tinggal di sini"),
    ],
)
def test_log_that_cannot_be_is_refused(officer, changes, told):
    with pytest.raises(Refused, match=told):
        write(officer, **changes)
