"""What a person does on the pages of the walk, by what they see: search, fill in, submit, decide, print."""

from io import BytesIO

from playwright.sync_api import Locator, Page
from pypdf import PdfReader

TYPED = "Ditulis saat uji perjalanan."


def fill_blanks(form: Locator, **wanted: str) -> None:
    """Fill every field of a form: what is wanted by name (in rows by its last part), plausible words elsewhere."""
    for field in form.locator("input, textarea, select").all():
        name = field.get_attribute("name") or ""
        kind = field.get_attribute("type") or field.evaluate("node => node.tagName.toLowerCase()")
        if not name or kind in ("hidden", "submit", "file", "search") or not field.is_visible():
            continue
        _fill_one(form, field, name, kind, wanted.get(name, wanted.get(name.rsplit("-")[-1])))


def _fill_one(form: Locator, field: Locator, name: str, kind: str, value: str | None) -> None:
    if kind == "radio":
        if field.get_attribute("value") == value or not form.locator(f'[name="{name}"]:checked').count():
            field.check()
    elif kind == "checkbox":
        if value == (field.get_attribute("value") or "on"):
            field.check()
    elif kind == "select":
        field.select_option(value) if value else _first_choice(field)
    elif value is not None or not field.input_value():
        field.fill(value if value is not None else _plausible(kind, field))


def _first_choice(field: Locator) -> None:
    if not field.input_value():
        field.select_option(index=1)


def _plausible(kind: str, field: Locator) -> str:
    if kind == "number":
        return field.get_attribute("min") or "3"
    if kind == "date":
        return field.get_attribute("max") or ""
    return TYPED if kind in ("text", "textarea") else ""


class Desk:
    """One person at one browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self, path: str) -> "Desk":
        self.page.goto(path)
        return self

    def follow(self, link: str) -> "Desk":
        """Go where the first link of this name leads, and wait until that page is there, whole."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link).first.click()
        return self

    def save(self, **wanted: str) -> None:
        """Fill in the form of the page and save it; it must be accepted."""
        form = self.page.locator("main form").last
        fill_blanks(form, **wanted)
        self._send(form)

    def act(self, path: str, **wanted: str) -> None:
        """Answer the form of an act (its address ends in ``path``) on the page of a stage."""
        form = self.page.locator(f'main form[action$="{path}"]').first
        assert form.count(), self.page.locator("main").inner_text()[-1500:]
        folded = form.locator("xpath=ancestor::details[not(@open)]")
        if folded.count():
            folded.locator("summary").first.click()
        fill_blanks(form, **wanted)
        self._send(form)

    def _send(self, form: Locator) -> None:
        with self.page.expect_navigation() as answer:
            form.locator('button[type="submit"]').last.click()
        assert answer.value.status == 200, self.page.locator("main").inner_text()[:2000]

    def pdf(self, path: str) -> str:
        """The text of a PDF, fetched with this person's session."""
        answer = self.page.request.get(path)
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/pdf"
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()
