"""What the database keeps of the directory: recipients, channels, how we sign, treaties; by who may, nothing deleted."""

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


def coordinates(person: str) -> str:
    """Return the condition that this person coordinates a case now."""
    return (
        "EXISTS (SELECT 1 FROM {t:casework_membership} m JOIN {t:accounts_user} u ON u.id = m.user_id"
        f" WHERE m.user_id = {person} AND u.is_active AND m.role = 'coordinator' AND m.ended_at IS NULL"
        " AND (m.granted_by_id <> m.user_id OR m.is_opening OR m.seconded_by_id IS NOT NULL))"
    )


def proposes(person: str) -> str:
    """Return the condition that this person may write in the directory: who signs for the office, or coordinates a case."""
    return f"{signs(person)} OR {coordinates(person)}"


# No hour that a clock of another zone could mean lies further ahead.
NOT_STILL_TO_COME = Clause(
    "still-to-come",
    sqlite="NEW.verified_on IS NULL OR NEW.verified_on <= date('now', '+1 day')",
    postgresql="NEW.verified_on IS NULL OR NEW.verified_on <= (clock_timestamp() AT TIME ZONE 'UTC')::date + 1",
)
IN_USE = "OLD.ended_at IS NULL"
NOTHING_VERIFIED = (
    "NOT EXISTS (SELECT 1 FROM {t:directory_channel} l WHERE l.entry_id = OLD.id AND l.ended_at IS NULL"
    " AND l.verified_by_id IS NOT NULL)"
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
                Clause("may-not-propose", proposes("NEW.entered_by_id")),
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
            (Clause("may-not-correct", proposes("NEW.made_by_id")),),
        ),
        *triggers.append_only("directory_treatycorrection", name="what_was_said_of_a_treaty_stays"),
        *of_the_office(),
        *of_dates(),
        *of_entries(),
        *of_channels(),
    ]


def of_the_office() -> list[Trigger]:
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
            "administrators_choose_the_logo",
            "directory_officelogo",
            "INSERT",
            (Clause("may-not-manage", administers("NEW.made_by_id")),),
        ),
        *triggers.append_only("directory_officelogo", name="a_logo_that_was_used_stays"),
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
        Trigger(
            "administrators_say_what_a_contact_is_called",
            "directory_officecontactwords",
            "INSERT",
            (Clause("may-not-manage", administers("NEW.entered_by_id")),),
        ),
        *triggers.append_only("directory_officecontactwords", name="words_of_a_contact_stay"),
    ]


def of_dates() -> list[Trigger]:
    """Return what keeps the dates of the office: written by who may propose, never changed, taken away once."""
    return [
        Trigger(
            "a_date_of_the_office_is_written_by_who_may_propose",
            "directory_officedate",
            "INSERT",
            (Clause("may-not-propose", proposes("NEW.entered_by_id")), Clause("born-ended", "NEW.ended_at IS NULL")),
        ),
        *triggers.only_these_columns_change(
            "directory_officedate",
            name="a_date_of_the_office_is_only_taken_away",
            columns={
                "ended_at": first("ended_at"),
                "ended_by_id": first("ended_by_id"),
                "end_reason": first("end_reason"),
            },
        ),
        *triggers.never_deleted("directory_officedate", name="a_date_of_the_office_is_never_deleted"),
    ]


def of_entries() -> list[Trigger]:
    """Return the triggers of entries: what a second person verified a channel of is not changed under it."""
    return [
        Trigger(
            "an_entry_begins_in_use",
            "directory_actor",
            "INSERT",
            (Clause("may-not-propose", proposes("NEW.entered_by_id")), Clause("born-ended", "NEW.ended_at IS NULL")),
        ),
        *triggers.only_these_columns_change(
            "directory_actor",
            name="an_entry_changes_only_what_nobody_verified",
            columns={
                **dict.fromkeys(("actor_type", "country", "name"), f"{IN_USE} AND {NOTHING_VERIFIED}"),
                **dict.fromkeys(("title", "salutation", "language", "term_ends_on"), IN_USE),
                "version": "NEW.version > OLD.version",
                "ended_at": first("ended_at"),
                "ended_by_id": first("ended_by_id"),
            },
        ),
        *triggers.never_deleted("directory_actor", name="an_entry_is_never_deleted"),
    ]


def of_channels() -> list[Trigger]:
    """Return the triggers of channels: born unverified, verified by who may, the address never changed."""
    return [
        Trigger(
            "a_channel_begins_unverified",
            "directory_channel",
            "INSERT",
            (
                Clause("may-not-propose", proposes("NEW.entered_by_id")),
                Clause("born-verified", "NEW.verified_by_id IS NULL AND NEW.verified_on IS NULL"),
                Clause("born-ended", "NEW.ended_at IS NULL"),
            ),
        ),
        Trigger(
            "who_writes_in_the_directory_verifies_a_channel",
            "directory_channel",
            "UPDATE OF verified_by_id, verified_on",
            (Clause("may-not-verify", proposes("NEW.verified_by_id")), NOT_STILL_TO_COME),
            when="NEW.verified_by_id IS NOT NULL",
        ),
        *triggers.only_these_columns_change(
            "directory_channel",
            name="a_channel_is_only_verified_or_ended",
            columns={
                **dict.fromkeys(("verified_by_id", "verified_on", "verified_how"), IN_USE),
                "ended_at": first("ended_at"),
                "ended_by_id": first("ended_by_id"),
            },
        ),
        *triggers.never_deleted("directory_channel", name="a_channel_is_never_deleted"),
    ]


for trigger in registered():
    triggers.register(trigger)
