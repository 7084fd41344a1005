"""axe-core on pages: `run_axe(page)` where JavaScript is on, `run_axe_on_html` for the HTML of a page reached without it."""

from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
GRAVE = ("serious", "critical")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rules that look at colours, places and sizes; all others read the markup and which parts of it are hidden.
DRAWN = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
# No rule of these tags reads stylesheets, so axe need not load and parse them once more: a third of its work on a page.
# Only what is read comes back from the browser: axe's whole answer is long, and it is asked a thousand times.
ASK = """only => axe.run(document, {runOnly: only, resultTypes: ['violations'], preload: {assets: ['media']}}).then(found => found.violations.map(
    ({id, impact, nodes}) => ({id, impact, nodes: nodes.map(node => node.html.slice(0, 200))})))"""


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def run_axe(page: Any, *, levels: tuple[str, ...] = GRAVE, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe finds on this page at these levels, one line a finding; an empty list is what a test wants.

    It asks every rule of the tags, or these rules alone.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found = page.evaluate(ASK, rules or TAGS)
    return [
        f"{fault['id']} ({fault['impact']}): {node}"
        for fault in found
        if fault["impact"] in levels
        for node in fault["nodes"]
    ]


def run_axe_on_html(context: Any, *, url: str, html: str, levels: tuple[str, ...] = GRAVE) -> list[str]:
    """The same for HTML kept from a context without JavaScript: opened again at its address, styles from the site."""
    page = context.new_page()
    try:
        page.route(url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.goto(url)
        return run_axe(page, levels=levels)
    finally:
        page.close()


def sideways(page: Any) -> int:
    """By how many CSS pixels the page is wider than its window; 0 is what a test wants."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
