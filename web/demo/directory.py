"""The directory of the practice office: invented ministries, embassies and people, some verified, some not."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from directory.actions import channels, entries
from directory.actions.entries import EntryGiven
from directory.models import Actor

FOREIGN = "Ministry of Foreign Affairs of Orlen"
RANG = "Rang the switchboard, number from the printed list of missions"


def load_directory(who: dict[str, User]) -> tuple[Actor, Actor]:
    """Write the entries as people do: ana writes them down, rui verifies some. Return a desk and an embassy."""
    ana, rui = who["ana"], who["rui"]
    today = timezone.localdate()
    ministry = _entry(ana, "institution", FOREIGN, "AC_FM")
    desk = _entry(ana, "office", "Human rights desk", "AC_FM", parent=ministry)
    minister = _entry(
        ana,
        "person",
        "Ilse Maran",
        "AC_FM",
        parent=ministry,
        title="Minister of Foreign Affairs",
        salutation="Excellency,",
        term_ends_on=today + dt.timedelta(days=400),
    )
    embassy = _entry(ana, "institution", "Embassy of Orlen in the Practice Republic", "AC_EMBASSY")
    committee = _entry(ana, "institution", "Committee on Human Rights of the Parliament of Orlen", "AC_PARL")
    justice = _entry(ana, "institution", "Ministry of Justice of the Practice Republic", "AC_JUSTICE", country="XPR")
    friends = _entry(ana, "institution", "Friends of the Free Word", "AC_SUPPORTER")
    written = (
        (desk, "CH_HAND", "Human rights desk\nRoom 214, Lantern Street 4\nOrlen"),
        (minister, "CH_POST", "H.E. the Minister of Foreign Affairs\nLantern Street 4\n1000 Orlen"),
        (embassy, "CH_POUCH", "Through the desk, in the bag of Thursday"),
        (committee, "CH_EMAIL", "clerk@committee.example"),
        (justice, "CH_POST", "The Minister of Justice\nCourt Square 1\nPractice City"),
    )
    for entry, kind, address in written:
        row = channels.add_channel(actor=ana, entry=entry, kind=kind, address=address)
        channels.verify(actor=rui, channel=row, on=today, how=RANG)
    channels.add_channel(actor=ana, entry=embassy, kind="CH_EMAIL", address="chancery@embassy.example")
    channels.add_channel(actor=ana, entry=friends, kind="CH_EMAIL", address="post@friends.example")
    return desk, embassy


def _entry(ana: User, kind: str, name: str, actor_type: str, *, parent: Actor | None = None, **said: object) -> Actor:
    given = EntryGiven(actor_type=actor_type, name=name, language="en", **said)  # type: ignore[arg-type]
    return entries.enter(actor=ana, kind=kind, given=given, parent=parent)
