"""How a change between two revisions is drawn: what came, what went, what stayed."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from materials.pages.review_page.changes import ChangedPiece

register = template.Library()


@register.simple_tag
def changed_pieces(runs: Iterable[ChangedPiece]) -> SafeString:
    """What came is marked as inserted, what went as deleted, the rest stands as it is."""
    return format_html_join("", "{}", ((_changed(run),) for run in runs))


def _changed(run: ChangedPiece) -> SafeString:
    if run.op == "ins":
        return format_html("<ins>{}</ins>", run.text)
    if run.op == "del":
        return format_html("<del>{}</del>", run.text)
    return format_html("{}", run.text)
