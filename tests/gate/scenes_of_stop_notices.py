"""Scenes of a stop notice: it goes to a holder though nobody agrees any more, and it may tell nothing of the case."""

from typing import Any

from casework.models import Consent, Wish
from materials.models import MaterialClaim, MaterialItem
from tests.factories import a_claim
from tests.gate.ready import Ready, make_ready
from tests.gate.scenes import Change, Scene, both, now, scene

TELLS = "stop-notice-discloses"


def withdrawn(ready: Ready, case: Any, _row: Any) -> None:
    """Let everybody have taken their yes back."""
    Consent.objects.filter(case=case).update(withdrawn_at=now())


def silence(ready: Ready, case: Any, _row: Any) -> None:
    """Let the person wish for silence."""
    Wish.objects.filter(case=case).update(wants="silence")


def item(*, of_another: bool = False, revision: int | None = None) -> Change:
    """Return a change that counts an item: of this text, of another material, or of another revision."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        material = make_ready("MIN_BRIEF", "AU_DIPLO").material if of_another else ready.material
        shown = revision or ready.material.revision
        row = {"material": material, "revision": shown, "case": case, "item": "CI_BIO"}
        MaterialItem.objects.get_or_create(**row)

    return change


def claim(*, of_another: bool = False, revision: int | None = None) -> Change:
    """Return a change that prints a claim of nothing personal: in this text, in another material, or in another revision."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        material = make_ready("MIN_BRIEF", "AU_DIPLO").material if of_another else ready.material
        told = a_claim(case, items=(), discloses_nothing=True)
        MaterialClaim.objects.create(material=material, revision=revision or ready.material.revision, claim=told)

    return change


SCENES: tuple[Scene, ...] = (
    scene("nobody agrees any more", withdrawn, kind="stop notice"),
    scene("the person wishes for silence", silence, kind="stop notice"),
    scene("nobody agrees and the wish is silence", both(withdrawn, silence), kind="stop notice"),
    scene("it discloses an item", item(), TELLS, kind="stop notice"),
    scene("it prints a claim", claim(), TELLS, kind="stop notice"),
    scene("another text discloses an item", item(of_another=True), kind="stop notice"),
    scene("another text prints a claim", claim(of_another=True), kind="stop notice"),
    scene("an earlier revision disclosed an item", item(revision=77), kind="stop notice"),
    scene("an earlier revision printed a claim", claim(revision=77), kind="stop notice"),
)
