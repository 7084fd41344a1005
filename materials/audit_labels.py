"""The words of what is recorded about materials and what leaves. One verb, one meaning."""

from django.utils.translation import gettext_lazy as _

from audit import labels

LABELS = {
    "materials.material.written": _("Wrote a material from the packet"),
    "materials.material.edited": _("Edited a material"),
    "materials.material.chosen": _("Chose what a text prints"),
    "materials.material.composed_again": _("Composed a material again from the packet"),
    "materials.material.still_right": _("Confirmed that a material still holds"),
    "materials.material.still_right_agreed": _("Agreed that a material still holds"),
    "materials.material.sent_to_review": _("Sent a material to review"),
    "materials.material.taken_back": _("Took a material back from review"),
    "materials.material.printed": _("Printed a draft"),
    "materials.material.read": _("Read a material"),
    "materials.text.scanned": _("Scanned a text for protected words"),
    "materials.review.signed": _("Signed a revision"),
    "materials.review.sent_back": _("Sent a material back to its author"),
    "materials.review.revoked": _("Took a signature back"),
    "materials.exception.asked": _("Asked for the exception at a critical risk"),
    "materials.exception.signed": _("Signed the exception at a critical risk"),
    "materials.exception.ended": _("Ended the exception at a critical risk"),
    "materials.extension.asked": _("Asked for more days for a public page"),
    "materials.extension.agreed": _("Agreed to more days for a public page"),
    "materials.copy.made": _("Made a numbered copy"),
    "materials.copy.left": _("A copy passed the last check and was opened"),
    "materials.copy.downloaded": _("Downloaded a copy"),
    "materials.copy.handed_over": _("Recorded that a copy was handed over"),
    "materials.paper.found": _("Looked up the number of a paper"),
    "materials.dispatch.left": _("A text passed the last check and was opened"),
    "materials.family.told": _("Noted who of the family was told"),
    "materials.page.published": _("Published a page"),
    "materials.page.taken_down": _("Took a page down"),
    "materials.page.looked_at": _("Looked at the taking down of a page"),
}

labels.register_labels(LABELS)
labels.register_looks(
    (
        "materials.material.printed",
        "materials.material.read",
        "materials.text.scanned",
        "materials.copy.downloaded",
        "materials.paper.found",
    )
)
