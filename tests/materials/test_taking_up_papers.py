"""An update tells what changed since the last paper left, and a stop notice names that paper and nothing of the case."""

from typing import Any

import pytest

from casework.models import Case, Claim, Place
from materials.actions import materials
from materials.actions.dispatches import dispatch, leave
from materials.actions.saving import wishes_of
from materials.leaving.last_left import last_left
from materials.models import Dispatch, Material
from materials.review.readiness import why_not_ready
from papers.composing.last_left import LastLeft
from papers.kinds import registry
from tests.advocacy.journeys import a_written, cleared
from tests.directory.entries import to_somebody
from tests.factories import a_claim, a_source, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person

pytestmark = pytest.mark.django_db


def made(cases: Any = None) -> Material:
    """Return a briefing of which a copy was made, and has not left."""
    material = cleared(cases or a_full_packet())
    dispatch(actor=a_person("ana"), material=material, to=[to_somebody()])
    return material


def left() -> tuple[Case, Material]:
    """Return a case and a briefing about it that has left."""
    material = made()
    leave(actor=a_person("ana"), row=Dispatch.objects.get(material=material))
    return material.cases.get(), material


def section(material: Material, place: str) -> str:
    return next(row["text"] for row in material.body or [] if row["code"].endswith(f".{place}"))


def told(case: Case, kind: str = "UPDATE", audience: str = "AU_DIPLO", by: str = "ana") -> LastLeft | None:
    return last_left([case], registry.find(kind), audience, actor=a_person(by)).get(case.pk)


def test_an_update_says_what_changed_since_the_paper_of_its_day_and_not_what_stayed() -> None:
    case, _paper = left()
    court = a_source(case, "Letter", attribution="the court")
    a_claim(case, "He was moved to the hospital wing.", sources=[court], items=["CI_BIO"], on="2026-11-25")
    first = Claim.objects.get(case=case, number=1)
    first.text = "Officers of the Interior Ministry arrested him at his home."
    first.save()
    place = Place.objects.get(case=case)
    place.place = "Colony no. 7, Upper Tarn"
    place.save()
    new = section(a_written(case, kind="UPDATE"), "1")
    assert new.startswith("Since our paper of ")
    assert "at his home. [1]" in new and "hospital wing" in new and "Colony no. 7" in new
    assert "questioned for five days" not in new and "accountant" not in new


def test_where_nothing_changed_an_update_is_a_gap_that_says_so() -> None:
    case, _paper = left()
    update = a_written(case, kind="UPDATE")
    assert section(update, "1") == ""
    assert any("Nothing that may print for this audience has changed" in why for why in why_not_ready(update))


def test_what_changed_and_may_not_print_stays_out_of_an_update() -> None:
    case, _paper = left()
    a_claim(case, "He is ill.", sources=[a_source(case)], items=["CI_HEALTH"], on="2026-11-25")
    update = a_written(case, kind="UPDATE")
    assert section(update, "1") == "" and "He is ill" not in str(update.body)


def test_a_copy_that_was_made_and_never_left_is_no_paper_that_left() -> None:
    assert told(made().cases.get()) is None


def test_another_audience_is_told_of_its_own_papers_alone() -> None:
    case, _paper = left()
    assert told(case) is not None and told(case, audience="AU_OWNGOV") is None


def test_whoever_may_not_know_of_a_paper_is_not_told_that_it_left() -> None:
    """The paper is about a second case, too, which sam does not see."""
    case, other = a_full_packet(), a_full_packet()
    leave(actor=a_person("ana"), row=Dispatch.objects.get(material=made([case, other])))
    on_case(case, "sam", "coordinator")
    assert told(case) is not None and told(case, by="sam") is None
    on_case(other, "sam", "coordinator")
    assert told(case, by="sam") is not None


def test_a_stop_notice_names_the_paper_its_revision_and_day_and_nothing_of_the_case() -> None:
    case, paper = left()
    notice = a_written(case, kind="WITHDRAWAL")
    text = " ".join([notice.title or "", *(row["text"] for row in notice.body or [])])
    assert f"“Briefing”, revision {paper.revision}, of " in text
    for word in ("Varanen", "editor", "Practice", "Colony", case.codename, case.reference, "214"):
        assert word not in text
    assert not notice.item_uses.exists() and not notice.claim_uses.exists()
    assert not [why for why in why_not_ready(notice) if "empty" in why]


def test_without_a_paper_that_left_there_is_nothing_to_stop() -> None:
    notice = a_written(a_full_packet(), kind="WITHDRAWAL")
    assert any("there is none to stop using" in why for why in why_not_ready(notice))


def test_a_stop_notice_is_taken_up_by_no_other_paper() -> None:
    case, _paper = left()
    notice = cleared(case, kind="WITHDRAWAL")
    dispatch(actor=a_person("ana"), material=notice, to=[to_somebody()])
    leave(actor=a_person("ana"), row=Dispatch.objects.get(material=notice))
    found = told(case)
    assert found is not None and found.kind == "MIN_BRIEF"


def test_what_left_is_kept_beside_the_text_as_plain_data_and_read_again_whole() -> None:
    case, _paper = left()
    spoken = told(case)
    assert wishes_of(a_written(case, kind="UPDATE")).last_left == {case.pk: spoken}


def test_composing_again_compares_anew_with_what_left() -> None:
    case, _paper = left()
    update = a_written(case, kind="UPDATE")
    a_claim(case, "He was moved.", sources=[a_source(case)], items=["CI_BIO"], on="2026-11-25")
    again = materials.compose_again(actor=a_person("ana"), material=update, version=update.version)
    assert "He was moved." in section(again, "1")
