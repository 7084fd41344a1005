"""Imprecise dates in the words of a document, with the forms that they take behind *since*, *until*, *on* and *by*.

A French or Spanish day has an article where a month has none, and a Russian month has cases. So a date is told with its
forms (`WordForms`), and each fixed word names the form that it needs.
"""

import datetime as dt
import re
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_ALT

from directory import dates
from papers.composing.word_table import WordForms, fixed_words, say

ROLES = ("of", "since", "until", "at")
WORD = re.compile(r"[^\W\d_]+")
ATTACHED = re.compile(r"(?<!\w)([^\W\d_])%\(")
HOLES = re.compile(r"%\([\w.]+\)s")
EUPHONY = {
    "ru": (re.compile(r"^с 2(?=[ \u00a0])"), "со 2"),  # "со второго"
    "es": (re.compile(r" o (?=octubre|8\b|11\b)"), " u "),  # before "ocho", "once", "octubre"
}


def day(value: dt.date, language: str) -> str:
    """Return a day in words, kept on one line."""
    return _one(dates.DatePart(value.year, value.month, value.day), language)


def date(text: str | None, language: str) -> str:
    """Return an imprecise date in the words of the document; no date is an empty text."""
    try:
        told = dates.parse(text)
    except ValueError:
        return text or ""
    return "" if told is None else _told(told, language)


def is_date_words(text: str, language: str) -> bool:
    """Say whether a text has a figure in it and no word that no date of this language has."""
    known, attached = _words_of_dates(language)
    found = WORD.findall(text.casefold())
    is_known = all(word in known or (word[:1] in attached and word[1:] in known) for word in found)
    return is_known and any(sign.isdigit() for sign in text)


@cache
def _words_of_dates(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that dates have, and the words of one letter that are written together with the next one."""
    rows = [row[language] for key, row in fixed_words().items() if key.startswith("date.")]
    months = [one for number in MONTHS for one in (_month(number, language), *_month(number, language).forms.values())]
    rows += [EUPHONY[language][1]] if language in EUPHONY else []
    words = frozenset(word for said in [*rows, *months] for word in WORD.findall(HOLES.sub(" ", said).casefold()))
    return words, frozenset(sign for row in rows for sign in ATTACHED.findall(row))


def _told(told: dates.ToldDate, language: str) -> WordForms:
    """Return one date, a span, or one or all of several dates in the words of the document."""
    if told.members:
        return _members(told, language)
    one = told.first or told.last
    if one and told.kind in {"one", "earlier", "later"}:
        said = _one(one, language)
        return said if told.kind == "one" else said.each(lambda words: say(f"date.{told.kind}", language, date=words))
    if told.first is None or told.last is None:
        key = ("from" if told.first else "until") + ("_unknown" if told.is_side_unknown else "")
        known = _one(one, language) if one else ""
        return _as_a_noun(say(f"date.{key}", language, date=known), language)
    if told.kind == "some_year":
        return _some_year(told.first, told.last, language)
    return _between(told.first, told.last, language)


def _members(told: dates.ToldDate, language: str) -> WordForms:
    *before, last = (_told(one, language) for one in told.members)
    if not before:
        only = told.members[-1]
        sides = {"first": _one(only.first, language), "last": _one(only.last, language)} if _is_closed(only) else {}
        return _as_a_noun(say("date.all", language, **sides), language)

    def joined(role: str | None) -> str:
        listed = say("date.comma", language).join(one.form(role) for one in before)
        return _euphonic(say(f"date.{told.kind}", language, first=listed, last=last.form(role)), language)

    return WordForms(joined(None), **{role: joined(role) for role in ROLES})


def _is_closed(told: dates.ToldDate) -> bool:
    return bool(told.first and told.last)


def _between(first: dates.DatePart, last: dates.DatePart, language: str) -> WordForms:
    """Return two dates between which something was; "14–19 March 2025" for two sure days of one month."""
    sides = {"first": _one(first, language), "last": _one(last, language)}
    roles = {role: say(f"date.{role}.between", language, **sides) for role in ROLES}
    return WordForms(_within_a_month(first, last, language) or say("date.between", language, **sides), **roles)


def _within_a_month(first: dates.DatePart, last: dates.DatePart, language: str) -> str:
    if not (first.is_exact and last.is_exact and (first.year, first.month) == (last.year, last.month)):
        return ""
    month = _month(first.month or 1, language)
    return _unbroken(say("date.shape.days", language, first=first.day, last=last.day, month=month, year=first.year))


def _some_year(first: dates.DatePart, last: dates.DatePart, language: str) -> WordForms:
    """Return a day, or a month, of a year that is known in part."""
    month = _month(first.month or 1, language)
    if first.day:
        shape = "first_of_year" if first.day == 1 else "day_of_year"
        named = WordForms(_unbroken(say(f"date.shape.{shape}", language, day=first.day, month=month)))
    else:
        named = month
    told = named.each(lambda words: say("date.some_year", language, date=words, first=first.year, last=last.year))
    return _in_roles(_hedged(told, first, language), first, language)


def _one(part: dates.DatePart | None, language: str) -> WordForms:
    """Return one date as far as it is known."""
    if part is None:
        return WordForms("")
    return _in_roles(_hedged(_shaped(part, language), part, language), part, language)


def _shaped(part: dates.DatePart, language: str) -> WordForms:
    """Return day, month and year, each as far as known, with the cases of the month."""
    if not part.month:
        return WordForms(say("date.shape.year", language, year=part.year))
    month = _month(part.month, language)
    if part.day:
        shape = "date.shape.first" if part.day == 1 else "date.shape.day"
        return WordForms(_unbroken(say(shape, language, day=part.day, month=month, year=part.year)))
    return month.each(lambda name: _unbroken(say("date.shape.month", language, month=name, year=part.year)))


def _month(number: int, language: str) -> WordForms:
    """Return a month by its name inside a sentence; in Russian with its genitive and its prepositional."""
    with translation.override(language):
        name, possessed = str(MONTHS[number]), str(MONTHS_ALT[number])
    if language != "ru":
        return WordForms(name if language == "en" else name.lower())
    possessed = possessed.lower()
    return WordForms(name.lower(), gen=possessed, prep=possessed[:-1] + "е")


def months_of(number: int, language: str) -> set[str]:
    """Return every form in which a month is named on papers of this language."""
    month = _month(number, language)
    return {str(month), *month.forms.values()}


def _hedged(said: WordForms, part: dates.DatePart, language: str) -> WordForms:
    if part.is_about:
        said = said.each(lambda words: say("date.about", language, date=words))
    return said.each(lambda words: say("date.perhaps", language, date=words)) if part.is_doubted else said


def _in_roles(said: WordForms, part: dates.DatePart, language: str) -> WordForms:
    """Return a date with what it is behind each preposition: a day and a longer time take different ones."""
    length = "day" if part.day else "time"
    roles = {role: _euphonic(say(f"date.{role}.{length}", language, date=said), language) for role in ROLES}
    return WordForms(said, **roles)


def _as_a_noun(words: str, language: str) -> WordForms:
    """Return words that no preposition goes before, such as "until 1962", and how they are named behind one."""
    return WordForms(words, **{role: say(f"date.{role}.noun", language, date=words) for role in ROLES})


def _euphonic(words: str, language: str) -> str:
    """Return the words with a preposition or an "or" in the form that the next sound asks for."""
    if language not in EUPHONY:
        return words
    before, instead = EUPHONY[language]
    return before.sub(instead, words)


def _unbroken(words: str) -> str:
    return words.replace(" ", "\u00a0")
