"""Django's command to set anybody's password: alone, unseen and at once. Refused."""

from django.utils.translation import gettext_lazy as _

from config.not_here import NotHere


class Command(NotHere):
    help = "Refused: a password is reset by two people, and all who sign are told."
    instead = _(
        "Nobody sets another's password. Propose a reset: ./run manage reset_factor USER --password --as USERNAME"
    )
