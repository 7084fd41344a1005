"""What may be done about people, each alone or by two."""

from accounts.actions.absences import end_absence, write_absence
from accounts.actions.closing import deactivate, end_sessions
from accounts.actions.founding import make_first_people
from accounts.actions.four_eyes import (
    propose_reactivation,
    propose_reset,
    propose_role,
    second,
    second_reset,
    second_role,
    withdraw_act,
)
from accounts.actions.joining import accept_invitation, invite, withdraw_invitation
from accounts.actions.keeping_open import finish_alone, propose_deactivation, propose_recovery, propose_role_end
from accounts.actions.roles import end_role, give_role

__all__ = [
    "accept_invitation",
    "deactivate",
    "end_absence",
    "end_role",
    "end_sessions",
    "finish_alone",
    "give_role",
    "invite",
    "make_first_people",
    "propose_deactivation",
    "propose_reactivation",
    "propose_recovery",
    "propose_reset",
    "propose_role",
    "propose_role_end",
    "second",
    "second_reset",
    "second_role",
    "withdraw_act",
    "withdraw_invitation",
    "write_absence",
]
