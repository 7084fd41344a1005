"""The law that a text cites, treaty by treaty: whether it bound the State then, by what source and as of when. Internal."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from casework.custody import custody_of
from casework.models import Case, RightImplicated
from directory.dates import in_words
from directory.law import Cited, TreatyAnswer, law_of, treaty_name
from directory.pages.treaties import said_by, stands
from directory.vocabulary import label
from materials.facts_used import text_of
from materials.models import Material
from papers.composing.law_words import facts_on
from papers.composing.marks import stands_in


@dataclass(frozen=True)
class LawRow:
    """One treaty on one right of this text (materials/_law.html)."""

    right: str
    treaty: str
    articles: str
    name: str
    answer: str
    is_cited: bool
    stands: str
    facts_on: str
    source: str
    said_by: str
    url: str


def law_rows(material: Material, cases: list[Case]) -> list[LawRow]:
    """Return every treaty that speaks of a right which the text names, cited or not, with source and as-of date."""
    text, found = text_of(material), list[LawRow]()
    for case in cases:
        rights = [row.right for row in RightImplicated.objects.present().filter(case=case).order_by("created_at")]
        named = [right for right in rights if stands_in(_printed(right, material.language), text)]
        if named:
            law = law_of(case.country, facts_on(custody_of(case)))
            found += [_row(right, cited, law.facts_on) for right in named for cited in law.on(right)]
    return found


def _printed(right: str, language: str) -> str:
    with translation.override(language):
        return label("right", right)


def _row(right: str, cited: Cited, day: str) -> LawRow:
    standing = cited.standing
    return LawRow(
        right=label("right", right),
        treaty=cited.treaty,
        articles=cited.articles,
        name=treaty_name(cited.treaty),
        answer=str(cited.answer.label),
        is_cited=cited.answer == TreatyAnswer.BINDS,
        stands=stands(standing),
        facts_on=in_words(day) if day else "",
        source=standing.source,
        said_by=said_by(standing),
        url=reverse("directory:treaty_correct", args=[standing.country, cited.treaty]),
    )
