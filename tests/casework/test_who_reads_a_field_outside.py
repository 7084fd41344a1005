"""The mark beside a field says who may read it outside, and composing discloses it to them and to nobody else."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from casework.disclosing.marks import mark_of, read_by
from casework.disclosing.printed_fields import FIELDS, FREELY, STAGES, ways_out
from casework.disclosing.readers import Readers
from casework.models import Ask, Case, Consent, Demand, Person, Wish
from claims.pages.fate import Fates
from tests.casework.marked import AUDIENCES, INSIDE, PRINTED, a_case_told_in_full, papers_for
from tests.factories import a_case, a_claim, a_consent, a_contact

pytestmark = pytest.mark.django_db
ITEMS = ("CI_NAME", "CI_BIO", "CI_STATUS", "CI_LOCATION", "CI_DOCS")
WORLDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "all": (ITEMS, AUDIENCES),
    "nothing": ((), ()),
    "diplomats": (ITEMS, ("AU_DIPLO",)),
    "inside": (ITEMS, ("AU_INTERNAL", "AU_ORG")),
    **{f"without {item}": (tuple(one for one in ITEMS if one != item), AUDIENCES) for item in ITEMS},
}


@pytest.mark.parametrize("world", WORLDS)
def test_papers_hold_of_each_field_what_its_mark_says_and_no_more(world: str) -> None:
    case = a_case_told_in_full()
    a_consent(case, *WORLDS[world])
    readers = Readers(case)
    papers = {audience: papers_for(case, audience) for audience in AUDIENCES}
    for column, (_value, words) in PRINTED.items():
        told = read_by(column, readers)
        for audience, text in papers.items():
            assert audience in told or words not in text, (column, audience)
        if told.issuperset(AUDIENCES):
            assert any(words in text for text in papers.values()), column
        assert (mark_of(column, readers).state == "nobody") == (not told), column
    assert INSIDE not in "".join(papers.values())
    assert "diplomats" not in world or "Varanen" in papers["AU_DIPLO"]


# What changes a paper without words of its own: the number of a claim, how a person is spoken of, whether they are held.
CHANGES: dict[str, Any] = {
    "detention.ended": "2026-01-05",
    "detention.arrest_claim": "claim",
    "charge.charge_claim": "claim",
    "charge.trial_claim": "claim",
    "charge.sentence_claim": "claim",
    "place.claim": "claim",
    "person.spoken_of": Person.SpokenOf.WOMAN,
    "case.status": "DS_RELEASED",
    "case.public_label": "A keeper of a lighthouse",
    "case.country": "FRA",
}


@pytest.mark.parametrize("column", CHANGES)
def test_what_has_no_words_of_its_own_changes_a_paper_where_its_mark_says_so(column: str) -> None:
    model, _dot, field = column.partition(".")
    case = a_case_told_in_full()
    Case.objects.filter(pk=case.pk).update(language="fr")  # whose words speak of a woman otherwise than of a man
    Ask.objects.filter(case=case).delete()
    Demand.objects.filter(case=case).delete()  # which make no sense for somebody who is free
    case = Case.objects.get(pk=case.pk)
    opened = [item for item in ITEMS if item != "CI_NAME"] if model == "case" else ITEMS
    row = case if model == "case" else getattr(case, f"{model}s").first()
    if model == "place":  # of the second, a transfer, a paper tells the source
        row = row.detention.places.create(case=case, place="A camp", since="2025-09-09")
    consent = a_consent(case, opened, ["AU_DIPLO"])
    was = papers_for(case, "AU_DIPLO", "fr")
    setattr(row, field, case.claims.get() if CHANGES[column] == "claim" else CHANGES[column])
    row.save()
    case = Case.objects.get(pk=case.pk)
    assert papers_for(case, "AU_DIPLO", "fr") != was
    assert mark_of(column, Readers(case)).state in {"some", "each"}
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
    assert mark_of(column, Readers(case)).state == ("each" if not all(ways_out(column)) else "nobody")


def test_each_column_of_the_registry_is_one_and_is_looked_for_in_papers() -> None:
    columns = {column for printed in (*FIELDS, *STAGES, *FREELY) for column in printed.columns}
    assert columns == set(PRINTED) | set(CHANGES) | {
        "nostatement.as_of"
    }  # of which tests/materials/test_no_statement.py
    for column in columns:
        model, _dot, field = column.partition(".")
        apps.get_model("casework", model)._meta.get_field(field)


def words_of(case: Case, column: str) -> str:
    return mark_of(column, Readers(case)).words


def test_nobody_is_the_answer_until_somebody_consents(case: Case) -> None:
    """Also where the answer came too early, ran out, was taken back, or a wish for silence stands."""
    assert words_of(case, "person.born") == "Outside: nobody"
    now, day = timezone.now(), dt.timedelta(days=1)
    a_consent(case, ["CI_BIO"], at=now - 9 * day, lasts=8 * day)
    a_consent(case, ["CI_BIO"], at=now + day)
    a_consent(case, ["CI_BIO"], status="CS_ASKED")
    Consent.objects.filter(pk=a_consent(case, ["CI_BIO"]).pk).update(withdrawn_at=now)
    a_consent(case, ["CI_BIO"], subject="contact", subject_contact=a_contact(case))
    assert words_of(case, "person.born") == "Outside: nobody"
    a_consent(case, ["CI_BIO"])
    assert words_of(case, "person.born") == "Outside: Named diplomats, Supporters, Public"
    assert words_of(case, "name.value") == words_of(case, "person.nationality") == "Outside: nobody"
    Wish.objects.create(case=case, number=1, wants=Wish.Wants.SILENCE)
    assert words_of(case, "person.born") == "Outside: nobody"


def test_a_group_is_named_where_each_of_it_may_read() -> None:
    case = a_case()
    officials = ["AU_DIPLO", "AU_OWNGOV", "AU_UN", "AU_COURT", "AU_PARL", "AU_HOLDER"]
    a_consent(case, ["CI_BIO"], officials)
    a_consent(case, ["CI_LOCATION"], ["AU_INTERNAL"])
    assert words_of(case, "person.born") == "Outside: Officials and bodies"
    assert words_of(case, "place.place") == "Outside: trusted recipients, in an emergency"
    assert words_of(case, "detention.taken_at") == "Outside: trusted recipients, in an emergency"
    assert words_of(case, "person.health") == words_of(case, "contact.name") == "Stays inside"
    assert words_of(case, "case.public_label") == "Outside: every reader"


def test_a_claim_is_marked_with_who_reads_it_in_a_paper(case: Case) -> None:
    """The words of the sentence, the ruling and the items together; consent for one of two items is none for both."""
    a_consent(case, ["CI_BIO"], ["AU_DIPLO", "AU_PARL"])
    told = {
        a_claim(case, "He sang.", items=["CI_BIO"]): "Outside: Named diplomats, Parliament (may become public)",
        a_claim(case, "He was ill.", items=["CI_BIO", "CI_HEALTH"]): "Outside: nobody",
        a_claim(case, "It rained."): "Outside: every reader",
        a_claim(case, "He wept.", items=["CI_BIO"], status="VS_NEW"): "Outside: nobody",
    }
    fates = Fates(case, {}, may_change=False)
    papers = papers_for(case, "AU_DIPLO") + papers_for(case, "AU_PARL")
    for row in case.claims.with_evidence():
        assert fates.of(row).outside.words == told[row]
        assert (row.text in papers) == (fates.of(row).outside.state != "nobody"), row.text
