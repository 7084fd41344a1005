"""Putting somebody on a case."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField
from accounts.models import User
from casework.models import Membership


class MemberForm(forms.Form):
    """Who, in which role, until when."""

    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none(), empty_label=_("Choose a person"))
    role = forms.ChoiceField(label=_("Role on this case"), choices=[("", _("Choose a role")), *Membership.Role.choices])
    until_on = DayField(
        label=_("Until the end of"),
        required=False,
        help_text=_("Leave empty for no end."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("name", "username")  # type: ignore[attr-defined]

    @property
    def until(self) -> dt.datetime | None:
        """Return the instant at which the role ends, none for no end."""
        day = self.cleaned_data.get("until_on")
        return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time())) if day else None
