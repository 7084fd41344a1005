"""The protective notice: a fixed form of plain answers, for a trusted recipient, at any hour."""

from dataclasses import dataclass

from casework.consent_codes import TRUSTED
from materials.composing import words
from materials.kinds.kind import Kind

KIND = Kind(code="PROTECTIVE_NOTICE", audiences=(TRUSTED,), emergency_audiences=frozenset({TRUSTED}), handling="1")


@dataclass(frozen=True)
class Answers:
    """What was filled in: words as typed; unknown is an answer and is written out by whoever fills the form."""

    label: str
    last_seen: str
    taken_by: str
    danger: str
    ask: str
    contact: str
    is_name_passed_on: bool = False


def notice(answers: Answers, language: str) -> tuple[str, list[dict[str, str]]]:
    """Return the title and the body of a protective notice. No fact is added to what was answered."""
    passing = words.say("handling.name_passed" if answers.is_name_passed_on else "handling.name_kept", language)
    texts = [
        f"{words.say('handling.notice', language)} {passing}",
        answers.label,
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
