"""Forms for rights, demands and asks."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NumberField
from casework.disclosing.marks import OutsideMark, mark_for, mark_of
from casework.disclosing.printed_fields import items_of_right
from casework.forms.dates import ImpreciseDateField
from casework.forms.versioned import RowForm
from casework.models import Ask, Demand, RightImplicated
from casework.models.aims import HELD, Aim, aims_for, situation_of
from directory.vocabulary import label


class RightForm(RowForm):
    """A right and the fact that shows it."""

    def own_marks(self) -> Mapping[str, Callable[[], OutsideMark]]:
        """Return the mark of the right, whose name tells what it is about."""
        return {"right": self._mark_of_right}

    def _mark_of_right(self) -> OutsideMark:
        code = self["right"].value()
        if not code:
            return OutsideMark("nobody", gettext("Outside: known when the right is chosen and saved"))
        return mark_for(self.readers.of(items_of_right(code)))

    class Meta:
        model = RightImplicated
        fields = ["right", "fact"]
        widgets = {"fact": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        taken = set(
            RightImplicated.objects.filter(case=self.case)
            .present()
            .exclude(pk=self.instance.pk)
            .values_list("right", flat=True)
        )
        field = self.fields["right"]
        field.choices = [(code, words) for code, words in field.choices if code not in taken]  # type: ignore[attr-defined]


class DemandForm(RowForm):
    """What must change for the person."""

    def own_marks(self) -> Mapping[str, Callable[[], OutsideMark]]:
        """Return the mark of the words, which a paper takes from the demands that lead alone."""
        return {"text": lambda: OutsideMark("each", gettext("Outside: every reader, where it leads"))}

    class Meta:
        model = Demand
        fields = ["text", "aim", "is_lead", "rank"]
        field_classes = {"rank": NumberField}
        labels = {"is_lead": _("It leads"), "rank": _("Place in the order")}
        help_texts = {
            "text": _("Release, a doctor, a lawyer, visits, the end of the charge."),
            "is_lead": _("One or two demands lead; every audience reads the same ones."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].required = True
        aim, status = self.fields["aim"], self.case.status
        is_new = self.instance._state.adding
        known = aims_for(status)
        if not is_new and self.instance.aim not in dict(known):
            known = [(self.instance.aim, Aim(self.instance.aim).label), *known]
        aim.choices = [("", _("Choose what it is about")), *known]  # type: ignore[attr-defined]
        aim.required = situation_of(status) != HELD
        aim.error_messages["required"] = _("Choose what the demand is about.")
        aim.help_text = _(
            "What makes sense while the person is recorded as “%(status)s”. With words of our own you say that yourself."
        ) % {"status": label("detention_status", status)}
        if is_new:
            self.initial["aim"] = ""

    def clean_aim(self) -> str:
        """Take a demand of which nothing is chosen as one in words of our own; of whom is not held it is asked for."""
        return self.cleaned_data["aim"] or Aim.OWN


class AskForm(RowForm):
    """What one addressee is asked to do."""

    def own_marks(self) -> Mapping[str, Callable[[], OutsideMark]]:
        """Return the mark of its words, which the audience reads that it is for."""
        return dict.fromkeys(("to", "text", "by"), self._mark_of_words)

    def _mark_of_words(self) -> OutsideMark:
        audience = self["audience"].value()
        if not audience:
            return mark_of("ask.text", self.readers)
        return OutsideMark("some", gettext("Outside: %(readers)s") % {"readers": label("consent_audience", audience)})

    by = ImpreciseDateField(label=_("By when"), required=False)

    class Meta:
        model = Ask
        fields = ["demand", "to", "text", "by", "audience"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "class": "words"})}
        help_texts = {
            "to": _("An office or a person, as it will be addressed."),
            "text": _("One act within their power. A material carries two asks at most."),
            "audience": _("Leave empty when any audience may read it."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        demand = self.fields["demand"]
        demand.queryset = Demand.objects.filter(case=self.case).present()  # type: ignore[attr-defined]
        demand.label_from_instance = lambda row: row.text  # type: ignore[attr-defined]
        self.fields["to"].required = self.fields["text"].required = True
