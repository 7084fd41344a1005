"""What the pages about trusted recipients show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from directory.actions import recipients as recipient_actions
from directory.models import Recipient
from directory.vocabulary import label


@dataclass(frozen=True)
class RecipientLine:
    """A recipient in words, and whether this reader may approve it (directory/recipients/_rows.html)."""

    recipient: Recipient
    audience: str
    passing: str
    state: str
    is_approved: bool
    may_approve: bool


@dataclass(frozen=True)
class RecipientsPage:
    """Everybody who may receive a notice, who waits, and who ended (directory/recipients/recipients.html)."""

    approved: Sequence[RecipientLine]
    waiting: Sequence[RecipientLine]
    ended: Sequence[RecipientLine]
    may_approve: bool
    may_enter: bool


@dataclass(frozen=True)
class RecipientRefusal:
    """One sentence why it is not approved (a row of parts/refusals.html)."""

    title: str


@dataclass(frozen=True)
class ApproveRecipientPage:
    """What was entered, to be read before it is approved (directory/recipients/approve.html)."""

    row: RecipientLine
    refused: Sequence[RecipientRefusal]


def recipients_page(user: User) -> RecipientsPage:
    """Return every recipient in the order in which they were entered."""
    found = Recipient.objects.select_related("entered_by", "approved_by", "seconded_by").order_by("entered_at")
    lines = [_line(row, user) for row in found]
    return RecipientsPage(
        approved=[line for line in lines if line.is_approved],
        waiting=[line for line in lines if not line.is_approved and not line.recipient.ended_at],
        ended=[line for line in lines if line.recipient.ended_at],
        may_approve=recipient_actions.may_approve(user),
        may_enter=recipient_actions.may_enter(user),
    )


def approve_page(row: Recipient, user: User, refused: Sequence[str] = ()) -> ApproveRecipientPage:
    """Return one recipient, and after a refusal every reason."""
    return ApproveRecipientPage(_line(row, user), [RecipientRefusal(sentence) for sentence in refused])


def _line(row: Recipient, user: User) -> RecipientLine:
    is_approved = bool(row.approved_by_id and row.seconded_by_id and row.channel_verified_on and not row.ended_at)
    passing = _("Passes the name to the holding State") if row.passes_name_on else _("Keeps the name to itself")
    return RecipientLine(
        recipient=row,
        audience=label("consent_audience", row.audience),
        passing=passing,
        state=_state(row, is_approved),
        is_approved=is_approved,
        may_approve=not is_approved and not row.ended_at and row.approved_by_id != user.pk,
    )


def _state(row: Recipient, is_approved: bool) -> str:
    if row.ended_at:
        return _("Ended")
    if is_approved:
        return _("Approved by %(first)s and %(second)s") % {"first": row.approved_by, "second": row.seconded_by}
    if row.approved_by_id:
        return _("Approved by %(first)s. A second person must agree.") % {"first": row.approved_by}
    return _("Nobody has approved it yet.")
