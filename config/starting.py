"""What every process of the site asks before its first work: are the guards there, do the keys fit."""

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from casework.models import KeyCanary, KeyMark
from sealing import triggers
from sealing.errors import DecryptionError

CANARY_TEXT = "This text was sealed when the site began."


def refuse_unless_whole() -> None:
    """Refuse to start on a database whose triggers are missing or changed, or that our keys do not open."""
    triggers.require_installed()
    refuse_wrong_keys()


@transaction.atomic
def refuse_wrong_keys() -> None:
    """Try every key; the first start of a site marks them. Raises with a sentence for each that is of another site."""
    wrong = [*_wrong_field_keys(), *KeyMark.objects.wrong()]
    if wrong:
        sentences = [f"- {variable} does not fit this database, which belongs to another key." for variable in wrong]
        raise ImproperlyConfigured("\n".join(["Nothing was started, because of wrong keys:", *sentences]))


def _wrong_field_keys() -> list[str]:
    try:
        text = KeyCanary.objects.values_list("text", flat=True).first()
    except DecryptionError:
        return ["AMPARO_FIELD_KEYS"]
    if text is None:
        KeyCanary.objects.create(text=CANARY_TEXT)
    return [] if text in {None, CANARY_TEXT} else ["AMPARO_FIELD_KEYS"]
