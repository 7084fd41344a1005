"""What to do about a gap: said where a section is empty, so that nothing of ours has to fill it."""

from django.utils.translation import gettext_lazy as _

ASK = _("Write an ask for this audience in the packet: who is asked, what, by when.")
AUTHORITIES = _(
    "Add a claim of what they say that may print for this audience, and compose again. Where there is none, somebody who"
    " looked says that we know of no statement by the authorities, as of a day."
)
WHY_NOW = _("Say on the cover of the case why this is the time to ask, and compose again.")
FACTS = _("Add a claim that may print for this audience, and compose again.")
PERSON = _(
    "Add who the person is, or since when or until when they are or were held, so that it may print for this audience, and"
    " compose again."
)
DATED_FACTS = _("Add a claim with a date that may print for this audience, and compose again.")
SALUTATION = _("Write how this reader is addressed, with the correct title.")
PRONOUN = _("Write the name or label, and the pronoun that the person uses.")
NOTHING_LEFT = _("No paper about this case has left for this audience, so there is none to stop using.")
NOTHING_NEW = _("Nothing that may print for this audience has changed since the last paper left. Wait for news.")
DEATH = _(
    "Add claims of the use “a death”: who died, where, when, each with the source that says so. Then compose again."
)
ADDRESSEE = _("Name in an ask who is written to, and compose again.")
CONTACT = _(
    "This paper names nobody of the office whom its reader may answer. An administrator names a contact under “Office: how"
    " we sign”; then compose it again, or write a contact’s name and channel into it."
)
CONTACT_WORDS = _(
    "The contact of the office has no words in %(language)s, and a paper prints none of another language. An administrator"
    " writes them under “Office: how we sign”; then compose it again."
)
STOP_DATE = _("Give the text a stop date, and compose again.")
