"""Work: long jobs with progress, notices, mail, and the sign that the sweeps run. It knows no case."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "work"

    def ready(self) -> None:
        from work import notices  # noqa: F401  -- registering needs the models loaded
