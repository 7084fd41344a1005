"""Every verb that moves a text tells its authors and whoever reads it next, in the app, and not a word of the text."""

import ast
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit import labels
from casework.models import CaseUserObjectPermission, Membership
from materials.actions import dispatches, materials, public_pages, reviews
from materials.models import Material, PublicPage
from tests.advocacy.journeys import PROOF, a_written, cleared, fit_for_the_public, in_review, seen
from tests.directory.entries import to_somebody
from tests.factories import a_contact, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in
from tools.machine import ROOT
from web.pages.notices import notice_lines
from work.models import Notice

pytestmark = pytest.mark.django_db

# Verbs that take an actor and tell nobody, each with why.
SILENT = {
    "choosing.choose": "a draft that nobody else waits for; it moves when it is sent to review",
    "dispatches.frozen": "a part of making a copy and of publishing, which tell",
    "dispatches.leave": "the job of a copy that was made, of which its people were told; it may run twice",
    "dispatches.note_download": "nothing moves: who takes the bytes stands in the trail",
    "dispatches.queue_copy": "the copy was made and told of; the job tells its owner how it goes",
    "dispatches.through_the_gate": "a part of making a copy and of publishing, which tell",
    "materials.compose_again": "a draft that nobody else waits for; it moves when it is sent to review",
    "materials.edit": "a draft that nobody else waits for; it moves when it is sent to review",
    "materials.insert": "a draft that nobody else waits for; it moves when it is sent to review",
    "materials.locked": "asks for a right and changes nothing",
    "materials.write": "a draft that nobody else waits for; it moves when it is sent to review",
    "papers.find": "nothing moves: whose paper it is was asked",
    "papers.may_open": "reads",
    "saving.save_words": "a part of editing, choosing and composing again",
    "public_pages.note_family": "nothing moves: publishing, which asks for it, tells",
}


def verbs() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield every public function of the verbs that somebody acts through."""
    for path in sorted((ROOT / "materials" / "actions").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
                if "actor" in names:
                    yield f"{path.stem}.{node.name}", node


def tells(node: ast.FunctionDef) -> list[str]:
    """Return the verbs of which a function tells."""
    calls = [part for part in ast.walk(node) if isinstance(part, ast.Call) and ast.unparse(part.func) == "tell"]
    return [ast.literal_eval(word.value) for call in calls for word in call.keywords if word.arg == "verb"]


def test_every_verb_tells_or_says_why_not() -> None:
    told = {name: tells(node) for name, node in verbs()}
    silent = {name for name, verbs_told in told.items() if not verbs_told}
    assert silent == set(SILENT), "a new verb tells somebody, or stands on the list with why not"
    assert all(why for why in SILENT.values()) and len(told) - len(silent) >= 14


@pytest.mark.parametrize("verb", sorted({verb for _name, node in verbs() for verb in tells(node)}))
def test_what_is_told_has_words_and_a_way_there(verb: str) -> None:
    material = a_written()
    case = material.cases.get()
    row = Notice.objects.create(user=case.lead, case_id=case.pk, about_id=material.pk, kind=verb, dedup="x")
    (line,) = notice_lines([row])
    assert verb in labels.known() and line.words != "Something happened on a case"
    assert str(material.pk) in line.url
    assert len(f"{verb}:{material.pk}:999:{'f' * 13}") <= 100, "what tells two notices apart has room in its column"


def told_of(verb: str) -> set[str]:
    """Return who was told of this verb, by user name."""
    return set(Notice.objects.filter(kind=f"materials.{verb}").values_list("user__username", flat=True))


def with_people(material: Material) -> Material:
    """Put others on the case: two who sign, one who sends, one who only reads, and somebody on another case."""
    case = material.cases.get()
    for name, role in (("rui", "reviewer"), ("dara", "reviewer"), ("tomas", "coordinator"), ("leon", "reader")):
        if not Membership.objects.filter(case=case, user__username=name).exists():
            on_case(case, name, role)
    a_person("sam")
    return material


def test_who_signs_is_told_that_a_text_waits_and_that_it_was_taken_back() -> None:
    material = with_people(a_written())
    ana = material.author
    materials.send_to_review(actor=ana, material=material)
    assert told_of("material.sent_to_review") == {"rui", "dara"}
    materials.send_to_review(actor=ana, material=material)
    assert Notice.objects.filter(kind="materials.material.sent_to_review").count() == 2, "once is told once"
    materials.take_back(actor=ana, material=material)
    assert told_of("material.taken_back") == {"rui", "dara"}
    materials.send_to_review(actor=ana, material=material)
    assert Notice.objects.filter(kind="materials.material.sent_to_review").count() == 4, "and again when it waits again"


def test_the_author_is_told_that_it_came_back_and_nobody_else() -> None:
    material = with_people(in_review())
    reviews.send_back(actor=a_person("rui"), material=material, reason="Say who saw it.")
    assert told_of("review.sent_back") == {material.author.username}


def test_author_and_senders_are_told_that_it_is_signed_and_that_the_signature_went() -> None:
    material = with_people(in_review())
    rui = a_person("rui")
    reviews.sign(actor=rui, material=material, seen=seen(material), proof=PROOF, checks={})
    assert told_of("review.signed") == {material.author.username, "tomas"}
    reviews.revoke(actor=rui, material=material)
    assert told_of("review.revoked") == {material.author.username, "tomas"}


def test_another_sender_makes_a_copy_and_the_author_is_told_once_a_day() -> None:
    material = with_people(cleared())
    tomas = a_person("tomas")
    for name in ("One office", "Another office"):
        dispatches.dispatch(actor=tomas, material=material, to=[to_somebody(name)])
    assert list(Notice.objects.filter(kind="materials.copy.made").values_list("user__username", flat=True)) == [
        material.author.username
    ]


def a_page() -> Material:
    """Return a supporters' page that ana published."""
    case = fit_for_the_public(a_full_packet())
    material = with_people(cleared(case, kind="SUPPORTER", audience="AU_SUPPORT", stop_on=dt.date(2099, 1, 1)))
    told = {case.pk: public_pages.FamilyAnswer("Her sister, by telephone", timezone.now())}
    public_pages.publish(actor=material.author, material=material, family=told)
    return material


