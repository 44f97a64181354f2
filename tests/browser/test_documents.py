"""Documents and photos from a phone: the face and the paper are where one looks for them."""

import pytest
from playwright.sync_api import expect

from cases.enums import Stage
from services import documents
from tests import factories
from tests.access.things.documents import SCAN, picture
from tests.browser.axe import violations
from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_photo_and_document_are_seen_from_a_phone(open_page):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    documents.take_photo(case=case, photo=picture(), by=people.worker)
    documents.add(case=case, values={"kind": "health", "note": "Surat sehat"}, file=SCAN, by=people.worker)
    page = open_page(PHONE, people.worker, has_touch=True, is_mobile=True)
    page.goto(f"/kasus/{case.number}/dokumen/")
    face = page.locator(".portrait img")
    expect(face).to_be_visible()
    assert face.evaluate("image => image.decode().then(() => image.naturalWidth)") == 40
    expect(page.get_by_label("Potret dengan kamera HP")).to_have_attribute("capture", "environment")
    expect(page.get_by_text("Surat sehat")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []
    page.goto(f"/kasus/{case.number}/penetapan/")
    assert violations(page) == []
