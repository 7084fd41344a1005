"""The words of what is recorded about those who are out there and of what binds them. One verb, one meaning."""

from django.utils.translation import gettext_lazy as _

from audit import labels

LABELS = {
    "directory.recipient.entered": _("Entered a trusted recipient"),
    "directory.recipient.approved": _("Approved a trusted recipient"),
    "directory.recipient.ended": _("Ended a trusted recipient"),
    "directory.office.changed": _("Changed the letterhead of the office"),
    "directory.logo.changed": _("Changed the logo of the office"),
    "directory.logo.removed": _("Took the logo of the office off the letterhead"),
    "directory.contact.entered": _("Named a contact of the office"),
    "directory.contact.translated": _("Said what a contact of the office is called in another language"),
    "directory.contact.signs": _("Chose who signs for the office"),
    "directory.contact.ended": _("Ended a contact of the office"),
    "directory.treaty.corrected": _("Corrected how a State stands to a treaty"),
    "directory.date.added": _("Added a date to the calendar of the office"),
    "directory.date.corrected": _("Said when a listed date falls in a year"),
    "directory.date.taken_away": _("Took a date out of the calendar of the office"),
    "directory.entry.entered": _("Entered somebody into the directory"),
    "directory.entry.changed": _("Changed an entry of the directory"),
    "directory.entry.ended": _("Ended an entry of the directory"),
    "directory.channel.entered": _("Wrote down a channel"),
    "directory.channel.verified": _("Verified a channel"),
    "directory.channel.unverified": _("Took the verification of a channel away by a change of its entry"),
    "directory.channel.ended": _("Ended a channel"),
}

labels.register_labels(LABELS)
