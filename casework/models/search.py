"""The words of a search, kept for an hour so that no name ever stands in an address."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealing.fields import HardenedTextField

WORDS_LAST = dt.timedelta(hours=1)


def new_key() -> str:
    """Return a short key that stands for the words in an address; it can be guessed by nobody, and helps nobody else."""
    return secrets.token_urlsafe(16)


class SearchWords(models.Model):
    """What one person searched for. Only that person finds it again, and for an hour only."""

    key_mac = models.BinaryField(max_length=32, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    words = HardenedTextField(label="casework.searchwords.words")
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("words of a search")
        verbose_name_plural = _("words of searches")
