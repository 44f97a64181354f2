"""Who stands under a paper: whoever decided, as what they decided; else who heads or stands in on the day."""

from datetime import date, timedelta

import pytest

from accounts import standins
from accounts.enums import Role, StandInKind
from accounts.mandates import StandIn
from accounts.models import Membership, User
from cases.enums import Stage
from rehsos import clock
from reports import documents, signers
from reports.paper import Signature
from services.demo import walk
from tests import factories
from tests.reports.lives import DAYS, lived
from tests.reports.papers import team, text, upt, wib

pytestmark = pytest.mark.django_db
LEAD = "Mengetahui,"
HEAD = ("Kepala UPT Contoh ANKN,", "Dra. RETNO WULANDARI, M.Si.")
FIRST = date(2026, 1, 5)


@pytest.fixture
def people():
    with clock.at(wib(2026, 1, 5)):
        yield team(upt())


@pytest.fixture
def aide(people) -> User:
    """Somebody of the office, as papers print them."""
    named = {"name": "Slamet Riyadi", "title_after": "S.Sos.", "rank": "Penata", "rank_group": "III/c"}
    return factories.user("slamet", Role.SECTION_HEAD, position="Kepala Seksi Pelayanan", **named)


def lend(people, holder, kind=StandInKind.DAILY, role=Role.HEAD, for_whom=None, **changes) -> StandIn:
    """An order in force from 5 to 31 January 2026."""
    values = {
        "role": role,
        "holder": holder,
        "for_whom": None if kind == StandInKind.ACTING else for_whom or people.head,
        "order_number": "800/3",
        "order_on": FIRST,
        "since_on": FIRST,
        "until_on": date(2026, 1, 31),
        **changes,
    }
    if kind == StandInKind.MANDATE:
        return standins.enter(kind=kind, values=values, by=people.head)
    office = [factories.user(f"tata_{User.objects.count()}", Role.ADMIN_OFFICE) for _desk in range(2)]
    by = people.head if kind == StandInKind.SUPERVISOR else office[0]
    return standins.confirm(stand_in=standins.enter(kind=kind, values=values, by=by), by=office[1], version=1)


def block(people, day=FIRST, **about) -> tuple[str, str]:
    found = signers.head_signature(people.head.institution, day, lead=LEAD, **about)
    assert isinstance(found, Signature)
    return found.post, found.name


def anew(person: User) -> User:
    return User.objects.get(pk=person.pk)


# --- When nobody has decided ---
@pytest.mark.parametrize(
    ("kind", "post"),
    [(StandInKind.DAILY, "Plh. Kepala UPT Contoh ANKN,"), (StandInKind.ACTING, "Plt. Kepala UPT Contoh ANKN,")],
)
def test_plt_and_plh_stand_before_the_post_with_their_own_name(people, aide, kind, post):
    assert block(people) == HEAD
    if kind == StandInKind.ACTING:
        Membership.objects.filter(user=people.head).delete()
    lend(people, aide, kind)
    found = signers.head_signature(people.head.institution, FIRST, lead=LEAD)
    assert (found.post, found.name, found.rank) == (post, "SLAMET RIYADI, S.Sos.", "Penata (III/c)")


def test_only_on_the_days_of_the_order(people, aide):
    lend(people, aide)
    days = [date(2026, 1, 4), FIRST, date(2026, 1, 31), date(2026, 2, 1)]
    assert [block(people, day)[0][:4] for day in days] == ["Kepa", "Plh.", "Plh.", "Kepa"]


def test_what_was_revoked_stays_true_of_the_days_before(people, aide):
    row = lend(people, aide)
    with clock.at(wib(2026, 1, 10)):
        standins.revoke(stand_in=row, reason="Kembali.", by=people.head, version=2)
    assert block(people, date(2026, 1, 9))[0].startswith("Plh.")
    assert block(people, date(2026, 1, 10)) == HEAD


def test_a_n_is_printed_above_one_s_own_post_on_the_papers_it_is_for(people, aide):
    lend(people, aide, StandInKind.MANDATE, papers=["assessment"], order_number="")
    post = "a.n. Kepala UPT Contoh ANKN\nKepala Seksi Pelayanan,"
    assert block(people, paper="assessment") == (post, "SLAMET RIYADI, S.Sos.")
    assert block(people, paper="planning") == block(people) == HEAD
    assert block(people, date(2026, 2, 1), paper="assessment") == HEAD
    aide.position = ""
    aide.save()
    assert block(people, paper="assessment")[0].endswith("\nKepala seksi,")


