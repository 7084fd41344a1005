"""What the printer leaves undone for who hears a PDF: links that say where they lead, and lines around a page that are no text.

PDF/UA-1 asks for both. WeasyPrint names a link by the name of its target, and tags head and foot of each page without a
place in the tree of what is read.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from papers.composing import words

TARGET = re.compile(r"(source|note)-(\d+)")
Finisher = Callable[[Any, Any], None]


def finisher_for(language: str) -> Finisher:
    """Return what WeasyPrint calls when a PDF in this language is whole, before it is written."""

    def finish(_document: Any, pdf: Any) -> None:
        for link in _of_type(pdf, "/Annot"):
            if found := TARGET.fullmatch(link["Contents"].string):
                link["Contents"].string = _leads_to(found[1], found[2], language)
        _set_apart_what_no_tree_holds(pdf)

    return finish


def _leads_to(what: str, number: str, language: str) -> str:
    if what == "source":
        return words.say("print.to_source", language, number=number)
    return words.say("print.to_note", language, number=number)


def _of_type(pdf: Any, name: str) -> Iterator[Any]:
    return (one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == name)


def _set_apart_what_no_tree_holds(pdf: Any) -> None:
    """Make an artifact of all that is tagged outside the tree of what is read: the lines around each page."""
    root = next(_of_type(pdf, "/StructTreeRoot"))
    read = set(_below(pdf, root))
    nums = _found(pdf, root["ParentTree"])["Nums"]
    for number, page in enumerate(_found(pdf, page) for page in pdf.page_references):
        of_page = nums[2 * number + 1]
        outside = {place for place, element in enumerate(of_page) if element not in read}
        for place in outside:
            _found(pdf, of_page[place]).clear()
            of_page[place] = "null"
        _mark_as_artifact(_found(pdf, page["Contents"]).stream, outside)


def _mark_as_artifact(commands: list[Any], outside: set[int]) -> None:
    for place, command in enumerate(commands):
        if command == b"BDC" and commands[place - 1].get("MCID") in outside:
            commands[place - 2] = "/Artifact"
            del commands[place - 1]["MCID"]
            commands[place - 1]["Type"] = "/Pagination"


def _below(pdf: Any, element: Any) -> Iterator[bytes]:
    for kid in element.get("K", ()):
        if isinstance(kid, bytes):
            yield kid
            yield from _below(pdf, _found(pdf, kid))


def _found(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
