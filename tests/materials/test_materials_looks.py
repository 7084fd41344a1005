"""Materials, the review page and public pages in a real Chromium, refused forms included."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Claim, Consent
from materials.actions import dispatches, materials, public_pages, reviews
from materials.models import Material, PublicPage
from safety.models import Hold
from tests.advocacy.journeys import a_written, cleared, fit_for_the_public, in_review
from tests.browser.taken import faults_of_pages
from tests.directory.entries import chosen, to_somebody
from tests.factories import a_contact, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in
from work.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(900)]
FULL = {"kind": "SUPPORTER", "audience": "AU_SUPPORT", "stop_on": timezone.localdate() + dt.timedelta(days=17)}


def in_second_review() -> Material:
    """A supporters' page sent back once, edited, with a finding in it."""
    case = fit_for_the_public(a_full_packet(codename="Heron"))
    a_contact(case, "Mara Ilves")
    material = in_review(case, **FULL)
    rui, ana = on_case(case, "rui", "reviewer"), a_person("ana")
    reviews.send_back(actor=rui, material=material, reason="Say it more calmly, and name who asks.")
    material = Material.objects.get(pk=material.pk)
    texts = {
        "SUPPORTER.4": "Write to the Minister of Justice, politely and in your own words. Mara will be glad of it."
    }
    told = materials.StatedDisclosures(is_nothing_further=True)
    material = materials.edit(
        actor=ana,
        material=material,
        version=material.version,
        title=material.title,
        texts=texts,
        told=told,
        stop_on=material.stop_on,
    )
    return materials.send_to_review(actor=ana, material=material)


def pages_of(client: Any) -> dict[str, str]:
    """Return the HTML of every page by name."""
    taken: dict[str, str] = {}
    ana = a_person("ana")

    def take(name: str, page: str, row: Any, user: Any, sent: Any = None) -> None:
        signed_in(client, user, fresh=True)
        address = reverse(page if ":" in page else f"materials:{page}", args=[getattr(row, "pk", row)] if row else [])
        answer = client.get(address) if sent is None else client.post(address, sent)
        taken[name] = answer.content.decode()
        assert answer.status_code in {200, 409, 410, 422}, (name, answer.status_code)

    reviewed = in_second_review()
    case, rui = reviewed.cases.get(), a_person("rui")
    take("queue", "reviews", None, rui)
    take("review", "review", reviewed, rui)
    take("sign", "sign", reviewed, rui)
    take("sign-faulty", "sign", reviewed, rui, {"revision": reviewed.revision, "mac": "x"})
    take("edit-none", "materials", a_full_packet(codename="Wren").reference, ana)
    draft = a_written(case)
    take("list", "materials", case.reference, ana)
    take("new", "material_new", case.reference, ana)
    take("new-faulty", "material_new", case.reference, ana, {"kind": "SUPPORTER"})
    take("material", "material", draft, ana)
    take("edit", "material_edit", draft, ana)
    take(
        "edit-faulty",
        "material_edit",
        draft,
        ana,
        {"version": draft.version, "title": "", "text-MIN_BRIEF-5": "- He is ill. [3]"},
    )
    take("edit-meanwhile", "material_edit", draft, ana, {"version": 0, "title": "Mine", "is_nothing_further": "on"})
    take("again", "compose_again", draft, ana)
    take("print", "material_print", draft, ana)
    take_other_people(take, ana)
    take_what_leaves(take, ana)
    Hold.objects.create(scope="case", case=case, kind="until_lifted", reason="His brother was summoned.", held_by=ana)
    Consent.objects.filter(case=case).update(withdrawn_at=timezone.now())
    Claim.objects.filter(case=case, number=1).update(status="VS_CONFLICT")
    take("review-refusing", "review", reviewed, rui)
    briefing = in_review(a_full_packet(codename="Sorrel"))
    second = on_case(briefing.cases.get(), "rui", "reviewer")
    Consent.objects.filter(case__codename="Sorrel").update(withdrawn_at=timezone.now())
    Claim.objects.filter(case__codename="Sorrel", number=1).update(status="VS_CONFLICT")
    take(
        "sign-refused",
        "sign",
        briefing,
        second,
        {"revision": briefing.revision, "mac": bytes(briefing.mac).hex(), "is_free": "on"},
    )
    return taken


def take_other_people(take: Any, ana: Any) -> None:
    """Take the draft and the review page of a text that names somebody else, and says something in Arabic."""
    named = a_written(a_full_packet(codename="Bracken"))
    texts = {"MIN_BRIEF.4": "He shares a cell with Marwan Hadidi.\nكان معه السيد سليم في الزنزانة."}
    told = materials.StatedDisclosures(is_nothing_further=True)
    named = materials.edit(actor=ana, material=named, version=named.version, title=named.title, texts=texts, told=told)
    take("material-others", "material", named, ana)
    materials.send_to_review(actor=ana, material=named)
    take("review-others", "review", named, on_case(named.cases.get(), "rui", "reviewer"))


def take_what_leaves(take: Any, ana: Any) -> None:
    """Take the pages of copies, jobs and the public page."""
    ready = cleared(a_full_packet(codename="Plover"))
    take("dispatch", "dispatch", ready, ana)
    take("dispatch-faulty", "dispatch", ready, ana, {})
    take(
        "dispatch-refused",
        "dispatch",
        in_review(a_full_packet(codename="Alder")),
        ana,
        chosen(),
    )
    (copy,) = dispatches.dispatch(actor=ana, material=ready, to=[to_somebody("Minister’s office")])
    take("job", "web:job", dispatches.queue_copy(actor=ana, copy=copy), ana)
    Job.objects.update(state="failed", failure="gate-closed")
    take("job-failed", "web:job", Job.objects.get(), ana)
    take("copy", "copy", copy, ana)
    take("material-sent", "material", ready, ana)
    case = fit_for_the_public(a_full_packet(codename="Quince"))
    public = cleared(case, **FULL)
    take("publish", "publish", public, ana)
    take("publish-faulty", "publish", public, ana, {"codename": "Wrong"})
    page = public_pages.publish(
        actor=ana, material=public, family={case.pk: public_pages.FamilyAnswer("His sister", timezone.now())}
    )
    take("public", "public_page", page.address, ana)
    public_pages.take_down(actor=ana, page=PublicPage.objects.get())
    take("gone", "public_page", page.address, ana)


def test_every_page_is_clean_and_never_scrolls_sideways(client: Client) -> None:
    assert faults_of_pages(pages_of(client)) == []
