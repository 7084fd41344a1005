"""Choosing which claims, rights, charges and asks a text prints, and in which order."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from casework.actions.versions import claim_version
from casework.models import Case
from materials.actions.materials import locked
from materials.actions.saving import (
    choices_of,
    left_out_now,
    merged,
    number_sources,
    own_to_change,
    read_back_of,
    save_words,
    wishes_of,
)
from materials.facts_used import unruled_facts
from materials.models import Material
from papers.composing.choice import Choice
from papers.composing.composing import Composed, compose
from papers.composing.reading_back import Body, fields_in
from papers.composing.wishes import Choices
from papers.kinds import registry


@transaction.atomic
def choose(*, actor: User, material: Material, version: int, choices: Mapping[uuid.UUID, Choice]) -> Material:
    """Print what was chosen, in its order. A section that prints the same as before keeps the words that people typed.

    What the text discloses beyond its claims has to be said again where any word changed. Refused without the right to
    write on every case, while it is in review, for a kind that is not composed, with every fault of the new words, and
    with SavedMeanwhile when somebody saved it after it was opened.
    """
    cases = locked(actor, material, "write_material")
    stored = own_to_change(material)
    if not registry.find(stored.kind).chosen:
        raise ValidationError(_("This kind of text does not choose from the packet. Edit its words."))
    made = composed(stored, cases, choices)
    body = kept_words(stored, composed(stored, cases, choices_of(stored)), made)
    back = read_back_of(cases, stored, body)
    if back.faults:
        raise ValidationError(back.faults)
    number_sources(body, back)
    claim_version(stored, version)
    kept = dict(stored.withheld or {})
    if body != stored.body:  # no answer means no: what was said of the other words is not said of these
        kept |= {"own": {}, "is_nothing_further": False}
    noted = [asdict(row) for row in made.withheld]
    stored.withheld = {**kept, "rows": noted, "choices": {str(case): asdict(one) for case, one in choices.items()}}
    stored.withheld["fields"] = made.fields
    stored.withheld["rows"] = [asdict(row) for row in left_out_now(cases, stored, stored.title or "", body)]
    own = {uuid.UUID(case): frozenset(names) for case, names in stored.withheld["own"].items()}
    items = merged(back.items, fields_in(made.fields, stored.title or "", body), own)
    stored.body = body
    save_words(
        actor, cases, stored, back.claims, items, verb="materials.material.chosen", unruled=unruled_facts(stored)
    )
    return stored


def composed(material: Material, cases: list[Case], choices: Choices) -> Composed:
    """Return the material as its writer composes it now with this choice, without saving it."""
    return compose(
        cases,
        kind=material.kind,
        audience=material.audience,
        language=material.language,
        stop_on=material.stop_on,
        wishes=replace(wishes_of(material), choices=choices),
    )


def kept_words(material: Material, before: Composed, after: Composed) -> Body:
    """Return the body: composed anew where the choice changes a section, as it was saved everywhere else."""
    saved = {row["code"]: row for row in material.body or []}
    old = {row["code"]: row["text"] for row in before.body}
    return [
        saved[row["code"]] if row["code"] in saved and old.get(row["code"]) == row["text"] else row
        for row in after.body
    ]
