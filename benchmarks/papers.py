"""P8: a stage report printed for the first time beside bare WeasyPrint, and an issued paper printed again.

Bare WeasyPrint gets the same HTML with the same style sheet, as its documentation has it; the template is drawn by
both. The reprint hands out the kept file, beside reading the case and printing it; its address may not ask the renderer
at all. Both are measured in processor time.
"""

import gc
import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test import Client  # noqa: E402
from weasyprint import CSS, HTML  # noqa: E402

from benchmarks import paired  # noqa: E402
from benchmarks.database import scratch  # noqa: E402
from cases.enums import Stage  # noqa: E402
from reports import documents, issuing, pdf  # noqa: E402
from reports.enums import PaperKind  # noqa: E402
from reports.paper_views import as_kept  # noqa: E402
from tests import factories  # noqa: E402

TEMPLATE, STAGE, TURNS = "reports/print/stage_report.html", Stage.ASSESSMENT, 11


def main() -> None:
    people = factories.team()
    case = factories.case(people, Stage.PLANNING)
    context = documents.stage_context(case, STAGE, by=people.head)

    def ours() -> None:
        pdf.render(TEMPLATE, context)

    def bare() -> None:
        """The usual way: the style sheet read anew, fonts looked up anew, the same tags for readers."""
        style = CSS(string=pdf.stylesheet())
        HTML(string=render_to_string(TEMPLATE, context)).write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")

    paper = issuing.issue(kind=PaperKind.STAGE_REPORT, subject=f"{STAGE.slug}-1", cases=[case], by=people.worker)
    browser = Client()
    browser.force_login(people.head)

    def printed() -> None:
        documents.stage_report(case, STAGE, by=people.head)

    def again() -> None:
        """Checked against its digest, opened and read."""
        as_kept(paper).getvalue()

    def asked_for() -> None:
        answer = browser.get(f"/surat/{paper.spelled_code}/naskah.pdf")
        assert answer.status_code == 200
        answer.getvalue()

    calls: list[str] = []
    kept, pdf.render = pdf.render, lambda *_told: calls.append("render") or b""
    try:
        asked_for()
    finally:
        pdf.render = kept
    gc.collect()
    gc.freeze()  # what stands by now is nobody's to walk over
    control = paired.ratio(bare, lambda: bare(), TURNS, time.process_time)
    first = paired.ratio(ours, bare, TURNS, time.process_time)
    reprint = paired.ratio(again, printed, TURNS, time.process_time)
    print(f"P8 on {connection.vendor}, report on {STAGE.slug}")
    print("| goal | limit | measured | holds |")
    print("|---|---|---|---|")
    print(paired.line("first print against bare WeasyPrint", "≤ 0.9 ×", f"{first:.2f} ×", first <= 0.9, control))
    told = f"{reprint:.3f} ×, renderer called {len(calls)} times"
    print(paired.line("reprint against the first print", "≤ 0.02 ×", told, reprint <= 0.02 and not calls, control))
    one, other, whole = (paired.milliseconds(act, TURNS, time.process_time) for act in (printed, again, asked_for))
    print(
        f"first print {one:.0f} ms, reprint {other:.2f} ms; its whole request, with who and the trace, {whole:.1f} ms"
    )


if __name__ == "__main__":
    scratch(main)
