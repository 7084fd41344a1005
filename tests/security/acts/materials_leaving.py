"""Acts by which a text leaves: copies, public pages, longer and shorter; and whose paper a number is."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from materials.actions import dispatches
from materials.models import Copy, Dispatch, PublicPage
from tests.advocacy.journeys import PROOF
from tests.security.acts.materials import (
    DISPATCH,
    FAMILY,
    SIGN,
    a_copy,
    by_hand,
    extension_asked,
    outdated,
    own,
    published,
    running_out,
    signed,
    supporters,
    taken_down,
    told,
    unsent,
)
from tests.security.acts.record import Act, reads
from tests.security.acts.world import ActWorld, cases_made


def a_made_copy(world: ActWorld) -> Copy:
    """Return a copy that is made and not yet handed over."""
    copy = a_copy(world)
    dispatches.leave(actor=world.people["ana"], row=copy.dispatch)
    dispatches.leave(actor=world.people["ana"], row=copy)
    return copy


LEAVING = (
    *(
        Act(
            "materials.actions.dispatches.dispatch",
            lambda w: own(w) | {"to": by_hand()},
            variant=variant,
            ready=ready,
            on_each=cases_made,
            all_of=DISPATCH,
        )
        for variant, ready in (("", signed), ("of words that must be scanned again", outdated))
    ),
    Act(
        "materials.actions.dispatches.frozen",
        lambda w: own(w) | {"clearance": dispatches.clearance_of(w.ready), "kind": Dispatch.Kind.SENT},
        ready=signed,
        on_each=cases_made,
        all_of=DISPATCH,
    ),
    Act(
        "materials.actions.dispatches.through_the_gate",
        lambda w: {"row": w.ready.a_dispatch(), "clearance": w.ready.clearance},
        ready=unsent,
        all_of=DISPATCH,
    ),
    *(
        Act(
            f"materials.actions.dispatches.{name}",
            lambda w, argument=argument: {argument: Copy.objects.get(pk=w.ready.pk)},
            ready=a_copy,
            on_each=cases_made,
            all_of=DISPATCH,
        )
        for name, argument in (("queue_copy", "copy"), ("note_download", "copy"))
    ),
    Act(
        "materials.actions.handing_over.hand_over",
        lambda w: {"copy": Copy.objects.get(pk=w.ready.pk), "on": timezone.localdate()},
        ready=a_made_copy,
        on_each=cases_made,
        all_of=DISPATCH,
    ),
    Act(
        "materials.actions.dispatches.leave",
        lambda w: {"row": Dispatch.objects.get(pk=w.ready.dispatch_id)},
        ready=a_copy,
        on_each=cases_made,
        all_of=DISPATCH,
    ),
)
PUBLIC = (
    Act(
        "materials.actions.public_pages.note_family",
        lambda w: {"material": w.material(), "case": w.case, "answer": FAMILY},
        any_of=("dispatch", "keep_consent"),
    ),
    Act(
        "materials.actions.public_pages.publish",
        lambda w: own(w) | {"family": told(w.ready)},
        ready=supporters,
        on_each=cases_made,
        all_of=DISPATCH,
    ),
    Act(
        "materials.actions.public_pages.take_down",
        lambda w: {"page": PublicPage.objects.get(pk=w.ready.pk)},
        ready=published,
        on_each=cases_made,
        all_of=DISPATCH,
    ),
    Act(
        "materials.actions.public_pages.look_at_taking_down",
        lambda w: own(w) | {"note": "It was right."},
        ready=taken_down,
        on_each=cases_made,
        all_of=SIGN,
        waits_a_day=True,
        refuses={"who took it down": lambda w: w.people["ana"]},
    ),
    Act(
        "materials.actions.extensions.ask_extension",
        lambda w: own(w) | {"reason": "His appeal is heard next week."},
        ready=running_out,
        on_each=cases_made,
        all_of=DISPATCH,
    ),
    Act(
        "materials.actions.extensions.agree_extension",
        lambda w: own(w) | {"proof": PROOF},
        ready=extension_asked,
        on_each=cases_made,
        all_of=SIGN,
        waits_a_day=True,
        refuses={"who asked for it": lambda w: w.people["ana"]},
    ),
)
PAPERS = (
    Act(
        "materials.actions.papers.find",
        lambda w: {"number": Copy.objects.get(pk=w.ready.pk).paper_number},
        ready=a_copy,
        on_each=cases_made,
        all_of=("view_case",),
        refusal=ValidationError,
        says="There is no such paper",
    ),
)
ACTS = (*LEAVING, *PUBLIC, *PAPERS)
UNASKED = reads("it is the question itself", "materials.actions.papers.may_open")
