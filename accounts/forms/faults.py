"""What a verb refuses stands at the question it is about, or above the form."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from accounts.forms.together import Answered


def take(form: Answered, refused: ValidationError) -> None:
    """Put the sentences of a refused verb at their questions; those of no question stand above the form."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, faults in refused.error_dict.items():
        is_asked = name != NON_FIELD_ERRORS and name in form.fields
        form.add_error(name if is_asked else None, faults)
