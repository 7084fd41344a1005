"""Acts by which two people let the gate obey a row again whose mark is broken: a row of a case, of two, and of the office."""

import datetime as dt
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from casework.models import PossibleTwin, Wish
from directory.models import Recipient
from safety.actions import marking
from tests.security.acts.accounts import ONLY_PROPOSERS, ONLY_SECONDERS, PROPOSERS, SECONDERS
from tests.security.acts.record import Act, reads
from tests.security.acts.safety import pair
from tests.security.acts.world import ActWorld, take_rights, take_roles

MARKING = "safety.actions.marking"
SEES, SIGNS = ("view_case",), ("view_case", "sign_review")
NEEDS = {"view_case": "There is no such row for this person", "sign_review": "who signs on every case"}
ONLY_THE_TWO = "One of the two who agreed ends it"
REASON = "Repaired by hand on 3 November."
ROWS = {Wish: "casework_wish", PossibleTwin: "casework_possibletwin", Recipient: "directory_recipient"}


def broken(row: Any) -> Any:
    """Spoil the mark of a row as a lost key leaves it; returns the row."""
    with connection.cursor() as cursor:
        table, key = ROWS[type(row)], row._meta.pk.get_db_prep_value(row.pk, connection)
        cursor.execute(f"UPDATE {table} SET mark = %s WHERE id = %s", [b"x" * 32, key])
    row.refresh_from_db()
    assert not row.carries_mark()
    return row


def of_a_case(world: ActWorld) -> Any:
    """Return a wish whose mark is broken."""
    return broken(Wish.objects.filter(case=world.case).order_by("number")[0])


def of_two_cases(world: ActWorld) -> Any:
    """Return a pair whose mark is broken, with everybody who has every right here on the other case too."""
    return broken(pair(world))


def of_the_office(world: ActWorld) -> Any:
    """Return a recipient whose mark is broken."""
    return broken(world.row(Recipient, "recipient"))


def proposed(of: Any) -> Any:
    """Return how a row is made ready for its second person: ana proposed it."""

    def ready(world: ActWorld) -> Any:
        row = of(world)
        marking.propose_mark(actor=world.people["ana"], row=row, reason=REASON)
        return row

    return ready


def agreed(of: Any) -> Any:
    """Return how a row is made ready for its end: ana proposed it and somebody agreed, more than a day ago."""

    def ready(world: ActWorld) -> Any:
        row, at = of(world), timezone.now() - dt.timedelta(hours=25)
        marking.propose_mark(actor=world.people["ana"], row=row, reason=REASON, at=at)
        marking.second_mark(actor=world.people["another with every right"], row=row, at=at)
        return row

    return ready


def the_row(world: ActWorld) -> dict[str, Any]:
    """Return the row as it is stored now."""
    return {"row": type(world.ready)._base_manager.get(pk=world.ready.pk)}


def told(world: ActWorld) -> dict[str, Any]:
    """Return the same, with why it should count."""
    return the_row(world) | {"reason": REASON}


def cases_behind(world: ActWorld) -> Any:
    """Return the cases of the row."""
    return marking.cases_behind(world.ready)


def ana(world: ActWorld) -> Any:
    """Return who proposed it."""
    return world.people["ana"]


def ana_without_a_role(world: ActWorld) -> Any:
    """Return who proposed it, and holds no role of the office any more."""
    take_roles(ana(world), but=set())
    return ana(world)


def ana_off_the_case(world: ActWorld) -> Any:
    """Return who proposed it, and sees the case no more."""
    take_rights(ana(world), but=set())
    return ana(world)


def reset_today(world: ActWorld) -> Any:
    """Return somebody with every right, whose password was reset a moment ago."""
    person = User.objects.get(pk=world.people["another with every right"].pk)
    person.reset_at = timezone.now()
    person.save(update_fields=["reset_at"])
    return person


KINDS = (("of a case", of_a_case), ("of two cases", of_two_cases), ("of the office", of_the_office))


def on_the_case(variant: str, rights: tuple[str, ...]) -> dict[str, Any]:
    """Return what a row of cases asks for beside the role; of the office it asks for the role alone."""
    if variant == "of the office":
        return {}
    each = {"on_each": cases_behind} if variant == "of two cases" else {}
    return {"all_of": rights, "says_of_case": NEEDS} | each


PROPOSE = tuple(
    Act(
        f"{MARKING}.propose_mark",
        told,
        variant=variant,
        ready=ready,
        office=PROPOSERS,
        refusal=Refused,
        says=ONLY_PROPOSERS,
        **on_the_case(variant, SEES),
    )
    for variant, ready in KINDS
)
SECOND = tuple(
    Act(
        f"{MARKING}.second_mark",
        the_row,
        variant=variant,
        ready=proposed(ready),
        office=SECONDERS,
        refusal=Refused,
        says=ONLY_SECONDERS,
        waits_a_day=True,
        refuses={"who proposed it": ana, "who was reset today": reset_today},
        **on_the_case(variant, SIGNS),
    )
    for variant, ready in KINDS
)
FINISH = tuple(
    Act(
        f"{MARKING}.finish_mark",
        the_row,
        variant=variant,
        ready=agreed(ready),
        is_own=True,
        refusal=Refused,
        says=ONLY_THE_TWO,
        refuses={"who proposed it, without a role": ana_without_a_role}
        | ({} if variant == "of the office" else {"who proposed it, off the case": ana_off_the_case}),
        allows={"who proposed it": ana, "who agreed": lambda w: w.people["another with every right"]},
    )
    for variant, ready in KINDS
)
WITHDRAW = tuple(
    Act(
        f"{MARKING}.withdraw_mark",
        the_row,
        variant=variant,
        ready=proposed(ready),
        office=PROPOSERS,
        refusal=Refused,
        says=ONLY_PROPOSERS,
        **on_the_case(variant, SEES),
    )
    for variant, ready in KINDS
)
ACTS = (*PROPOSE, *SECOND, *FINISH, *WITHDRAW)

UNASKED = reads(
    "it is the question itself",
    f"{MARKING}.may_know",
    f"{MARKING}.is_as_shown",
    f"{MARKING}.cases_behind",
    f"{MARKING}.waiting",
    f"{MARKING}.shown",
)
