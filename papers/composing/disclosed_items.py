"""Which consent item naming a right at stake discloses."""

from casework.models import RightImplicated

OF_A_RIGHT = {
    "R_RELIGION": "CI_RELIGION",
    "R_TORTURE": "CI_TORTURE",
    "R_HEALTH": "CI_HEALTH",
    "R_FAMILY": "CI_FAMILY",
    "R_ASYLUM": "CI_STATUS",
    "R_NATIONALITY": "CI_STATUS",
}


def right_items(row: RightImplicated) -> frozenset[str]:
    """Return the consent items that naming this right discloses."""
    return frozenset({OF_A_RIGHT.get(row.right, "CI_BIO")})
