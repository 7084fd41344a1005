"""Where each part of a packet is written: the addresses that "what is missing" leads to."""

from django.urls import NoReverseMatch, reverse

from casework.models import Case

NAMES = {
    "identity": "casework:change_identity",
    "cover": "casework:change_case",
    "places": "casework:add_place",
    "charges": "casework:add_charge",
    "rights": "casework:rights",
    "demands": "casework:asks",
    "asks": "casework:asks",
    "claims": "casework:add_claim",
}


def where_to_write(case: Case, part: str) -> str:
    """Return the address at which a part of the packet is written; the packet itself where there is no such page."""
    if part == "detention":
        latest = case.detentions.present().order_by("created_at").last()
        if latest is None:
            return reverse("casework:add_detention", args=[case.reference])
        return reverse("casework:change_detention", args=[case.reference, latest.pk])
    try:
        return reverse(NAMES.get(part, "casework:case"), args=[case.reference])
    except NoReverseMatch:
        return reverse("casework:case", args=[case.reference])
