"""The protective notice: a fixed form of plain answers, for a trusted recipient, at any hour."""

import datetime as dt
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from casework.consent_codes import TRUSTED
from directory.countries import name_of
from papers.composing import words
from papers.kinds.kind import Kind

VALID_FOR = dt.timedelta(hours=72)
KIND = Kind(
    code="PROTECTIVE_NOTICE",
    label=_("Protective notice"),
    audiences=(TRUSTED,),
    emergency_audiences=frozenset({TRUSTED}),
    used_for=VALID_FOR,
    handling="1",
)


@dataclass(frozen=True)
class NoticeAnswers:
    """What was filled in: words as typed; unknown is an answer and is written out by whoever fills the form."""

    label: str
    country: str
    last_seen: str
    taken_by: str
    danger: str
    ask: str
    contact: str
    known_at: dt.datetime
    """The hour at which these facts were known; the notice is valid for 72 hours from it."""
    age: str = ""
    nationality: str = ""
    may_be_named: bool = False
    """Whether a recipient may say the name to the authorities; no answer means no."""


def notice(answers: NoticeAnswers, language: str) -> tuple[str, list[dict[str, str]]]:
    """Return the title and the body of a protective notice. No fact is added to what was answered."""
    texts = [
        _handling(answers, language),
        _who(answers, language),
        answers.last_seen,
        answers.taken_by,
        answers.danger,
        answers.ask,
        answers.contact,
    ]
    body = [
        {"code": code, "heading": words.heading(code, language), "text": text.strip()}
        for code, text in zip(KIND.section_codes, texts, strict=True)
    ]
    return f"{words.say(f'kind.{KIND.code}', language)}: {answers.label.strip()}", body


def ends_at(answers: NoticeAnswers) -> dt.datetime:
    """Return the moment after which the notice is not valid any more."""
    return answers.known_at + VALID_FOR


def _handling(answers: NoticeAnswers, language: str) -> str:
    naming = words.say("handling.may_name" if answers.may_be_named else "handling.do_not_name", language)
    known = words.say("notice.known", language, **_moment(answers.known_at, language))
    valid = words.say("notice.valid", language, **_moment(ends_at(answers), language))
    return f"{words.say('handling.notice', language)} {naming}\n{known}\n{valid}"


def _who(answers: NoticeAnswers, language: str) -> str:
    """Return name or label, State, and age and nationality where they are known."""
    with translation.override(language):
        country = name_of(answers.country)
    lines = [answers.label.strip(), words.say("notice.state", language, country=country)]
    if answers.age.strip():
        lines.append(words.say("notice.age", language, age=answers.age.strip()))
    if answers.nationality.strip():
        lines.append(words.say("notice.nationality", language, nationality=answers.nationality.strip()))
    return "\n".join(lines)


def _moment(at: dt.datetime, language: str) -> dict[str, str]:
    """Return day and hour of UTC: recipients sit in several zones."""
    there = at.astimezone(dt.UTC)
    return {"day": words.day(there.date(), language), "hour": f"{there:%H:%M}"}
