"""When former clients are visited: the days, what counts for which, what lists say, other days with a reason."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts import institutions
from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from rehsos.doors import Refused
from services import due_dates, models
from services.aftercare import schedule, scheduling
from services.demo import walk
from services.situation import Situation
from tests import factories
from tests.services.browsing import filled

pytestmark = pytest.mark.django_db

LEFT = date(2026, 3, 10)
DAYS = [date(2026, 4, 10), date(2026, 6, 10), date(2026, 9, 10), date(2027, 3, 10)]


def at(day):
    return clock.at(datetime(day.year, day.month, day.day, 4, tzinfo=UTC))


def states(visits, today):
    return [slot.state.value for slot in schedule.slots(LEFT, DAYS, visits, today)]


def test_a_visit_counts_for_the_day_it_is_nearest_to():
    today = date(2026, 10, 1)
    assert schedule.days_after(LEFT, [1, 3, 6, 12]) == DAYS
    assert schedule.days_after(date(2026, 1, 31), [1]) == [date(2026, 2, 28)]
    assert states([], today) == ["late", "late", "late", "ahead"]
    # a few days after leaving is no visit of the first month
    assert states([date(2026, 3, 14)], today) == ["late", "late", "late", "ahead"]
    # two visits in one month keep one day; what nobody kept is passed over by a later one
    visits = [date(2026, 6, 3), date(2026, 6, 20)]
    assert states(visits, today) == ["passed_over", "done", "late", "ahead"]
    assert schedule.next_of(schedule.slots(LEFT, DAYS, visits, today)) == date(2026, 9, 10)
    assert states([*DAYS], date(2027, 4, 1)) == ["done"] * 4
    assert schedule.next_of(schedule.slots(LEFT, DAYS, DAYS, today)) is None


def test_other_days_need_a_reason_and_move_what_is_due(walked, people):
    case = walked.at(Stage.AFTERCARE)
    days = [date(2026, 3, 24), date(2026, 5, 10)]
    change = {"case": case, "by": people.worker}
    for wrong, reason in (([], "Keluarga pindah."), ([LEFT], "Terlalu awal."), (days, "  ")):
        with pytest.raises(Refused):
            scheduling.change(days=wrong, reason=reason, **change)
    scheduling.change(days=reversed(days), reason="Rawan kambuh di bulan pertama.", **change)
    fresh = walked.at(Stage.AFTERCARE)
    assert (fresh.next_due_on, [slot.due_on for slot in due_dates.visit_slots(Situation(fresh))]) == (days[0], days)
    scheduling.change(days=days[1:], reason="Keadaan membaik.", **change)
    rows = list(case.aftercare_schedules.values_list("edition", "days"))
    assert rows == [(1, ["2026-03-24", "2026-05-10"]), (2, ["2026-05-10"])]
    with pytest.raises(Refused):
        scheduling.change(case=walked.at(Stage.CLOSING), days=days, reason="Belum.", by=people.worker)


def test_list_homes_and_tab_say_what_is_due(browse, walked, people):
    case = walked.at(Stage.AFTERCARE)

    def shown(query, who=people.supervisor):
        browse.client.logout()  # weeks pass between two looks
        page = browse(who, f"/binjut/{query}")
        assert page.status_code == 200
        return [row.case.pk for row in page.context["rows"]], [number for _tab, number, _url in page.context["tabs"]]

    with at(LEFT):
        assert shown("") == ([], [0, 0, 0, 1, 0, 0])
    with at(date(2026, 3, 12)):
        assert shown("") == ([case.pk], [1, 0, 0, 1, 0, 0])
        assert shown("", people.other_worker) == ([], [0, 0, 0, 0, 0, 0])
    with at(date(2026, 4, 20)):
        assert shown("?tampil=lewat") == ([case.pk], [1, 1, 0, 1, 0, 0])
        assert shown("?tampil=lewat&q=tidak+ada") == ([], [0, 0, 0, 0, 0, 0])
        for who in (people.worker, people.supervisor):
            told = [(f["number"], f["tone"]) for f in browse(who, "/").context["figures"] if "/binjut/" in f["url"]]
            assert told == [(1, "due")]
        walk.paper(people, case, models.AftercareVisit)
        assert shown("?tampil=lewat") == ([], [0, 0, 0, 1, 0, 0])
        tab = browse(people.worker, f"/kasus/{case.number}/binjut/")
        assert [slot.state for slot in tab.context["slots"]] == ["done", "ahead", "ahead", "ahead"]


def test_form_changes_the_days_and_keeps_what_was_typed(browse, walked, people):
    case = walked.at(Stage.AFTERCARE)
    here = f"/kasus/{case.number}/binjut/jadwal/"
    form = browse(people.worker, here).context["form"]
    refused = browse(people.worker, here, **filled(form, **{"day-5": "2027-06-01", "reason": ""}))
    assert (refused.status_code, refused.context["form"]["day-5"].value()) == (422, "2027-06-01")
    sent = browse(people.worker, here, **filled(form, **{"day-5": "2027-06-01", "reason": "Diminta keluarga."}))
    assert sent.status_code == 302
    assert case.aftercare_schedules.get().days[-1] == "2027-06-01"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_for_one_and_three(client, walked, people, rows, django_assert_num_queries):
    case = walked.at(Stage.AFTERCARE)
    for number in range(rows - 1):
        more = Case.objects.get(pk=case.pk)
        more.pk, more.number, more.client = None, f"ANKN-2026-9{number}", walked.at(list(Stage)[number]).client
        Case.objects.filter(client=more.client).update(closed_on=LEFT, outcome="withdrew")
        more.episode = 2
        more.save(force_insert=True)
    client.force_login(people.supervisor)
    with at(LEFT + timedelta(days=60)):
        client.get("/binjut/")
        with django_assert_num_queries(6):
            assert len(client.get("/binjut/").context["rows"]) == rows


def test_changed_setting_moves_the_days_of_all_who_have_none_of_their_own(
    walked, people, django_capture_on_commit_callbacks
):
    plain, own = walked.at(Stage.AFTERCARE), factories.case(people, Stage.AFTERCARE)
    scheduling.change(case=own, days=[date(2026, 5, 1)], reason="Rawan kambuh.", by=people.worker)
    upt = people.head.institution
    with django_capture_on_commit_callbacks(execute=True):
        institutions.edit(institution=upt, values={"aftercare_months": "2,4"}, by=people.head, version=upt.version)
    assert list(
        Case.objects.filter(pk__in=[plain.pk, own.pk]).order_by("pk").values_list("next_due_on", flat=True)
    ) == [
        date(2026, 5, 10),
        date(2026, 5, 1),
    ]
    fresh = walked.at(Stage.AFTERCARE)
    assert fresh.next_due_on == due_dates.next_visit_on(Situation(fresh))
