"""The answers of one assessment as they are kept, read in one place by forms, verbs and pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from directory import vocabulary
from safety import questions

ELSEWHERE = frozenset(questions.TOLD_ELSEWHERE)
WORDS_FOR_UNKNOWN = frozenset(
    {
        *(
            "unknown",
            "not known",
            "cannot be known",
            "not sure",
            "no idea",
            "dont know",
            "do not know",
            "i do not know",
        ),
        *("we do not know", "we dont know", "i dont know", "na", "none", "nothing", "tbd"),
    }
)


@dataclass(frozen=True)
class Told:
    """The answer to a full question: words, or that it cannot be known and the reason why."""

    text: str
    is_unknown: bool

    @classmethod
    def of(cls, kept: Any) -> Self:
        """Read an answer as it is kept."""
        return cls(str(kept.get("text", "")).strip(), bool(kept.get("is_unknown"))) if kept else cls("", False)

    @property
    def is_silent(self) -> bool:
        """Say whether nothing was said: no words, or only that it is not known, without a reason."""
        return says_nothing(self.text)


@dataclass(frozen=True)
class PartSaid:
    """The answer to one part of a question, and why it does not apply where it does not."""

    answer: str
    because: str = ""

    @property
    def words(self) -> str:
        """Return the answer in the reader's language; empty where nothing was answered."""
        return str(dict(questions.ANSWERS_OF_A_PART).get(self.answer, ""))


@dataclass(frozen=True)
class Answers:
    """What was answered: rapid answers by code, the opened and other full questions, the harm of the worst case."""

    rapid: Mapping[str, str]
    notes: Mapping[str, str]
    told: Mapping[str, Told]
    on: Mapping[str, str]
    parts: Mapping[str, Mapping[str, PartSaid]]
    worst_harm: str
    has_rated_not_acting: bool

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Self:
        """Read the answers as an assessment keeps them."""
        kept = kept or {}
        rapid, beside = kept.get("rapid", {}), kept.get("not_acting") or {}
        return cls(
            rapid={code: answer_of(code, said) for code, said in rapid.items()},
            notes={code: said.get("note", "").strip() for code, said in rapid.items()},
            told={code: Told.of(said) for code, said in kept.get("full", {}).items()},
            on={code: said["on"] for code, said in rapid.items() if said.get("on")},
            parts={code: parts_of(said) for code, said in rapid.items() if said.get("parts")},
            worst_harm=kept.get("worst_harm", ""),
            has_rated_not_acting=bool(beside.get("likelihood") and beside.get("impact")),
        )

    @classmethod
    def of_rapid(cls, rapid: Mapping[str, str]) -> Self:
        """Return the rapid answers alone, with nothing else said."""
        return cls(rapid, {}, {}, {}, {}, "", has_rated_not_acting=False)

    @property
    def opened(self) -> tuple[questions.Question, ...]:
        """Return the full questions that these answers open."""
        return questions.opened(self.rapid)

    @property
    def unknown(self) -> tuple[questions.Question, ...]:
        """Return the full questions that were answered with not known, in their order."""
        return tuple(q for q in questions.full() if (said := self.told.get(q.code)) and said.is_unknown)

    @property
    def is_unknown_alone(self) -> bool:
        """Say whether nothing in it is known: every rapid answer, or each full question that was answered."""
        asked = {code: said for code, said in self.told.items() if code not in ELSEWHERE}
        every = [said for code, said in self.rapid.items() if code not in self.parts]
        every += [one.answer for said in self.parts.values() for one in said.values()]
        is_rapid = bool(every) and all(said == questions.Answer.NOT_KNOWN for said in every)
        return is_rapid or (bool(asked) and all(said.is_unknown for said in asked.values()))

    @property
    def harms(self) -> tuple[str, ...]:
        """Return every harm that must be rated: named by a rapid answer, by an unknown, or by the worst case."""
        named = {*questions.harms_named(self.rapid), self.worst_harm}
        named |= {code for question in self.unknown for code in question.harms}
        return tuple(code for code in vocabulary.terms("harm_category") if code in named)

    def date_of(self, question: questions.Question) -> date | None:
        """Return the date that the answer to this question names, or None."""
        try:
            return parse_date(self.on.get(question.code, ""))
        except ValueError:
            return None


def parts_of(said: Mapping[str, Any]) -> dict[str, PartSaid]:
    """Return the answers to the parts of a question, as they are kept."""
    parts = said.get("parts") or {}
    return {code: PartSaid(one.get("answer", ""), one.get("because", "").strip()) for code, one in parts.items()}


def answer_of(code: str, said: Mapping[str, Any]) -> str:
    """Return the answer to a rapid question as it is kept; where it has parts, what they make together and nothing else."""
    question = questions.by_code().get(code)
    if question is None or not question.parts:
        return str(said.get("answer", ""))
    return question.of_parts({part: one.answer for part, one in parts_of(said).items()})


def says_nothing(text: str) -> bool:
    """Say whether these words answer nothing: empty, only signs, or only that it is not known."""
    plain = " ".join("".join(sign for sign in text.casefold() if sign.isalnum() or sign.isspace()).split())
    ours = {str(words).casefold() for words in (_("Unknown"), _("Not known"))}
    return not plain or plain in ours or plain in WORDS_FOR_UNKNOWN
