"""Kegiatan penunjang: every code of part II has a step, steps are work of the team, an end has something to show."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404

from rehsos.doors import Refused, Stale
from reports import monthly
from reports.months import Month
from services.catalogue import CATALOGUE, Group
from services.models import Activity, SupportingMember, SupportingWork
from services.supporting import works
from services.supporting.enums import WorkKind
from tests import factories
from tests.services.browsing import filled, form_in, text_of
from tests.services.walked import NOW

TODAY = NOW.date()
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
BOOK = {"year": 2026, "publisher": "Penerbit Contoh"}


def begun(by, kind="II.A.a", members=(), outside=(), **values):
    words = {"title": "Pemetaan anak jalanan", "aim": "Data terpilah.", "starts_on": TODAY, **values}
    return works.begin(kind=kind, values=words, team={"lead": by, "members": members, "outside": outside}, by=by)


def stepped(work, by, code="", **options):
    return works.add_step(
        work=work,
        code=code or work.work_kind.codes[0],
        values={"on": TODAY, "minutes": 90, "account": "Dikerjakan."},
        by=by,
        **options,
    )


def ended(work, by, state="done", result="Laporan 40 halaman.", **options):
    return works.end(
        work=work, state=state, ended_on=TODAY, result=result, by=by, **{"version": work.version, **options}
    )


def test_each_code_of_part_two_is_a_step_of_one_kind_and_counts_in_the_month(people):
    for kind in WorkKind:
        work = begun(people.worker, kind.value)
        for code in kind.codes:
            stepped(work, people.worker, code)
    supporting = [item.code for item in CATALOGUE.values() if item.group is Group.SUPPORTING]
    assert sorted(Activity.objects.filter(record_kind=works.KIND).values_list("code", flat=True)) == sorted(supporting)
    counted = monthly.report(people.worker.institution, Month(TODAY.replace(day=1))).work
    assert {code: (counted[code].times, counted[code].minutes) for code in supporting} == {
        code: (1, 90) for code in supporting
    }


def test_step_of_another_kind_and_colleagues_outside_the_team_are_refused(people):
    work = begun(people.worker)
    with pytest.raises(Refused, match="bukan bagian"):
        stepped(work, people.worker, "II.B.a")
    with pytest.raises(Refused, match="tidak ada di dalam tim"):
        stepped(work, people.worker, with_users=[people.other_worker])


def test_only_the_team_and_its_superiors_write_and_another_upt_sees_nothing(people):
    elsewhere = factories.team(factories.institution(code="LAIN"))
    work = begun(people.worker)
    with pytest.raises(PermissionDenied):
        stepped(work, people.other_worker)
    with pytest.raises(Http404):
        stepped(work, elsewhere.worker)
    with pytest.raises(Refused, match="pegawai UPT ini"):
        begun(people.worker, members=[elsewhere.worker])
    stepped(work, people.supervisor)
    stepped(begun(people.worker, members=[people.other_worker]), people.other_worker)


def test_work_ends_with_a_step_and_a_result_and_professional_work_with_its_publication(people):
    work = begun(people.worker, "II.B.a")
    with pytest.raises(Refused) as refused:
        ended(work, people.worker, result=" ")
    assert refused.value.reasons == [
        "Tulis hasilnya, atau alasan berhenti.",
        "Catat sedikitnya satu langkah sebelum menyatakan selesai.",
        "Lengkapi tahun dan penerbit atau penyelenggaranya.",
    ]
    stepped(work, people.worker)
    works.change(
        work=work,
        values=BOOK,
        team={"lead": people.worker, "members": [], "outside": []},
        version=work.version,
        by=people.worker,
    )
    work.refresh_from_db()
    ended(work, people.worker)
    with pytest.raises(Refused, match="sudah berakhir"):
        stepped(work, people.worker)
    with pytest.raises(Stale):
        ended(work, people.worker, state="running", version=1)


def test_struck_step_keeps_its_words_and_loses_its_activity_unless_it_is_the_last_of_what_is_done(people):
    work = begun(people.worker)
    wrong, right = stepped(work, people.worker), stepped(work, people.worker)
    work.refresh_from_db()
    ended(work, people.worker)
    with pytest.raises(Refused, match="alasannya"):
        works.strike(step=wrong, because=" ", by=people.worker)
    works.strike(step=wrong, because="Tanggal keliru.", by=people.worker)
    wrong.refresh_from_db()
    assert (wrong.account, wrong.struck_because, wrong.struck_by) == ("Dikerjakan.", "Tanggal keliru.", people.worker)
    kept = Activity.objects.filter(record_kind=works.KIND).values_list("record_id", flat=True)
    assert list(kept) == [right.pk]
    with pytest.raises(Refused, match="sedikitnya satu langkah"):
        works.strike(step=right, because="Tanggal keliru.", by=people.worker)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "II.C"},
        {"state": "done"},
        {"state": "running", "ended_on": TODAY},
        {"kind": "II.B.a", "level": "micro"},
        {"due_on": TODAY.replace(year=2000)},
    ],
)
def test_database_refuses_works_that_make_no_sense(people, wrong):
    work = begun(people.worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportingWork.objects.filter(pk=work.pk).update(**wrong)


def test_team_has_one_lead_and_nobody_twice(people):
    work = begun(people.worker, outside=["Dr. Contoh"])
    for wrong in (
        {"user": people.other_worker, "part": "lead"},
        {"user": people.worker, "part": "member"},
        {"part": "outside"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SupportingMember.objects.create(work=work, **wrong)


# --- The pages ---
def test_work_is_written_from_its_pages_with_team_step_and_file(browse, people):
    form = form_in(browse(people.worker, "/penunjang/baru/?jenis=II.A.b"), "supporting_new")
    typed = filled(form, title="Model pendampingan", aim="Diuji.", outside="Dr. Contoh\n\nDr. Contoh")
    typed["members"] = [str(people.other_worker.pk)]
    for _time in range(2):
        answer = browse(people.worker, "/penunjang/baru/", **typed)
    work = SupportingWork.objects.get()
    assert answer.url == f"/penunjang/{work.pk}/"
    assert [(str(one), one.part) for one in work.members.all()] == [
        (people.worker.full_name, "lead"),
        (people.other_worker.full_name, "member"),
        ("Dr. Contoh", "outside"),
    ]
    path = f"/penunjang/{work.pk}/langkah/"
    form = form_in(browse(people.other_worker, path), "supporting_step")
    file = SimpleUploadedFile("konsep.pdf", PDF)
    step = filled(form, code="II.A.b.a", account="Konsep awal.", output="Konsep 12 halaman", file=file)
    step["with_users"] = [str(people.worker.pk)]
    assert browse(people.other_worker, path, **step).status_code == 302
    page = text_of(browse(people.supervisor, f"/penunjang/{work.pk}/"))
    assert [words in page for words in ("Konsep 12 halaman", "konsep.pdf", "Dr. Contoh")] == [True] * 3
    kept = work.steps.get().file_id
    assert [browse(one, f"/berkas/{kept}/").status_code for one in (people.worker, people.head)] == [200, 200]


def test_refused_form_keeps_what_was_typed_and_readers_find_no_way_to_write(browse, people):
    work = begun(people.worker)
    form = form_in(browse(people.worker, f"/penunjang/{work.pk}/langkah/"), "supporting_step")
    answer = browse(
        people.worker, f"/penunjang/{work.pk}/langkah/", **filled(form, on="2999-01-01", account="Panjang.")
    )
    assert (answer.status_code, "Panjang." in text_of(answer)) == (422, True)
    page = text_of(browse(people.other_worker, f"/penunjang/{work.pk}/"))
    assert "Catat langkah" not in page and "Simpan keadaan" not in page
    assert browse(people.other_worker, f"/penunjang/{work.pk}/langkah/").status_code == 403


def test_list_narrows_and_asks_the_database_the_same_for_one_and_for_three(browse, people, django_assert_num_queries):
    stepped(begun(people.worker, members=[people.other_worker]), people.worker)
    browse(people.worker, "/penunjang/")
    with django_assert_num_queries(14):
        browse(people.worker, "/penunjang/")
    for kind in ("II.B.e", "II.A.c"):
        stepped(begun(people.other_worker, kind, title=f"Kegiatan {kind}"), people.other_worker)
    with django_assert_num_queries(14):
        browse(people.worker, "/penunjang/")
    narrowed = browse(people.worker, "/penunjang/?jenis=II.B.e").context["rows"]
    mine = browse(people.worker, "/penunjang/?hanya=saya&tahun=2026").context["rows"]
    assert [[work.title for work, _tone in rows] for rows in (narrowed, mine)] == [
        ["Kegiatan II.B.e"],
        ["Pemetaan anak jalanan"],
    ]


def test_who_was_slower_gets_both_texts_beside_each_other(browse, people):
    work = begun(people.worker)
    path = f"/penunjang/{work.pk}/ubah/"
    slow = form_in(browse(people.worker, path), "supporting_edit")
    quick = form_in(browse(people.supervisor, path), "supporting_edit")
    assert browse(people.supervisor, path, **filled(quick, title="Pemetaan dua kecamatan")).status_code == 302
    answer = browse(people.worker, path, **filled(slow, title="Pemetaan tiga kecamatan"))
    page = text_of(answer)
    told = ("Pemetaan dua kecamatan", "Pemetaan tiga kecamatan", "Bandingkan")
    assert (answer.status_code, [words in page for words in told]) == (422, [True] * 3)


def test_what_is_late_is_counted_and_listed_alike(browse, people):
    begun(people.worker, due_on=TODAY)
    late = begun(people.worker, starts_on=TODAY.replace(year=2025), due_on=TODAY.replace(year=2025))
    figure = browse(people.worker, "/penunjang/").context["figures"][1]
    rows = browse(people.worker, figure["url"]).context["rows"]
    assert (figure["number"], [work for work, _tone in rows]) == (1, [late])
