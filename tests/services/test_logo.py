"""The logo of a UPT: sent, drawn anew, shown on pages and on papers; and what is no logo."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.enums import Role
from accounts.models import Institution
from audit.models import Entry
from cases import logos
from reports.paper import Paper
from tests import factories
from tests.services import pictures
from tests.services.browsing import Browser, filled, form_in, text_of

pytestmark = pytest.mark.django_db
PAGE, IMAGE = "/pengaturan/lambang/ANKN/", "/lambang/ANKN/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def office():
    return factories.user("tatausaha", Role.ADMIN_OFFICE)


@pytest.fixture
def browse(client):
    return Browser(client)


def upt() -> Institution:
    return Institution.objects.get(code="ANKN")


def paper() -> Paper:
    return Paper("Judul", "", "", "", "", upt())


def test_a_logo_is_drawn_anew_and_stands_on_pages_and_papers(browse, office):
    worker = factories.user("pekerja", Role.SOCIAL_WORKER)
    assert (browse(office, IMAGE).status_code, paper().logo) == (404, "")
    stale = filled(form_in(browse(office, PAGE), "logo"), logo=pictures.upload())
    sent = filled(form_in(browse(office, f"{PAGE}?mulai=ANKN"), "logo"), logo=pictures.upload("JPEG", (900, 600)))
    answer = browse(office, f"{PAGE}?mulai=ANKN", **sent)
    assert (answer.status_code, answer["Location"]) == (302, "/pengaturan/mulai/?upt=ANKN")
    shown = browse(worker, IMAGE)
    with Image.open(io.BytesIO(b"".join(shown.streaming_content))) as image:
        assert (image.format, image.size, shown["Content-Type"]) == ("PNG", (400, 267), "image/png")
    assert f'src="{IMAGE}?v=2"' in text_of(browse(worker, "/"))
    assert paper().logo.startswith("data:image/png;base64,iVBOR")
    assert browse(office, "/pengaturan/mulai/contoh-naskah.pdf").content.count(b"/Image") >= 1
    overtaken = browse(office, PAGE, **stale)  # somebody else was faster
    rows = [(row.label, row.mine, row.stored) for row in overtaken.context["form"].differences]
    assert (overtaken.status_code, rows) == (409, [("Berkas lambang", "lambang.png (pilih berkasnya lagi)", "")])
    taken = filled(form_in(browse(office, PAGE), "logo"), is_removed="on")
    assert browse(office, PAGE, **taken).status_code == 302
    assert (upt().logo, paper().logo) == (None, "")
    assert list(Entry.objects.values_list("verb", flat=True)) == ["institution.logo_changed"] * 2


@pytest.mark.parametrize(
    "file, words",
    [
        (SimpleUploadedFile("lambang.png", PDF), "bukan salah satunya"),
        (SimpleUploadedFile("lambang.pdf", PDF), "bukan PDF"),
        (pictures.upload(size=(60, 600)), "terlalu kecil"),
        (SimpleUploadedFile("lambang.png", b"\x89PNG\r\n\x1a\n" + b"x" * logos.MAX_BYTES), "lebih besar dari 2 MB"),
        ("", "Pilih berkas lambang"),
    ],
)
def test_what_is_no_logo_is_refused_in_words(browse, office, file, words):
    answer = browse(office, PAGE, **filled(form_in(browse(office, PAGE), "logo"), logo=file))
    assert (answer.status_code, upt().logo) == (422, None)
    assert words in text_of(answer)


def test_another_upts_logo_is_out_of_sight(browse, office):
    factories.institution("LANSIA")
    assert [browse(office, path).status_code for path in ("/pengaturan/lambang/LANSIA/", "/lambang/LANSIA/")] == [
        404,
        404,
    ]
