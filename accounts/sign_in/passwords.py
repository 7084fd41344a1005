"""What a password may not be. Length does the work; nothing is asked about kinds of letters."""

import re
import unicodedata

from django.conf import settings
from django.contrib.auth.password_validation import (
    CommonPasswordValidator as DjangoCommonPasswordValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

LEAST_DIFFERENT = 6
SHORTEST_CONTEXT = 4
EVER_PRESENT = ("amparo", "password", "qwertyuiop", "1234567890")


def guessable(text: str) -> str:
    """Letters and digits alone, small, without accents: how somebody guesses."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


class CommonPasswordValidator(DjangoCommonPasswordValidator):
    """Refuses a common password, also doubled, or with digits at its end, or of a handful of letters."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = guessable(password)
        candidates = {plain, re.sub(r"\d+$", "", plain), re.sub(r"^\d+", "", plain)}
        candidates |= {unit for unit in map(repeated_unit, tuple(candidates)) if unit}
        if len(set(password)) < LEAST_DIFFERENT or candidates & self.passwords:
            raise ValidationError(
                _("Many people use this password, or one like it."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("Not a password that many people use.")


class ContextValidator:
    """Refuses a password built on the person's name, sign-in name, address, or the name of this site."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = guessable(password)
        for word in self.words_about(user):
            if word in plain and len(plain) - len(word) * plain.count(word) < 2 * LEAST_DIFFERENT:
                raise ValidationError(_("This password is built on your name or on the name of this site."))

    def words_about(self, user: User | None) -> set[str]:
        """Words that somebody who knows the person or the site would try first."""
        texts = [*EVER_PRESENT, *settings.ALLOWED_HOSTS]
        for name in ("username", "name", "email"):
            texts.append(getattr(user, name, "") or "")
        words = {guessable(word) for text in texts for word in [text, *re.split(r"[\W_]+", text)]}
        return {word for word in words if len(word) >= SHORTEST_CONTEXT}

    def get_help_text(self) -> str:
        return _("Not built on your name, your sign-in name or the name of this site.")


def repeated_unit(text: str) -> str:
    """The part of which a text is the repetition; empty when it repeats nothing."""
    for length in range(1, len(text) // 2 + 1):
        if len(text) % length == 0 and text[:length] * (len(text) // length) == text:
            return text[:length]
    return ""
