"""Every kind of forgery is found and named; an untouched trail is not."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from audit import anchors, trail, triggers
from audit.models import Chain, Entry, EntryDetail, EntrySubject
from rehsos import clock
from tests.audit.acts import CASE, act, findings

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail_of_five():
    for verb in ("case.opened", "case.submitted", "case.approved", "case.submitted", "case.approved"):
        act(verb)
    act(institution_id=2)


@pytest.fixture
def forged(trail_of_five):
    with triggers.lifted(connection):
        yield


def rows(*seqs: int):
    return Entry.objects.filter(institution_id=1, seq__in=seqs)


def remove(*seqs: int) -> None:
    EntrySubject.objects.filter(entry__in=rows(*seqs)).delete()
    EntryDetail.objects.filter(entry__in=rows(*seqs)).delete()
    rows(*seqs).delete()


def rewrite(*, first: int) -> None:
    """What a forger with the database in hand does: make everything from ``first`` on fit together again."""
    for entry in Entry.objects.filter(institution_id=1, seq__gte=first).order_by("seq"):
        before = rows(entry.seq - 1).first()
        entry.previous = before.digest if before else entry.previous
        entry.digest = entry.computed_digest(list(entry.subjects.values_list("kind", "subject_id")))
        entry.save()
        Chain.objects.filter(pk=1).update(seq=entry.seq, digest=entry.digest)


def heads() -> anchors.Anchors:
    return anchors.read(anchors.lines())


def test_an_untouched_trail_is_whole(trail_of_five):
    assert findings() == []


def test_an_untouched_trail_agrees_with_its_anchors(trail_of_five):
    earlier = heads()
    act("case.closed")
    assert findings(earlier) == []


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "case.closed"},
        {"actor_id": 8},
        {"actor_id": None},
        {"at": F("at") + clock.now().resolution},
        {"detail_digest": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_is_found(forged, change):
    rows(3).update(**change)
    assert "Institusi 1: isi urutan 3 telah diubah." in findings()


@pytest.mark.parametrize(
    "change", [{"previous": "0" * 64}, {"digest": "0" * 64}], ids=lambda change: next(iter(change))
)
def test_a_cut_link_is_found(forged, change):
    rows(3).update(**change)
    seq = 3 if "previous" in change else 4
    assert f"Institusi 1: urutan {seq} tidak lagi tersambung dengan urutan sebelumnya." in findings()


@pytest.mark.parametrize("change", [{"kind": "client"}, {"subject_id": 12}], ids=lambda change: next(iter(change)))
def test_a_changed_subject_is_found(forged, change):
    EntrySubject.objects.filter(entry__in=rows(3)).update(**change)
    assert findings() == ["Institusi 1: isi urutan 3 telah diubah."]


def test_a_subject_added_later_is_found(trail_of_five):
    EntrySubject.objects.create(entry=rows(3).get(), kind="case", subject_id=12)
    assert findings() == ["Institusi 1: isi urutan 3 telah diubah."]


@pytest.mark.parametrize("change", [{"body": "{}"}, {"salt": "0" * 32}], ids=lambda change: next(iter(change)))
def test_changed_words_are_found(forged, change):
    EntryDetail.objects.filter(entry__in=rows(3)).update(**change)
    assert findings() == ["Institusi 1: rincian urutan 3 telah diubah."]


def test_words_that_went_without_a_record_are_found(forged):
    EntryDetail.objects.filter(entry__in=rows(2, 3)).delete()
    assert findings() == ["Institusi 1: rincian urutan 2–3 hilang tanpa catatan penghapusan."]


def test_entries_taken_out_of_the_middle_are_found(forged):
    remove(2, 3)
    assert findings() == ["Institusi 1: urutan 2–3 hilang."]


def test_a_tail_cut_off_is_missed_by_the_head(forged):
    remove(4, 5)
    assert findings() == ["Institusi 1: urutan 4–5 hilang."]


def test_a_tail_cut_off_together_with_the_head_is_missed_by_the_anchor(forged):
    earlier = heads()
    remove(4, 5)
    rewrite(first=3)
    assert findings() == []
    assert findings(earlier) == ["Institusi 1: urutan 4–5 hilang."]


def test_a_whole_chain_taken_away_is_missed_by_the_anchor(forged):
    earlier = heads()
    remove(1, 2, 3, 4, 5)
    Chain.objects.filter(pk=1).delete()
    assert findings() == []
    assert findings(earlier) == ["Institusi 1: urutan 1–5 hilang."]


def test_a_chain_rewritten_throughout_differs_from_the_anchor(forged):
    earlier = heads()
    rows(2).update(verb="case.closed")
    rewrite(first=2)
    assert findings() == []
    assert findings(earlier) == ["Institusi 1: urutan 5 berbeda dari patokan."]


def test_swapped_entries_are_found(forged):
    rows(2).update(seq=99)
    rows(3).update(seq=2)
    rows(99).update(seq=3)
    assert findings() == [
        "Institusi 1: isi urutan 2–3 telah diubah.",
        "Institusi 1: urutan 2–4 tidak lagi tersambung dengan urutan sebelumnya.",
    ]


def test_an_entry_moved_to_another_institution_is_found(forged):
    rows(5).update(institution_id=3)
    assert findings() == [
        "Institusi 1: urutan 5 hilang.",
        "Institusi 3: urutan 1–5 tidak tercatat pada kepala rantai.",
    ]


@pytest.mark.parametrize("seq", [0, 9])
def test_an_entry_slipped_in_outside_the_chain_is_found(forged, seq):
    slipped = rows(5).get()
    slipped.pk, slipped.seq = None, seq
    slipped.save(force_insert=True)
    assert findings() == [f"Institusi 1: urutan {'0' if seq == 0 else '6–9'} tidak tercatat pada kepala rantai."]


def test_a_head_set_back_is_found(forged):
    Chain.objects.filter(pk=1).update(seq=4, digest=rows(4).get().digest)
    assert findings() == ["Institusi 1: urutan 5 tidak tercatat pada kepala rantai."]


def test_a_head_with_another_digest_is_found(forged):
    Chain.objects.filter(pk=1).update(digest="0" * 64)
    assert findings() == ["Institusi 1: kepala rantai tidak sama dengan urutan terakhir (5)."]


def test_the_walk_streams_in_few_queries(trail_of_five, django_assert_num_queries):
    with django_assert_num_queries(2 + 2 * 6):
        assert findings() == []


def test_a_clock_that_went_back_is_told_but_is_no_fault(capsys):
    act()
    with clock.at(clock.now().replace(year=2020)):
        act()
    call_command("audit_verify")
    assert capsys.readouterr().out.splitlines() == [
        "Institusi 1: 2 entri diperiksa, 0 tanpa rincian.",
        "Institusi 1: catatan, jam mundur 1 kali; urutan tetap berlaku.",
        "Jejak audit utuh.",
    ]


def test_the_printed_heads_serve_as_anchors(trail_of_five, tmp_path, capsys):
    call_command("audit_head")
    printed = capsys.readouterr().out
    assert [line.split()[:2] for line in printed.splitlines()] == [["1", "5"], ["2", "1"]]
    anchor = tmp_path / "patokan.txt"
    anchor.write_text(f"# dicetak setelah tutup buku\n\n{printed}")
    call_command("audit_verify", anchor=anchor)
    assert capsys.readouterr().out.splitlines()[-1] == "Jejak audit utuh."
    anchor.write_text("1 7 " + "a" * 64)
    with pytest.raises(SystemExit) as stop:
        call_command("audit_verify", anchor=anchor)
    assert stop.value.code == 1
    assert capsys.readouterr().err.splitlines() == [
        "Institusi 1: urutan 6–7 hilang.",
        "Jejak audit TIDAK utuh: 1 temuan.",
    ]


def test_the_head_of_one_institution_can_be_asked(trail_of_five, capsys):
    call_command("audit_head", institution=2)
    head = Entry.objects.get(institution_id=2)
    assert capsys.readouterr().out == f"2 1 {head.digest} {head.at.isoformat()}\n"


@pytest.mark.parametrize("text", ["satu dua tiga", "1 2", None])
def test_an_anchor_file_that_is_none_is_refused(tmp_path, text):
    anchor = tmp_path / "patokan.txt"
    if text is not None:
        anchor.write_text(text)
    with pytest.raises(CommandError, match="Berkas patokan tidak dapat dibaca"):
        call_command("audit_verify", anchor=anchor)


def test_the_history_of_a_case_survives_verification(trail_of_five):
    assert [entry.seq for entry in trail.entries_for("case", CASE.pk) if entry.institution_id == 1] == [5, 4, 3, 2, 1]
