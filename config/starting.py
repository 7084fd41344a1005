"""What every process of the site asks before its first work: are the guards there, do the keys fit."""

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from casework.models import KeyCanary
from sealing import triggers
from sealing.errors import DecryptionError

CANARY_TEXT = "This text was sealed when the site began."


def refuse_unless_whole() -> None:
    """Refuse to start on a database whose triggers are missing or changed, or that our keys do not open."""
    triggers.require_installed()
    refuse_wrong_keys()


def refuse_wrong_keys() -> None:
    """Open the canary; the first start of a site seals it. Raises when AMPARO_FIELD_KEYS does not fit the database."""
    with transaction.atomic():
        try:
            song = KeyCanary.objects.values_list("text", flat=True).first()
        except DecryptionError:
            song = ""
        if song is None:
            KeyCanary.objects.create(text=CANARY_TEXT)
        elif song != CANARY_TEXT:
            raise ImproperlyConfigured(
                "AMPARO_FIELD_KEYS does not open this database: it belongs to other keys. Nothing was started."
            )
