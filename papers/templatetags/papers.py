"""How the pieces of a text are drawn: in print with source numbers, for reviewers with claim numbers, in public with neither."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.composing.marks import TextPiece
from papers.composing.printed_runs import direction_of, printed_runs
from papers.pdf.joining import joined

register = template.Library()


@register.simple_tag
def drawn(
    line: Iterable[TextPiece], numbers: Mapping[str, list[int]] | None = None, with_claims: object = False
) -> SafeString:
    """A line with claim numbers for those who review it, else with the numbers of its sources as it is printed."""
    return review_pieces(line) if with_claims else pieces(line, numbers)


@register.simple_tag
def pieces(line: Iterable[TextPiece], numbers: Mapping[str, list[int]] | None = None) -> SafeString:
    """A line as printed: runs of claim marks become the numbers of their sources, or nothing where there are none."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<sup>{}</sup>", run.text) if run.is_numbers else format_html("{}", joined(run.text)),)
            for run in printed_runs(line, numbers)
        ),
    )


@register.simple_tag
def direction(line: Iterable[TextPiece]) -> str:
    """Return rtl or ltr by the first letter of a line that has one: the printer does not know dir=auto."""
    return direction_of("".join(piece.text for piece in line))


@register.simple_tag
def review_pieces(line: Iterable[TextPiece]) -> SafeString:
    """A line as reviewers read it: claim numbers lead to their claim, findings are marked and can be jumped to."""
    return format_html_join("", "{}", ((_drawn(piece),) for piece in line))


def _drawn(piece: TextPiece) -> SafeString:
    if piece.label:
        return format_html(' <a class="claim" href="#claim-{}">{}</a>', piece.label, piece.label)
    if piece.finding:
        return format_html('<mark id="hit-{}">{}</mark>', piece.finding, piece.text)
    return format_html("{}", piece.text)
