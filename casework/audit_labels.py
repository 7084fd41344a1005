"""The words of what is recorded about packets. One verb, one meaning."""

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from audit import cases, labels
from casework.models import Case

SENTENCES = {
    "casework.case.opened": _("Opened the case"),
    "casework.case.changed": _("Changed the case"),
    "casework.twin.found": _("Another case may be about the same person"),
    "casework.tags.made": _("Made the search tags anew"),
    "casework.identity.viewed": _("Looked at the identity"),
    "casework.identity.printed": _("Opened the packet with the identity, to print it"),
    "casework.member.added": _("Put a person on the case"),
    "casework.member.asked": _("Asked to be put on the case"),
    "casework.member.seconded": _("Agreed as second person that somebody joins the case"),
    "casework.member.ended": _("Took a person off the case"),
    "casework.person.written": _("Described the person"),
    "casework.person.changed": _("Changed the description of the person"),
    "casework.person.removed": _("Removed the description of the person"),
    "casework.person.restored": _("Brought the description of the person back"),
    "casework.name.added": _("Added a name"),
    "casework.name.changed": _("Changed a name"),
    "casework.name.removed": _("Removed a name"),
    "casework.name.restored": _("Brought a name back"),
    "casework.contact.added": _("Added a contact"),
    "casework.contact.changed": _("Changed a contact"),
    "casework.contact.removed": _("Removed a contact"),
    "casework.contact.restored": _("Brought a contact back"),
    "casework.contact.viewed": _("Looked at a contact"),
    "casework.detention.added": _("Added a detention"),
    "casework.detention.changed": _("Changed a detention"),
    "casework.detention.removed": _("Removed a detention"),
    "casework.detention.restored": _("Brought a detention back"),
    "casework.fate.released": _("Recorded that the person was released"),
    "casework.fate.bailed": _("Recorded that the person was let out on bail"),
    "casework.fate.died": _("Recorded that the person died"),
    "casework.fate.escaped_or_exiled": _("Recorded that the person escaped or was exiled"),
    "casework.fate.rearrested": _("Recorded that the person was arrested again"),
    "casework.fate.told": _("A file told of what happened to the person"),
    "casework.place.added": _("Added a place"),
    "casework.place.changed": _("Changed a place"),
    "casework.place.removed": _("Removed a place"),
    "casework.place.restored": _("Brought a place back"),
    "casework.charge.added": _("Added a charge"),
    "casework.charge.changed": _("Changed a charge"),
    "casework.charge.removed": _("Removed a charge"),
    "casework.charge.restored": _("Brought a charge back"),
    "casework.answer.recorded": _("Recorded that a question has no fact as its answer"),
    "casework.answer.changed": _("Changed an answer about what is not known"),
    "casework.answer.removed": _("Took back an answer about what is not known"),
    "casework.answer.restored": _("Brought an answer about what is not known back"),
    "casework.claim.added": _("Added a claim"),
    "casework.claim.changed": _("Changed a claim"),
    "casework.claim.items_named": _("Said what a claim would disclose"),
    "casework.claim.verified": _("Ruled how far a claim was checked"),
    "casework.ruling.asked": _("Asked colleagues to rule on claims"),
    "casework.claim.contradicted": _("A source was cited against a claim, which is in conflict now"),
    "casework.source.added": _("Added a source"),
    "casework.source.changed": _("Changed a source"),
    "casework.citation.added": _("Cited a source for a claim"),
    "casework.citation.changed": _("Changed how a source bears on a claim"),
    "casework.right.added": _("Named a right that is put in question"),
    "casework.right.changed": _("Changed a right"),
    "casework.demand.added": _("Added a demand"),
    "casework.demand.changed": _("Changed a demand"),
    "casework.demand.still_makes_sense": _("Said that a demand still makes sense"),
    "casework.ask.added": _("Added an ask"),
    "casework.ask.changed": _("Changed an ask"),
    "casework.event.added": _("Added an event"),
    "casework.event.changed": _("Changed an event"),
    "casework.consent.recorded": _("Recorded an answer about consent"),
    "casework.consent.presumed": _("Recorded that nobody can be asked, and what is presumed"),
    "casework.consent.seconded": _("Agreed, as second person, to what is presumed"),
    "casework.consent.withdrawn": _("Withdrew a consent"),
    "casework.consent.shortened": _("Let a consent end earlier"),
    "casework.consent.narrowed": _("Narrowed a consent"),
    "casework.consent.replaced": _("A newer answer took the place of a consent"),
    "casework.consent.pressure_noted": _("Noted what is known of pressure on a giver"),
    "casework.wish.recorded": _("Recorded what the person wants"),
    "casework.case.imported": _("Brought the case in from a file"),
    "casework.cases.exported": _("Wrote a list of cases to a file"),
    "casework.claim.removed": _("Removed a claim"),
    "casework.claim.restored": _("Brought a claim back"),
    "casework.source.removed": _("Removed a source"),
    "casework.source.restored": _("Brought a source back"),
    "casework.citation.removed": _("Took a source off a claim"),
    "casework.citation.restored": _("Put a source back under a claim"),
    "casework.right.removed": _("Removed a right"),
    "casework.right.restored": _("Brought a right back"),
    "casework.demand.removed": _("Removed a demand"),
    "casework.demand.restored": _("Brought a demand back"),
    "casework.ask.removed": _("Removed an ask"),
    "casework.ask.restored": _("Brought an ask back"),
    "casework.event.removed": _("Removed an event"),
    "casework.event.restored": _("Brought an event back"),
    "casework.translation.added": _("Translated words of the packet"),
    "casework.translation.changed": _("Changed a translation, which takes its signature with it"),
    "casework.translation.removed": _("Took a translation out"),
    "casework.translation.signed": _("Signed a translation as a reader of its language"),
    "casework.no_statement.said": _("Said that no statement by the authorities is known"),
    "casework.no_statement.withdrawn": _("Took back that no statement by the authorities is known"),
}


def found(reference: str) -> uuid.UUID | None:
    """The case of a reference, for the auditor, who sees references alone."""
    return Case.objects.filter(reference__iexact=reference).values_list("pk", flat=True).first()


def called(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The references of these cases."""
    return dict(Case.objects.filter(pk__in=list(ids)).values_list("pk", "reference"))


labels.register_labels(SENTENCES)
cases.register_cases(find=found, call=called)
labels.register_looks(
    ("casework.identity.viewed", "casework.identity.printed", "casework.contact.viewed", "casework.cases.exported")
)
