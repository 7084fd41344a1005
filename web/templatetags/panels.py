"""Parts of a panel that stand many times on a page, drawn in one go: parts/panel_head, summary_list, task_list.

Each draws what its part says in its first lines. A value is escaped where it is put in.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.base import render_value_in_context
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casework.pages.consent_matrix import MatrixLine
from web.templatetags.display import badge, consent_badge, late

register = template.Library()

PARTLY = "CS_LIMITED"


@register.simple_tag(takes_context=True)
def panel_head(context: Any) -> SafeString:
    """The head of a panel: its heading, a figure, a muted line, up to two links."""
    told, write = context.get, _writer(context)
    count, note, tone = told("count"), told("note"), told("tone")
    lines = [f'<div class="panel-head">\n<h2 id="{write(told("id", ""))}-h">{write(told("title", ""))}</h2>']
    is_counted = count is not None and count != ""
    of_tone = f" {write(tone)}" if tone else ""
    lines.append(f'<span class="count{of_tone}">{write(count)}</span>' if is_counted else "")
    lines.append(f'<p class="muted">{write(note)}</p>' if note else "")
    links = [(told(url), told(label, "")) for url, label in (("url", "label"), ("url2", "label2"))]
    shown = "".join(f'<a href="{write(url)}">{write(label)}</a>' for url, label in links if url)
    if shown:
        lines.append(f'<div class="panel-actions">{shown}</div>')
    return SafeString("\n".join([*lines, "</div>"]))


@register.simple_tag(takes_context=True)
def summary_list(context: Any, rows: Iterable[Any]) -> SafeString:
    """Label, value or state, a muted note, and the way to change it."""
    write = _writer(context)
    unasked = badge(_("Not yet asked"), "ring-empty", "care")
    states: dict[str, str] = {
        "unasked": unasked,
        "unknown": escape(_("Unknown")),
        "refused": escape(_("Refused to say")),
    }
    lines = ['<dl class="sum">']
    for row in rows:
        label, note, url = write(_of(row, "label")), _of(row, "note"), _of(row, "url")
        value = states.get(_of(row, "state"))
        if value is None:
            value = write(_of(row, "value"))
            value = f"<bdi>{value}</bdi>" if _of(row, "is_typed") else value
        muted = f' <span class="muted">{write(note)}</span>' if note else ""
        lines.append(f"<div>\n<dt>{label}</dt>\n<dd>\n{value}\n{muted}\n</dd>")
        if url:
            link = f'{write(_of(row, "link"))}<span class="hidden"> {label}</span>'
            lines.append(f'<dd class="change"><a href="{write(url)}">{link}</a></dd>')
        lines.append("</div>")
    return SafeString("\n".join([*lines, "</dl>"]))


@register.simple_tag(takes_context=True)
def task_list(context: Any, rows: Iterable[Any]) -> SafeString:
    """A link or words, then one of state, late, soon and when, and a muted note."""
    write = _writer(context)
    lines = ['<ul class="tasks">']
    for row in rows:
        label, url, note = write(_of(row, "label")), _of(row, "url"), _of(row, "note")
        lines += ["<li>", f'<a href="{write(url)}">{label}</a>' if url else f"<span>{label}</span>"]
        if state := _of(row, "state"):
            lines.append(badge(state, _of(row, "mark"), _of(row, "tone")))
        elif missed := _of(row, "late"):
            lines.append(late(missed))
        elif soon := _of(row, "soon"):
            lines.append(f'<span class="soon">{write(soon)}</span>')
        elif when := _of(row, "when"):
            lines.append(f"<span>{write(when)}</span>")
        lines += [f'<p class="muted">{write(note)}</p>' if note else "", "</li>"]
    return SafeString("\n".join([*lines, "</ul>"]))


@register.simple_tag
def consent_table(lines: Iterable[MatrixLine]) -> SafeString:
    """Consent at one look, as a plain table of `{% datatable %}`: an item a line, officials and public."""
    heads = (_("Item"), _("Officials"), _("Public"))
    drawn = {PARTLY: badge(_("In part"), "ring-half", "care")}
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    rows = []
    for line in lines:
        rows.append(f'<tr>\n<th scope="row">{escape(line.label)}</th>')
        for state in line.states:
            if state not in drawn:
                drawn[state] = consent_badge(state)
            rows.append(f"<td>\n{drawn[state]}\n</td>")
        rows.append("</tr>")
    top = f"<thead>\n<tr>{columns}</tr>\n</thead>"
    body = "\n".join(["<tbody>", *rows, "</tbody>"])
    return SafeString(f'<table class="t keep">\n{top}\n{body}\n</table>')


def _of(row: Any, name: str) -> Any:
    """Return a value of a row, which may be anything that a template could read; nothing where it has none."""
    return row.get(name, "") if isinstance(row, dict) else getattr(row, name, "")


def _writer(context: Any) -> Any:
    """Return what writes a value into a page: escaped, and figures and days as the language writes them."""

    def write(value: Any) -> str:
        kind = type(value)
        return (
            value if kind is SafeString else escape(value) if kind is str else render_value_in_context(value, context)
        )

    return write
