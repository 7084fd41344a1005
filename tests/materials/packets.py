"""A full packet for the tests of materials: everything open to diplomats, one claim kept back."""

from typing import Any

from casework.models import Ask, Case, Demand, RightImplicated
from casework.models.aims import STATUSES
from papers.kinds.kind import Kind
from tests.factories import a_case, a_claim, a_consent, a_detention, a_prisoner, a_source, an_office

ITEMS = ("CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS")


def a_full_packet(
    *, items: Any = ITEMS, audiences: Any = ("AU_DIPLO", "AU_OWNGOV", "AU_SUPPORT", "AU_PUBLIC"), **fields: Any
) -> Case:
    """Return ana's case of a newspaper editor: four claims (one needs attribution, one may never print), asks, consent."""
    an_office()
    case = a_case(**fields)
    case.public_label = "A newspaper editor"
    case.why_now = "The Court of Appeal sits on 26 November."
    case.authorities_say = "The Ministry of Justice states that the case is about tax alone."
    case.save()
    a_prisoner(case, "Ilias Varanen", ("Arab", "إلياس فارانن"), occupation="newspaper editor")
    a_detention(case, started="2025-03-14~", place="Colony no. 4, Lower Tarn", charge="Penal Code art. 214 (2)")
    court = a_source(case, "Judgment of 2 June 2026", reliability="A", attribution="the court record")
    witness = a_source(
        case,
        "Talk with a colleague",
        reliability="C",
        kind="S_WITNESS",
        secrecy="AT_BACKGROUND",
        attribution="a witness",
    )
    a_claim(
        case,
        "Officers of the Interior Ministry arrested him at his office.",
        sources=[court],
        items=["CI_BIO"],
        on="2025-03-14~",
    )
    a_claim(
        case,
        "He was questioned for five days without a lawyer.",
        sources=[witness],
        items=["CI_BIO"],
        on="2025-03-14/2025-03-19",
        credibility=2,
    )
    a_claim(case, "He lost much weight in prison.", sources=[court], items=["CI_HEALTH"], on="2026-07")
    a_claim(
        case, "The court did not hear the accountant.", sources=[court], items=["CI_DOCS"], on="2026-06-02", use="law"
    )
    demand = Demand.objects.create(case=case, text="Let an independent doctor see him", aim="doctor")
    Ask.objects.create(
        case=case,
        demand=demand,
        to="the Minister of Justice",
        text="Let an independent doctor see him",
        by="2026-12-15",
    )
    RightImplicated.objects.create(case=case, right="R_LIBERTY")
    a_consent(case, items, audiences, giver="CG_SELF_LAWYER")
    return case


def fit_for(kind: Kind, *cases: Case) -> None:
    """Put the people where this kind may be written of them: after a death for the notice that is named so."""
    if kind.is_only_for:
        for case in cases:
            case.status = sorted(STATUSES[next(iter(kind.made_for))])[0]
            case.save(update_fields=["status"])
            case.demands.update(aim="inquiry")
