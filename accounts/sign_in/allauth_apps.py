"""How the apps of allauth start here."""

from allauth.usersessions.apps import UserSessionsConfig


class OwnSessionsConfig(UserSessionsConfig):
    """allauth's list of sessions without its receivers: they write the key of the cookie into the table."""

    def ready(self) -> None:
        """Nothing: accounts.sign_in.receivers notes each sign-in."""
