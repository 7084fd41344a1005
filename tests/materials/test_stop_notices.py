"""A stop notice reaches whoever holds a copy, also after the yes was taken back; it goes to all of them at once."""

from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Case, Consent, Wish
from materials.actions import dispatches, materials, public_pages
from materials.actions.dispatches import dispatch, leave
from materials.actions.materials import StatedDisclosures
from materials.actions.reviews import NotSigned, sign
from materials.leaving.addressees import channels_of_holders
from materials.models import Copy, Material
from materials.review.readiness import why_not_ready
from papers.kinds import registry
from safety.verdict import GateClosed
from tests.advocacy.journeys import PROOF, cleared, seen
from tests.directory.entries import a_channel, an_entry, to_somebody
from tests.factories import on_case
from tests.gate.ready import make_ready
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in
from work.models import Job

pytestmark = pytest.mark.django_db


def held_by(*names: str) -> tuple[Case, list[str]]:
    """Return a case of which these hold a copy of a briefing, and the keys of their channels."""
    material = cleared(a_full_packet())
    to = [to_somebody(name) for name in names]
    for copy in dispatch(actor=a_person("ana"), material=material, to=to):
        leave(actor=a_person("ana"), row=copy.dispatch)
        leave(actor=a_person("ana"), row=copy)
    return material.cases.get(), [str(row.sent_to.pk) for row in to if row.sent_to]


def stopped(case: Case) -> None:
    """Let everybody take their yes back, and the person wish for silence."""
    for row in Consent.objects.filter(case=case):
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
    number = Wish.objects.filter(case=case).count() + 1
    Wish.objects.create(case=case, number=number, wants="silence")


def a_notice(case: Case) -> Material:
    return cleared(case, kind="WITHDRAWAL", audience="AU_DIPLO")


def test_a_stop_notice_leaves_after_the_yes_was_taken_back_and_no_other_paper_does() -> None:
    case, _to = held_by("Ministry of Orlen")
    briefing = cleared(case)
    stopped(case)
    notice = a_notice(case)
    (copy,) = dispatch(actor=a_person("ana"), material=notice, to=[to_somebody("Ministry of Orlen")])
    assert leave(actor=a_person("ana"), row=copy.dispatch) and leave(actor=a_person("ana"), row=copy)
    with pytest.raises(GateClosed) as closed:
        dispatch(actor=a_person("ana"), material=briefing, to=[to_somebody("Ministry of Orlen")])
    assert {"no-consent", "wish-for-silence"} <= set(closed.value.verdict.codes)


def test_a_stop_notice_that_tells_something_of_the_case_is_refused_at_review() -> None:
    case, _to = held_by("Ministry of Orlen")
    ana = a_person("ana")
    notice = materials.write(actor=ana, cases=[case], kind="WITHDRAWAL", audience="AU_DIPLO", language="en")
    texts = {row["code"]: row["text"] for row in notice.body or []}
    texts["WITHDRAWAL.2"] += " He was arrested. [1]"
    edited = materials.edit(
        actor=ana,
        material=notice,
        version=notice.version,
        title=notice.title or "",
        texts=texts,
        told=StatedDisclosures(is_nothing_further=True),
        stop_on=None,
    )
    materials.send_to_review(actor=ana, material=edited)
    with pytest.raises(NotSigned) as closed:
        sign(actor=a_person("rui"), material=edited, seen=seen(edited), proof=PROOF, checks={})
    assert "stop-notice-discloses" in {reason.code for reason in closed.value.reasons}


def test_a_stop_notice_is_never_published() -> None:
    notice = make_ready("WITHDRAWAL", "AU_SUPPORT").material
    assert notice.level == "stop"
    with pytest.raises(ValidationError, match="supporters or the public"):
        public_pages.publish(actor=a_person("ana"), material=notice, family={})


def test_the_kinds_that_stop_are_those_that_the_database_gives_the_level_of_a_stop_notice() -> None:
    assert [kind.code for kind in registry.ALL if kind.is_stop_notice] == ["WITHDRAWAL"]
    assert {
        kind.least_level(audience) for kind in registry.ALL if kind.is_stop_notice for audience in kind.audiences
    } == {"stop"}


def test_the_page_of_copies_leads_to_a_stop_notice_and_an_update_for_those_who_hold_one(client: Client) -> None:
    case, _to = held_by("Ministry of Orlen", "Ministry of Sund")
    page = signed_in(client, a_person("ana")).get(reverse("materials:copies", args=[case.reference]))
    said = page.content.decode()
    new = reverse("materials:material_new", args=[case.reference])
    assert "2 copies" in said
    assert f"{new}?kind=WITHDRAWAL&amp;audience=AU_DIPLO" in said and f"{new}?kind=UPDATE&amp;audience=AU_DIPLO" in said
    form = client.get(new, {"kind": "WITHDRAWAL", "audience": "AU_DIPLO"}).content.decode()
    ticked = [line for line in form.split("<input") if "checked" in line.partition(">")[0]]
    assert any('value="WITHDRAWAL"' in line for line in ticked) and any('value="AU_DIPLO"' in line for line in ticked)


