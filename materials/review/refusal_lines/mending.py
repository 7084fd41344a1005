"""Who can mend what a condition asks for: the people of the case who were given the right, or "you"."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.second_person import names_in_words
from casework.models import Case
from materials.review.refusal_lines.rows import RefusalRows
from safety.conditions.mending import SENDS_TO_REVIEW, SIGNS_REVIEW, Words
from safety.conditions.registry import by_code

TAKE_OUT: Words = (
    gettext_lazy("You may take it out of the text."),
    gettext_lazy("%(names)s may take it out of the text."),
)


def right_for(code: str) -> str:
    """Return the right that mends this condition; none for what no right mends."""
    mender = by_code(code).mender
    return mender.right if mender else ""


def may_mend(
    facts: RefusalRows, code: str, case: Case | None, *, words: Words | None = None, but: Iterable[int | None] = ()
) -> str:
    """Return who can mend it, the viewer first; whoever wrote what has to be signed is not among them."""
    mender = by_code(code).mender
    if mender is None:
        return ""
    if mender is SENDS_TO_REVIEW and facts.material.status == "in_review":
        mender = SIGNS_REVIEW  # it was sent: what is missing is the signature
    but = _left_out(facts, mender.right) | set(but)
    return who_may(facts, mender.right, case, words=words or mender.words, but=but)


def who_may(facts: RefusalRows, right: str, case: Case | None, *, words: Words, but: Iterable[int | None] = ()) -> str:
    """Return who was given the right, in the words of the act; or that nobody on the case was."""
    found = facts.people(right, case, but=but)
    if facts.viewer.pk in found:
        return str(words[0])
    if not found:
        return _("Nobody who works on the case was given this right.")
    return str(words[1]) % {"names": names_in_words(found.values())}


def _left_out(facts: RefusalRows, right: str) -> set[int | None]:
    """Return who may not be the second pair of eyes of this text."""
    return {facts.material.author_id, facts.material.last_editor_id} if right == "sign_review" else set()
