"""Signing an assessment: the signer's own twelve answers where two sign, and why they sign where these differ."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from safety import questions
from safety.assessing.differences import Difference
from safety.forms.answers import WithRapidQuestions
from safety.forms.orders import SignForm

WHY = "why_"


class SecondSetForm(WithRapidQuestions):
    """The twelve questions alone: what an answer opens, and the harms, are the author's to write."""

    asks_twelve_alone = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened = ()

    def asked(self) -> tuple[questions.Question, ...]:
        """Return no full question."""
        return ()

    def values(self) -> dict[str, Any]:
        """Return the answers as `give_second_set` takes them."""
        return dict(self.kept(self.cleaned_data)["rapid"])


class SignAssessmentForm(SignForm):
    """What a signer says of themself, and why they sign where the author answered otherwise."""

    def __init__(self, *args: Any, differing: Iterable[Difference] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differing = tuple(differing)
        for one in self.differing:
            self.fields[WHY + one.question.code] = forms.CharField(
                label=_("Why you sign all the same: %(question)s") % {"question": one.question.words},
                help_text=one.words(),
                max_length=2000,
                widget=forms.Textarea({"rows": 2}),
                error_messages={"required": _("Say why, or send the assessment back.")},
            )
        self.order_fields([*(WHY + one.question.code for one in self.differing), "is_free"])

    def why_fields(self) -> list[forms.BoundField]:
        """Return the field of each difference."""
        return [self[WHY + one.question.code] for one in self.differing]

    def reasons(self) -> dict[str, str]:
        """Return by question why it is signed all the same."""
        return {one.question.code: self.cleaned_data[WHY + one.question.code] for one in self.differing}
