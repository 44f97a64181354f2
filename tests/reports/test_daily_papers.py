"""The papers of the day book: what they say, that protected children keep their initials, and who may print them."""

from datetime import time, timedelta

import pytest

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage
from reports import daily_papers
from services import incidents, presence
from services.enums import PresenceKind
from tests import factories
from tests.reports.papers import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return factories.team(factories.institution("BARU"))


@pytest.fixture
def stay(people):
    client = factories.client(people, name="Rangga Wisesa", is_protected=True)
    return factories.case(people, Stage.ASSESSMENT, client).stays.get()


@pytest.fixture
def incident(people, stay):
    today = people.worker.institution.today()
    words = {"at_time": time(8, 5), "place": "Aula", "account": "Saling dorong.", "first_action": "Dipisahkan."}
    values = {"kind": "fight", "severity": "medium", "on": today, "plan": "Mediasi.", **words}
    found = incidents.record(values=values, residents={stay.pk: "victim"}, by=people.worker)
    incidents.follow_up(incident_id=found.pk, text="Sudah berdamai.", closes=True, by=people.supervisor)
    found.refresh_from_db()
    return found


@pytest.fixture
def leave(people, stay):
    today = people.worker.institution.today()
    words = {"letter": "400.9/12/BARU/2026", "due_on": today + timedelta(days=3), "place": "Waru, Sidoarjo"}
    values = {**words, "escort": "Siti Aminah (ibu)"}
    return presence.go_out(stay_id=stay.pk, kind=PresenceKind.HOME_LEAVE, on=today, values=values, by=people.worker)


def test_incident_report_tells_what_happened_and_keeps_initials(people, incident):
    words = " ".join(text(daily_papers.incident_report(incident, by=people.head)).split())
    wanted = ["Perkelahian atau kekerasan", "08.05", "Aula", "R. W.", "korban", "Saling dorong.", "Dipisahkan."]
    wanted += ["Mediasi.", "Sudah berdamai.", "Mengetahui,", "Yang melaporkan"]
    assert [word for word in wanted if word not in words] == []
    assert "Rangga" not in words


def test_open_incident_says_so_on_its_paper(people, incident):
    incident.closed_at = incident.closed_by = None
    assert "belum selesai" in text(daily_papers.incident_report(incident, by=people.head))


def test_leave_letter_tells_where_to_and_until_when(people, leave):
    context = daily_papers.leave_context(leave, by=people.worker)
    assert context["paper"].subtitle == "Nomor: 400.9/12/BARU/2026"
    words = text(daily_papers.leave_letter(leave, by=people.worker))
    wanted = ["RANGGA WISESA", "Waru, Sidoarjo", "SITI AMINAH (IBU)", "Harus kembali"]
    assert [word for word in wanted if word not in words] == []


def test_cancelled_leave_says_so_on_its_letter(people, leave):
    presence.annul(presence_id=leave.pk, reason="Batal berangkat.", by=people.worker)
    leave.refresh_from_db()
    assert "DIBATALKAN" in text(daily_papers.leave_letter(leave, by=people.worker))


@pytest.mark.parametrize(("role", "status"), [(Role.BOARDING_OFFICER, 200), (Role.HEAD, 200), (Role.ADMIN_OFFICE, 403)])
def test_papers_are_printed_by_who_is_on_duty_and_leave_a_reading(client, people, incident, leave, role, status):
    reader = factories.user("pencetak", role, upt=people.worker.institution)
    client.force_login(reader)
    number = leave.stay.case.number
    paths = [f"/harian/kejadian/{incident.pk}/berita-acara.pdf", f"/harian/penghuni/{number}/izin/{leave.pk}.pdf"]
    assert [client.get(path).status_code for path in paths] == [status, status]
    pages = Access.objects.filter(actor_id=reader.pk, kind="case").values_list("page", flat=True)
    assert sorted(pages) == (["incident_pdf", "leave_pdf"] if status == 200 else [])


def test_papers_of_another_upt_are_not_found(client, people, incident, leave):
    stranger = factories.user("jauh", Role.HEAD, upt=factories.institution("LAIN"))
    client.force_login(stranger)
    number = leave.stay.case.number
    paths = [f"/harian/kejadian/{incident.pk}/berita-acara.pdf", f"/harian/penghuni/{number}/izin/{leave.pk}.pdf"]
    assert [client.get(path).status_code for path in paths] == [404, 404]