def test_a_page_that_opens_or_goes_is_told_to_who_signs_and_sends() -> None:
    material = a_page()
    assert told_of("page.published") == {"rui", "dara", "tomas"}
    (page,) = PublicPage.objects.all()
    public_pages.take_down(actor=a_person("tomas"), page=page)
    public_pages.take_down(actor=a_person("tomas"), page=page)
    assert told_of("page.taken_down") == {material.author.username, "rui", "dara"}
    assert Notice.objects.filter(kind="materials.page.taken_down").count() == 3, "once is told once"
    public_pages.look_at_taking_down(actor=a_person("dara"), material=material, note="")
    assert told_of("page.looked_at") == {material.author.username, "tomas"}


def test_nobody_is_told_of_a_text_about_a_case_that_they_may_not_see() -> None:
    both = [a_full_packet(), a_full_packet()]
    material = a_written(both)
    for case in both:
        on_case(case, "rui", "reviewer")
    on_case(both[0], "dara", "reviewer")
    materials.send_to_review(actor=material.author, material=material)
    assert told_of("material.sent_to_review") == {"rui"}


def test_an_author_who_lost_one_of_its_cases_is_told_nothing_more() -> None:
    both = [a_full_packet(), a_full_packet()]
    material = in_review(both)
    rui, _again = [on_case(case, "rui", "reviewer") for case in both]
    CaseUserObjectPermission.objects.filter(user=material.author, content_object=both[1]).delete()
    reviews.send_back(actor=rui, material=material, reason="Say who saw it.")
    assert told_of("review.sent_back") == set()


def test_a_notice_holds_no_word_of_the_text_and_leads_to_it(client: Client) -> None:
    material = with_people(a_written())
    a_contact(material.cases.get(), "Mara Ilves")
    materials.send_to_review(actor=material.author, material=material)
    rui = signed_in(client, a_person("rui"))
    page = rui.get(reverse("web:notices")).content.decode()
    assert "A text waits for a second reader" in page and reverse("materials:material", args=[material.pk]) in page
    assert "Varanen" not in page and (material.title or "x") not in page
    row: Any = Notice.objects.filter(user__username="rui").get()
    assert (row.by, row.about_id, row.person, row.role) == (material.author, material.pk, None, "")
