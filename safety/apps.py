"""Safety: may this text about this case leave for this audience? Risk, posture, hold, review, and the gate."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "safety"

    def ready(self) -> None:
        from safety import audit_labels, listeners, triggers  # noqa: F401  -- registering needs the models loaded
        from safety.pages import people_named  # noqa: F401  -- looks for names where a claim is written
