"""What the packet tells safety: a withdrawal and a wish for silence pause public work in the same breath."""

import pytest

from casework.actions import consent as ledger
from safety.models import Pause, RiskEvent
from tests.factories import a_case, a_consent

pytestmark = pytest.mark.django_db


def test_a_withdrawn_consent_pauses_public_work() -> None:
    case = a_case()
    ledger.withdraw_consent(actor=case.lead, consent=a_consent(case))
    trigger = RiskEvent.objects.get(case=case)
    assert (trigger.code, trigger.event_class) == ("TR_CONSENT", "stop")
    assert Pause.objects.filter(case=case, ended_at=None, risk_event=trigger).exists()


def test_a_wish_for_silence_pauses_public_work_and_one_for_publicity_does_not() -> None:
    case = a_case()
    ledger.record_wish(actor=case.lead, case=case, wants="publicity", told_by="To his lawyer.")
    assert not RiskEvent.objects.filter(case=case).exists()
    ledger.record_wish(actor=case.lead, case=case, wants="silence", told_by="By letter.")
    assert RiskEvent.objects.get(case=case).code == "TR_SILENCE"
    assert Pause.objects.filter(case=case, ended_at=None).exists()


def test_a_newer_answer_that_allows_as_much_is_no_alarm_and_a_narrower_one_is() -> None:
    case = a_case()
    a_consent(case)
    proof = {
        "giver_name": "He himself",
        "method": "CM_SIGNED",
        "language": "His own",
        "proof": "Paper",
        "explained": "All.",
    }
    values = {"giver": "CG_SELF", "status": "CS_GIVEN", **proof}
    ledger.record_consent(
        actor=case.lead,
        case=case,
        values=values,
        grants=[("CI_NAME", "AU_DIPLO"), ("CI_NAME", "AU_PUBLIC"), ("CI_NAME", "AU_SUPPORT")],
    )
    assert not RiskEvent.objects.filter(case=case).exists()
    ledger.record_consent(
        actor=case.lead, case=case, values={**values, "status": "CS_REFUSED"}, grants=[("CI_NAME", "AU_PUBLIC")]
    )
    assert RiskEvent.objects.get(case=case).code == "TR_CONSENT"
