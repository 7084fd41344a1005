"""Django's command to make an account with a password of one's choosing: a second self. Refused."""

from django.utils.translation import gettext_lazy as _

from config.not_here import NotHere


class Command(NotHere):
    help = "Refused: people are invited, and the first two confirm each other."
    instead = _("Here nobody is a superuser. Use make_first_people, or create_invitation USERNAME NAME --as USERNAME.")
