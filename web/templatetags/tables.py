"""Long tables, each row in one go: a template that is asked for each cell costs more than all that it shows.

They look as the plain tables of `{% datatable %}` do, with the same roles, scopes and labels.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.pages.addresses import address_of
from casework.pages.case_list import ListedCase
from web.pages.today_dates import StepLine
from web.templatetags.case_columns import case_columns
from web.templatetags.display import gate_badge, hold_badge, late, posture_badge, risk_badge

register = template.Library()

CASE = '<a href="{}"><bdi>{}</bdi></a>\n<span class="second"><bdi dir="ltr" class="ref">{}</bdi></span>'
NEXT = '{}\n<span class="second">{}</span>'
STATUS = '{}\n<span class="second">{}</span>'
STEP = '<a href="{}"><bdi>{}</bdi></a>{}'
OPEN = '<a href="?step={}#step">{}<span class="hidden"> “{}”</span></a>'
TYPED = "<bdi>{}</bdi>"


@dataclass(frozen=True)
class TableColumn:
    """A column: its heading, how a cell is written around its values, its class, and whether it names the thing itself."""

    heading: str
    cell: str = "{}"
    css: str = ""
    is_thing: bool = False


def drawn(
    columns: Sequence[TableColumn], rows: Iterable[Sequence[Any]], css: str = "", head_css: str = ""
) -> SafeString:
    """Return a table. A row holds the values of all its cells one after another; each is escaped."""
    headings = format_html_join(
        "", '<th role="columnheader" scope="col">{}</th>', ((column.heading,) for column in columns)
    )
    is_labelled = "line" not in css.split()  # one quiet line on a phone shows no labels
    row = "".join(_cell(column, is_labelled=is_labelled) for column in columns)
    return format_html(
        '<table class="t{}" role="table">\n<thead{} role="rowgroup"><tr role="row">{}</tr></thead>\n'
        '<tbody role="rowgroup">\n{}\n</tbody>\n</table>',
        f" {css}" if css else "",
        format_html(' class="{}"', head_css) if head_css else "",
        headings,
        _rows(f'<tr role="row">{row}</tr>', rows),
    )


def _rows(written: str, rows: Iterable[Sequence[Any]]) -> SafeString:
    """Return what format_html_join() would, with less asked of texts that are only texts."""
    return SafeString("\n".join([written.format(*[_escaped(value) for value in row]) for row in rows]))


def _escaped(value: Any) -> str:
    kind = type(value)
    return value if kind is SafeString else escape(value) if kind is str else conditional_escape(value)


def _cell(column: TableColumn, *, is_labelled: bool) -> str:
    """Return how a cell of this column is written; a heading is no part of the format, whatever it says."""
    of_class = f' class="{column.css}"' if column.css else ""
    if column.is_thing:
        return f'<th{of_class} role="rowheader" scope="row">{column.cell}</th>'
    heading = conditional_escape(column.heading).replace("{", "{{").replace("}", "}}")
    label = f' data-label="{heading}"' if is_labelled else ""
    return f'<td{of_class} role="cell"{label}>{column.cell}</td>'


@register.simple_tag(takes_context=True)
def case_table(context: Any, rows: Sequence[ListedCase]) -> SafeString:
    """The list of cases, with what stands beside each and what comes next in it."""
    cases = [row.case for row in rows]
    beside = case_columns(context["request"].user, cases)
    columns = [
        TableColumn(_("Case"), CASE, is_thing=True),
        TableColumn(_("Country")),
        TableColumn(_("Status"), STATUS, "wide2"),
        TableColumn(_("Risk"), css="w3"),
        TableColumn(_("Posture"), css="w3"),
        TableColumn(_("Next"), NEXT, "w3"),
        TableColumn(_("Lead"), TYPED, "w3"),
    ]
    risk, posture, held = cache(risk_badge), cache(posture_badge), _("Held: %(custody)s")
    none = format_html('<span class="muted">{}</span>', _("None"))

    def cells(row: ListedCase) -> tuple[Any, ...]:
        case, more = row.case, beside[row.case.pk]
        return (
            *(address_of("casework:case", case.reference), case.codename, case.reference, row.country, row.status),
            held % {"custody": more.custody},
            risk(more.risk, more.risk_label),
            hold_badge() if more.is_held else posture(more.posture),
            late(more.late) if more.late else more.due or ("" if more.next else none),
            more.next,
            case.lead,
        )

    return drawn(columns, map(cells, rows))


@register.simple_tag
def step_table(rows: Sequence[StepLine], head: str, css: str = "line", head_css: str = "") -> SafeString:
    """Steps as a work list: when or how late, the step, its case and its track."""
    columns = [
        TableColumn(head),
        TableColumn(_("Step"), STEP, is_thing=True),
        TableColumn(_("Case"), TYPED),
        TableColumn(_("Track")),
    ]
    gate = cache(lambda code: format_html(" {}", gate_badge(code)) if code else "")
    first = (late(row.late) if row.late else row.when for row in rows)
    cells = (
        (when, row.url, row.title, gate(row.gate), row.case, row.track) for when, row in zip(first, rows, strict=True)
    )
    return drawn(columns, cells, css, head_css)


@register.simple_tag
def late_table(rows: Sequence[StepLine]) -> SafeString:
    """Late steps, each with the way to close or move it on the page itself."""
    columns = [
        TableColumn(_("Late")),
        TableColumn(_("Step"), STEP, is_thing=True),
        TableColumn(_("Case"), TYPED),
        TableColumn(_("Track")),
        TableColumn(_("Do"), OPEN),
    ]
    gate = cache(lambda code: format_html(" {}", gate_badge(code)) if code else "")
    words = _("Done, or move")
    cells = (
        (late(row.late), row.url, row.title, gate(row.gate), row.case, row.track, row.key, words, row.title)
        for row in rows
    )
    return drawn(columns, cells, "line")
