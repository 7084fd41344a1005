"""The packages and groups by which an answer is written down: nothing unknown, nothing twice, no name in a story."""

import pytest

from casework.consent_codes import INSIDE_AUDIENCES, PUBLIC_AUDIENCES, SENSITIVE_ITEMS
from consents.packages import (
    GROUPS,
    IDENTIFYING,
    PACKAGES,
    Package,
    Reach,
    ReaderGroup,
    group_with,
    groups_among,
    package_of,
    pairs_of_package,
)
from directory.vocabulary import terms

packages = pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.code)
groups = pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.code)


@packages
def test_each_item_of_a_package_exists_and_its_choice_has_a_source(package: Package) -> None:
    for reach in Reach:
        assert package.items_for(reach) and package.items_for(reach) <= set(terms("consent_item")), reach
    assert package.source and str(package.words) and str(package.hint)


@packages
def test_nobody_gets_more_the_further_a_paper_goes(package: Package) -> None:
    assert package.public <= package.may_become_public <= package.closed


def test_a_story_alone_holds_no_item_that_says_who_somebody_is() -> None:
    story = package_of("story")
    assert story is not None and not story.closed & IDENTIFYING
    assert set(terms("consent_item")) >= IDENTIFYING >= {"CI_NAME", "CI_PHOTO", "CI_VOICE", "CI_FAMILY"}


def test_no_package_gives_the_public_what_may_hurt_most() -> None:
    for package in PACKAGES:
        assert not package.public & SENSITIVE_ITEMS and not package.may_become_public & SENSITIVE_ITEMS
        assert not package.closed & {"CI_TORTURE", "CI_SEXUAL", "CI_RELIGION", "CI_SOGI", "CI_SOURCE"}


def test_every_audience_stands_in_exactly_one_group() -> None:
    named = [audience for group in GROUPS for audience in group.audiences]
    assert sorted(named) == sorted(terms("consent_audience"))


@groups
def test_a_group_says_how_far_it_reaches_and_where_its_choice_comes_from(group: ReaderGroup) -> None:
    assert group.source and str(group.words) and str(group.hint)
    for audience in group.audiences:
        assert group_with(audience) is group
        if audience in PUBLIC_AUDIENCES:
            assert group.reach is Reach.PUBLIC
        if audience in INSIDE_AUDIENCES:
            assert group.reach is Reach.CLOSED


def test_codes_are_unlike_each_other() -> None:
    assert len({package.code for package in PACKAGES}) == len(PACKAGES)
    assert len({group.code for group in GROUPS}) == len(GROUPS)


def test_a_package_for_a_group_names_each_of_its_audiences_and_no_other() -> None:
    officials = package_of("officials")
    assert officials is not None
    pairs = pairs_of_package(officials, ["own", "public"])
    assert {audience for _item, audience in pairs} == {
        "AU_OWNGOV",
        "AU_DIPLO",
        "AU_PUBLIC",
        "AU_SUPPORT",
        "AU_MEDIA_BG",
    }
    assert ("CI_NAME", "AU_DIPLO") in pairs and ("CI_NAME", "AU_PUBLIC") not in pairs
    assert groups_among({"AU_DIPLO", "AU_PARL"}) == ["own", "parliament"]
