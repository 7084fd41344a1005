"""A right with the law that a paper may cite for it: the Universal Declaration, and treaties that bound the State then.

The date of the facts is the day of arrest: that is the fact every paper speaks of, and a treaty that bound on that day
binds what follows from it. Where it is not known and the person is held, it is the day of which the status is told.
Where neither is known there is none, and no treaty is cited. The day itself is not printed: consent may not open it.
"""

from casework.custody import Custody
from directory.law import Cited, Law, TreatyAnswer
from papers.composing import words


def facts_on(custody: Custody) -> str:
    """Return the date of the facts as EDTF text, empty where nobody knows it."""
    return custody.since or (custody.status_on.isoformat() if custody.is_held else "")


def right_with_law(right: str, *, name: str, declaration: str, law: Law, language: str) -> str:
    """Return the right with its articles of the Universal Declaration and of treaties in force; what was only signed is said so."""
    articles = declaration.replace(
        "; ", words.say("date.comma", language)
    )  # a semicolon parts one treaty from the next
    said = [words.say("law.declaration", language, articles=articles)] if declaration else []
    rows = law.on(right)
    if binding := [_article(row, language) for row in rows if row.answer == TreatyAnswer.BINDS]:
        said.append(words.say("law.in_force", language, treaties=words.say("date.comma", language).join(binding)))
    for row in rows:
        if row.answer == TreatyAnswer.SIGNED:
            as_of = words.date(row.standing.as_of, language)
            said.append(words.say("law.signed", language, date=as_of, treaty=_article(row, language)))
    return words.say("rights.law", language, right=name, law="; ".join(said)) if said else name


def _article(row: Cited, language: str) -> str:
    return f"{words.say(f'treaty.{row.treaty}', language)} {row.articles}"
