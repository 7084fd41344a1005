"""A claim on weak sources: composer and gate say the same of every grade, and what does not print is listed with why."""

import pytest

from casework.evidence.publishability import PRIVATE, band_of
from casework.models import Claim, Source
from casework.translating.wording import wording_of
from directory.vocabulary import terms
from materials.models import MaterialClaim
from papers.composing.judging import ATTRIBUTED, FACT, judge
from safety import gate
from tests.factories import a_claim, a_source
from tests.gate.near_misses import triggers_off
from tests.gate.ready import make_ready
from tests.materials.packets import a_full_packet
from tests.materials.test_left_out import brief, text_of, whys

pytestmark = pytest.mark.django_db
CODE = "claim-not-publishable"
KEPT_INSIDE = [("C", 3), *((grade, figure) for grade in "DF" for figure in (1, 2, 3))]


@pytest.mark.parametrize(
    ("kind", "audience"), [("MIN_BRIEF", "AU_DIPLO"), ("MIN_BRIEF", "AU_OWNGOV"), ("SUPPORTER", "AU_SUPPORT")]
)
def test_composer_and_gate_say_the_same_of_every_grade(kind: str, audience: str) -> None:
    ready = make_ready(kind, audience)
    claims, every_item = Claim.objects.filter(pk=ready.claims[0].pk), terms("consent_item")
    asked = gate.Leaving.of(ready.material)
    printed = 0
    with triggers_off():
        for reliability in "ABCDEF":
            Source.objects.filter(case=ready.cases[0]).update(reliability=reliability)
            for credibility in (1, 2, 3, 4, 5, 6, None):
                claims.update(credibility=credibility)
                judged = judge(claims.with_evidence().get(), every_item, wording_of(ready.cases, "en"))
                for printed_as in (FACT, ATTRIBUTED):
                    MaterialClaim.objects.filter(material=ready.material).update(printed_as=printed_as)
                    fits = judged.printed_as == FACT or (judged.is_printed and printed_as == ATTRIBUTED)
                    assert bool(gate.refused_rows(asked, [CODE])[CODE]) is not fits, (reliability, credibility)
                    printed += fits
    assert printed == 12


@pytest.mark.parametrize("audience", ["AU_DIPLO", "AU_OWNGOV"])
@pytest.mark.parametrize(("reliability", "credibility"), KEPT_INSIDE)
def test_what_is_kept_inside_stands_in_no_paper_and_is_listed_with_why(
    reliability: str, credibility: int, audience: str
) -> None:
    assert band_of(reliability, credibility) == PRIVATE
    case = a_full_packet(audiences=("AU_DIPLO", "AU_OWNGOV"))
    source = a_source(case, reliability=reliability)
    claim = a_claim(case, "He was seen in the yard on Sunday.", sources=[source], credibility=credibility)
    made = brief(case, audience=audience)
    assert "in the yard" not in text_of(made) and whys(made)[f"claim:{claim.number}"] == "band"
