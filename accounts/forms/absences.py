"""When somebody is away, and who stands in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField
from accounts.models import User
from accounts.roles import OfficeRole


def colleagues_of(person: User) -> QuerySet[User]:
    """Return everybody else who works here, by name; not those who review from outside."""
    outside = User.objects.filter(office_roles__role=OfficeRole.OUTSIDE_REVIEWER, office_roles__ended_at=None)
    others = User.objects.filter(is_active=True).exclude(pk=person.pk).exclude(pk__in=outside.values("pk"))
    return others.order_by("name", "username")


class AbsenceForm(forms.Form):
    """The first and the last day, and the deputy: somebody else who works here."""

    begins_on = DayField(label=_("Away from"))
    ends_on = DayField(label=_("Last day away"))
    deputy = forms.ModelChoiceField(
        label=_("Deputy"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        help_text=_("Sees your due steps of the cases that they may see anyway, and no other."),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["deputy"].queryset = colleagues_of(person)  # type: ignore[attr-defined]

    def clean_ends_on(self) -> Any:
        """Say next to the question that the last day lies before the first one."""
        begins_on, ends_on = self.cleaned_data.get("begins_on"), self.cleaned_data["ends_on"]
        if begins_on and ends_on < begins_on:
            raise ValidationError(_("The last day lies before the first one."))
        return ends_on
