"""Accessibility of a page as axe-core sees it: WCAG 2.2, levels A and AA."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RUN = """
() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
    .then(found => found.violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`)))
"""


def violations(page: Page) -> list[str]:
    """What is wrong with the page as it stands, one line per element; empty is the only good answer."""
    page.evaluate(SOURCE)
    return page.evaluate(RUN)
