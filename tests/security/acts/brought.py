"""Acts on what the work with a family brings: people around and events, added by a narrow right and corrected by their author."""

from accounts.models import User
from casework.models import Contact, TimelineEvent
from tests.factories import a_contact, on_case
from tests.security.acts.casework_packet import CHANGE, changed
from tests.security.acts.record import Act
from tests.security.acts.world import ActWorld

ADD = ("add_to_packet",)


def bringer(world: ActWorld) -> User:
    """Return a liaison, who may correct what they brought themself and nothing else."""
    return on_case(world.case, "tomas", "liaison")


def a_brought_contact(world: ActWorld) -> Contact:
    """Return somebody around the prisoner whom the liaison added."""
    return a_contact(world.case, created_by=bringer(world))


def a_brought_event(world: ActWorld) -> TimelineEvent:
    """Return an event that the liaison added."""
    row: TimelineEvent = TimelineEvent.objects.create(
        case=world.case, on="2025-04-01", event="A visit", created_by=bringer(world)
    )
    return row


BRINGER = {"who added it": lambda w: w.ready.created_by}
ACTS = (
    Act(
        "casework.actions.people.add_contact",
        lambda w: {"case": w.case, "values": {"kind": "family", "name": "Adelaide Thistlewood"}},
        all_of=ADD,
    ),
    Act(
        "casework.actions.people.change_contact",
        lambda w: changed(w.ready, name="Barnaby Thistlewood"),
        ready=a_brought_contact,
        all_of=CHANGE,
        allows=BRINGER,
    ),
    Act(
        "casework.actions.timeline.add_event",
        lambda w: {"case": w.case, "values": {"on": "2025-03-15", "event": "Questioned"}},
        all_of=ADD,
    ),
    Act(
        "casework.actions.timeline.change_event",
        lambda w: changed(w.ready, event="Taken from work"),
        ready=a_brought_event,
        all_of=CHANGE,
        allows=BRINGER,
    ),
    Act(
        "packet.actions.events.save_event",
        lambda w: {"case": w.case, "values": {"on": "2025-03-16", "event": "Moved"}, "is_claimed": True},
        all_of=(*ADD, *CHANGE),
    ),
)
