"""What the database keeps of packets, tried through raw SQL on both engines."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.models import CaseUserObjectPermission, ConsentGrant, FamilyTold, Membership, Wish
from tests.factories import a_case, a_claim, a_consent, a_source, put_on
from tests.people import a_person

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def run(sql: str, *values: Any) -> int:
    """Run one statement as it stands, past every model; returns how many rows it changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [_plain(value) for value in values])
        return cursor.rowcount


def refused(sql: str, *values: Any, by: str) -> None:
    """The statement is refused by the trigger of this name, and no other."""
    with pytest.raises(DatabaseError, match=by):
        run(sql, *values)


def _plain(value: Any) -> Any:
    if connection.vendor == "sqlite" and hasattr(value, "hex") and not isinstance(value, float):
        return value.hex
    if connection.vendor == "sqlite" and isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ")
    return value


def change(table: str, row: Any, column: str, value: Any) -> int:
    return run(f"UPDATE {table} SET {column} = %s WHERE id = %s", value, row.pk)


def not_changed(table: str, row: Any, column: str, value: Any, *, by: str) -> None:
    refused(f"UPDATE {table} SET {column} = %s WHERE id = %s", value, row.pk, by=by)


def test_a_consent_can_be_withdrawn_and_shortened_once_in_raw_sql() -> None:
    consent = a_consent(a_case())
    assert change("casework_consent", consent, "until_at", consent.until_at - HOUR) == 1
    assert change("casework_consent", consent, "withdrawn_at", timezone.now()) == 1


def test_a_withdrawal_is_never_taken_back_or_moved() -> None:
    consent = a_consent(a_case())
    change("casework_consent", consent, "withdrawn_at", timezone.now())
    not_changed("casework_consent", consent, "withdrawn_at", None, by="a_consent_only_shrinks: withdrawn-at")
    not_changed("casework_consent", consent, "withdrawn_at", timezone.now() + HOUR, by="withdrawn-at")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("status", "CS_LIMITED"),
        ("giver", "CG_POA"),
        ("from_at", timezone.now() - dt.timedelta(days=9)),
        ("granted_until", timezone.now() + dt.timedelta(days=900)),
        ("removed_at", timezone.now()),
    ],
)
def test_what_a_consent_says_never_changes(column: str, value: Any) -> None:
    not_changed("casework_consent", a_consent(a_case()), column, value, by="a_consent_only_shrinks")


def test_a_consent_never_gets_longer() -> None:
    consent = a_consent(a_case())
    change("casework_consent", consent, "until_at", consent.until_at - HOUR)
    not_changed("casework_consent", consent, "until_at", consent.until_at, by="a_consent_only_shrinks: until-at")


def test_a_second_person_is_named_once() -> None:
    case = a_case()
    consent = a_consent(
        case,
        giver="CG_NONE_BEST",
        basis="best_interest",
        status="CS_PRESUMED",
        tried="The sister, twice.",
        lasts=dt.timedelta(days=2),
    )
    tomas, sam = a_person("tomas"), a_person("sam")
    assert change("casework_consent", consent, "seconded_by_id", tomas.pk) == 1
    not_changed("casework_consent", consent, "seconded_by_id", sam.pk, by="seconded-by-id")


def test_a_refusal_stays_as_it_was_given_whoever_answers_anew() -> None:
    case = a_case()
    refusal = a_consent(case, status="CS_REFUSED", created_at=timezone.now() - HOUR)
    grant = refusal.grants.first()
    a_consent(case)
    not_changed("casework_consent", refusal, "withdrawn_at", timezone.now(), by="withdrawn-at")
    not_changed("casework_consent", refusal, "until_at", timezone.now(), by="until-at")
    not_changed("casework_consentgrant", grant, "ended_at", timezone.now(), by="a_grant_only_ends")


def test_a_grant_ends_once_and_never_widens() -> None:
    consent = a_consent(a_case())
    grant = consent.grants.first()
    not_changed("casework_consentgrant", grant, "audience", "AU_ARCHIVE", by="a_grant_only_ends")
    assert change("casework_consentgrant", grant, "ended_at", timezone.now()) == 1
    not_changed("casework_consentgrant", grant, "ended_at", None, by="a_grant_only_ends")


def test_nothing_is_granted_after_a_withdrawal() -> None:
    consent = a_consent(a_case())
    ConsentGrant.objects.create(consent=consent, item="CI_BIO", audience="AU_DIPLO")
    change("casework_consent", consent, "withdrawn_at", timezone.now())
    with pytest.raises(DatabaseError, match="consent-withdrawn"), transaction.atomic():
        ConsentGrant.objects.create(consent=consent, item="CI_HEALTH", audience="AU_DIPLO")


