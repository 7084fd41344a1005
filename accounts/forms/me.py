"""What a person says about themselves."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.actions.joining import NAMED_ALIKE
from accounts.models import User
from accounts.names import reads_like_another, why_unreadable


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes no arguments
    """Name, language and colours of one's own account."""

    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)

    class Meta:
        model = User
        fields = ("name", "language", "theme")

    def clean_name(self) -> str:
        """Nobody takes the name of a colleague: it stands under signatures and proposals."""
        name: str = self.cleaned_data["name"]
        if fault := why_unreadable(name):
            raise ValidationError(fault)
        if reads_like_another(name, field="name", but=self.instance):
            raise ValidationError(NAMED_ALIKE)
        return name
