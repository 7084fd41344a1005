"""What becomes of each field of a claim, a source and a citation: on the page, in a form, in the exchange file.

A test walks the models and is red for a field that nobody declared here, and tries each declaration. "exchange" is the
file of whole packets, as it goes out and comes in; `tests/casework/telling/fields.py` tells the other fields of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Declared:
    """Where one field is shown, changed and exchanged; each either a place or the reason why there is none."""

    page: str = ""  # url name of the page that shows it
    no_page: str = ""
    form: str = ""  # url name of the form that changes it
    no_form: str = ""
    exchange: str = ""  # its name in the file of profile amparo
    no_exchange: str = ""

    @property
    def is_whole(self) -> bool:
        """Say whether each of the three questions has exactly one answer."""
        return all(
            bool(place) is not bool(reason)
            for place, reason in (
                (self.page, self.no_page),
                (self.form, self.no_form),
                (self.exchange, self.no_exchange),
            )
        )


def bookkeeping(why: str) -> Declared:
    """Return the declaration of a field that no person reads or fills in, and that means nothing in another office."""
    return Declared(no_page=why, no_form=why, no_exchange=why)


OF_EACH_ROW: Mapping[str, Declared] = {
    "id": bookkeeping("the key of the row here"),
    "case": bookkeeping("the page, the form and the file are of one case"),
    "version": bookkeeping("counts the changes, so that nobody saves over another's words"),
    "created_at": bookkeeping("stands in the activity of the case"),
    "created_by": bookkeeping("stands in the activity of the case"),
    "removed_at": bookkeeping("a removed row is not shown and does not leave"),
    "removed_by": bookkeeping("stands in the activity of the case"),
    "mark": bookkeeping("shows a row that was changed outside the program"),
}
ONLY_BY_RULING = "a ruling sets it"

CLAIM: Mapping[str, Declared] = {
    **OF_EACH_ROW,
    "facts_mac": bookkeeping("lets the database compare what a text rests on with what it says now"),
    "words_macs": bookkeeping("lets the database ask whether a translation is of these words"),
    "number": Declared(
        page="claim", no_form="given once, in order, and never changed", no_exchange="the order in the file gives it"
    ),
    "text": Declared(page="claim", form="claims", exchange="text"),
    "on": Declared(page="claim", form="claims", exchange="date"),
    "use": Declared(page="claim", form="claims", exchange="use"),
    "status": Declared(page="claim", form="claims", exchange="status"),
    "credibility": Declared(page="claim", form="claims", exchange="credibility"),
    "items": Declared(page="claim", form="claims", exchange="discloses"),
    "discloses_nothing": Declared(
        page="claim",
        form="claims",
        no_exchange="somebody here reads the claim and says so: a file cannot open it for printing",
    ),
    "citations": Declared(page="claim", no_form="each citation has a form of its own", exchange="sources"),
    "verified_by": Declared(
        page="claim", no_form=ONLY_BY_RULING, no_exchange="whoever ruled elsewhere is no account here"
    ),
    "verified_at": Declared(
        page="claim", no_form=ONLY_BY_RULING, no_exchange="nobody here has ruled on an imported claim"
    ),
}

SOURCE: Mapping[str, Declared] = {
    **OF_EACH_ROW,
    "facts_mac": bookkeeping("lets the database compare how a source is named outside with what a text prints"),
    "words_macs": bookkeeping("lets the database ask whether a translation is of these words"),
    "kind": Declared(page="source", form="claims", exchange="type"),
    "title": Declared(page="source", form="claims", exchange="title"),
    "on": Declared(page="source", form="claims", exchange="date"),
    "identity": Declared(
        page="source_identity",
        form="source_identity",
        no_exchange="who a protected source is does not travel in a file that lies in clear",
    ),
    "formless_in": Declared(
        page="source_identity", form="source_identity", no_exchange="it belongs to the identity, which does not travel"
    ),
    "reliability": Declared(page="source", form="claims", exchange="reliability"),
    "reliability_reason": Declared(page="source", form="claims", exchange="reliability_reason"),
    "secrecy": Declared(page="source", form="claims", exchange="secrecy"),
    "attribution": Declared(page="source", form="claims", exchange="attribution"),
    "link": Declared(page="source", form="claims", exchange="link"),
    "seen_on": Declared(page="source", form="claims", exchange="seen"),
    "is_general": Declared(page="source", form="claims", exchange="general"),
    "citations": Declared(page="source", no_form="a claim cites it", exchange="id"),
}

CITATION: Mapping[str, Declared] = {
    **OF_EACH_ROW,
    "claim": Declared(page="claim", no_form="the row of the claim in which it is chosen", exchange="claims"),
    "source": Declared(page="claim", form="claims", exchange="sources"),
    "kind": Declared(page="claim", form="claims", exchange="contradicted_by"),
    "place": Declared(
        page="claim",
        form="claims",
        exchange="places_in_sources",
    ),
}
