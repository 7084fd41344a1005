"""Acts on what is written to leave: write, review, dispatch, publish, take down; and what of materials asks nobody."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.refusals import Refused
from casework.access import NotAllowed
from casework.models import Case, Claim
from directory.models import Channel
from materials.actions import changed_facts, dispatches, exceptions, extensions, materials, public_pages
from materials.actions.dispatches import To
from materials.leaving import page_expiry
from materials.models import Copy, Material, PublicPage
from papers.kinds import registry
from safety.models import RiskAssessment
from sealing.fields import save_each
from tests.advocacy.journeys import PROOF, a_written, cleared, fit_for_the_public, in_review, seen
from tests.directory.entries import a_channel
from tests.factories import a_contact, put_on
from tests.gate.near_misses import triggers_off
from tests.gate.ready import Ready, make_ready
from tests.materials.packets import a_full_packet
from tests.materials.test_critical_exception import SAID, assess, fit
from tests.people import a_person
from tests.security.acts.record import Act
from tests.security.acts.safety import of_two_cases
from tests.security.acts.world import ActWorld, cases_made, without_right_on

WRITE, SIGN, DISPATCH = ("write_material",), ("sign_review",), ("dispatch",)
ANA = {"who wrote it": lambda w: w.people["ana"]}
ONE_DEAD = next(kind.code for kind in registry.ALL if kind.is_only_for)
FAMILY = public_pages.FamilyAnswer("Her sister, by telephone", timezone.now())


def by_hand() -> list[To]:
    """Return the entry of the directory that `signed` made, by its channel."""
    return [To.through(Channel.objects.latest("entered_at"))]


def two_packets(world: ActWorld) -> list[Case]:
    """Return two cases of which everything may be written: what is asked on each case is asked about two."""
    cases = [a_full_packet(), a_full_packet()]
    world.bring(*cases)
    return cases


def a_draft(world: ActWorld) -> Material:
    """Return a draft by ana."""
    return a_written(two_packets(world))


def waits(world: ActWorld) -> Material:
    """Return a briefing by ana that waits for a reviewer."""
    return in_review(two_packets(world))


def signed(world: ActWorld) -> Material:
    """Return a briefing by ana that rui signed, and somebody in the directory to whom it may go."""
    a_channel()
    return cleared(two_packets(world))


def outdated(world: ActWorld) -> Material:
    """Return the same after somebody was added whom a scan must look for: who dispatches begins with a scan."""
    material = signed(world)
    a_contact(material.cases.order_by("pk")[0], "Ada Rell")
    return material


def a_copy(world: ActWorld) -> Copy:
    """Return a copy of that briefing, which has not left."""
    (copy,) = dispatches.dispatch(actor=world.people["ana"], material=signed(world), to=by_hand())
    return copy


def ruled(world: ActWorld) -> Material:
    """Return a briefing that is out, a claim under it that changed, and ana's word that the text still holds."""
    copy, ana = a_copy(world), world.people["ana"]
    dispatches.leave(actor=ana, row=copy.dispatch)
    claims = Claim.objects.filter(case__in=copy.material.cases.all(), number=1)
    save_each(claims, text="Officers arrested him at his office.")
    assert changed_facts.still_right(actor=ana, material=copy.material)
    return copy.material


def supporters(world: ActWorld, *, is_signed: bool = True) -> Material:
    """Return a page for supporters."""
    how = {"kind": "SUPPORTER", "audience": "AU_SUPPORT", "stop_on": timezone.localdate() + dt.timedelta(days=17)}
    cases = [fit_for_the_public(case) for case in two_packets(world)]
    return cleared(cases, **how) if is_signed else in_review(cases, **how)


def told(material: Material) -> dict[Any, Any]:
    """Return that the family was told, of each case."""
    return {case.pk: FAMILY for case in material.cases.all()}


def published(world: ActWorld) -> PublicPage:
    """Return a page that ana published."""
    made = supporters(world)
    return public_pages.publish(actor=world.people["ana"], material=made, family=told(made))


