"""The words of what this app records."""

from django.utils.translation import gettext_lazy as _

from audit import labels

SENTENCES = {
    "accounts.sign_in.done": _("Signed in"),
    "accounts.sign_in.refused": _("Sign-in refused"),
    "accounts.sign_out.done": _("Signed out"),
    "accounts.session.ended_by_limit": _("Session ended by its time limit"),
    "accounts.sessions.others_ended": _("Ended the other sessions"),
    "accounts.devices.forgotten": _("Forgot the known devices"),
    "accounts.factor.set_up": _("Set up a second factor"),
    "accounts.factor.replaced": _("Replaced the second factor"),
    "accounts.factor.shown": _("Showed the second factor again"),
    "accounts.factor.refused": _("Second factor refused"),
    "accounts.recovery_codes.seen": _("Looked at the recovery codes"),
    "accounts.recovery_codes.made": _("Made new recovery codes"),
    "accounts.calendar_address.made": _("Made a private calendar address"),
    "accounts.calendar_address.revoked": _("Revoked the private calendar address"),
    "accounts.password.changed": _("Changed the password"),
    "accounts.account.changed": _("Changed own account"),
    "accounts.person.invited": _("Invited a person"),
    "accounts.invitation.withdrawn": _("Withdrew an invitation"),
    "accounts.person.joined": _("Joined by invitation"),
    "accounts.password.chosen_after_reset": _("Chose a new password after a reset"),
    "accounts.role.given": _("Gave an office role"),
    "accounts.role.proposed": _("Proposed an office role"),
    "accounts.role.seconded": _("Confirmed an office role as second person"),
    "accounts.role.ended": _("Ended an office role"),
    "accounts.reset_password.proposed": _("Proposed to reset a password"),
    "accounts.reset_password.seconded": _("Confirmed a password reset as second person"),
    "accounts.reset_factor.proposed": _("Proposed to reset a second factor"),
    "accounts.reset_factor.seconded": _("Confirmed a reset of the second factor as second person"),
    "accounts.reactivate.proposed": _("Proposed to let a person sign in again"),
    "accounts.reactivate.seconded": _("Confirmed as second person that a person signs in again"),
    "accounts.deactivate.proposed": _("Proposed to close an account; everybody is told"),
    "accounts.deactivate.seconded": _("Confirmed as second person that an account is closed"),
    "accounts.deactivate.finished": _("Closed an account after everybody was told for 24 hours"),
    "accounts.end_role.proposed": _("Proposed to end an office role; everybody is told"),
    "accounts.end_role.seconded": _("Confirmed as second person that an office role ends"),
    "accounts.end_role.finished": _("Ended an office role after everybody was told for 24 hours"),
    "accounts.recovery.proposed": _("Started a recovery of the office on the server; in 72 hours it can be finished"),
    "accounts.recovery.finished": _("Finished a recovery of the office, without a second person"),
    "accounts.act.withdrawn": _("Withdrew a proposed act"),
    "accounts.person.deactivated": _("Closed an account"),
    "accounts.person.founded": _("Became one of the first two people"),
    "accounts.keys.rotated": _("Wrapped the keys anew"),
    "accounts.draft.kept_for": _("A browser whose session had ended sent a form, which was kept for that person"),
    "accounts.draft.kept": _("A form that could not be taken was kept"),
}

labels.register_labels(SENTENCES)
