"""Who a text may be written to: which kinds of entries belong to which readers, and who serves the State that holds somebody.

A text for named diplomats in the hands of the holding State is the worst that a wrong choice can do: the gate asks for
that too (`safety/conditions/recipient.py`). The rest is asked where a copy is made.
"""

from collections.abc import Collection

AUTHORITIES = (
    "AC_FM",
    "AC_HOG",
    "AC_JUSTICE",
    "AC_INTERIOR",
    "AC_PROSEC",
    "AC_JUDGE",
    "AC_PRISON",
    "AC_SECSERV",
    "AC_MIL",
    "AC_EMBASSY",
    "AC_ENVOY",
    "AC_CONSUL",
    "AC_PARL",
    "AC_MP",
    "AC_NHRI",
    "AC_NPM",
)
# Readers among whom the holding State's own people are: its authorities, and its courts.
TO_THE_HOLDING_STATE = ("AU_COURT", "AU_HOLDER")

OFFICIALS = ("AC_FM", "AC_HOG", "AC_JUSTICE", "AC_INTERIOR", "AC_EMBASSY", "AC_ENVOY", "AC_CONSUL", "AC_NHRI")
BETWEEN_STATES = ("AC_REGIONAL", "AC_EU", "AC_IGO")
SOCIETY = (
    "AC_NGO_INT",
    "AC_NGO_LOC",
    "AC_UNION",
    "AC_PROF",
    "AC_UNIV",
    "AC_FAITH",
    "AC_DIASPORA",
    "AC_SUPPORTER",
    "AC_CELEB",
)
OF_THE_UN = ("AC_UNSP", "AC_UNTB", "AC_OHCHR", "AC_ICRC", "AC_NPM", *BETWEEN_STATES)
READERS: dict[str, tuple[str, ...]] = {
    "AU_DIPLO": (*OFFICIALS, *BETWEEN_STATES, "AC_ICRC", "AC_MEDIATOR"),
    "AU_OWNGOV": OFFICIALS,
    "AU_HOLDER": AUTHORITIES,
    "AU_UN": OF_THE_UN,
    "AU_UNPUB": OF_THE_UN,
    "AU_COURT": ("AC_JUDGE", "AC_PROSEC", "AC_LAWYER"),
    "AU_PARL": ("AC_PARL", "AC_MP", "AC_EU", "AC_REGIONAL", "AC_NHRI"),
    "AU_PARTNER": (*SOCIETY, "AC_LAWYER", "AC_MEDIATOR", "AC_NHRI"),
    "AU_MEDIA_BG": ("AC_MEDIA",),
    "AU_SUPPORT": (*SOCIETY, "AC_FAMILY"),
    "AU_DONOR": ("AC_BUSINESS", "AC_IGO", "AC_NGO_INT", "AC_FAITH"),
    "AU_ARCHIVE": ("AC_UNIV", "AC_NGO_INT"),
}


def types_for(audience: str) -> tuple[str, ...] | None:
    """Return the kinds of entries that are among these readers; None where everybody is."""
    return None if audience == "AU_PUBLIC" else READERS.get(audience, ())


def serves_a_holder(actor_type: str, country: str, holding: Collection[str]) -> bool:
    """Say whether this is an authority of one of these States."""
    return actor_type in AUTHORITIES and country in holding


def fits(actor_type: str, country: str, *, audience: str, holding: Collection[str]) -> bool:
    """Say whether a text for these readers may go there: `holding` are the States that hold the people it is about."""
    types = types_for(audience)
    if types is not None and actor_type not in types:
        return False
    is_holders_own = serves_a_holder(actor_type, country, holding)
    if audience == "AU_HOLDER":
        return is_holders_own
    return not is_holders_own or audience in TO_THE_HOLDING_STATE
