"""Who may give what: proof for what may hurt most, a lawyer alone for little, and nothing for longer than a year."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.access import NotAllowed
from casework.actions.consent import record_consent
from casework.consent_codes import LONGEST, lawyer_may_give, needs_proof
from casework.models import Case, Consent, ConsentGrant
from directory.vocabulary import terms
from tests.factories import a_case, a_consent, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db

NOTHING_SAID = {"giver_name": None, "method": "", "language": "", "proof": None, "explained": None}
PROVEN = {"giver_name": "She herself", "method": "CM_SIGNED", "language": "Hers", "proof": "Paper", "explained": "All"}
EVERY_PAIR = [(item, audience) for item in terms("consent_item") for audience in terms("consent_audience")]


@pytest.fixture
def case() -> Case:
    case = a_case()
    on_case(case, "leila", "liaison")
    return case


def give(case: Case, *pairs: tuple[str, str], **values: Any) -> Consent:
    """Record an answer through the verb."""
    given = {"giver": "CG_SELF", "status": "CS_GIVEN", **values}
    return record_consent(actor=a_person("leila"), case=case, values=given, grants=pairs)


def database_takes(case: Case, pair: tuple[str, str], **values: Any) -> bool:
    """Say whether the database lets this answer grant the pair, past every verb."""
    try:
        with transaction.atomic():
            a_consent(case, [pair[0]], [pair[1]], **values)
    except DatabaseError:
        return False
    return True


@pytest.mark.parametrize("missing", list(PROVEN))
def test_what_is_public_or_may_hurt_most_needs_each_part_of_the_proof(case: Case, missing: str) -> None:
    for pair in (("CI_NAME", "AU_PUBLIC"), ("CI_HEALTH", "AU_DIPLO")):
        with pytest.raises(ValidationError) as refused:
            give(case, pair, **{**PROVEN, missing: NOTHING_SAID[missing]})
        assert list(refused.value.message_dict) == [missing]
        assert not database_takes(case, pair, **{missing: NOTHING_SAID[missing]})
        assert give(case, pair, **PROVEN).grants.count() == 1
    assert give(case, ("CI_NAME", "AU_DIPLO")).grants.count() == 1


def test_a_refusal_needs_no_proof(case: Case) -> None:
    assert give(case, ("CI_SEXUAL", "AU_PUBLIC"), status="CS_REFUSED").grants.count() == 1


def test_a_lawyer_alone_gives_name_place_and_charge_to_officials_and_nothing_else(case: Case) -> None:
    give(case, ("CI_NAME", "AU_DIPLO"), ("CI_LOCATION", "AU_UN"), giver="CG_LAWYER", **PROVEN)
    for pair in (("CI_SEXUAL", "AU_HOLDER"), ("CI_NAME", "AU_PUBLIC"), ("CI_BIO", "AU_DIPLO")):
        with pytest.raises(ValidationError) as refused:
            give(case, ("CI_NAME", "AU_DIPLO"), pair, giver="CG_LAWYER", **PROVEN)
        assert "lawyer alone" in " ".join(refused.value.message_dict["grants"])


def test_the_database_says_of_every_pair_what_the_rule_says(case: Case) -> None:
    for pair in EVERY_PAIR:
        assert database_takes(case, pair, **NOTHING_SAID) is not needs_proof(*pair), pair
        assert database_takes(case, pair, giver="CG_LAWYER") is lawyer_may_give(*pair), pair


def test_proof_once_written_is_never_taken_out(case: Case) -> None:
    consent = a_consent(case, proof="Signed paper.")
    consent.proof = None
    with pytest.raises(DatabaseError), transaction.atomic():
        consent.save(update_fields=["proof"])


def test_no_answer_is_kept_for_longer_than_twelve_months(client: Client, case: Case) -> None:
    beyond = timezone.now() + LONGEST + dt.timedelta(days=2)
    with pytest.raises(ValidationError) as refused:
        give(case, ("CI_NAME", "AU_DIPLO"), until_at=beyond)
    assert "twelve months" in " ".join(refused.value.message_dict["until_on"])
    assert not database_takes(case, ("CI_NAME", "AU_DIPLO"), until_at=beyond)
    leila = signed_in(client, a_person("leila"))
    sent = {
        "about": "prisoner",
        "giver": "CG_SELF",
        "status": "CS_GIVEN",
        "package": "items",
        "grants": ["CI_NAME:AU_DIPLO"],
    }
    sent |= {"from_on": timezone.localdate().isoformat(), "until_on": "2036-03-14"}
    page = leila.post(reverse("casework:add_consent", args=[case.reference]), sent)
    assert page.status_code == 422 and "more than twelve months" in page.content.decode()
    assert "2036-03-14" in page.content.decode() and not Consent.objects.exists()


def test_what_is_missing_stands_at_its_question_and_nothing_typed_is_lost(client: Client, case: Case) -> None:
    leila = signed_in(client, a_person("leila"))
    sent = {
        "about": "prisoner",
        "giver": "CG_FAMILY",
        "status": "CS_GIVEN",
        "package": "items",
        "grants": ["CI_HEALTH:AU_DIPLO"],
    }
    sent |= {"from_on": timezone.localdate().isoformat(), "giver_name": "His wife"}
    page = leila.post(reverse("casework:add_consent", args=[case.reference]), sent)
    words = page.content.decode()
    assert page.status_code == 422 and not ConsentGrant.objects.exists()
    assert "Write in which language it was given. It is needed for: Health (Named diplomats)." in words
    assert "Write what was explained to the giver." in words and "His wife" in words


def test_who_keeps_no_consents_records_none(case: Case) -> None:
    for username, role in (("tomas", "legal"), ("rui", "reviewer")):
        on_case(case, username, role)
        with pytest.raises(NotAllowed):
            record_consent(
                actor=a_person(username),
                case=case,
                values={"giver": "CG_SELF", "status": "CS_GIVEN"},
                grants=[("CI_NAME", "AU_DIPLO")],
            )
    assert not Consent.objects.exists()
