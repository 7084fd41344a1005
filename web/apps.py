"""Web: the frame of every page, Today, notices, help and the practice office. It may see every app below."""

from django.apps import AppConfig

from web import form_words


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        form_words.set_default_messages()