def test_who_does_not_write_on_the_case_is_offered_no_paper_on_the_page_of_copies(client: Client) -> None:
    case, _to = held_by("Ministry of Orlen")
    with mock.patch("materials.pages.copies.may", return_value=False):
        page = signed_in(client, a_person("ana")).get(reverse("materials:copies", args=[case.reference]))
    assert "kind=WITHDRAWAL" not in page.content.decode() and "Ministry of Orlen" in page.content.decode()


def test_a_stop_notice_offers_every_holder_ticked_and_a_briefing_offers_nobody_ticked(client: Client) -> None:
    case, holders = held_by("Ministry of Orlen", "Ministry of Sund")
    a_channel(an_entry("Ministry that holds none"))
    for material, expected in ((a_notice(case), set(holders)), (cleared(case), set())):
        page = signed_in(client, a_person("ana")).get(reverse("materials:dispatch", args=[material.pk]))
        assert set(page.context["form"].initial["recipient"]) == expected
        assert "Ministry that holds none" in page.content.decode()


def test_holders_of_papers_that_the_reader_may_not_send_are_not_told() -> None:
    case, holders = held_by("Ministry of Orlen")
    on_case(case, "sam", "researcher")
    notice = a_notice(case)
    assert set(channels_of_holders(notice, a_person("ana"))) == set(holders)
    assert channels_of_holders(notice, a_person("sam")) == []


def test_copies_for_several_are_made_at_once_and_one_page_tells_how_far_each_is(client: Client) -> None:
    case, holders = held_by("Ministry of Orlen", "Ministry of Sund", "Ministry of Ulm")
    notice = a_notice(case)
    signed_in(client, a_person("ana"))
    sent = client.post(reverse("materials:dispatch", args=[notice.pk]), {"recipient": holders, "format": "txt"})
    far = reverse("materials:being_made", args=[notice.pk])
    assert sent.status_code == 302 and sent["Location"] == far
    copies = list(Copy.objects.filter(material=notice).order_by("number"))
    assert [str(copy.sent_to_id) for copy in copies] == holders and [copy.number for copy in copies] == [1, 2, 3]
    assert Job.objects.filter(about_id__in=[copy.pk for copy in copies]).count() == 3
    page = client.get(far)
    assert (page.context["done"], page.context["total"], page.context["is_done"]) == (0, 3, False)
    assert 'http-equiv="refresh"' in page.content.decode() and "3 copies wait for their turn." in page.content.decode()
    leave(actor=a_person("ana"), row=copies[0].dispatch)
    leave(actor=a_person("ana"), row=copies[0])
    Job.objects.filter(about_id=copies[0].pk).update(state="done")
    Job.objects.filter(about_id=copies[1].pk).update(state="failed", failure="gate-closed")
    Job.objects.filter(about_id=copies[2].pk).update(state="stopped")
    page = client.get(far)
    said = page.content.decode()
    assert page.context["is_done"] and 'http-equiv="refresh"' not in said
    assert "2 copies were not made. See why beside each." in said and "The gate closed while it waited." in said


def test_one_recipient_leads_to_the_page_of_its_job(client: Client) -> None:
    case, holders = held_by("Ministry of Orlen")
    notice = a_notice(case)
    sent = signed_in(client, a_person("ana")).post(
        reverse("materials:dispatch", args=[notice.pk]), {"recipient": holders, "format": "txt"}
    )
    assert sent["Location"] == reverse("web:job", args=[Job.objects.get().pk])


def test_where_one_of_several_may_not_get_it_nobody_gets_a_copy() -> None:
    case, _holders = held_by("Ministry of Orlen")
    notice = a_notice(case)
    wrong = dispatches.To.through(a_channel(an_entry("An embassy", "AC_EMBASSY"), verified_on=None))
    before = Copy.objects.count()
    with pytest.raises(GateClosed) as closed:
        dispatch(actor=a_person("ana"), material=notice, to=[to_somebody("Ministry of Sund"), wrong])
    assert "channel-not-verified" in closed.value.verdict.codes and Copy.objects.count() == before


def test_the_queries_of_the_page_do_not_grow_with_the_copies(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    case, _holders = held_by("Ministry of Orlen")
    notice = a_notice(case)
    dispatch(actor=a_person("ana"), material=notice, to=[to_somebody(f"Ministry {n}") for n in range(12)])
    signed_in(client, a_person("ana"))
    client.get(reverse("materials:being_made", args=[notice.pk]))
    with django_assert_max_num_queries(30):
        client.get(reverse("materials:being_made", args=[notice.pk]))


def test_a_stranger_learns_nothing_of_copies_on_their_way() -> None:
    case, _holders = held_by("Ministry of Orlen")
    notice = a_notice(case)
    assert (
        signed_in(Client(), a_person("sam")).get(reverse("materials:being_made", args=[notice.pk])).status_code == 404
    )
    with pytest.raises(PermissionDenied):
        dispatch(actor=a_person("sam"), material=notice, to=[to_somebody("Ministry of Sund")])


def test_a_stop_notice_whose_paper_left_is_ready_once_its_author_said_that_it_discloses_nothing() -> None:
    case, _holders = held_by("Ministry of Orlen")
    notice = materials.write(actor=a_person("ana"), cases=[case], kind="WITHDRAWAL", audience="AU_DIPLO", language="en")
    assert all("discloses" in why for why in why_not_ready(notice))
