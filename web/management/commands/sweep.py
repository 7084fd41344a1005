"""Do once what beat does every minute, so that cron can take its place."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from advocacy import reminder_sweep
from web import digests, sweeps


class Command(BaseCommand):
    help = "Send the reminders that are due and give back work that was left lying. Cron can run this every minute."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--daily", action="store_true", help="do what is done once a day even if it was done today")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        mails = reminder_sweep.sweep_reminders() + digests.sweep_digests()
        done = {"mails": mails, "jobs": sweeps.requeue_stale_jobs()}
        if options["daily"]:
            sweeps.daily()
        else:
            sweeps.catch_up()
        if options["json"]:
            self.stdout.write(json.dumps(done))
            return
        self.stdout.write(f"Mails sent: {done['mails']}. Jobs that wait again: {done['jobs']}.")
