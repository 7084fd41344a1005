"""Days and hours are said in words and on the office's clock; only the auditor's trail counts seconds."""

from tools.machine import ROOT

IN_FIGURES = 'date:"Y-m-d'
TRAIL = "audit/entries.html"


def test_no_page_but_the_trail_shows_a_day_in_figures() -> None:
    templates = ROOT / "templates"
    found = {str(path.relative_to(templates)) for path in templates.rglob("*.html") if IN_FIGURES in path.read_text()}
    assert found == {TRAIL}
