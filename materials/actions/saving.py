"""What every way of writing a material has in common: what is kept beside its words, and saving them with what they use."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.models import Case
from materials import disclosures
from materials.facts_used import has_changed, keep_facts
from materials.material_mac import material_mac
from materials.models import Material, MaterialFact
from materials.review.readiness import naming_of
from papers.composing.choice import Choice
from papers.composing.composing import Composed, packets_of, whole_text
from papers.composing.kept_back import LeftOut
from papers.composing.last_left import LastLeft
from papers.composing.left_out import left_out
from papers.composing.parts import authorities, list_of_sources
from papers.composing.reader import reader_of
from papers.composing.reading_back import Body, ReadBack, read_back
from papers.composing.sections import is_sources
from papers.composing.wishes import Wishes
from papers.kinds import registry

Items = dict[uuid.UUID, frozenset[str]]
JUDGED = frozenset({Material.Status.CLEARED, Material.Status.SENT, Material.Status.PUBLISHED})


def merged(*lists: Items) -> Items:
    """Return the items of all lists, by case."""
    found: Items = {}
    for items in lists:
        for case, names in items.items():
            found[case] = found.get(case, frozenset()) | frozenset(names)
    return found


def choices_of(material: Material) -> dict[uuid.UUID, Choice]:
    """Return what was chosen to print of each case; a case of which nobody chose anything is not there."""
    kept = (material.withheld or {}).get("choices", {})
    return {uuid.UUID(case): Choice(tuple(row["printed"]), tuple(row["left"])) for case, row in kept.items()}


def wishes_of(material: Material) -> Wishes:
    """Return how this text was composed: whose asks, what was chosen, how the person is named, what it takes up."""
    kept = material.withheld or {}
    left = {
        uuid.UUID(case): LastLeft(row["kind"], row["revision"], row["on"], tuple(row["claims"]), tuple(row["rows"]))
        for case, row in kept.get("last_left", {}).items()
    }
    return Wishes(
        addressee=kept.get("addressee", ""),
        choices=choices_of(material),
        naming=naming_of(material),
        reader=kept.get("reader", ""),
        last_left=left,
    )


def read_back_of(cases: list[Case], material: Material, body: Body) -> ReadBack:
    """Return what these words of this material say of themselves."""
    return read_back(
        cases,
        body,
        audience=material.audience,
        level=material.level,
        language=material.language,
        naming=naming_of(material),
    )


def keep_beside(material: Material, made: Composed, wishes: Wishes) -> None:
    """Keep what belongs to a text that was composed just now: nobody has said yet what it discloses further."""
    rows = [asdict(row) for row in made.withheld]
    answers = {"own": {}, "is_nothing_further": False}
    kept = {
        "addressee": wishes.addressee,
        "naming": str(wishes.naming),
        "reader": wishes.reader,
        "by_right": list(reader.lines) if (reader := reader_of(wishes.reader)) else [],
        "choices": {str(case): asdict(choice) for case, choice in wishes.choices.items()},
        "last_left": {str(case): asdict(left) for case, left in wishes.last_left.items()},
    }
    material.withheld = {"rows": rows, "fields": made.fields, **kept, **answers}


def left_out_now(cases: list[Case], material: Material, title: str, body: Body) -> list[LeftOut]:
    """Return what the packets hold and these edited words do not print; a kind that is not composed is not compared."""
    kind, kept = registry.find(material.kind), material.withheld or {}
    before = [LeftOut(**row) for row in kept.get("rows", [])]
    if not kind.is_composed:
        return before
    packets = packets_of(cases, kind, material.audience, material.language, wishes=wishes_of(material))
    text = whole_text(title, body)
    if kind.authorities:
        for packet in packets:
            authorities(packet)
    return [row for packet in packets for row in left_out(packet, text, before=before)]


def number_sources(body: Body, back: ReadBack) -> None:
    """Write the list of sources anew from the claims that stand in the text."""
    for section in body:
        if is_sources(section["code"]):
            section["text"] = list_of_sources(list(back.by_label.items()), back.wording, text=whole_text("", body))


def save_words(
    actor: User,
    cases: list[Case],
    stored: Material,
    claims: dict[uuid.UUID, str],
    items: Items,
    *,
    verb: str,
    unruled: Iterable[MaterialFact] = (),
) -> Material:
    """Save the words with what they use and rest on: a draft again, unless they are the same as were judged.

    The caller has locked the cases and asked for the right.
    """
    contacts = disclosures.contacts_named(cases, stored)
    digest = disclosures.disclosure_digest(claims, items, contacts)
    is_same = digest == stored.uses_digest and material_mac(stored) == bytes(stored.mac or b"")
    stored.uses_digest = digest
    stored.edited_at = timezone.now()
    if not (is_same and stored.status in JUDGED):  # the same words stay signed, sent or public: no revision is new
        stored.last_editor = actor
        stored.status, stored.sent_to_review_at = Material.Status.DRAFT, None
    stored.save()
    stored.refresh_from_db(fields=["revision"])
    disclosures.keep_disclosures(stored, claims, items, contacts)
    keep_facts(stored, actor=actor, unruled=unruled)
    stored.is_stale = has_changed(stored)
    Material.objects.filter(pk=stored.pk).update(is_stale=stored.is_stale)
    for case in cases:
        record(actor=actor, verb=verb, case=case, about=stored, revision=stored.revision)
    return stored


def own_to_change(material: Material) -> Material:
    """Return the stored row, locked; refused while it is in review."""
    stored = Material.objects.select_for_update().get(pk=material.pk)
    if stored.status == Material.Status.IN_REVIEW:
        raise ValidationError(_("It is in review, so its words are locked. Take it back to change them."))
    return stored
