"""Whether a text in another language than its packet is whole: nothing unsigned, nothing left in the language of the packet."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework.models import Case, Name
from casework.translating.originals import Original, originals_of, translations_of
from materials.facts_used import text_of
from materials.models import Material
from papers.composing.judging import NOT_TRANSLATED
from papers.composing.marks import CELL, reading, sentences, stands_in
from papers.composing.sections import is_sources
from papers.kinds import registry
from sealing.letters.languages import language_name, script_of_language
from sealing.letters.scripts import letters_by_script

LEAST_WORDS = 3  # fewer words of other letters are a name or a sign of the law
ADDRESS = re.compile(r"\S*[@/]\S*")


@dataclass(frozen=True)
class NotTranslated:
    """How much of one case a text leaves out because nobody has translated it, and into which language."""

    reference: str
    count: int
    language: str


def why_not_translated(material: Material) -> list[str]:
    """Return every reason why a text in another language than its packet's may not go to review, each with its mend.

    A translation that it prints is not signed; words of the packet stand in it as they are; a sentence consists of
    letters of another script alone. A notice of an emergency is asked nothing: nobody waits for a translator at night.
    """
    others = [case for case in material.cases.order_by("pk") if case.language != material.language]
    if not others or material.level == "emergency":
        return []
    text = text_of(material)
    found = [sentence for case in others for sentence in _of_packet(case, material.language, text)]
    return [*found, *_in_other_letters(material, others)]


def not_translated(material: Material) -> list[NotTranslated]:
    """Return, by case, how much this text leaves out because it is not translated."""
    rows = [row["case"] for row in (material.withheld or {}).get("rows", []) if row["why"] == NOT_TRANSLATED]
    return [NotTranslated(case, rows.count(case), material.language) for case in sorted(set(rows))]


def why_emptied(material: Material) -> list[str]:
    """Return that sections may be empty because the packet is not translated, where that is so."""
    if not not_translated(material):
        return []
    words = _(
        "Part of the packet is not translated into %(language)s, and is left out. Translate it, and compose again."
    )
    return [words % {"language": language_name(material.language)}]


def _of_packet(case: Case, language: str, text: str) -> Iterator[str]:
    stored, name = translations_of(case, language), language_name(language)
    for original in originals_of(case):
        row = stored.get(original.key)
        said = (row.text or "") if row and row.is_of(original.words) else ""
        if said and row and row.signed_by_id is None and stands_in(_bare(said), text):
            yield _(
                "“%(words)s” is a translation that no second reader has signed. Another reader of %(language)s signs it."
            ) % {
                "words": said,
                "language": name,
            }
        if _stands(original, text) and not stands_in(_bare(original.words), said):
            yield _(
                "“%(words)s” stands in the text as it is in the packet. Translate it into %(language)s, or take it out."
            ) % {
                "words": original.words,
                "language": name,
            }


def _stands(original: Original, text: str) -> bool:
    """Say whether the words of the packet stand in the text, and not only as a part of other words."""
    words = _bare(original.words)
    if not stands_in(words, text):
        return False
    first = re.escape(" ".join(words.splitlines()[0].casefold().split()))
    return bool(re.search(rf"(?<!\w){first}(?!\w)", " ".join(reading(text).plain.casefold().split())))


def _bare(words: str) -> str:
    return words.strip().rstrip(".")


def _in_other_letters(material: Material, cases: Iterable[Case]) -> Iterator[str]:
    """Return each sentence without a letter of the reader's script; names, addresses and signed words are no sentence."""
    script, name = script_of_language(material.language), language_name(material.language)
    if all(script_of_language(case.language) == script for case in cases):
        return
    taken = _words_that_may_stand(material, cases)
    for piece in _pieces(material):
        bare = ADDRESS.sub(" ", piece)
        for words in taken:
            bare = bare.replace(words, " ")
        letters = letters_by_script(bare)
        if letters and script not in letters and len(re.findall(r"[^\W\d_]+", bare)) >= LEAST_WORDS:
            yield _("“%(words)s” is not in %(language)s. Translate this sentence, or take it out.") % {
                "words": piece,
                "language": name,
            }


def _words_that_may_stand(material: Material, cases: Iterable[Case]) -> list[str]:
    """Return names of the people, and what a reader of the language signed as it is, the longest first."""
    names = [row.value or "" for row in Name.objects.present().filter(case__in=list(cases))]
    signed = [
        (row.text or "").strip()
        for case in cases
        for row in translations_of(case, material.language).values()
        if row.signed_by_id
    ]
    return sorted(filter(None, [*names, *signed]), key=len, reverse=True)


def _pieces(material: Material) -> Iterator[str]:
    """Return the sentences of the text, cut at colons and cells too; without sources and the contact of the office."""
    kind = registry.find(material.kind)
    texts = [material.title or ""]
    for section in material.body or []:
        if not is_sources(section["code"]) and section["code"] != kind.section_code(kind.contact):
            texts.append(section["text"])
    for text in texts:
        for sentence, _labels in sentences(text):
            yield from (piece.strip(" -|=") for piece in re.split(rf":\s|{re.escape(CELL)}", sentence))
