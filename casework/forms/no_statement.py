"""The day of which somebody says that no statement by the authorities is known."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import PastDayField
from casework.actions.no_statement import DAY_TO_COME
from casework.forms.marked import MarkedForm


class NoStatementForm(MarkedForm, forms.Form):
    """One day; nothing is filled in beforehand, because it is the day on which somebody looked."""

    table = "nostatement"

    as_of = PastDayField(
        to_come=DAY_TO_COME,
        label=_("As of"),
        help_text=_("The day on which you looked. It is printed with the sentence; your name stays inside."),
        error_messages={"required": _("Say on which day you looked.")},
    )
