"""Who can mend what a condition asks for: the people of the case who were given the right, or "you"."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.second_person import names_in_words
from casework.models import Case
from materials.review.refusal_lines.rows import Facts

Words = tuple[str | Promise, str | Promise]
CHANGE_TEXT: Words = (gettext_lazy("You may change the text."), gettext_lazy("%(names)s may change the text."))
TAKE_OUT: Words = (
    gettext_lazy("You may take it out of the text."),
    gettext_lazy("%(names)s may take it out of the text."),
)
RULE: Words = (gettext_lazy("You may rule on it."), gettext_lazy("%(names)s may rule on it."))
RECORD: Words = (gettext_lazy("You may record an answer."), gettext_lazy("%(names)s may record an answer."))
ASSESS: Words = (gettext_lazy("You may assess the risk."), gettext_lazy("%(names)s may assess the risk."))
SIGN: Words = (gettext_lazy("You may sign it."), gettext_lazy("%(names)s may sign it."))
LIFT: Words = (
    gettext_lazy("Two people lift it; you may be one of them."),
    gettext_lazy("Two people lift it; %(names)s may."),
)
CHANGE_POSTURE: Words = (
    gettext_lazy("You may change it, with a reason."),
    gettext_lazy("%(names)s may change it, with a reason."),
)
SEND: Words = (gettext_lazy("You may send it to review."), gettext_lazy("%(names)s may send it to review."))
TELL: Words = (gettext_lazy("You may record who was told."), gettext_lazy("%(names)s may record who was told."))

RIGHTS: dict[str, tuple[str, Words]] = {
    **dict.fromkeys(
        ["no-consent", "item-without-consent", "high-risk-without-wish"],
        ("keep_consent", RECORD),
    ),
    "on-hold": ("lift_hold", LIFT),
    **dict.fromkeys(
        [
            "paused",
            "review-of-risk-due",
            "review-of-risk-late",
            "no-assessment",
            "assessment-out-of-date",
            "needs-full-assessment",
            "hard-stop",
        ],
        ("assess_risk", ASSESS),
    ),
    "posture-forbids": ("plan", CHANGE_POSTURE),
    "assessment-not-signed": ("sign_risk", SIGN),
    "high-risk-unsigned-by-director": ("sign_high", SIGN),
    "family-not-told": ("dispatch", TELL),
    **dict.fromkeys(["claim-in-doubt", "claim-not-publishable", "claim-names-no-items"], ("change_case", RULE)),
    **dict.fromkeys(
        ["claim-taken-out", "item-not-counted", "about-no-case", "inside-only", "text-differs"],
        ("write_material", CHANGE_TEXT),
    ),
    **dict.fromkeys(["leak-scan-cannot-check", "leak-finding-open"], ("sign_review", RULE)),
    **dict.fromkeys(
        [
            "leak-scan-missing",
            "revision-is-old",
            "no-clearance",
            "clearance-revoked",
            "clearance-ended",
            "no-review",
            "review-revoked",
        ],
        ("write_material", SEND),
    ),
    **dict.fromkeys(["no-rapid-check", "four-eyes"], ("sign_review", SIGN)),
}


def right_for(code: str) -> str:
    """Return the right that mends this condition; none for what no right mends."""
    return RIGHTS[code][0] if code in RIGHTS else ""


def may_mend(
    facts: Facts, code: str, case: Case | None, *, words: Words | None = None, but: Iterable[int | None] = ()
) -> str:
    """Return who can mend it, the viewer first; whoever wrote what has to be signed is not among them."""
    if code not in RIGHTS:
        return ""
    right, usual = RIGHTS[code]
    if usual is SEND and facts.material.status == "in_review":  # it was sent: what is missing is the signature
        right, usual = "sign_review", SIGN
    return who_may(facts, right, case, words=words or usual, but=_left_out(facts, right) | set(but))


def who_may(facts: Facts, right: str, case: Case | None, *, words: Words, but: Iterable[int | None] = ()) -> str:
    """Return who was given the right, in the words of the act; or that nobody on the case was."""
    found = facts.people(right, case, but=but)
    if facts.viewer.pk in found:
        return str(words[0])
    if not found:
        return _("Nobody who works on the case was given this right.")
    return str(words[1]) % {"names": names_in_words(found.values())}


def _left_out(facts: Facts, right: str) -> set[int | None]:
    """Return who may not be the second pair of eyes of this text."""
    return {facts.material.author_id, facts.material.last_editor_id} if right == "sign_review" else set()
