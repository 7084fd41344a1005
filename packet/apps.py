"""The packet read and filled as a story: its pages; the rows and their verbs are those of casework."""

from django.apps import AppConfig


class PacketConfig(AppConfig):
    name = "packet"

    def ready(self) -> None:
        from packet.pages import searchable  # noqa: F401  -- events are found in the story; registering needs the models loaded
