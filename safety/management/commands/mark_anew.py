"""`mark_anew TABLE ID --as A --reason "…"`: let the gate obey a row again whose mark is broken. It takes two, and a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.acting import REFUSED, WRONG_USAGE, add_actor, person_named, telling_refusals
from accounts.models import User
from safety import authenticity
from safety.actions import marking
from sealing.fields import mark_of
from sealing.fields.columns import SealedField

CODES = ("CharField", "BooleanField", "DateTimeField", "DateField", "UUIDField", "ForeignKey", "BigAutoField")
NUMBERS = ("PositiveIntegerField", "PositiveSmallIntegerField", "SmallIntegerField", "IntegerField", "RevisionField")


class Command(BaseCommand):
    help = (
        "Shows a row whose mark is broken, and proposes that the gate obeys it as it stands. Somebody else agrees with"
        " --second, each by a command of their own; 24 hours later one of the two ends it with --finish."
        " Exit status: 0 done or proposed, 1 refused, 2 wrong usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", metavar="TABLE", help="as the log names it, such as casework.Wish")
        parser.add_argument("row", metavar="ID", help="the key of the row")
        parser.add_argument("--reason", default="", help="why it is right as it stands, in one sentence")
        step = parser.add_mutually_exclusive_group()
        step.add_argument("--second", action="store_true", help="agree, as second person")
        step.add_argument("--finish", action="store_true", help="mark it, 24 hours after the second person agreed")
        step.add_argument("--withdraw", action="store_true", help="take the proposal back; one person is enough")
        add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        actor = person_named(options["actor"])
        row = self._row(actor, options["table"], options["row"])
        self._show(row)
        with telling_refusals():
            if options["withdraw"]:
                marking.withdraw_mark(actor=actor, row=row)
                said = _("Withdrawn.")
            elif options["second"]:
                marking.second_mark(actor=actor, row=row)
                said = _("Confirmed. It counts when one of you ends it with --finish, in 24 hours at the earliest.")
            elif options["finish"]:
                marking.finish_mark(actor=actor, row=row)
                said = _("Marked. The gate obeys this row again.")
            else:
                marking.propose_mark(actor=actor, row=row, reason=options["reason"])
                said = _("Proposed. Somebody else looks at the row and agrees: the same command with --second.")
        self.stdout.write(said)

    def _row(self, actor: User, table: str, key: str) -> Any:
        """Find a row that this person may know of; what they may not, and what is not there, get one answer."""
        known = {model._meta.label_lower: model for model in authenticity.may_be_marked_anew()}
        model: Any = known.get(table.lower())
        if model is None:
            names = ", ".join(sorted(one._meta.label for one in known.values()))
            words = _(
                "There is no table %(table)s whose rows are marked anew. A row of a revision is replaced by a new one."
            )
            raise CommandError(f"{words % {'table': table}} {names}", returncode=WRONG_USAGE)
        try:
            row = model._base_manager.filter(pk=key).first()
        except (ValidationError, ValueError):
            row = None
        if row is None or not marking.may_know(actor, row):
            raise CommandError(_("There is no such row for this person."), returncode=REFUSED)
        return row

    def _show(self, row: Any) -> None:
        """Say what the mark binds: codes, keys and times as they stand, of anything else whether it is empty."""
        self.stdout.write(f"{row._meta.label} {row.pk}")
        mark = mark_of(type(row))
        for name in mark.covers if mark else ():
            self.stdout.write(f"  {name}: {_plain(row._meta.get_field(name), row)}")


def _plain(field: Any, row: Any) -> str:
    if not isinstance(field, SealedField) and field.get_internal_type() in (*CODES, *NUMBERS):
        value = getattr(row, field.attname)
        return "-" if value in (None, "") else str(value)
    return "-" if row.__dict__.get(field.attname) in (None, "", b"") else _("something, not shown")
