"""The words of what is recorded about plans, materials and what leaves. One verb, one meaning."""

from django.utils.translation import gettext_lazy as _

from audit import verbs

MATERIALS = {
    "advocacy.material.written": _("Wrote a material from the packet"),
    "advocacy.material.edited": _("Edited a material"),
    "advocacy.material.composed_again": _("Composed a material again from the packet"),
    "advocacy.material.still_right": _("Confirmed that a material still holds"),
    "advocacy.material.sent_to_review": _("Sent a material to review"),
    "advocacy.material.taken_back": _("Took a material back from review"),
    "advocacy.material.printed": _("Printed a draft"),
    "advocacy.material.read": _("Read a material"),
    "advocacy.text.scanned": _("Scanned a text for protected words"),
    "advocacy.review.signed": _("Signed a revision"),
    "advocacy.review.sent_back": _("Sent a material back to its author"),
    "advocacy.review.revoked": _("Took a signature back"),
    "advocacy.exception.asked": _("Asked for the exception at a critical risk"),
    "advocacy.exception.signed": _("Signed the exception at a critical risk"),
    "advocacy.exception.ended": _("Ended the exception at a critical risk"),
    "advocacy.extension.asked": _("Asked for more days for a public page"),
    "advocacy.extension.agreed": _("Agreed to more days for a public page"),
    "advocacy.copy.made": _("Made a numbered copy"),
    "advocacy.copy.left": _("A copy left the office"),
    "advocacy.copy.downloaded": _("Downloaded a copy"),
    "advocacy.dispatch.left": _("A dispatch left the office"),
    "advocacy.family.told": _("Noted who of the family was told"),
    "advocacy.page.published": _("Published a page"),
    "advocacy.page.taken_down": _("Took a page down"),
    "advocacy.page.looked_at": _("Looked at the taking down of a page"),
}

PLANS = {
    "advocacy.plan.made": _("Made a plan"),
    "advocacy.plan.ended": _("Ended a plan"),
    "advocacy.plan.moved": _("Moved the start of a plan"),
    "advocacy.milestone.moved": _("Moved a step to another date"),
    "advocacy.milestone.assigned": _("Gave a step to another person"),
    "advocacy.milestone.done": _("Completed a step"),
    "advocacy.milestone.undone": _("Took back that a step is done"),
    "advocacy.milestone.dropped": _("Dropped a step"),
    "advocacy.milestone.noted": _("Wrote a note on a step"),
}

URGENT = {
    "advocacy.recipient.entered": _("Entered a trusted recipient"),
    "advocacy.recipient.approved": _("Approved a trusted recipient"),
    "advocacy.recipient.ended": _("Ended a trusted recipient"),
    "advocacy.urgent.raised": _("Raised an alarm with a protective notice"),
    "advocacy.urgent.called": _("Called the signers to a protective notice"),
    "advocacy.urgent.answered_again": _("Answered the four questions again"),
    "advocacy.urgent.signed": _("Signed a protective notice"),
    "advocacy.urgent.sent": _("Sent a protective notice"),
    "advocacy.urgent.sent_alone": _("Sent a protective notice alone"),
    "advocacy.urgent.looked_back": _("Looked at a notice that was sent alone"),
}

verbs.register(MATERIALS)
verbs.register(URGENT)
verbs.register(PLANS)
