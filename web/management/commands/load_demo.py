"""`load_demo`: the practice people and cases, into an empty practice site."""

import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy import reminder_sweep
from web import sweeps
from web.demo import load


class Command(BaseCommand):
    help = "Loads the practice office: nine people and invented cases of an invented State. Practice sites only, once."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PRACTICE:
            raise CommandError(_("This is no practice site: practice cases do not belong here."), returncode=1)
        if User.objects.exists():
            raise CommandError(_("There are people here already; practice cases go into an empty site."), returncode=1)
        password = os.environ.get("AMPARO_DEMO_PASSWORD", "") or secrets.token_urlsafe(18)
        people = load(password)
        reminder_sweep.sweep_reminders()
        sweeps.catch_up()
        self.stdout.write(
            _("Practice people: %(names)s. Password of each: %(password)s")
            % {"names": ", ".join(people), "password": password}
        )
