"""Roles on a case are named sets of case permissions (SECURITY.md 2). Several roles on one person add up."""

from casework.models.access import Membership

Role = Membership.Role

RIGHTS: dict[str, frozenset[str]] = {
    Role.COORDINATOR: frozenset(
        {
            "view_case",
            "view_identity",
            "change_case",
            "add_to_packet",
            "manage_access",
            "plan",
            "write_material",
            "assess_risk",
            "dispatch",
            "keep_consent",
        }
    ),
    Role.RESEARCHER: frozenset({"view_case", "view_identity", "change_case", "add_to_packet", "assess_risk"}),
    Role.COMMUNICATIONS: frozenset({"view_case", "write_material"}),
    Role.REVIEWER: frozenset({"view_case", "view_identity", "sign_review", "sign_risk", "lift_hold"}),
    Role.DIRECTOR: frozenset({"view_case", "view_identity", "sign_review", "sign_risk", "sign_high", "lift_hold"}),
    Role.LIAISON: frozenset({"view_case", "view_identity", "add_to_packet", "keep_consent"}),
    Role.LEGAL: frozenset({"view_case", "view_identity", "change_case", "add_to_packet"}),
    Role.READER: frozenset({"view_case"}),
    Role.OUTSIDE_REVIEWER: frozenset(),
}
SIGNING_ROLES = frozenset({Role.REVIEWER, Role.DIRECTOR, Role.OUTSIDE_REVIEWER})
ALL_RIGHTS = frozenset().union(*RIGHTS.values())


def rights_of(roles: set[str]) -> set[str]:
    """Return the union of the rights of these roles; an unknown role gives none."""
    return {right for role in roles for right in RIGHTS.get(role, frozenset())}
