"""The tab of documents and photos: what comes in, who opens it, what is restricted, whose face is on the roster."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.enums import Role
from audit.models import Access, Entry
from cases import files
from cases.enums import Stage
from services import documents
from services.models import CaseDocument, ClientPhoto
from tests import factories
from tests.access.things.documents import SCAN, picture
from tests.services.browsing import text_of

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


def sent(browse, user, case, act, **typed):
    """Fill one form of the tab and send it."""
    page = browse(user, f"/kasus/{case.number}/dokumen/")
    name = {"baru": "document_add", "foto": "photo_take", "buka": "restricted_open"}[act]
    return browse(
        user, f"/kasus/{case.number}/dokumen/{act}/", form_key=page.context[name]["form_key"].value(), **typed
    )


def jpeg(size=(300, 400), **exif):
    drawn = BytesIO()
    Image.new("RGB", size, "navy").save(drawn, "JPEG", **exif)
    return drawn.getvalue()


def kept(case, **values):
    person = case.assignments.get().worker
    return documents.add(case=case, values={"kind": "family_card", **values}, file=SCAN, by=person)


def test_document_is_kept_with_what_it_is_and_opened_by_those_who_read_the_case(browse, people, case):
    file = SimpleUploadedFile("kk.pdf", PDF, "application/pdf")
    typed = {"kind": "family_card", "number": "3578/1", "on": "2026-03-02", "note": "Asli dibawa ibu.", "file": file}
    answer = sent(browse, people.worker, case, "baru", **typed)
    row = CaseDocument.objects.get()
    told = (row.kind, row.number, str(row.on), row.note, row.is_restricted, row.file.name)
    assert (answer.status_code, told) == (
        302,
        ("family_card", "3578/1", "2026-03-02", "Asli dibawa ibu.", False, "kk.pdf"),
    )
    elsewhere = factories.team(factories.institution("PMKS")).head
    readers = (people.worker, people.supervisor, people.head, people.other_worker, elsewhere)
    assert [browse(reader, f"/berkas/{row.file_id}/").status_code for reader in readers] == [200, 200, 200, 404, 404]
    read = Access.objects.filter(page="document", kind="case").order_by("pk").values_list("actor_id", flat=True)
    assert list(read) == [reader.pk for reader in readers[:3]]


def test_what_cannot_be_kept_is_said_in_words_and_nothing_typed_is_lost(browse, people, case):
    big = SimpleUploadedFile("besar.pdf", PDF + b" " * files.MAX_BYTES, "application/pdf")
    fake = SimpleUploadedFile("foto.jpg", b"MZ bukan gambar", "image/jpeg")
    wide = SimpleUploadedFile("lebar.png", b"\x89PNG", "image/png")
    told = []
    for file in (big, fake, wide):
        answer = sent(browse, people.worker, case, "baru", kind="school", note="Rapor kelas 6", file=file)
        told.append(
            (answer.status_code, *answer.context["document_add"].errors["file"], "Rapor kelas 6" in text_of(answer))
        )
    kinds = "Berkas harus PDF, JPEG, atau PNG; berkas ini bukan salah satunya."
    assert told == [
        (422, "Berkas lebih besar dari 10 MB; kecilkan dahulu, lalu unggah lagi.", True),
        (422, kinds, True),
        (422, kinds, True),
    ]
    again = sent(browse, people.worker, case, "baru", kind="school", note="Rapor kelas 6")
    assert again.context["document_add"].errors["file"] == [
        "Pilih lagi berkasnya: yang tadi belum tersimpan, sedangkan tulisan Anda masih ada."
    ]
    assert not CaseDocument.objects.exists()


def test_restricted_documents_are_shut_to_the_heads_until_they_give_a_reason_and_only_that_day(browse, people, case):
    row = kept(case, kind="drug_test", note="Reaktif")
    assert row.is_restricted
    path, tab = f"/berkas/{row.file_id}/", f"/kasus/{case.number}/dokumen/"
    section = factories.user("kepala_seksi", Role.SECTION_HEAD)
    shut = [
        (browse(reader, path).status_code, "Reaktif" in text_of(browse(reader, tab)))
        for reader in (people.head, section)
    ]
    open_ = [
        (browse(reader, path).status_code, "Reaktif" in text_of(browse(reader, tab)))
        for reader in (people.worker, people.supervisor)
    ]
    assert (shut, open_) == ([(403, False)] * 2, [(200, True)] * 2)
    assert sent(browse, people.head, case, "buka", reason=" ").status_code == 422
    assert sent(browse, people.head, case, "buka", reason="Permintaan hakim").status_code == 302
    answer = browse(people.head, path)
    entry = Entry.objects.filter(verb="restricted.opened").get()
    assert (answer.status_code, entry.told.reason, browse(section, path).status_code) == (200, "Permintaan hakim", 403)
    assert "kk" not in answer["Content-Disposition"]
    from_trail = text_of(browse(people.supervisor, f"/kasus/{case.number}/jejak/"))
    assert "Bagian terbatas dibuka dengan alasan" in from_trail and "Reaktif" not in from_trail


def test_withdrawn_document_stays_listed_with_the_reason_and_its_file_is_given_out_no_more(browse, people, case):
    row, tab = kept(case), f"/kasus/{case.number}/dokumen/"
    page = browse(people.worker, tab)
    form = page.context["rows"][0][1]
    typed = {"form_key": form["form_key"].value(), "reason": "KK orang lain"}
    answers = [browse(people.worker, f"{tab}{row.pk}/tarik/", **typed).status_code for _time in range(2)]
    read = browse(people.worker, f"/berkas/{row.file_id}/").status_code
    assert (answers, read, "KK orang lain" in text_of(browse(people.head, tab))) == ([302, 302], 404, True)


def test_photo_is_drawn_anew_square_and_small_and_the_newest_counts(browse, people, case):
    exif = Image.Exif()
    exif[0x010E] = "Rumah ibu, Waru"
    for size in ((300, 400), (900, 700)):
        file = SimpleUploadedFile("saya.jpg", jpeg(size, exif=exif), "image/jpeg")
        assert sent(browse, people.worker, case, "foto", camera=file).status_code == 302
    first, last = ClientPhoto.objects.order_by("pk")
    drawn = []
    for stored in (last.picture, last.thumbnail):
        with Image.open(files.path(stored)) as image:
            drawn.append((image.format, image.size, dict(image.getexif())))
    assert drawn == [("JPEG", (640, 640), {}), ("JPEG", (160, 160), {})]
    keys = (last.picture_id, last.thumbnail_id, first.thumbnail_id)
    assert [browse(people.worker, f"/foto/{key}/").status_code for key in keys] == [200, 200, 404]
    assert f"/foto/{last.thumbnail_id}/" in text_of(browse(people.worker, f"/kasus/{case.number}/"))
    refused = sent(browse, people.worker, case, "foto", photo=SimpleUploadedFile("saya.pdf", PDF, "application/pdf"))
    assert (refused.status_code, refused.context["photo_take"].errors["photo"]) == (
        422,
        ["Foto harus JPEG atau PNG; unggah PDF sebagai dokumen."],
    )


def test_roster_shows_faces_to_everybody_on_duty_but_of_no_protected_child(browse, people, case, walked):
    other = walked.at(Stage.ASSESSMENT)
    taken = {one.pk: documents.take_photo(case=one, photo=picture(), by=people.worker) for one in (case, other)}
    type(other.client).objects.filter(pk=other.client_id).update(is_protected=True)
    nurse = factories.user("perawat", Role.NURSE)
    roster = text_of(browse(nurse, "/harian/"))
    keys = [taken[one.pk].thumbnail_id for one in (case, other)]
    assert [f"/foto/{key}/" in roster for key in keys] == [True, False]
    assert [browse(nurse, f"/foto/{key}/").status_code for key in keys] == [200, 404]
    assert [browse(people.worker, f"/foto/{key}/").status_code for key in keys] == [200, 200]


def test_tab_asks_the_database_as_often_for_three_documents_as_for_one(client, people, case, django_assert_num_queries):
    client.force_login(people.worker)
    kept(case)
    client.get(f"/kasus/{case.number}/dokumen/")
    for _time in range(2):
        with django_assert_num_queries(15):
            client.get(f"/kasus/{case.number}/dokumen/")
        kept(case), kept(case)
