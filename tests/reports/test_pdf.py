"""The output gate: tagged, in one typeface, and deaf to every address in what people typed."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pypdf.generic import DictionaryObject
from weasyprint import HTML

from cases.enums import Stage
from reports import documents, pdf
from services.demo import walk
from services.models import Assessment
from tests import factories
from tests.reports.papers import reader, team, text, upt

SECRET = "isi-berkas-rahasia"


class Listener(HTTPServer):
    """A server on this machine that writes down what it was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(SECRET.encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def lures(address: str, file: Path) -> list[str]:
    """Every way in which markup asks for something from elsewhere."""
    return [
        f'<link rel="attachment" href="{file.as_uri()}">',
        f'<link rel="attachment" href="{address}/attachment">',
        f'<img src="{address}/img"><img src="{file.as_uri()}">',
        f'<link rel="stylesheet" href="{address}/style">',
        f"<style>@import url({address}/import); p{{background:url({address}/background)}}</style>",
        f"<style>@font-face{{font-family:x;src:url({address}/font)}} p{{font-family:x}}</style>",
        f'<object data="{address}/object"></object><embed src="{address}/embed">',
        f'<svg><image href="{address}/svg"/><use href="{address}/use#a"/></svg>',
    ]


def attached(paper: bytes) -> list[bytes]:
    return [content for contents in reader(paper).attachments.values() for content in contents]


def test_a_bare_renderer_would_fetch_all_of_this(listener, tmp_path):
    """The negative control: without the gate the very same markup calls the server and swallows the file."""
    file = tmp_path / "rahasia.txt"
    file.write_text(SECRET)
    paper = HTML(string="<p>x</p>" + "".join(lures(listener.address, file))).write_pdf()
    expected = {"/attachment", "/background", "/embed", "/font", "/img", "/import", "/object", "/style", "/svg"}
    assert expected <= set(listener.asked)
    assert SECRET.encode() in attached(paper)


def test_the_gate_fetches_nothing_even_from_markup_that_is_not_escaped(listener, tmp_path, settings):
    file = tmp_path / "rahasia.txt"
    file.write_text(SECRET)
    (tmp_path / "lure.html").write_text("<p>x</p>" + "".join(lures(listener.address, file)))
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path], "APP_DIRS": False}]
    paper = pdf.render("lure.html", {})
    assert listener.asked == []
    assert attached(paper) == []


@pytest.mark.django_db
def test_what_people_typed_is_printed_as_typed_and_never_obeyed(listener, tmp_path):
    file = tmp_path / "rahasia.txt"
    file.write_text(SECRET)
    typed = " ".join(lures(listener.address, file))
    people = team(upt())
    case = factories.case(people, Stage.ASSESSMENT, factories.client(people, name='<img src="file:///x">'))
    walk.paper(people, case, Assessment, problem_statement=typed)
    paper = documents.stage_report(case, Stage.ASSESSMENT, by=people.head)
    assert listener.asked == []
    assert attached(paper) == []
    # Where a line breaks, the renderer swallows the space: compare what is printed without any.
    assert "".join(typed.split()) in "".join(text(paper).split())
    assert '<IMG SRC="FILE:///X">' in text(paper)


def test_a_paper_is_tagged_titled_and_in_indonesian_with_alternative_texts(six_papers):
    document = reader(six_papers[Stage.ASSESSMENT])
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "id"
    assert document.metadata.title == "Laporan Tahap Asesmen, kasus ANKN-2026-0001"
    assert re.search(rb"pdfuaid:part(>|=\")1", root["/Metadata"].get_data())
    figures = [element for element in elements(root["/StructTreeRoot"]) if element.get("/S") == "/Figure"]
    assert [str(figure["/Alt"]) for figure in figures] == [
        "Diagram empat aspek, skala 1–5: Biologis 2, Psikologis 3, Sosial 2, Spiritual 3"
    ]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= {str(e.get("/S")) for e in elements(root["/StructTreeRoot"])}


def elements(node: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every element of the structure tree."""
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if isinstance(child, DictionaryObject) and "/S" in child:
            yield child
            yield from elements(child)


@pytest.mark.parametrize("stage", Stage)
def test_only_liberation_serif_is_embedded(six_papers, stage):
    document = reader(six_papers[stage])
    names = {str(font["/BaseFont"]) for font in fonts(document)}
    assert names
    assert {re.sub(r"^/[A-Z]{6}\+", "", name).split("-Bold")[0].split("-Italic")[0] for name in names} == {
        "Liberation-Serif"
    }
    assert all("/FontFile2" in d or "/FontFile3" in d for font in fonts(document) for d in descriptors(font))


def fonts(document) -> list[DictionaryObject]:
    found = {}
    for page in document.pages:
        for name, font in page["/Resources"].get("/Font", {}).items():
            found[name] = font.get_object()
    return list(found.values())


def descriptors(font: DictionaryObject) -> list[DictionaryObject]:
    return [child.get_object()["/FontDescriptor"].get_object() for child in font["/DescendantFonts"]]


def test_the_renderer_is_not_loaded_before_something_is_printed():
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; import django; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns; import reports.documents, reports.views;"
        "print('weasyprint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
