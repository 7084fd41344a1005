"""Print the states and the conditions of the gate as they are drawn in docs/gate.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from safety.conditions.table import markdown, replaced


class Command(BaseCommand):
    help = "Print the states and the conditions of the gate for docs/gate.md."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--into", metavar="FILE", help="write it between the two marks of this file")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["into"]:
            self.stdout.write(markdown())
            return
        path = Path(options["into"])
        try:
            path.write_text(replaced(path.read_text()))
        except ValueError as fault:
            raise CommandError(str(fault)) from None
