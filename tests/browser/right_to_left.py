"""A pseudo right-to-left run: the site offers Arabic for the length of a test, with English words where no other are."""

from typing import Any

from django.conf import settings

LANGUAGES = [("en", "English"), ("ar", "العربية")]


def speak_arabic(context: Any, *, url: str) -> None:
    """Ask for Arabic in this browser context; the test also sets `settings.LANGUAGES = right_to_left.LANGUAGES`."""
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "ar", "url": url}])
