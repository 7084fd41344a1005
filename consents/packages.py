"""What people usually allow, and to whom: packages of items and groups of audiences, one record each, with its source.

A package is a way to write down an answer, never an answer by itself: what was said in other words goes into the table
item by item. Nothing here decides what may leave; that is asked of casework/consent_rule.py, pair by pair.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Pair = tuple[str, str]

# What says who somebody is, or shows a face, a voice or a hand: the list of casework (DOMAIN.md 4, items CI_*).
IDENTIFYING = frozenset(
    {"CI_NAME", "CI_PHOTO", "CI_VOICE", "CI_LETTERS", "CI_FAMILY", "CI_SOURCE", "CI_STATUS", "CI_AFFIL"}
)
STORY = frozenset({"CI_BIO", "CI_DOCS", "CI_LOCATION"})
NAMED = STORY | {"CI_NAME"}


class Reach(StrEnum):
    """How far a paper goes once a group has it."""

    CLOSED = "closed"
    MAY_BECOME_PUBLIC = "may-become-public"
    PUBLIC = "public"


@dataclass(frozen=True)
class Package:
    """What may be told: the items for readers of each reach. `source` says where the choice comes from."""

    code: str
    words: Words
    hint: Words
    closed: frozenset[str]
    may_become_public: frozenset[str]
    public: frozenset[str]
    source: str

    def items_for(self, reach: Reach) -> frozenset[str]:
        """Return the items that readers of this reach get."""
        told = {
            Reach.CLOSED: self.closed,
            Reach.MAY_BECOME_PUBLIC: self.may_become_public,
            Reach.PUBLIC: self.public,
        }
        return told[reach]


@dataclass(frozen=True)
class ReaderGroup:
    """Who may read it: audiences that people speak of as one."""

    code: str
    words: Words
    hint: Words
    audiences: tuple[str, ...]
    reach: Reach
    source: str
    is_usual: bool = True


PACKAGES = (
    Package(
        "story",
        _("Story only"),
        _("What happened, charge, court, place held. No name, no face."),
        closed=STORY,
        may_become_public=STORY,
        public=STORY,
        source="DOMAIN.md 1: a letter with the request to withhold the name; interface guide, page 19",
    ),
    Package(
        "name",
        _("Story and name"),
        _("The same, and the name."),
        closed=NAMED,
        may_become_public=NAMED,
        public=NAMED,
        source="DOMAIN.md 1: the two questions of special procedures, of which the first is the name in a letter",
    ),
    Package(
        "officials",
        _("Everything to officials, story to the public"),
        _(
            "Officials also read health, family and see a photograph. What may become public holds no more than the name."
        ),
        closed=NAMED | {"CI_HEALTH", "CI_FAMILY", "CI_PHOTO"},
        may_become_public=NAMED,
        public=STORY,
        source="interface guide, page 19; DOMAIN.md 4: never inferred from one audience to another, so what may hurt"
        " most (ill-treatment, religion, orientation, sexual violence) stays to be asked item by item",
    ),
)

GROUPS = (
    ReaderGroup(
        "own",
        _("Our own government and its embassy"),
        _("Ministry, embassy, named diplomats"),
        ("AU_OWNGOV", "AU_DIPLO"),
        Reach.CLOSED,
        source="SECURITY.md 4: officials of a friendly State; papers for minister and ambassador are of these two",
    ),
    ReaderGroup(
        "un",
        _("United Nations and regional bodies"),
        _("Confidential procedures; what they publish is asked apart"),
        ("AU_UN",),
        Reach.CLOSED,
        source="DOMAIN.md 1: the first of the two questions of special procedures",
    ),
    ReaderGroup(
        "unpub",
        _("Published by the United Nations"),
        _("Reports and databases that everybody reads"),
        ("AU_UNPUB",),
        Reach.PUBLIC,
        source="DOMAIN.md 1: the second of the two questions, asked apart",
    ),
    ReaderGroup(
        "parliament",
        _("Parliament"),
        _("May become public"),
        ("AU_PARL",),
        Reach.MAY_BECOME_PUBLIC,
        source="the vocabulary's own words; SECURITY.md 4 asks for a signed assessment before it",
    ),
    ReaderGroup(
        "holder",
        _("Authorities of the State that holds the person"),
        _("Whoever holds the person reads it"),
        ("AU_HOLDER",),
        Reach.MAY_BECOME_PUBLIC,
        source="SECURITY.md 4 asks for a signed assessment before it; health and family in the hands of those who hold the"
        " person can hurt, so a package gives them no more than what may become public",
    ),
    ReaderGroup(
        "partners",
        _("Partners and lawyers"),
        _("Organisations and lawyers named to the person"),
        ("AU_PARTNER",),
        Reach.CLOSED,
        source="interface guide, page 19",
    ),
    ReaderGroup(
        "public",
        _("The public"),
        _("Pages, supporters, press"),
        ("AU_PUBLIC", "AU_SUPPORT", "AU_MEDIA_BG"),
        Reach.PUBLIC,
        source="SECURITY.md 4: the audiences of level full, for which every condition is asked",
    ),
    ReaderGroup(
        "court",
        _("Courts"),
        _("The record of a court, which the other side reads"),
        ("AU_COURT",),
        Reach.MAY_BECOME_PUBLIC,
        source="the vocabulary; a record is often open, so it gets what may become public",
        is_usual=False,
    ),
    ReaderGroup(
        "inside",
        _("Our own office"),
        _("The team of the case, and the whole organisation"),
        ("AU_INTERNAL", "AU_ORG"),
        Reach.CLOSED,
        source="SECURITY.md 4: audiences of level none, which nothing leaves for",
        is_usual=False,
    ),
    ReaderGroup(
        "later",
        _("Donors, archive and research"),
        _("Whoever pays for the work, and whoever reads it later"),
        ("AU_DONOR", "AU_ARCHIVE"),
        Reach.MAY_BECOME_PUBLIC,
        source="the vocabulary; neither helps the person, so it is never part of another group",
        is_usual=False,
    ),
)

_packages = {package.code: package for package in PACKAGES}
_groups = {group.code: group for group in GROUPS}


def package_of(code: str) -> Package | None:
    """Return the package of a code; None for an answer that is no package."""
    return _packages.get(code)


def group_of(code: str) -> ReaderGroup:
    """Return the group of a code. An unknown one raises KeyError."""
    return _groups[code]


def pairs_of_package(package: Package, groups: Collection[str]) -> frozenset[Pair]:
    """Return what a package names for these groups: every item that their reach gets, for each of their audiences."""
    return frozenset(
        (item, audience)
        for code in groups
        for audience in group_of(code).audiences
        for item in package.items_for(group_of(code).reach)
    )


def groups_among(audiences: Collection[str]) -> list[str]:
    """Return the groups of which at least one audience is among these."""
    return [group.code for group in GROUPS if set(group.audiences) & set(audiences)]


def group_with(audience: str) -> ReaderGroup:
    """Return the one group that an audience stands in."""
    return next(group for group in GROUPS if audience in group.audiences)