def taken_down(world: ActWorld) -> Material:
    """Return what ana published and took down."""
    page = published(world)
    public_pages.take_down(actor=world.people["ana"], page=page)
    return page.dispatch.material


def running_out(world: ActWorld) -> Material:
    """Return what is public, and rests on an assessment that ends in three days."""
    material = published(world).dispatch.material
    until = timezone.now() + dt.timedelta(days=3)
    with triggers_off():
        for row in RiskAssessment.objects.filter(case__in=material.cases.all(), material_id=None):
            row.signed_at, row.expires_at, row.granted_until = until - dt.timedelta(days=30), until, until
            row.save()
    page_expiry.store_end(PublicPage.objects.get(dispatch__material=material))
    return material


def extension_asked(world: ActWorld) -> Material:
    """Return the same, and that ana asked for more days."""
    material = running_out(world)
    extensions.ask_extension(actor=world.people["ana"], material=material, reason="His appeal is next week.")
    return material


def critical(world: ActWorld) -> Material:
    """Return a page in review about somebody at a critical risk, with all that the exception asks for."""
    material = supporters(world, is_signed=False)
    for case in material.cases.all():
        assess(case, danger_now="grave", not_acting={"likelihood": 2, "impact": 2})
    fit(material)
    return material


def exception_asked(world: ActWorld) -> Material:
    """Return the same, and that ana asked for the exception."""
    material = critical(world)
    exceptions.ask_exception(actor=world.people["ana"], material=material, **SAID)
    return material


def half_signed(world: ActWorld) -> Material:
    """Return the same, and that a reviewer signed it who is no director."""
    material = exception_asked(world)
    rui = a_person("rui")
    for case in material.cases.all():
        put_on(case, rui, "reviewer")
    exceptions.sign_exception(actor=rui, material=material, proof=PROOF)
    return material


def unsent(world: ActWorld) -> Ready:
    """Return a briefing that was cleared and never sent."""
    made = make_ready("MIN_BRIEF", "AU_DIPLO")
    world.bring(*made.cases)
    return made


def own(world: ActWorld) -> dict[str, Any]:
    """Return the material that the row made, as it is stored now."""
    return {"material": Material.objects.get(pk=world.ready.pk)}


def edited(world: ActWorld) -> dict[str, Any]:
    """Return other words for the draft."""
    material = own(world)["material"]
    texts = {section["code"]: section["text"] for section in material.body}
    told = materials.StatedDisclosures(is_nothing_further=True)
    return {"material": material, "version": material.version, "title": "Other words", "texts": texts, "told": told}


def read(world: ActWorld) -> dict[str, Any]:
    """Return what a reviewer read."""
    return own(world) | {"seen": seen(own(world)["material"]), "proof": PROOF, "checks": {}}


def inserted(world: ActWorld) -> dict[str, Any]:
    """Return an empty material that is not stored yet."""
    made = Material(kind="MIN_BRIEF", audience="AU_DIPLO", language="en", title="", body=[])
    return {"cases": [world.case], "material": made, "claims": {}, "items": {}}


