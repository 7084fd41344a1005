"""What is said at a question that a colleague answered while another person wrote an answer to it."""

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.last_saved import last_saved, saved_meanwhile_words
from accounts.models import User
from directory.compared import words_of
from packet.actions.answers import SPELL
from packet.forms.answers import AnswerRowForm
from packet.pages.story import StoryAsked, StoryBuilder


def answered_meanwhile(story: StoryBuilder, row: AnswerRowForm, reader: User) -> str:
    """Return who answered first and when, what they said in the words of the page, and the way on."""
    fact, answer = story.rows(StoryAsked()).fact(row.code), story.lines[row.code].answer
    about: list[Model] = [answer] if answer and not fact else []
    if fact:
        about = list(story.facts.detentions) if row.code in SPELL else [story.case]
    stored = _("nothing")
    if fact:
        stored = words_of(row.fields["value"], fact)
    elif answer:
        stored = f"{answer.get_answer_display()}, {answer.asked or ''}"
    said = _("%(question)s: “%(stored)s” is stored now. Yours stands here; record it again to put it in its place.")
    who = saved_meanwhile_words(last_saved(story.case, about, reader=reader))
    return f"{who}. {said % {'question': row.words, 'stored': stored}}"
