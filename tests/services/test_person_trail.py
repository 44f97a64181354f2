"""What one person did and whose files they read: for themselves, their head, and the administrator without clients."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from accounts import staffing
from accounts.enums import InstitutionKind, Role
from audit import trail
from audit.models import Access, Entry, EntryDetail
from cases.enums import Stage
from rehsos import clock
from tests import factories
from tests.services.browsing import text_of

MANY = 100_000
FAST = 1.0  # seconds


def path(person, **query):
    return f"/pengaturan/petugas/{person.pk}/jejak/" + ("?" + "&".join(f"{k}={v}" for k, v in query.items()))


def lines_of(answer):
    return [line for _day, lines in answer.context["days"] for line in lines]


def test_head_reads_what_somebody_did_by_day(browse, walked):
    people, case = walked.people, walked.at(Stage.ASSESSMENT)
    answer = browse(people.head, path(people.worker))
    days = answer.context["days"]
    assert [day for day, _lines in days] == [case.institution.today()]
    line = next(line for line in lines_of(answer) if line.what == "Kasus dibuka" and line.files == [(case.number,) * 2])
    assert (line.about, line.more, line.reason) == ("", 0, "")
    assert f'<a href="/kasus/{case.number}/">{case.number}</a>' in text_of(answer)
    assert case.client.name not in text_of(answer)


def test_a_page_that_shows_many_is_one_line_of_reading(browse, walked):
    people = walked.people
    browse(people.worker, "/kasus/")
    browse(people.worker, f"/kasus/{walked.at(Stage.CLOSING).number}/")
    case_page, listing = lines_of(browse(people.head, path(people.worker, bagian="pembacaan")))
    assert (case_page.what, case_page.files) == ("Ringkasan kasus", [(walked.at(Stage.CLOSING).number,) * 2])
    assert (listing.what, len(listing.files), listing.more) == ("Daftar kasus", 4, 2)


def test_days_and_kinds_narrow_acts_and_readings(browse, walked):
    people = walked.people
    today = walked.at(Stage.INTAKE).institution.today()
    browse(people.worker, "/kasus/")
    wanted = {"dari": today, "sampai": today}
    kinds = {line.what for line in lines_of(browse(people.head, path(people.worker, jenis="case.opened", **wanted)))}
    assert kinds == {"Kasus dibuka"}
    before = {"sampai": today - timedelta(days=1)}
    assert lines_of(browse(people.head, path(people.worker, **before))) == []
    assert lines_of(browse(people.head, path(people.worker, bagian="pembacaan", **before))) == []
    assert lines_of(browse(people.head, path(people.worker, bagian="pembacaan", jenis="client_list"))) == []
    odd = browse(people.head, path(people.worker, jenis="tidak-ada", dari="kemarin"))
    assert len(lines_of(odd)) > 0 and "Sebagian filter tidak dikenal" in text_of(odd)


@pytest.mark.parametrize(("hour", "shown"), [(16, 1), (17, 0)])
def test_a_day_is_a_day_where_the_upt_is(browse, walked, hour, shown):
    """23.30 in Surabaya is 16.30 UTC; an hour later it is tomorrow there."""
    people, day = walked.people, date(2026, 1, 5)
    with clock.at(datetime(2026, 1, 5, hour, 30, tzinfo=UTC)):
        subjects = [trail.Subject("case", 1, "X")]
        trail.seen(by=people.worker, institution_id=people.head.institution.pk, page="case", subjects=subjects)
    found = lines_of(browse(people.head, path(people.worker, bagian="pembacaan", dari=day, sampai=day)))
    assert len(found) == shown


def test_head_sees_only_what_happened_in_the_own_upt(browse, walked):
    """Somebody who came from another UPT left their acts there."""
    people = walked.people
    there = factories.institution("PMKS")
    subject = [trail.Subject("case", 999, "PMKS-2026-0009")]
    trail.append(institution_id=there.pk, by=people.worker, verb="case.opened", subjects=subject)
    trail.seen(by=people.worker, institution_id=there.pk, page="case", subjects=subject)
    for part in ("perbuatan", "pembacaan"):
        assert "PMKS-2026-0009" not in text_of(browse(people.head, path(people.worker, bagian=part)))
        assert "PMKS-2026-0009" in text_of(browse(people.worker, f"/akun/jejak/?bagian={part}"))
    stranger = factories.user("kepala_lain", Role.HEAD, upt=there)
    assert browse(stranger, path(people.worker)).status_code == 404


def test_administrator_sees_acts_on_accounts_and_no_client(browse, walked):
    people, case = walked.people, walked.at(Stage.INTAKE)
    dinas = factories.institution("DINSOS", kind=InstitutionKind.DINAS)
    admin = factories.user("admin", Role.ADMINISTRATOR, upt=dinas)
    nurse = factories.user("perawat", Role.NURSE)
    staffing.deactivate(person=nurse, reason="Pindah tugas.", by=people.head, version=nurse.version)
    browse(people.head, f"/kasus/{case.number}/")
    for part in ("perbuatan", "pembacaan"):
        answer = browse(admin, path(people.head, bagian=part))
        assert {line.what for line in lines_of(answer)} <= {"Akun dinonaktifkan", "Masuk"}
        assert case.number not in text_of(answer) and case.client.number not in text_of(answer)


def test_who_looks_at_somebodys_trail_leaves_a_trace(browse, walked):
    people = walked.people
    browse(people.head, path(people.worker))
    row = Access.objects.latest("pk")
    assert (row.actor_id, row.page, row.kind, row.subject_id) == (
        people.head.pk,
        "person_trail",
        "user",
        people.worker.pk,
    )


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.HEAD, Role.ADMINISTRATOR)])
def test_nobody_else_sees_the_trail_of_another(browse, walked, role):
    reader = factories.user(f"pembaca_{role}", role)
    assert browse(reader, path(walked.people.worker)).status_code == 403
    assert browse(reader, "/akun/jejak/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_trail_asks_the_same_of_the_database_for_any_number_of_rows(browse, walked, rows, django_assert_num_queries):
    worker, head = factories.user("baru", Role.SOCIAL_WORKER), walked.people.head
    for number in range(rows):
        subjects = [trail.Subject("case", number + 1, f"X-{number}")]
        trail.append(institution_id=head.institution.pk, by=worker, verb="case.opened", subjects=subjects)
    browse(head, "/katalog/")
    # session, user, membership, the person, the reading; count, page
    with django_assert_num_queries(7):
        assert len(lines_of(browse.client.get(path(worker)))) == rows


@pytest.mark.heavy
def test_trail_is_quick_at_a_hundred_thousand_rows(browse, walked, capsys):
    people = walked.people
    _many_rows(people.worker, people.head.institution.pk)
    browse(people.head, "/katalog/")
    slowest = 0.0
    for query in (
        {},
        {"bagian": "pembacaan"},
        {"bagian": "pembacaan", "jenis": "client_edit"},
        {"jenis": "case.assigned"},
        {"dari": "2025-01-05", "sampai": "2025-01-05", "bagian": "pembacaan"},
        {"page": 10, "bagian": "pembacaan"},
    ):
        began = time.perf_counter()
        assert browse.client.get(path(people.worker, **query)).status_code == 200
        slowest = max(slowest, time.perf_counter() - began)
    with capsys.disabled():
        print(f"\n{connection.vendor}: slowest {slowest:.3f} s")
    assert slowest < FAST
    plan = trail.accesses_by(people.worker.pk)[:100].explain() + trail.entries_by(people.worker.pk)[:100].explain()
    assert "access_what_they_saw" in plan and "entry_what_they_did" in plan


def _many_rows(person, institution):
    start = datetime(2025, 1, 1, tzinfo=UTC)
    common = {"actor_id": person.pk, "institution_id": institution}
    accesses = (
        Access(
            **common,
            at=start + timedelta(minutes=number // 25),
            actor_label=person.full_name,
            page="case_list",
            kind="case",
            subject_id=number % 500,
            label=f"ANKN-2025-{number % 500:04d}",
        )
        for number in range(MANY)
    )
    Access.objects.bulk_create(accesses, batch_size=2000)
    entries = (
        Entry(
            **common,
            seq=1_000_000 + number,
            at=start + timedelta(minutes=number),
            verb="record.saved",
            previous="0" * 64,
            detail_digest="0" * 64,
            digest="0" * 64,
        )
        for number in range(MANY)
    )
    Entry.objects.bulk_create(entries, batch_size=2000)
    written = Entry.objects.filter(seq__gte=1_000_000).values_list("pk", flat=True)
    body = '{"actor":"Pekerja","data":{"record":"assessment"},"reason":"","subjects":[["case",1,"ANKN-2025-0001"]]}'
    details = (EntryDetail(entry_id=pk, salt="0" * 32, body=body) for pk in written)
    EntryDetail.objects.bulk_create(details, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
