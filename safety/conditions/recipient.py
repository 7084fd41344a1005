"""What is asked of one copy: who gets it, through which channel, and that it is of the text that was dispatched.

A protective notice goes to trusted recipients, approved beforehand by two; every other copy to an entry of the
directory, through a channel that a second person verified within 180 days.
"""

from django.utils.translation import gettext_lazy as _

from directory.fitting import AUTHORITIES, TO_THE_HOLDING_STATE
from safety.conditions.mending import DIRECTORY_PAGE, MATERIAL_PAGE, NO_RIGHT, RECIPIENTS_PAGE
from safety.conditions.record import LEAVING, Condition, ReviewCell
from safety.conditions.sql import LEVEL, literals

CHANNEL = "{t:directory_channel} l WHERE l.id = NEW.sent_to_id"
CHANNEL_OF_ENTRY = "{t:directory_channel} l JOIN {t:directory_actor} a ON a.id = l.entry_id WHERE l.id = NEW.sent_to_id"

RECIPIENT: tuple[Condition, ...] = (
    Condition(
        code="recipient-not-trusted",
        sentence=_("The recipient is not on the approved list."),
        mend=_("See the trusted recipients"),
        page=RECIPIENTS_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.RECIPIENT,
        holds=f"{LEVEL} <> 'emergency' OR EXISTS (SELECT 1 FROM {{t:directory_recipient}} t WHERE t.id = NEW.recipient_id AND t.ended_at IS NULL"
        " AND t.approved_by_id IS NOT NULL AND t.seconded_by_id IS NOT NULL AND t.channel_verified_on IS NOT NULL)",
        moments=LEAVING,
    ),
    Condition(
        code="recipient-not-in-directory",
        sentence=_("The copy names nobody of the directory, or an entry or a channel that was ended."),
        mend=_("Choose somebody in the directory"),
        page=DIRECTORY_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.RECIPIENT,
        holds=f"{LEVEL} = 'emergency' OR EXISTS (SELECT 1 FROM {CHANNEL_OF_ENTRY} AND l.ended_at IS NULL AND a.ended_at IS NULL)",
        moments=LEAVING,
    ),
    Condition(
        code="channel-not-verified",
        sentence=_(
            "Nobody but who wrote it down has verified the channel of this recipient. Ask a second person to try it"
            " through another way, and to record that in the directory."
        ),
        mend=_("Open the directory"),
        page=DIRECTORY_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.RECIPIENT,
        holds=f"NOT EXISTS (SELECT 1 FROM {CHANNEL} AND l.verified_by_id IS NULL)",
        moments=LEAVING,
    ),
    Condition(
        code="channel-verified-long-ago",
        sentence=_(
            "The channel of this recipient was verified 180 days ago or more. Whoever did not write it down tries it"
            " again, and records that in the directory."
        ),
        mend=_("Open the directory"),
        page=DIRECTORY_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.RECIPIENT,
        holds=f"NOT EXISTS (SELECT 1 FROM {CHANNEL} AND l.verified_on < {{last_good_day}})",
        moments=LEAVING,
    ),
    Condition(
        code="term-of-recipient-over",
        sentence=_("The term of this recipient is over. Look in the directory who holds the office now."),
        mend=_("Open the directory"),
        page=DIRECTORY_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.RECIPIENT,
        holds=f"NOT EXISTS (SELECT 1 FROM {CHANNEL_OF_ENTRY} AND a.term_ends_on < {{today}})",
        moments=LEAVING,
    ),
    Condition(
        code="recipient-of-the-holding-state",
        sentence=_(
            "The recipient serves the State that holds the person, and this text is written for others. Choose another"
            " recipient, or write a text for the authorities of that State."
        ),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.RECIPIENT,
        holds=f"{{audience}} IN ({literals(TO_THE_HOLDING_STATE)}) OR NOT EXISTS (SELECT 1 FROM {CHANNEL_OF_ENTRY}"
        f" AND a.country = c.country AND a.actor_type IN ({literals(AUTHORITIES)}))",
        moments=LEAVING,
        of_each_case=True,
    ),
    Condition(
        code="copy-of-another-text",
        sentence=_("The copy is not of the text that was dispatched."),
        mend=_("Open the material"),
        page=MATERIAL_PAGE,
        mender=NO_RIGHT,
        cell=ReviewCell.TEXT,
        holds="EXISTS (SELECT 1 FROM {t:materials_dispatch} d WHERE d.id = NEW.dispatch_id AND d.material_id = NEW.material_id"
        " AND d.revision = NEW.revision AND d.mac = NEW.mac)",
        moments=LEAVING,
    ),
)
