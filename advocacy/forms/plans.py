"""Forms of a plan and its steps."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField, HourField, NumberField
from accounts.models import User
from advocacy import plan_templates
from advocacy.models import Milestone, Plan
from advocacy.step_facts.fact import Found
from casework.access import may
from casework.models import Case
from directory.dates import office_time, relative_time
from safety.people import people_on

MOST_NAMED = 5


class StartForm(forms.Form):
    """A day and an hour."""

    on = DayField(
        label=_("Day"),
        error_messages={
            "required": _("Choose a day."),
        },
    )
    hour = HourField(
        label=_("Hour"),
        required=False,
    )
    empty_hour = dt.time(9)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hour"].help_text = office_time.hint(gettext("Empty: nine in the morning."))

    def moment(self) -> dt.datetime:
        """Return the instant that was typed."""
        said = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(said["on"], said["hour"] or self.empty_hour))


class NewPlanForm(StartForm):
    """Which plan, and from which hour it counts."""

    template = forms.ChoiceField(
        label=_("Plan"),
        widget=forms.RadioSelect,
        choices=Plan.Template.choices,
        error_messages={
            "required": _("Choose one of the plans in the list."),
            "invalid_choice": _("Choose one of the plans in the list."),
        },
    )
    done = forms.MultipleChoiceField(
        label=_("Done already, as the facts show"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Ticked steps of the plan you choose begin as done. Untick what is to be done anew."),
        error_messages={"invalid_choice": _("One of these facts is not there any more. Look at what is ticked now.")},
    )
    is_quiet = forms.BooleanField(
        label=_("Quiet route: nothing is published"),
        required=False,
        help_text=_("A plan of six weeks then begins without its public steps. They can be added later."),
    )
    field_order = ["template", "on", "hour", "done", "is_quiet"]

    def __init__(self, *args: Any, running: set[str], proofs: Mapping[str, Mapping[str, Found]], **kwargs: Any) -> None:
        shown = [
            (f"{template}:{key}", self._proof(template, key, one))
            for template, proved in proofs.items()
            for key, one in proved.items()
        ]
        kwargs.setdefault("initial", {}).setdefault("done", [pair[0] for pair in shown])
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["template"]
        chosen.choices = [pair for pair in Plan.Template.choices if pair[0] not in running]
        if shown:
            self.fields["done"].choices = shown  # type: ignore[attr-defined]
        else:
            del self.fields["done"]

    def _proof(self, template: str, key: str, found: Found) -> str:
        """Return a step in words with what proves it."""
        step = plan_templates.step(template, key)
        said = {
            "plan": Plan.Template(template).label,
            "step": gettext(step.title) if step else key,
            "fact": found.words,
        }
        return gettext("%(plan)s: “%(step)s”. %(fact)s") % said

    def given(self) -> dict[str, Any]:
        """Return what the verb takes."""
        said = self.cleaned_data
        done = [pair.split(":", 1) for pair in said.get("done", ())]
        return {
            "template": said["template"],
            "starts_at": self.moment(),
            "done": [key for template, key in done if template == said["template"]],
            "is_quiet": said["is_quiet"],
        }


class StepForm(forms.Form):
    """What every form about a step carries: which version it was opened on."""

    version = NumberField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Milestone, **kwargs: Any) -> None:
        self.row = row
        kwargs.setdefault("initial", {}).update(version=row.version, **self.stored())
        super().__init__(*args, **kwargs)

    def stored(self) -> dict[str, Any]:
        """Return what is stored now, by question."""
        return {}

    def given(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return dict(self.cleaned_data)


class TakeForm(StepForm):
    """Which of the facts that are offered closes the step; nothing is typed."""

    fact = forms.CharField(widget=forms.HiddenInput, required=False)
    fact_row = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: Milestone, found: Found | None = None, **kwargs: Any) -> None:
        chosen = {"fact": found.code, "fact_row": found.row} if found else {}
        super().__init__(*args, row=row, initial=chosen, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not (said.get("fact") and said.get("fact_row")):
            raise forms.ValidationError(_("Choose one of the facts that are offered."))
        return said


class CompleteForm(StepForm):
    """What proves that a step is done."""

    evidence = forms.CharField(
        label=_("What shows that it is done"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what shows that it is done.")},
    )

    def stored(self) -> dict[str, Any]:
        return {"evidence": self.row.evidence or ""}


class MoveForm(StepForm, StartForm):
    """Another date for a step."""

    is_with_following = forms.BooleanField(required=False)
    field_order = ["version", "on", "hour", "is_with_following"]

    def __init__(self, *args: Any, row: Milestone, following: Sequence[Milestone] = (), **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self._offer(following)
        self.empty_hour = timezone.localtime(row.due_at).time()
        self.fields["hour"].help_text = office_time.hint(gettext("Empty: the hour stays."))

    def stored(self) -> dict[str, Any]:
        due_at = timezone.localtime(self.row.due_at)
        return {"on": due_at.date(), "hour": due_at.time().replace(second=0, microsecond=0)}

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "version": said["version"],
            "due_at": self.moment(),
            "is_with_following": said.get("is_with_following", False),
        }

    def _offer(self, following: Sequence[Milestone]) -> None:
        """Name the steps that would move too; where nothing waits, nothing is asked."""
        if not following:
            del self.fields["is_with_following"]
            return
        tick = self.fields["is_with_following"]
        words = ngettext(
            "Move the step that waits for it by as much",
            "Move the %(count)d steps that wait for it by as much",
            len(following),
        )
        tick.label = words % {"count": len(following)}
        named = [
            gettext("%(title)s (%(day)s)") % {"title": after.title, "day": relative_time.short_day(after.due_at)}
            for after in following[:MOST_NAMED]
        ]
        if len(following) > MOST_NAMED:
            named.append(gettext("and others"))
        tick.help_text = conditional_escape(gettext("Now due: %(steps)s.") % {"steps": "; ".join(named)})


class AssignForm(StepForm):
    """Another owner for a step."""

    owner = forms.ModelChoiceField(
        label=_("Who does it"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose a person."),
            "invalid_choice": _("This person does not work on the case. Choose somebody who does."),
        },
    )

    def __init__(self, *args: Any, row: Milestone, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        people = [person.pk for person in people_on(case) if may(person, "view_case", case)]
        self.fields["owner"].queryset = User.objects.filter(pk__in=people).order_by("name")  # type: ignore[attr-defined]

    def stored(self) -> dict[str, Any]:
        return {"owner": self.row.owner_id}


class NoteForm(StepForm):
    """A note on a step."""

    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def stored(self) -> dict[str, Any]:
        return {"note": self.row.note or ""}


class DropForm(StepForm):
    """Why a step is not done at all."""

    reason = forms.CharField(
        label=_("Why it is dropped"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why this step is dropped.")},
    )
