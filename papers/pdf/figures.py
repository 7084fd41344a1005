"""The figures 0 to 9 as outlines of our own font, for drawings: a number that is drawn so adds no word to the text of a PDF."""

from functools import cache

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from papers.pdf.families import LATIN
from papers.pdf.fonts import FOLDER

EM = 1000


@cache
def outlines() -> dict[str, tuple[str, int]]:
    """Return each figure as an SVG path, its height from the line up being negative, and how far it leads on."""
    with TTFont(FOLDER / LATIN.file_of(400)) as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        by = EM / font["head"].unitsPerEm
        return {figure: _outline(glyphs, names[ord(figure)], by) for figure in "0123456789"}


def _outline(glyphs: object, name: str, by: float) -> tuple[str, int]:
    pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number * by)))
    glyph = glyphs[name]  # type: ignore[index]
    glyph.draw(pen)
    return pen.getCommands(), round(glyph.width * by)
