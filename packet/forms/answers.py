"""A question of the packet, answered where it stands: known, unknown, refused to say, or not needed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import asked_where_needed
from accounts.forms.widgets import QuickHidden, QuickSelect, QuickText
from casework.disclosing.marks import OutsideMark, mark_of
from casework.disclosing.readers import Readers
from casework.forms.dates import WordedDateField
from casework.models import Detention, PacketAnswer, Source
from casework.packet_progress import QuestionLine
from directory.dates import typed
from packet.actions.answers import FACTS, KNOWN, SPELL, QuestionAnswer, column_of, digest_of

LONG = frozenset({"activity", "authorities_say", "circumstances"})
MOST_OFFERED = 60  # of the sources, the newest
NOTES = {"unknown": "asked", "refused": "by", "not_needed": "why"}
Answer = PacketAnswer.Answer


class AnswerRowForm(forms.Form):
    """The four ways to answer; what stands beneath a way that was not chosen does not count."""

    opened = forms.CharField(required=False, widget=QuickHidden)
    how = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[(KNOWN, gettext_lazy("It is known")), *Answer.choices],
        required=False,
    )
    sentence = forms.CharField(label=gettext_lazy("As a claim too: the sentence"), required=False, widget=QuickText)
    source = forms.ChoiceField(label=gettext_lazy("Who says so"), required=False, widget=QuickSelect)
    asked = forms.CharField(label=gettext_lazy("Whom we asked, and when"), required=False, widget=QuickText)
    by = forms.CharField(label=gettext_lazy("Who refused, and when"), required=False, widget=QuickText)
    why = forms.CharField(label=gettext_lazy("Why not"), required=False, widget=QuickText)

    def __init__(
        self,
        data: Any = None,
        *,
        line: QuestionLine,
        fact: Any,
        words: str,
        sources: dict[int, Source],
        readers: Readers,
    ) -> None:
        self.readers = readers
        self.line, self.code, self.words, self.sources = line, line.question.code, words, sources
        super().__init__(data, prefix=f"a-{self.code}", auto_id="%s")
        self.has_fact = self.code in FACTS
        if self.has_fact:
            self.fields["value"] = _value_field(FACTS[self.code], fact)
            self.fields["source"].choices = [  # type: ignore[attr-defined]
                ("", _("No claim yet")),
                *((str(number), f"S{number} {row.title}") for number, row in list(sources.items())[-MOST_OFFERED:]),
            ]
        else:
            for name in ("sentence", "source"):
                del self.fields[name]
            self.fields["how"].choices = Answer.choices  # type: ignore[attr-defined]
        for name in {"how", "value", *NOTES.values()} & set(self.fields):
            asked_where_needed(self.fields[name])
        held = None if fact else line.answer
        self.initial = {"opened": digest_of(fact, line.answer), "how": KNOWN if fact else held.answer if held else ""}
        if held:
            self.initial[NOTES[held.answer]] = held.asked or ""

    @property
    def value_mark(self) -> OutsideMark:
        """Return who may read the fact outside."""
        return mark_of(column_of(self.code), self.readers)

    def place_of_mark(self, name: str, auto_id: str) -> str:
        """Return the id of the words that say who may read a box outside: of the fact, or of the notes on an answer."""
        if name in NOTES.values():
            return f"{self.prefix}-in"
        return f"{self.prefix}-out" if name == "value" else ""

    @property
    def row_name(self) -> str:
        """Return what a list of faults calls the question."""
        return self.words

    @property
    def is_touched(self) -> bool:
        """Say whether something else stands here than what was opened."""
        return any(
            _plain(self[name].value()) != _plain(self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if name != "opened"
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the one thing that the chosen way needs."""
        given = super().clean() or self.cleaned_data
        how = given.get("how")
        if not how and "how" not in self.errors:
            self.add_error("how", _("Choose which of these it is."))
        if how == KNOWN and not self.errors.get("value"):
            self._ask_for_the_fact(given)
        if how in NOTES and not given.get(NOTES[how]):
            needed = {
                "asked": _("Write it down: “unknown” and “refused” are answers only then."),
                "by": _("Write it down: “unknown” and “refused” are answers only then."),
                "why": _("Say why this case does not need it."),
            }
            self.add_error(NOTES[how], needed[NOTES[how]])
        return given

    def _ask_for_the_fact(self, given: dict[str, Any]) -> None:
        if not given.get("value") and self.initial.get("how") != KNOWN:
            self.add_error("value", _("Write what is known."))
        if given.get("source") and not given.get("sentence"):
            self.add_error("sentence", _("Write the sentence that this source says, or choose no source."))

    def told(self) -> QuestionAnswer:
        """Return what was answered, for the verb."""
        given, how = self.cleaned_data, self.cleaned_data["how"]
        opened = self.opened_digest
        if how != KNOWN:
            return QuestionAnswer(self.code, how, given[NOTES[how]], opened)
        number = given.get("source") or ""
        source = self.sources[int(number)] if number else None
        return QuestionAnswer(self.code, how, given["value"], opened, given.get("sentence") or "", source)

    @property
    def opened_digest(self) -> str:
        """Return the digest of what answered the question when it was opened."""
        return str(self.data.get(self.add_prefix("opened"), ""))

    def tell_of(self, words: str) -> None:
        """Say in place of the verb's own words who answered meanwhile, and what."""
        self.errors.pop("how", None)
        self.add_error("how", words)

    def reopen(self, opened: str) -> None:
        """Let the answer stand over what is stored now: recording it again is a choice, no accident."""
        self.data = {**dict(self.data.items()), self.add_prefix("opened"): opened}


def answered_in(data: Any) -> Sequence[str]:
    """Return the codes of the questions that were sent."""
    return [name[2:-7] for name in data if name.startswith("a-") and name.endswith("-opened")]


def _value_field(name: str, fact: Any) -> forms.Field:
    label = _("What is known")
    if name == "started":
        dated = WordedDateField(label=label, required=False)
        dated.stored = fact
        dated.initial = _typed(fact)
        return dated
    if name in SPELL.values() and (field := Detention._meta.get_field(name)).choices:
        choices = [("", _("Not written down")), *field.flatchoices]  # type: ignore[attr-defined]
        return forms.ChoiceField(label=label, choices=choices, required=False, widget=QuickSelect, initial=fact)
    widget = forms.Textarea({"rows": 2}) if name in LONG else QuickText()
    return forms.CharField(label=label, required=False, widget=widget, initial=fact or "")


def _typed(fact: Any) -> str:
    return typed.written(fact) if fact else ""


def _plain(value: Any) -> str:
    return "\n".join(str(value or "").split())
