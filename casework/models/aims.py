"""What may be asked for a person, and in which situations of the person that makes sense: one table, each with why.

Read by the demands themselves, by composing, and by the gate, whose SQL is made from it (safety.conditions.asks).
"""

from dataclasses import dataclass
from types import MappingProxyType

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Situation(models.TextChoices):
    """Where a person is, as far as it decides what may still be asked for them."""

    HELD = "held", _("held, or nobody knows where")
    OUT_FOR_A_TIME = "out_for_a_time", _("out for a time")
    RESTRICTED = "restricted", _("out, with charges or conditions")
    FREE = "free", _("free")
    AWAY = "away", _("out of reach of the State")
    DEAD = "dead", _("dead")


HELD, OUT_FOR_A_TIME, RESTRICTED, FREE, AWAY, DEAD = Situation

# A status that is not here is one of somebody who may be held: what is not known ends no demand.
STATUSES: dict[Situation, frozenset[str]] = {
    OUT_FOR_A_TIME: frozenset({"DS_FURLOUGH"}),
    RESTRICTED: frozenset({"DS_BAIL", "DS_TRIALFREE", "DS_CONDITIONAL", "DS_EXILE"}),
    FREE: frozenset({"DS_RELEASED", "DS_EXCHANGED"}),
    AWAY: frozenset({"DS_DEPORTED", "DS_ESCAPED"}),
    DEAD: frozenset({"DS_DIED", "DS_EXECUTED"}),
}


class Aim(models.TextChoices):
    """What a demand is about. Words of one's own say nothing of when they make sense: a person says that."""

    RELEASE = "release", _("Release")
    WHEREABOUTS = "whereabouts", _("To be told where the person is held")
    DOCTOR = "doctor", _("A doctor, medical care in custody")
    LAWYER = "lawyer", _("A lawyer")
    VISITS = "visits", _("Visits, letters, calls")
    TREATMENT = "treatment", _("Humane treatment, conditions, a transfer")
    LIFE = "life", _("No execution")
    TRIAL = "trial", _("A fair hearing, observers at it")
    CHARGES = "charges", _("The end of the charge or the sentence, a pardon")
    RESTRICTIONS = "restrictions", _("The end of conditions, of a travel ban, of an exile")
    SAFETY = "safety", _("No new arrest, no reprisal against the person")
    RETURN = "return", _("That the person may come home")
    FAMILY = "family", _("No reprisal against the family")
    INQUIRY = "inquiry", _("An independent inquiry")
    REDRESS = "redress", _("Compensation, a name cleared")
    BODY = "body", _("The body to the family")
    POST_MORTEM = "post_mortem", _("An independent post-mortem")
    DEATH_PAPERS = "death_papers", _("The papers on the death, and what happened")
    FUNERAL = "funeral", _("A funeral without harassment")
    OWN = "own", _("Something else, in words of our own")


@dataclass(frozen=True)
class Sense:
    """In which situations an aim makes sense, and why in no other."""

    situations: frozenset[Situation]
    why: str


ALIVE = frozenset(Situation) - {DEAD}
MAKES_SENSE = MappingProxyType(
    {
        Aim.RELEASE: Sense(frozenset({HELD, OUT_FOR_A_TIME}), "a furlough ends in custody; nobody else can be let go"),
        Aim.WHEREABOUTS: Sense(frozenset({HELD}), "only somebody who is held, or may be, is held somewhere"),
        Aim.DOCTOR: Sense(frozenset({HELD}), "whoever is out sees a doctor without the State"),
        Aim.LAWYER: Sense(frozenset({HELD, OUT_FOR_A_TIME, RESTRICTED}), "as long as a charge or sentence stands"),
        Aim.VISITS: Sense(frozenset({HELD}), "only somebody who is held is visited by leave"),
        Aim.TREATMENT: Sense(frozenset({HELD}), "of those in custody"),
        Aim.LIFE: Sense(frozenset({HELD, OUT_FOR_A_TIME}), "of those in custody, also while they are out for a time"),
        Aim.TRIAL: Sense(frozenset({HELD, OUT_FOR_A_TIME, RESTRICTED, AWAY}), "a court may sit without the person"),
        Aim.CHARGES: Sense(ALIVE, "a charge or sentence may stand after release and flight, and ends with the person"),
        Aim.RESTRICTIONS: Sense(frozenset({OUT_FOR_A_TIME, RESTRICTED}), "only there conditions are set"),
        Aim.SAFETY: Sense(ALIVE - {HELD}, "whoever is held is arrested already"),
        Aim.RETURN: Sense(frozenset({AWAY}), "only somebody who is away comes home"),
        Aim.FAMILY: Sense(frozenset(Situation), "relatives may be hurt whatever happened to the person"),
        Aim.INQUIRY: Sense(frozenset(Situation), "what was done can be inquired into at any time"),
        Aim.REDRESS: Sense(frozenset(Situation), "what was done can be made good at any time, also to the family"),
        Aim.BODY: Sense(frozenset({DEAD}), "after a death alone"),
        Aim.POST_MORTEM: Sense(frozenset({DEAD}), "after a death alone"),
        Aim.DEATH_PAPERS: Sense(frozenset({DEAD}), "after a death alone"),
        Aim.FUNERAL: Sense(frozenset({DEAD}), "after a death alone"),
        Aim.OWN: Sense(frozenset(), "nothing knows what it is about: a person says so, for the situation of the day"),
    }
)


def situation_of(status: str) -> Situation:
    """Return where a person of this status is; a status that is not in the table is one of somebody who may be held."""
    return next((situation for situation, codes in STATUSES.items() if status in codes), HELD)


def makes_sense(aim: str, said_for: str, status: str) -> bool:
    """Say whether a demand of this aim makes sense at this status; of words of one's own, whether somebody said so."""
    situation = situation_of(status)
    if aim == Aim.OWN:
        return said_for == situation
    return situation in MAKES_SENSE[Aim(aim)].situations


def aims_for(status: str) -> list[tuple[str, str | Promise]]:
    """Return the aims that make sense at this status, with their words; words of one's own last."""
    situation = situation_of(status)
    fitting = [aim for aim in Aim if situation in MAKES_SENSE[aim].situations]
    return [(aim.value, aim.label) for aim in (*fitting, Aim.OWN)]