def test_who_acts_as_head_comes_before_a_mandate(people, aide):
    lend(people, aide, StandInKind.MANDATE, papers=["assessment"])
    lend(people, people.other_supervisor)
    assert block(people, paper="assessment")[0] == "Plh. Kepala UPT Contoh ANKN,"


def test_nobody_signs_above_themselves(people):
    lend(people, people.worker)
    assert block(people, maker=people.worker) == HEAD
    assert block(people, maker=people.other_worker)[0].startswith("Plh.")


# --- On the papers ---
def test_stage_report_names_who_endorsed_even_when_the_head_is_back(people, aide):
    lend(people, aide, until_on=date(2026, 1, DAYS[Stage.INTAKE]))
    stand_in = factories.Team(
        worker=people.worker,
        supervisor=people.supervisor,
        head=anew(aide),
        other_worker=people.other_worker,
        other_supervisor=people.other_supervisor,
    )
    case = lived(stand_in, until=Stage.ASSESSMENT)
    with clock.at(wib(2026, 2, 2)):
        paper = text(documents.stage_report(case, Stage.INTAKE, by=people.head))
    assert "Mengetahui, Plh. Kepala UPT Contoh ANKN, SLAMET RIYADI, S.Sos. Penata (III/c)" in paper
    assert "Disahkan : Slamet Riyadi, S.Sos., 5 Januari 2026, 09.00 WIB (Plh.)" in paper
    assert "RETNO WULANDARI" not in paper


def test_stage_report_names_the_head_who_endorsed_though_somebody_stands_in_today(people, aide):
    case = lived(people, until=Stage.ASSESSMENT)
    lend(people, aide)
    paper = text(documents.stage_report(case, Stage.INTAKE, by=people.head))
    assert "Mengetahui, Kepala UPT Contoh ANKN, Dra. RETNO WULANDARI, M.Si." in paper


@pytest.mark.parametrize(
    ("kind", "role", "post"),
    [
        (StandInKind.SUPERVISOR, Role.SUPERVISOR, "Pengganti Supervisor,"),
        (StandInKind.DAILY, Role.SECTION_HEAD, "Plh. Kepala Seksi Pelayanan,"),
    ],
)
def test_stage_report_says_as_what_a_stand_in_supervised(people, aide, kind, role, post):
    away = people.supervisor if kind == StandInKind.SUPERVISOR else aide
    lend(people, people.other_worker, kind, role, for_whom=away)
    case = lived(people, until=Stage.ASSESSMENT)
    supervising = walk.Team(worker=people.worker, supervisor=anew(people.other_worker), head=people.head)
    with clock.at(wib(2026, 1, 8)):
        walk.assessment(supervising, case)
        walk.end_stage(supervising, case)
    with clock.at(wib(2026, 2, 2)):
        paper = text(documents.stage_report(case, Stage.ASSESSMENT, by=people.head))
    assert f"Telah disupervisi 8 Januari 2026, {post} PEKERJA2 ANKN" in paper
    assert f"Pekerja2 Ankn ({StandInKind(kind).label})" in paper


def test_stage_report_is_signed_a_n_where_the_head_gave_that(people, aide):
    lend(people, aide, StandInKind.MANDATE, papers=["assessment"])
    case = lived(people, until=Stage.PLANNING)
    with clock.at(wib(2026, 2, 2)):
        paper = text(documents.stage_report(case, Stage.ASSESSMENT, by=people.head))
    assert "Mengetahui, a.n. Kepala UPT Contoh ANKN Kepala Seksi Pelayanan, SLAMET RIYADI, S.Sos." in paper


def test_monthly_report_is_signed_by_who_stands_in_and_never_a_n(people, aide, client):
    lend(people, aide, StandInKind.MANDATE, papers=["assessment"])
    client.force_login(people.head)
    with clock.at(wib(2026, 1, 20)):
        paper = text(client.get("/laporan/bulanan/2026/1/laporan.pdf").content)
        assert "Kepala UPT Contoh ANKN, Dra. RETNO WULANDARI, M.Si." in paper and "a.n." not in paper
        lend(people, people.other_supervisor, since_on=date(2026, 1, 20), order_on=FIRST + timedelta(days=1))
        paper = text(client.get("/laporan/bulanan/2026/1/laporan.pdf").content)
    assert "Plh. Kepala UPT Contoh ANKN, SUPERVISOR2 ANKN" in paper