WRITING = (
    Act(
        "materials.actions.materials.locked",
        lambda w: {"material": w.ready.material, "right": "dispatch"},
        variant="of two cases",
        ready=of_two_cases,
        all_of=DISPATCH,
        on_each=cases_made,
    ),
    Act(
        "materials.actions.materials.insert",
        lambda w: inserted(w) | {"cases": w.ready.cases},
        variant="about two cases",
        ready=of_two_cases,
        all_of=WRITE,
        on_each=cases_made,
    ),
    Act(
        "materials.actions.dispatches.through_the_gate",
        lambda w: {"row": w.ready.a_dispatch(), "clearance": w.ready.clearance},
        variant="of two cases",
        ready=of_two_cases,
        all_of=DISPATCH,
        on_each=cases_made,
    ),
    Act(
        "materials.actions.materials.locked", lambda w: {"material": w.material(), "right": "dispatch"}, all_of=DISPATCH
    ),
    Act(
        "materials.actions.materials.write",
        lambda w: {"cases": w.ready, "kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en"},
        ready=two_packets,
        on_each=cases_made,
        all_of=WRITE,
        spoiled=lambda w: {"cases": w.ready, "kind": ONE_DEAD, "audience": "AU_DIPLO", "language": "en"},
    ),
    Act("materials.actions.materials.insert", inserted, all_of=WRITE),
    Act("materials.actions.materials.edit", edited, ready=a_draft, on_each=cases_made, all_of=WRITE),
    Act(
        "materials.actions.materials.compose_again",
        lambda w: own(w) | {"version": own(w)["material"].version},
        ready=a_draft,
        on_each=cases_made,
        all_of=WRITE,
    ),
    Act(
        "materials.actions.choosing.choose",
        lambda w: own(w) | {"version": own(w)["material"].version, "choices": {}},
        ready=a_draft,
        on_each=cases_made,
        all_of=WRITE,
    ),
    Act("materials.actions.materials.send_to_review", own, ready=a_draft, on_each=cases_made, all_of=WRITE),
    Act("materials.actions.materials.take_back", own, ready=waits, on_each=cases_made, all_of=WRITE),
    Act("materials.actions.changed_facts.still_right", own, ready=a_draft, on_each=cases_made, all_of=WRITE),
    Act(
        "materials.actions.changed_facts.agree_still_right",
        own,
        ready=ruled,
        on_each=cases_made,
        any_of=("write_material", "sign_review"),
        refuses={"who ruled first": lambda w: w.people["ana"]},
    ),
    Act(
        "casework.actions.no_statement.say_no_statement",
        lambda w: {"case": w.case, "as_of": timezone.localdate()},
        all_of=("change_case",),
    ),
    Act("casework.actions.no_statement.withdraw_no_statement", lambda w: {"case": w.case}, all_of=("change_case",)),
)
REVIEW = (
    Act(
        "materials.actions.reviews.sign",
        read,
        ready=waits,
        on_each=cases_made,
        all_of=SIGN,
        waits_a_day=True,
        refuses=ANA,
    ),
    Act(
        "materials.actions.reviews.send_back",
        lambda w: own(w) | {"reason": "The van was white."},
        ready=waits,
        on_each=cases_made,
        all_of=SIGN,
        refuses=ANA,
    ),
    Act("materials.actions.reviews.revoke", own, ready=signed, on_each=cases_made, all_of=SIGN),
    Act(
        "materials.actions.exceptions.ask_exception",
        lambda w: own(w) | SAID,
        ready=critical,
        on_each=cases_made,
        all_of=DISPATCH,
    ),
    Act(
        "materials.actions.exceptions.sign_exception",
        lambda w: own(w) | {"proof": PROOF},
        ready=exception_asked,
        on_each=cases_made,
        all_of=SIGN,
        waits_a_day=True,
        refuses={"who asked for it": lambda w: w.people["ana"]},
    ),
    Act(
        "materials.actions.exceptions.sign_exception",
        lambda w: own(w) | {"proof": PROOF},
        variant="that a reviewer signed",
        ready=half_signed,
        on_each=cases_made,
        all_of=("sign_review", "sign_high"),
        refusal=(NotAllowed, Refused),
        says_of_case={"sign_high": "Now a director signs"},
        waits_a_day=True,
    ),
    Act(
        "materials.actions.exceptions.end_exception",
        own,
        ready=exception_asked,
        on_each=cases_made,
        any_of=("dispatch", "sign_review"),
        allows={
            "who signs on both, and dispatches on the first alone": lambda w: without_right_on(
                -1, w, cases_made(w), DISPATCH
            ),
            "who signs on both, and dispatches on the last alone": lambda w: without_right_on(
                0, w, cases_made(w), DISPATCH
            ),
        },
    ),
)
ACTS = (*WRITING, *REVIEW)
