"""Ruling whether two cases are about one person: who may sign on both, or two people, one for each case."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from accounts.sign_in.freshness import Proof
from audit.trail import record
from casework.access import NotAllowed, lock, may
from casework.actions.twins import ask_again, tell
from casework.models import Case, PossibleTwin, TwinRuling
from safety.people import signers_of, why_not_sign

RULED = "safety.twin.ruled"


@transaction.atomic
def rule_on_twin(*, actor: User, twin: PossibleTwin, verdict: str, reason: str, proof: Proof) -> TwinRuling:
    """Rule that two cases are about another person each, or about the same; the reason is sealed, the ruling kept for good.

    "Another person" by who may sign on both cases counts at once, else once a second person said so for the other case.
    "The same" counts at once, whoever of them says it. Refused to who may sign on neither, to who opened the later case,
    without a reason, and to one side alone while somebody may sign on both.
    """
    pair = lock(twin.one_id, twin.other_id)
    row = PossibleTwin.objects.select_for_update().get(pk=twin.pk)
    signs = [case for case in pair if may(actor, "sign_review", case)]
    if not signs:
        raise NotAllowed("sign_review", pair[0])
    not_yet = [why for case in signs if (why := why_not_sign(actor, case, right="sign_review")) is not None]
    is_another, is_for_both = verdict == TwinRuling.Verdict.ANOTHER, len(signs) == len(pair)
    refuse_if(
        *((True, str(why)) for why in not_yet[:1]),
        (_opened_later(actor, pair), _("You opened the later of the two cases. Somebody else rules on this.")),
        (verdict not in TwinRuling.Verdict.values, _("Choose whether it is another person or the same.")),
        (not reason.strip(), _("Say why, in one sentence.")),
        (
            is_another and not is_for_both and bool(who_rules_alone(pair)),
            _("Somebody may sign on both cases and rules on this. You were not given the right on both."),
        ),
    )
    if is_another and row.rulings.filter(question=row.question, verdict=TwinRuling.Verdict.SAME).exists():
        ask_again(row)
    ruling = TwinRuling(
        twin=row, case=signs[0], question=row.question, verdict=verdict, is_for_both=is_for_both, ruled_by=actor
    )
    ruling.reason = reason.strip()
    ruling.save(force_insert=True)
    tell(RULED, actor=actor, twin=row, occasion=str(ruling.pk))
    record(actor=actor, verb=RULED, about=ruling, verdict=verdict, is_for_both=is_for_both, factor=proof.method)
    return ruling


def who_rules_alone(pair: list[Case]) -> list[User]:
    """Return who may sign on both cases and did not open the later one."""
    one, other = ({*signers_of(case, "sign_review")} for case in pair)
    return [person for person in one & other if not _opened_later(person, pair)]


def _opened_later(user: User, pair: list[Case]) -> bool:
    later = max(pair, key=lambda case: (case.opened_at, case.pk))
    return later.opened_by_id == user.pk
