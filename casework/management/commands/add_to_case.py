"""Put somebody on a case from the command line, under the same rules as the page: nobody lets themself in alone."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OfficeRole, holds
from casework.actions.members import add_member, second_member
from casework.models import Case, Membership

WRONG_USAGE = 2


class Command(BaseCommand):
    help = (
        "Puts somebody on a case in a role. Who asks for oneself waits for a second person, who agrees with --second."
        " Exit status: 0 done or asked, 1 refused, 2 wrong usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="REF", help="the case, such as K7QF-29MD")
        parser.add_argument("username", metavar="USER", help="sign-in name of the person to put on the case")
        parser.add_argument("role", metavar="ROLE", help=", ".join(Membership.Role.values))
        parser.add_argument("--as", dest="actor", metavar="NAME", required=True, help="sign-in name of who does it")
        parser.add_argument("--second", action="store_true", help="agree, as second person, to what USER asked for")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["role"] not in Membership.Role.values:
            raise CommandError(_("There is no such role."), returncode=WRONG_USAGE)
        actor, user = (self._person(options[name]) for name in ("actor", "username"))
        case = self._case(actor, user, options["reference"])
        try:
            row = self._second(actor, user, case, options["role"]) if options["second"] else None
            row = row or add_member(actor=actor, case=case, user=user, role=options["role"])
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        except PermissionDenied as refused:
            raise CommandError(str(refused)) from None
        if options["json"]:
            answer = {
                "reference": case.reference,
                "user": user.username,
                "role": row.role,
                "is_in_force": row.is_in_force,
            }
            self.stdout.write(json.dumps(answer))
        elif row.is_in_force:
            self.stdout.write(_("%(name)s is on the case.") % {"name": user})
        else:
            self.stdout.write(_("Asked. A second person on the case must agree before it counts."))

    def _person(self, username: str) -> User:
        found = User.objects.filter(username=username, is_active=True).first()
        if found is None:
            raise CommandError(_("Nobody here has this sign-in name."), returncode=WRONG_USAGE)
        return found

    def _case(self, actor: User, user: User, reference: str) -> Case:
        """Find a case this person may see; an administrator may name any case to ask for herself."""
        is_asking = actor.pk == user.pk and holds(actor, OfficeRole.ADMINISTRATOR)
        cases = Case.objects.all() if is_asking else Case.objects.visible_to(actor)
        case = cases.filter(reference=reference).first()
        if case is None:
            raise CommandError(_("There is no such case for this person."))
        return case

    def _second(self, actor: User, user: User, case: Case, role: str) -> Membership:
        waiting = Membership.objects.filter(case=case, user=user, role=role, ended_at=None).first()
        if waiting is None:
            raise ValidationError(_("Nobody asked for this."))
        return second_member(actor=actor, membership=waiting)
