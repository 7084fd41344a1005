"""What the database keeps of trusted recipients corrected treaties and how the office signs: by who may, never deleted."""

from sealing import triggers
from sealing.triggers import Clause, Trigger

first = "OLD.{0} IS NULL".format


def signs(person: str) -> str:
    """Return the condition that this person is an active reviewer or director of the office now."""
    return (
        "EXISTS (SELECT 1 FROM {t:accounts_personrole} r JOIN {t:accounts_user} u ON u.id = r.user_id"
        f" WHERE r.user_id = {person} AND u.is_active AND r.role IN ('reviewer', 'director')"
        " AND r.ended_at IS NULL AND r.effective_at <= {now})"
    )


def administers(person: str) -> str:
    """Return the condition that this person is an active administrator of the office now."""
    return (
        "EXISTS (SELECT 1 FROM {t:accounts_personrole} r JOIN {t:accounts_user} u ON u.id = r.user_id"
        f" WHERE r.user_id = {person} AND u.is_active AND r.role = 'administrator'"
        " AND r.ended_at IS NULL AND r.effective_at <= {now})"
    )


def may_propose(person: str) -> str:
    """Return the condition that this person signs for the office or coordinates a case now."""
    return (
        f"{signs(person)} OR EXISTS (SELECT 1 FROM {{t:casework_membership}} m"
        f" JOIN {{t:accounts_user}} u ON u.id = m.user_id WHERE m.user_id = {person} AND u.is_active"
        " AND m.role = 'coordinator' AND m.ended_at IS NULL"
        " AND (m.granted_by_id <> m.user_id OR m.is_opening OR m.seconded_by_id IS NOT NULL))"
    )


def approves(column: str) -> str:
    """Return the condition that whoever is written into this column now may approve."""
    return f"OLD.{column} IS NOT NULL OR NEW.{column} IS NULL OR {signs('NEW.' + column)}"


def registered() -> list[Trigger]:
    """Return every trigger of this app."""
    only = triggers.only_these_columns_change
    return [
        Trigger(
            "a_recipient_begins_as_a_proposal",
            "directory_recipient",
            "INSERT",
            (
                Clause("may-not-propose", may_propose("NEW.entered_by_id")),
                Clause("born-approved", "NEW.approved_by_id IS NULL AND NEW.seconded_by_id IS NULL"),
            ),
        ),
        Trigger(
            "only_signers_approve_a_recipient",
            "directory_recipient",
            "UPDATE OF approved_by_id, seconded_by_id",
            (
                Clause("first-may-not-sign", approves("approved_by_id")),
                Clause("second-may-not-sign", approves("seconded_by_id")),
            ),
        ),
        *only(
            "directory_recipient",
            name="a_recipient_is_only_approved_or_ended",
            columns={
                "approved_by_id": first("approved_by_id"),
                "seconded_by_id": first("seconded_by_id"),
                "channel_verified_on": first("channel_verified_on"),
                "ended_at": first("ended_at"),
            },
        ),
        *triggers.never_deleted("directory_recipient", name="a_recipient_is_never_deleted"),
        Trigger(
            "a_treaty_is_corrected_by_who_may_propose",
            "directory_treatycorrection",
            "INSERT",
            (Clause("may-not-correct", may_propose("NEW.made_by_id")),),
        ),
        *triggers.append_only("directory_treatycorrection", name="what_was_said_of_a_treaty_stays"),
        *_of_the_office(),
    ]


def _of_the_office() -> list[Trigger]:
    """Return what keeps how the office signs: administrators write it, versions stay, contacts are ended and never lost."""
    return [
        Trigger(
            "administrators_say_who_the_office_is",
            "directory_officeidentity",
            "INSERT",
            (Clause("may-not-manage", administers("NEW.made_by_id")),),
        ),
        *triggers.append_only("directory_officeidentity", name="a_letterhead_that_was_used_stays"),
        Trigger(
            "administrators_name_the_contacts",
            "directory_officecontact",
            "INSERT",
            (Clause("may-not-manage", administers("NEW.entered_by_id")),),
        ),
        *triggers.only_these_columns_change(
            "directory_officecontact",
            name="a_contact_only_signs_or_ends",
            columns={"is_default": "1 = 1", "ended_at": first("ended_at")},
        ),
        *triggers.never_deleted("directory_officecontact", name="a_contact_is_never_deleted"),
    ]


for trigger in registered():
    triggers.register(trigger)
