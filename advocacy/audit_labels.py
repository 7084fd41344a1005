"""The words of what is recorded about plans, alarms, approaches and answers, and results. One verb, one meaning."""

from django.utils.translation import gettext_lazy as _

from audit import labels

PLANS = {
    "advocacy.plan.made": _("Made a plan"),
    "advocacy.plan.ended": _("Ended a plan"),
    "advocacy.plan.moved": _("Moved the start of a plan"),
    "advocacy.milestone.moved": _("Moved a step to another date"),
    "advocacy.milestone.moved_along": _("A step was moved with one that it waits for"),
    "advocacy.milestone.assigned": _("Gave a step to another person"),
    "advocacy.milestone.done": _("Completed a step"),
    "advocacy.milestone.reopened": _("A step opened again: what closed it counts no more"),
    "advocacy.plan.public_added": _("Added what is published to a plan"),
    "advocacy.milestone.undone": _("Took back that a step is done"),
    "advocacy.milestone.dropped": _("Dropped a step"),
    "advocacy.milestone.noted": _("Wrote a note on a step"),
}

URGENT = {
    "advocacy.urgent.raised": _("Raised an alarm with a protective notice"),
    "advocacy.urgent.called": _("Called the signers to a protective notice"),
    "advocacy.urgent.answered_again": _("Answered the four questions again"),
    "advocacy.urgent.signed": _("Signed a protective notice"),
    "advocacy.urgent.sent": _("Sent a protective notice"),
    "advocacy.urgent.sent_alone": _("Sent a protective notice alone"),
    "advocacy.urgent.looked_back": _("Looked at a notice that was sent alone"),
}

RESULTS = {
    "advocacy.target.set": _("Set a target"),
    "advocacy.target.adjusted": _("Adjusted a target"),
    "advocacy.target.judged": _("Judged a target"),
    "advocacy.outcome.recorded": _("Recorded an outcome"),
    "advocacy.outcome.changed": _("Changed an outcome"),
    "advocacy.outcome.withdrawn": _("Withdrew an outcome"),
    "advocacy.office_target.set": _("Set a target of the office"),
    "advocacy.office_target.adjusted": _("Adjusted a target of the office"),
}

ANSWERS = {
    "advocacy.approach.recorded": _("Recorded an approach"),
    "advocacy.approach.withdrawn": _("Withdrew an approach that was recorded wrongly"),
    "advocacy.reply.recorded": _("Recorded an answer"),
    "advocacy.reply.withdrawn": _("Withdrew an answer that was recorded wrongly"),
    "advocacy.ask.said": _("Said how an ask stands"),
    "advocacy.promise.kept": _("Recorded that a promise was kept"),
    "advocacy.promise.broken": _("Recorded that a promise was broken"),
}

labels.register_labels(ANSWERS)
labels.register_labels(URGENT)
labels.register_labels(RESULTS)
labels.register_labels(PLANS)