def test_the_ledger_is_never_deleted() -> None:
    case = a_case()
    consent = a_consent(case)
    claim = a_claim(case)
    wish = Wish.objects.create(case=case, number=1, wants="silence", told_by="By himself, in court.")
    told = FamilyTold.objects.create(case=case, material_id=case.pk, told_by=case.lead, who="The sister.")
    member = Membership.objects.get(case=case)
    source = claim.citations.get().source
    tables = {
        "casework_consentgrant": consent.grants.first(),
        "casework_consent": consent,
        "casework_wish": wish,
        "casework_familytold": told,
        "casework_claim": claim,
        "casework_source": source,
        "casework_membership": member,
    }
    for table, row in tables.items():
        refused(f"DELETE FROM {table} WHERE id = %s", row.pk, by="never-deleted")


def test_wishes_and_what_the_family_was_told_never_change() -> None:
    case = a_case()
    wish = Wish.objects.create(case=case, number=1, wants="silence")
    told = FamilyTold.objects.create(case=case, material_id=case.pk, told_by=case.lead, who="The sister.")
    not_changed("casework_wish", wish, "wants", "publicity", by="wishes_are_append_only")
    not_changed("casework_familytold", told, "is_nobody_to_tell", True, by="what_the_family_was_told_is_append_only")


def test_evidence_stays_in_its_case_and_under_its_claim() -> None:
    case, other = a_case(), a_case()
    claim, elsewhere = a_claim(case, items=["CI_NAME"]), a_claim(other)
    citation = claim.citations.get()
    for table, row in (("claim", claim), ("source", citation.source), ("citation", citation)):
        not_changed(f"casework_{table}", row, "case_id", other.pk, by=f"a_row_of_{table}_stays_in_its_case")
    not_changed(
        "casework_citation", citation, "claim_id", elsewhere.pk, by="a_citation_stays_with_its_claim|of-another-case"
    )
    not_changed("casework_claimitem", claim.items.get(), "claim_id", elsewhere.pk, by="an_item_stays_with_its_claim")
    not_changed("casework_claim", claim, "number", 77, by="a_claim_keeps_its_number")
    not_changed(
        "casework_citation", citation, "source_id", a_source(other).pk, by="citation_and_source_are_of_one_case"
    )
    assert change("casework_citation", citation, "source_id", a_source(case).pk) == 1


def test_a_right_comes_from_a_role_in_force() -> None:
    case, sam = a_case(), a_person("sam")
    view = Permission.objects.get(codename="view_case", content_type__app_label="casework")
    change_it = Permission.objects.get(codename="change_case", content_type__app_label="casework")

    def give(right: Permission) -> None:
        run(
            "INSERT INTO casework_caseuserobjectpermission (user_id, permission_id, content_object_id) VALUES (%s, %s, %s)",
            sam.pk,
            right.pk,
            case.pk,
        )

    with pytest.raises(DatabaseError, match="a_right_on_a_case_comes_from_a_role: no-role-in-force"):
        give(view)
    put_on(case, sam, "reader")
    with pytest.raises(DatabaseError, match="not-a-right-of-the-role"):
        give(change_it)
    CaseUserObjectPermission.objects.filter(user=sam).delete()
    give(view)
    Membership.objects.filter(case=case, user=sam).update(ended_at=timezone.now())
    CaseUserObjectPermission.objects.filter(user=sam).delete()
    with pytest.raises(DatabaseError, match="no-role-in-force"):
        give(view)


def test_adding_oneself_gives_no_right_until_a_second_person_agrees() -> None:
    case, sam = a_case(), a_person("sam")
    view = Permission.objects.get(codename="view_case", content_type__app_label="casework")
    row = Membership.objects.create(case=case, user=sam, role="reader", granted_by=sam)
    sql = (
        "INSERT INTO casework_caseuserobjectpermission (user_id, permission_id, content_object_id) VALUES (%s, %s, %s)"
    )
    refused(sql, sam.pk, view.pk, case.pk, by="no-role-in-force")
    change("casework_membership", row, "seconded_by_id", case.lead_id)
    assert run(sql, sam.pk, view.pk, case.pk) == 1
    right = CaseUserObjectPermission.objects.get(user=sam)
    not_changed(
        "casework_caseuserobjectpermission", right, "user_id", a_person("noor").pk, by="given_or_taken_never_moved"
    )


def test_nobody_opens_a_case_that_others_opened() -> None:
    case, sam = a_case(), a_person("sam")
    with pytest.raises(DatabaseError, match="only_the_opener_opens"), transaction.atomic():
        Membership.objects.create(case=case, user=sam, role="coordinator", granted_by=sam, is_opening=True)
    not_changed("casework_case", case, "opened_by_id", sam.pk, by="a_case_keeps_its_opener")


def test_a_role_on_a_case_is_only_seconded_or_ended() -> None:
    case = a_case()
    row = put_on(case, a_person("sam"), "reader")
    name = "a_role_on_a_case_is_only_seconded_or_ended"
    not_changed("casework_membership", row, "role", "coordinator", by=name)
    not_changed("casework_membership", row, "user_id", a_person("noor").pk, by=name)
    assert change("casework_membership", row, "until", timezone.now() + HOUR) == 1
    not_changed("casework_membership", row, "until", timezone.now() + 2 * HOUR, by=name)
    assert change("casework_membership", row, "ended_at", timezone.now()) == 1
    not_changed("casework_membership", row, "ended_at", None, by=name)
