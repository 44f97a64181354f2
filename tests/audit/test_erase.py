"""Words can be erased for good, and only with a record that says so."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from audit import trail
from audit.models import EntryDetail
from tests.audit.acts import CASE, SRI, act, findings

pytestmark = pytest.mark.django_db

NAME = trail.Subject("client", 5, "Bagas Pratama")


def erase(*entries, institution_id=1):
    with transaction.atomic():
        return trail.erase(institution_id=institution_id, by=SRI, entries=entries, reason="Permintaan wali")


def stored_text() -> str:
    """Every value of every row of the trail."""
    with connection.cursor() as cursor:
        text = []
        for table in ("audit_entry", "audit_entrysubject", "audit_entrydetail"):
            cursor.execute(f"SELECT * FROM {table}")
            text += [str(row) for row in cursor.fetchall()]
    return "\n".join(text)


def test_erased_words_are_gone_and_the_chain_still_holds(capsys):
    act()
    entry = act("client.changed", subjects=[NAME], data={"name": "Bagas Pratama"}, reason="Salah eja: Bagas")
    assert "Bagas" in stored_text()
    erase(entry)
    assert "Bagas" not in stored_text()
    assert findings() == []
    call_command("audit_verify")
    assert "Institusi 1: 3 entri diperiksa, 1 tanpa rincian." in capsys.readouterr().out


def test_an_erased_entry_still_tells_that_something_happened():
    entry = act("client.changed", subjects=[NAME])
    erase(entry)
    kept = trail.entries_for("client", NAME.pk).get()
    assert (kept.verb, kept.actor_id, kept.told) == ("client.changed", SRI.pk, None)


def test_the_erasure_is_an_act_with_a_reason():
    entry = act()
    told = erase(entry)
    assert list(trail.entries_for("entry", entry.pk)) == [told]
    assert (told.verb, told.actor_id, told.told.reason) == (trail.ERASED, SRI.pk, "Permintaan wali")


def test_words_do_not_go_without_that_act():
    kept, erased = act(), act()
    erase(erased)
    with pytest.raises(IntegrityError, match="audit_entrydetail is append-only"), transaction.atomic():
        EntryDetail.objects.filter(entry=kept).delete()


def test_entries_of_another_institution_are_left_alone():
    own, other = act(), act(institution_id=2)
    with pytest.raises(ValueError):
        erase(own, other)
    assert EntryDetail.objects.count() == 2


def test_the_number_of_the_case_stays_with_the_other_entries():
    first, second = act(), act("case.submitted")
    erase(first)
    assert [e.told and e.told.subjects for e in trail.entries_for("case", CASE.pk)] == [second.told.subjects, None]
