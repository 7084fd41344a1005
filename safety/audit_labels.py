"""The words of what this app records."""

from django.utils.translation import gettext_lazy as _

from audit import labels

SENTENCES = {
    "safety.assessment.written": _("Wrote a risk assessment"),
    "safety.assessment.signed": _("Signed a risk assessment"),
    "safety.assessment.director_signed": _("Signed a risk assessment as director"),
    "safety.assessment.sent_back": _("Sent a risk assessment back"),
    "safety.assessment.ended": _("Ended a risk assessment early"),
    "safety.assessment.draft_kept": _("Kept a draft of a risk assessment"),
    "safety.assessment.draft_dropped": _("Dropped a draft of a risk assessment"),
    "safety.assessment.second_set": _("Answered the twelve questions before reading a high risk"),
    "safety.check.written": _("Answered the twelve questions for one revision"),
    "safety.posture.decided": _("Decided the posture"),
    "safety.risk_event.noted": _("Recorded that something happened"),
    "safety.hold.given": _("Held public work"),
    "safety.hold.confirmed": _("Confirmed a hold until it is lifted"),
    "safety.hold.lift_asked": _("Asked to lift a hold"),
    "safety.hold.lifted": _("Lifted a hold"),
    "safety.twin.ruled": _("Ruled whether two cases are about one person"),
    "safety.mark.proposed": _("Proposed that the gate obeys a row whose mark is broken"),
    "safety.mark.seconded": _("Agreed as second person that the gate obeys a row whose mark is broken"),
    "safety.mark.withdrawn": _("Withdrew the proposal to obey a row whose mark is broken"),
    "safety.mark.made": _("Marked a row anew"),
    "safety.office.changed": _("Changed the safety settings of the office"),
}

labels.register_labels(SENTENCES)
