"""How the pieces of a text are drawn: in print with source numbers, for reviewers with claim numbers, in public with neither."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.composing import words
from papers.composing.marks import TextPiece
from papers.composing.paper_blocks import PaperBlock, PaperSection
from papers.composing.printed_runs import PrintedRun, direction_of, printed_runs
from papers.pdf.joining import bound, joined
from papers.pdf.timeline import timeline

register = template.Library()


@register.simple_tag
def drawn(
    line: Iterable[TextPiece],
    numbers: Mapping[str, list[int]] | None = None,
    with_claims: object = False,
    links: object = False,
) -> SafeString:
    """A line with claim numbers for those who review it, else with the numbers of its sources as it is printed."""
    return review_pieces(line) if with_claims else pieces(line, numbers, links)


@register.simple_tag
def pieces(
    line: Iterable[TextPiece], numbers: Mapping[str, list[int]] | None = None, links: object = False
) -> SafeString:
    """A line as printed: runs of claim marks become the numbers of their sources, or nothing where there are none.

    With links a number leads to its source, which leads back to where it stands first.
    """
    runs = printed_runs(line, numbers)
    return format_html_join("", "{}", ((_run(run, links),) for run in runs))


def _run(run: PrintedRun, links: object) -> SafeString:
    if not run.is_numbers:
        return format_html("{}", joined(run.text))
    told = ((_note(number, links, is_first=number in run.first),) for number in run.numbers)
    return format_html("<sup>{}</sup>", format_html_join(", ", "{}", told))


def _note(number: int, links: object, *, is_first: bool) -> SafeString:
    if not links:
        return format_html("{}", number)
    place = format_html(' id="note-{}"', number) if is_first else ""
    return format_html('<a{} href="#source-{}">{}</a>', place, number, number)


@register.simple_tag
def direction(line: Iterable[TextPiece]) -> str:
    """Return rtl or ltr by the first letter of a line that has one: the printer does not know dir=auto."""
    return direction_of("".join(piece.text for piece in line))


@register.simple_tag
def drawing(section: PaperSection, block: PaperBlock) -> SafeString:
    """The rows of a chronology on an axis of time, from right to left where the paper reads so; nothing for any other table."""
    drawn = block.time(section.language)
    if drawn is None:
        return SafeString("")
    is_mirrored = words.direction(section.language) == "rtl"
    return timeline(drawn, says=words.say("print.timeline", section.language), is_mirrored=is_mirrored)


@register.filter
def reads(text: str) -> str:
    """Return rtl or ltr by the first letter of a text that has one."""
    return direction_of(text)


@register.simple_tag
def review_pieces(line: Iterable[TextPiece]) -> SafeString:
    """A line as reviewers read it: claim numbers lead to their claim, findings are marked and can be jumped to."""
    return format_html_join("", "{}", ((_drawn(piece),) for piece in line))


def _drawn(piece: TextPiece) -> SafeString:
    if piece.label:
        return format_html(' <a class="claim" href="#claim-{}">{}</a>', piece.label, piece.label)
    if piece.finding:
        return format_html('<mark id="hit-{}">{}</mark>', piece.finding, piece.text)
    return format_html("{}", bound(piece.text))
