"""Forms of approaches: a call in under a minute, and every other approach."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField, HourField, PastDayField, asked_where_needed
from accounts.models import User
from advocacy.actions.approaches import TO_COME, NewApproach
from advocacy.actions.replies import NewReply
from advocacy.models import Approach
from casework.access import who_may
from casework.models import Ask, Case
from directory.models import Actor
from directory.vocabulary import choices, terms
from materials.models import Copy

OTHER, NOBODY = "other", "nobody"
MOST_OFFERED, MOST_ASKS, MOST_PEOPLE, MOST_COPIES = 300, 20, 12, 40
OUTCOMES = (
    ("RS_PLEDGED", _("Promised something")),
    ("RS_ACTED", _("Did what was asked")),
    ("RS_INFO", _("Asked for more")),
    ("RS_REFUSED", _("Refused")),
    ("RS_ACK", _("Put off: heard, and nothing decided")),
    ("RS_TOKEN", _("Nothing of substance")),
)
LINE = {"dir": "auto", "autocomplete": "off"}
GONE = _("This is not there any more. Look at what is offered now.")


class TalkForm(forms.Form):
    """What a call and every other approach ask alike: to whom, about what, what was told, and when to come back.

    `whom` is the entry where a page knows it already; `follows` an earlier approach, whose office it then is.
    """

    to = forms.ChoiceField(label=_("Who, from the directory"), error_messages={"invalid_choice": GONE})
    to_name = forms.CharField(
        label=_("Or an office that is not in the directory"),
        max_length=200,
        required=False,
        widget=forms.TextInput(LINE),
    )
    asks = forms.MultipleChoiceField(
        label=_("What was it about?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": GONE},
    )
    told_items = forms.MultipleChoiceField(
        label=_("What of the person did you tell them?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what you said. What consent does not allow them is named before it is saved."),
    )
    follow_up_on = DayField(label=_("Get in touch again on"), required=False)

    def __init__(
        self,
        *args: Any,
        case: Case,
        user: User,
        whom: Actor | None = None,
        follows: Approach | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.user, self.follows = case, user, follows
        self.whom = follows.actor if follows else whom
        self.asked = {str(ask.pk): ask for ask in Ask.objects.present().filter(case=case)[:MOST_ASKS]}
        self._offer_whom()
        offered: Any = self.fields
        offered["asks"].choices = [(key, _ask_words(ask)) for key, ask in self.asked.items()]
        offered["told_items"].choices = [(code, term.label) for code, term in terms("consent_item").items()]
        if not self.asked:
            del self.fields["asks"]

    @property
    def is_whom_known(self) -> bool:
        """Say whether the page that opened the form said already whom it is about."""
        return self.whom is not None or self.follows is not None

    @property
    def whom_words(self) -> str:
        """Return whom, in words, where that is known."""
        return self.whom.line if self.whom else (self.follows.to_name or "") if self.follows else ""

    def entry(self) -> Actor | None:
        """Return the entry of the directory that was chosen; None where the office was typed."""
        return self.whom if self.is_whom_known else self.entries.get(self.cleaned_data.get("to", ""))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.is_whom_known and "to" in said and bool(said["to"]) == bool(said.get("to_name", "").strip()):
            self.add_error("to", gettext("Choose an entry of the directory, or write the office: one of the two."))
        return said

    def _offer_whom(self) -> None:
        self.entries: dict[str, Actor] = {}
        if self.is_whom_known:
            del self.fields["to"], self.fields["to_name"]
            return
        rows = Actor.objects.in_use().with_places().order_by("-entered_at", "-pk")[:MOST_OFFERED]
        self.entries = {str(row.pk): row for row in rows}
        asked_where_needed(self.fields["to"])
        offered = sorted(((key, row.line) for key, row in self.entries.items()), key=lambda one: one[1].casefold())
        self.fields["to"].choices = [("", gettext("Choose")), *offered]  # type: ignore[attr-defined]

    def _shared(self) -> dict[str, Any]:
        """Return what both forms hand to the verb."""
        said = self.cleaned_data
        typed = "" if self.whom else (self.follows.to_name or "") if self.follows else said.get("to_name", "")
        return {
            "to": self.entry(),
            "to_name": typed,
            "asks": [self.asked[key] for key in said.get("asks", ())],
            "told_items": said.get("told_items", ()),
            "follow_up_on": said.get("follow_up_on"),
            "follows": self.follows,
            **_when(said),
        }


class CallForm(TalkForm):
    """A call: who took it, what it was about, what came of it. Nothing is chosen beforehand; the hour is now."""

    met = forms.ChoiceField(
        label=_("Who picked up?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who picked up, or that nobody did."), "invalid_choice": GONE},
    )
    met_name = forms.CharField(label=_("Their name"), max_length=200, required=False, widget=forms.TextInput(LINE))
    outcome = forms.ChoiceField(label=_("What came of it?"), widget=forms.RadioSelect, choices=OUTCOMES)
    promised = forms.CharField(label=_("What was promised"), max_length=400, widget=forms.TextInput(LINE))
    due_on = DayField(label=_("By when"), help_text=_("If they named no day, write the day on which you ask again."))
    words = forms.CharField(
        label=_("Their words, as near as you can"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    on = PastDayField(label=_("On another day"), to_come=TO_COME, required=False)
    hour = HourField(label=_("At"), required=False)
    field_order = ["to", "to_name", "met", "met_name", "asks", "outcome", "promised", "due_on", "words", "follow_up_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("outcome", "promised", "due_on", "follow_up_on"):
            asked_where_needed(self.fields[name])
        self.fields["follow_up_on"].label = _("Ring again on")
        rows = self.whom.parts.in_use().filter(kind="person").order_by("-entered_at")[:MOST_PEOPLE] if self.whom else ()
        self.people = {str(row.pk): row for row in rows}
        if self.whom and self.whom.kind == Actor.Kind.PERSON:
            self.people = {str(self.whom.pk): self.whom, **self.people}
        other = gettext("Somebody else") if self.people else gettext("Somebody there")
        self.fields["met"].choices = [  # type: ignore[attr-defined]
            *((key, row.name) for key, row in self.people.items()),
            (OTHER, other),
            (NOBODY, gettext("Nobody")),
        ]

    MORE = ("told_items", "on", "hour")

    @property
    def first_questions(self) -> list[forms.BoundField]:
        """Return the questions of every call, in their order."""
        return [question for question in self.visible_fields() if question.name not in self.MORE]

    @property
    def more_questions(self) -> list[forms.BoundField]:
        """Return those that few calls need; the page folds them."""
        return [self[name] for name in self.MORE]

    @property
    def has_more_to_say(self) -> bool:
        """Say whether one of those was answered, or is at fault: then they stand open."""
        return any(question.errors or (self.is_bound and question.data) for question in self.more_questions)

    @property
    def is_missed(self) -> bool:
        """Say whether nobody picked up."""
        return bool(self.cleaned_data.get("met") == NOBODY)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.is_missed:
            self._refuse_what_nobody_heard(said)
        elif said.get("met"):
            self._refuse_half_an_outcome(said)
        return said

    def _refuse_what_nobody_heard(self, said: dict[str, Any]) -> None:
        if not said.get("follow_up_on") and "follow_up_on" not in self.errors:
            self.add_error("follow_up_on", gettext("Say on which day you ring again."))
        for name in ("met_name", "outcome", "promised", "due_on", "words", "told_items"):
            if said.get(name):
                self.add_error(name, gettext("Nobody picked up: take this out, or say who did."))

    def _refuse_half_an_outcome(self, said: dict[str, Any]) -> None:
        if said.get("met_name") and said["met"] != OTHER:
            self.add_error("met_name", gettext("Take the name out, or choose that it was somebody else."))
        if not said.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", gettext("Say what came of it."))
        if said.get("outcome") == "RS_PLEDGED":
            if not said.get("promised"):
                self.add_error("promised", gettext("Write what was promised."))
            if not said.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", gettext("Write by which day."))
        elif said.get("outcome"):
            for name in ("promised", "due_on"):
                if said.get(name):
                    self.add_error(name, gettext("Take this out, or choose that they promised something."))

    def new(self) -> NewApproach:
        """Return the call for the verb."""
        said = self.cleaned_data
        return NewApproach(
            kind=Approach.Kind.CALL,
            met=self.people.get(said["met"]),
            met_name=said.get("met_name", ""),
            is_missed=self.is_missed,
            **self._shared(),
        )

    def reply(self) -> NewReply | None:
        """Return what came of it for the verb; None where nobody picked up."""
        said = self.cleaned_data
        if self.is_missed:
            return None
        return NewReply(
            kind=said["outcome"],
            received_on=said.get("on"),
            words=said.get("words", ""),
            promised=said.get("promised", ""),
            due_on=said.get("due_on"),
        )


class ApproachForm(TalkForm):
    """A letter, a meeting, a submission, a hearing or a hand-over; a copy of ours that left is an approach by itself."""

    kind = forms.ChoiceField(
        label=_("What was it?"),
        widget=forms.RadioSelect,
        choices=Approach.Kind.choices,
        error_messages={"required": _("Say what it was.")},
    )
    on = PastDayField(label=_("Day"), to_come=TO_COME, error_messages={"required": _("Say on which day.")})
    hour = HourField(label=_("Hour, where it was told"), required=False)
    made_by = forms.ChoiceField(label=_("Who of us"), error_messages={"invalid_choice": GONE})
    met_name = forms.CharField(
        label=_("Whom they met or wrote to there"), max_length=200, required=False, widget=forms.TextInput(LINE)
    )
    copy = forms.ChoiceField(
        label=_("With which copy of ours"), required=False, error_messages={"invalid_choice": GONE}
    )
    told = forms.CharField(
        label=_("What was told"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4, "dir": "auto"})
    )
    handling_level = forms.ChoiceField(
        label=_("How far these words may go"), choices=choices("handling_level"), initial="TLP_RED"
    )
    attribution_rule = forms.ChoiceField(
        label=_("How they may be named"), choices=choices("attribution_rule"), initial="AT_UNDECIDED"
    )
    field_order = [
        *("kind", "to", "to_name", "met_name", "on", "hour", "made_by", "asks", "copy", "told", "told_items"),
        *("handling_level", "attribution_rule", "follow_up_on"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(person.pk): person for person in who_may(self.case, "view_case")}
        offered: Any = self.fields
        offered["made_by"].choices = [(key, person.get_full_name()) for key, person in self.colleagues.items()]
        offered["made_by"].initial, offered["on"].initial = str(self.user.pk), timezone.localdate()
        handed = Copy.objects.where(self.user, may="dispatch").held(case=self.case).filter(handed_over_at__isnull=False)
        self.copies = {str(copy.pk): copy for copy in handed.select_related("material")[:MOST_COPIES]}
        offered["copy"].choices = [
            ("", gettext("None")),
            *((key, _copy_words(copy)) for key, copy in self.copies.items()),
        ]
        if not self.copies:
            del self.fields["copy"]

    def chosen_copy(self) -> Copy | None:
        """Return the copy that was taken along."""
        return self.copies.get(self.cleaned_data.get("copy", ""))

    def new(self) -> NewApproach:
        """Return the approach for the verb."""
        said = self.cleaned_data
        return NewApproach(
            kind=said["kind"],
            met_name=said.get("met_name", ""),
            made_by=self.colleagues[said["made_by"]],
            copy=self.chosen_copy(),
            told=said.get("told", ""),
            handling_level=said["handling_level"],
            attribution_rule=said["attribution_rule"],
            **self._shared(),
        )


def key_of(text: str) -> uuid.UUID | None:
    """Return the key that an address carries; None where it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _when(said: dict[str, Any]) -> dict[str, Any]:
    """Return when it was: without a day it is now; without an hour noon of the day, or now where it is today."""
    day, hour = said.get("on"), said.get("hour")
    now = timezone.localtime()
    if day is None and hour is None:
        return {"happened_at": None, "is_hour_told": True}
    day = day or now.date()
    if hour is None and day == now.date():
        return {"happened_at": None, "is_hour_told": False}
    at = timezone.make_aware(dt.datetime.combine(day, hour or dt.time(12)))
    return {"happened_at": at, "is_hour_told": hour is not None}


def _ask_words(ask: Ask) -> str:
    said = {"to": ask.to or "", "text": ask.text or ""}
    return Truncator(gettext("%(to)s: %(text)s") % said).chars(140)


def _copy_words(copy: Copy) -> str:
    said = {"kind": copy.material.get_kind_display(), "number": copy.number, "to": copy.recipient_name or ""}
    return gettext("%(kind)s, copy %(number)s: %(to)s") % said
