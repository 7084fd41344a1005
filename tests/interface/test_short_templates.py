"""Pages leave without the indentation of their templates: nothing else is taken away, and no two words grow together."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from web.short_templates import SILENT, shortened

ROOT = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))
DRAWS_NOTHING = re.compile(
    rf"\{{#[^\n]*?#\}}|\{{% (?:{SILENT})\b[^%\n]*%\}}|\{{% blocktranslate\b[^%\n]* asvar[^%\n]*%\}}|\{{% [^%\n]* as \w+ %\}}"
)


def drawn(template: str) -> str:
    """Return what a browser sees of a template: what draws nothing is left out, and spaces in a row are one."""
    return " ".join(DRAWS_NOTHING.sub("", template).split())


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_browser_sees_the_same_of_each_template(name: str) -> None:
    text = (ROOT / name).read_text()
    assert drawn(shortened(text)) == drawn(text)
    assert not re.search(r"^[ \t]", shortened(text), re.M)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_holds_what_indentation_would_change(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "<pre" not in text and "<textarea" not in text and not re.search(r"<script(?! src=)", text)
    for tag in re.finditer(r"\{% blocktranslate\b([^%]*)%\}(.*?)\{% endblocktranslate %\}", text, re.S):
        assert " trimmed" in tag[1] or "\n" not in tag[2], tag[0]


def test_two_words_on_two_lines_do_not_grow_together() -> None:
    template = "<p>\n  one\n  {% if x %}\n    {% late x %}\n  {% endif %}\n  two\n</p>\n"
    assert shortened(template) == "<p>\none\n{% if x %}{% late x %}\n{% endif %}two\n</p>\n"
    assert shortened("a\n  {% include 'b.html' %}\n  c") == "a\n{% include 'b.html' %}\nc"
    assert shortened("a\n  {% if x %}b{% endif %}\n  c") == "a\n{% if x %}b{% endif %}\nc"
    assert shortened("a\n  {% url 'x' as y %}\n  c") == "a\n{% url 'x' as y %}c"
    said = "{% blocktranslate trimmed %}\na\n{% endblocktranslate %}\n<b>c</b>"  # its own line ends are trimmed
    assert shortened(said) == said


def test_pages_are_read_shortened_and_mail_as_it_is_written() -> None:
    engine = engines["django"]
    page, mail = (engine.get_template(name).template.source for name in ("casework/cases.html", "mail/reminder.txt"))
    assert page == shortened((ROOT / "casework/cases.html").read_text()) and "\n  " not in page
    assert mail == (ROOT / "mail/reminder.txt").read_text()
