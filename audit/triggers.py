"""The trail and its anchors only grow; the database holds that."""

from audit.models import Anchor, Entry
from sealing import triggers

ALL = [
    *triggers.append_only(Entry._meta.db_table, name="the_trail_only_grows"),
    *triggers.append_only(Anchor._meta.db_table, name="anchors_only_grow"),
]

for trigger in ALL:
    triggers.register(trigger)
