"""Whatever is changed on a page of its own: who was overtaken sees both texts, and decides (409)."""

from datetime import time

import pytest
from django.db.models import F

from cases.enums import Stage
from services import batches, processes, shift_logs, timetable
from services.session_enums import Audience
from tests.services import meetings
from tests.services.browsing import filled, form_in


def an_activity(people, case):
    row = meetings.activity(people.supervisor)
    return row, people.supervisor, f"/pengaturan/kegiatan/{row.pk}/", "programme_edit", "name"


def a_batch(people, case):
    row = batches.add(values={"name": "Angkatan I", "quota": 2, "starts_on": case.opened_on}, by=people.head)
    return row, people.head, f"/pengaturan/angkatan/{row.pk}/", "batch_edit", "name"


def a_line_of_the_timetable(people, case):
    told = {"activity": meetings.activity(people.supervisor), "weekday": 2, "audience": Audience.EVERYONE}
    told |= {"starts_at": time(9), "ends_at": time(10), "since_on": case.opened_on}
    row = timetable.add_slot(institution=case.institution, values=told, cases=[], by=people.supervisor, despite=True)
    return row, people.supervisor, f"/bimbingan/jadwal/{row.pk}/", "slot_edit", "room"


def a_session(people, case):
    row = meetings.session(people.supervisor, meetings.activity(people.supervisor))
    return row, people.supervisor, f"/bimbingan/sesi/{row.pk}/pindah/", "session_move", "room"


def a_process_record(people, case):
    words = {"on": case.institution.today(), "title": "Rancangan", "aim": "Empat aspek.", "content": "Langkah."}
    row = processes.save(code="B.b", values=words, cases=[case], by=people.worker)
    return row, people.worker, f"/catatan-proses/{row.pk}/", "process", "content"


def a_shift_log(people, case):
    row = shift_logs.write(on=case.institution.today(), shift="Pagi", remarks="Tenang.", lines={}, by=people.worker)
    return row, people.worker, f"/harian/jaga/{row.pk}/ubah/", "shift_log_edit", "remarks"


KINDS = [an_activity, a_batch, a_line_of_the_timetable, a_session, a_process_record, a_shift_log]


@pytest.mark.parametrize("make", KINDS)
def test_two_texts_lie_beside_each_other_and_the_second_person_decides(browse, people, walked, make):
    row, who, path, act, field = make(people, walked.at(Stage.INTERVENTION))
    typed = filled(form_in(browse(who, path), act), **{field: "Tulisan saya"})
    type(row).objects.filter(pk=row.pk).update(version=F("version") + 1, **{field: "Tulisan rekan"})
    answer = browse(who, path, **typed)
    form = answer.context["form"]
    assert (answer.status_code, [(one.mine, one.stored) for one in form.differences]) == (
        409,
        [("Tulisan saya", "Tulisan rekan")],
    )
    assert "Tulisan rekan" in answer.content.decode()
    again = typed | {name: form[name].value() for name in ("form_key", "version")}
    assert browse(who, path, **{**again, **({"despite": "on"} if "despite" in form.fields else {})}).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "Tulisan saya"
