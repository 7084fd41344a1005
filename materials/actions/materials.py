"""Writing a material: composed from the packet, its words edited by people, sent to review and taken back."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import lock, lock_with_twins, require
from casework.actions.versions import claim_version
from casework.models import Case
from directory.models import Actor
from materials import disclosures
from materials.actions.saving import (
    Items,
    keep_beside,
    left_out_now,
    merged,
    number_sources,
    own_to_change,
    read_back_of,
    save_words,
    wishes_of,
)
from materials.asks_used import say_asks_make_sense
from materials.facts_used import (
    keep_facts,
    rule_still_right,
    unruled_facts,
)
from materials.leaving.addressees import refuse_reader_who_does_not_fit
from materials.leaving.last_left import last_left
from materials.material_keys import MATERIAL_KEYS
from materials.models import Material, MaterialCase, MaterialText
from materials.notify import SIGNERS, tell
from materials.review.readiness import why_not_ready
from materials.review.sendable import why_not_sendable
from materials.text_as_read import parts_as_read
from papers.composing.composing import compose
from papers.composing.naming import Naming
from papers.composing.parts import with_signs
from papers.composing.reading_back import Body, fields_in
from papers.composing.wishes import Wishes
from papers.kinds import registry
from safety.leaks import scan


@dataclass
class StatedDisclosures:
    """What the author says the text discloses beyond its claims: items by case, or that there is nothing further."""

    items: Items = field(default_factory=dict)
    is_nothing_further: bool = False

    @property
    def is_answered(self) -> bool:
        """Say whether the question was answered; no answer means no."""
        return self.is_nothing_further or any(self.items.values())


def locked(actor: User, material: Material, right: str) -> list[Case]:
    """Lock the cases of a material and ask for the right on every one of them; NotAllowed where one is missing."""
    cases = lock_with_twins(*material.cases.values_list("pk", flat=True))
    for case in cases:
        require(actor, right, case)
    return cases


@transaction.atomic
def write(
    *,
    actor: User,
    cases: Iterable[Case],
    kind: str,
    audience: str,
    language: str,
    stop_on: dt.date | None = None,
    addressee: str = "",
    naming: str = Naming.NAMED,
    reader: Actor | None = None,
) -> Material:
    """Compose a material from the packets; a paper for one reader carries this addressee's asks.

    `naming` says whether the whole text names the person, `reader` who of the directory it is written to. Refused
    without the right to write on every case, and for a reader whom a text for this audience is not written to.
    """
    fresh = lock(*cases)
    for case in fresh:
        require(actor, "write_material", case)
    known = registry.find(kind)
    refuse_reader_who_does_not_fit(known, audience, fresh, reader)
    left = last_left(fresh, known, audience, actor=actor)
    wishes = Wishes(addressee=addressee, naming=Naming(naming), reader=str(reader.pk) if reader else "", last_left=left)
    made = compose(fresh, kind=kind, audience=audience, language=language, stop_on=stop_on, wishes=wishes)
    material = Material(
        kind=kind, audience=audience, language=language, stop_on=stop_on, title=made.title, body=made.body
    )
    material.level = known.least_level(audience)
    keep_beside(material, made, wishes)
    back = read_back_of(fresh, material, made.body)
    items = merged(made.items, back.items)
    insert(actor=actor, cases=fresh, material=material, claims=back.claims, items=items)
    say_asks_make_sense(material, actor=actor)  # composing refuses what is overtaken
    return material


def insert(
    *, actor: User, cases: list[Case], material: Material, claims: dict[uuid.UUID, str], items: Items
) -> Material:
    """Insert a material with its key, its cases and the uses of its first revision; the caller has locked the cases.

    Refused without the right to write on every one of them.
    """
    for case in cases:
        require(actor, "write_material", case)
    material.level = registry.find(material.kind).least_level(material.audience)
    material.author = material.last_editor = actor
    contacts = disclosures.contacts_named(cases, material)
    material.uses_digest = disclosures.disclosure_digest(claims, items, contacts)
    MATERIAL_KEYS.make(material.pk)
    material.save(force_insert=True)
    for case in cases:
        MaterialCase(material=material, case=case).save(force_insert=True)
    material.refresh_from_db(fields=["revision"])
    disclosures.keep_disclosures(material, claims, items, contacts)
    keep_facts(material, actor=actor)
    for case in cases:
        record(
            actor=actor,
            verb="materials.material.written",
            case=case,
            about=material,
            kind=material.kind,
            audience=material.audience,
        )
    return material


@transaction.atomic
def edit(
    *,
    actor: User,
    material: Material,
    version: int,
    title: str,
    texts: Mapping[str, str],
    told: StatedDisclosures,
    stop_on: dt.date | None = None,
    asks_make_sense: bool = False,
) -> Material:
    """Save the author's words. RefusalRows stay bound to their claims: every fault is told and nothing is saved then.

    `asks_make_sense` is the author's word that nothing is asked in vain of somebody who is not held any more.
    Refused while it is in review, and with SavedMeanwhile when somebody saved it after it was opened.
    """
    cases = locked(actor, material, "write_material")
    stored = own_to_change(material)
    body = _as_typed(stored, title, texts)
    back = read_back_of(cases, stored, body)
    if back.faults or not title.strip():
        raise ValidationError([*back.faults, *([] if title.strip() else [_("The title is empty.")])])
    number_sources(body, back)
    claim_version(stored, version)
    kept = {**(stored.withheld or {}), "own": {str(case): sorted(names) for case, names in told.items.items()}}
    kept["rows"] = [asdict(row) for row in left_out_now(cases, stored, title, body)]
    stored.withheld = {**kept, "is_nothing_further": told.is_nothing_further}
    items = merged(back.items, fields_in(kept.get("fields", []), title, body), told.items)
    stored.title, stored.body, stored.stop_on = title.strip(), body, stop_on
    save_words(
        actor, cases, stored, back.claims, items, verb="materials.material.edited", unruled=unruled_facts(stored)
    )
    if asks_make_sense:
        say_asks_make_sense(stored, actor=actor)
    return stored


@transaction.atomic
def compose_again(*, actor: User, material: Material, version: int) -> Material:
    """Compose the words anew from the packet as it is now; what was edited is replaced. Refused as `edit` is."""
    cases = locked(actor, material, "write_material")
    stored = own_to_change(material)
    known = registry.find(stored.kind)
    if not known.is_composed:
        raise ValidationError(_("This kind of text is not composed from the packet. Edit its words."))
    wishes = replace(wishes_of(stored), last_left=last_left(cases, known, stored.audience, actor=actor))
    made = compose(
        cases,
        kind=stored.kind,
        audience=stored.audience,
        language=stored.language,
        stop_on=stored.stop_on,
        wishes=wishes,
    )
    back = read_back_of(cases, stored, made.body)
    claim_version(stored, version)
    stored.title, stored.body = made.title, made.body
    keep_beside(stored, made, wishes)
    items = merged(made.items, back.items)
    save_words(actor, cases, stored, back.claims, items, verb="materials.material.composed_again")
    rule_still_right(stored, actor=actor)  # the same words again, from the packet as it is now
    say_asks_make_sense(stored, actor=actor)
    return stored


@transaction.atomic
def send_to_review(*, actor: User, material: Material) -> Material:
    """Scan the revision for leaks and hand it to a second person; its words are locked until it comes back.

    Refused with every reason at once: a required section is empty, nobody said what else the text discloses, facts
    have changed since, a letter cannot be printed, it is too long for any copy, or nobody is asked.
    """
    cases = locked(actor, material, "write_material")
    stored = Material.objects.select_for_update().get(pk=material.pk)
    if stored.status == Material.Status.IN_REVIEW:
        return stored
    back = read_back_of(cases, stored, stored.body)
    if reasons := [*why_not_ready(stored), *why_not_sendable(stored), *back.faults]:
        raise ValidationError(reasons)
    _note_who_agreed(actor, cases, stored)
    scan(
        actor=actor,
        material=stored,
        parts=parts_as_read(stored.title, stored.body),
        disclosed={k: set(v) for k, v in disclosures.items_of(stored).items()},
    )
    _keep_words(stored)
    stored.status, stored.sent_to_review_at = Material.Status.IN_REVIEW, timezone.now()
    stored.save(update_fields=["status", "sent_to_review_at"])
    for case in cases:
        record(actor=actor, verb="materials.material.sent_to_review", case=case, about=stored, revision=stored.revision)
    tell(verb="materials.material.sent_to_review", material=stored, cases=cases, actor=actor, next_readers=[SIGNERS])
    return stored


@transaction.atomic
def take_back(*, actor: User, material: Material) -> Material:
    """Take a material back from review, to change it again. One that is not in review stays as it is."""
    cases = locked(actor, material, "write_material")
    stored = Material.objects.select_for_update().get(pk=material.pk)
    if stored.status == Material.Status.IN_REVIEW:
        stored.status, stored.sent_to_review_at = Material.Status.DRAFT, None
        stored.save(update_fields=["status", "sent_to_review_at"])
        for case in cases:
            record(actor=actor, verb="materials.material.taken_back", case=case, about=stored)
        tell(verb="materials.material.taken_back", material=stored, cases=cases, actor=actor, next_readers=[SIGNERS])
    return stored


def _as_typed(material: Material, title: str, texts: Mapping[str, str]) -> Body:
    """Return the body with what was typed: the title repeated where a section is the title, lines of ours signed."""
    kind = registry.find(material.kind)
    sourced = {kind.section_code(place) for place in kind.sourced}
    body = []
    for section in material.body or []:
        code = section["code"]
        text = title.strip() if registry.is_title(code) else texts.get(code, section["text"]).strip()
        body.append({**section, "text": with_signs(text, material.language) if code in sourced else text})
    return body


def _note_who_agreed(actor: User, cases: list[Case], material: Material) -> None:
    """Note whom the words name by their own consent, where it was given or taken back after the words were saved."""
    contacts = disclosures.contacts_named(cases, material)
    if contacts == disclosures.contacts_of(material):
        return
    claims, items = disclosures.claims_of(material), disclosures.items_of(material)
    material.uses_digest = disclosures.disclosure_digest(claims, items, contacts)
    material.save()
    material.refresh_from_db(fields=["revision"])
    disclosures.keep_disclosures(material, claims, items, contacts)
    keep_facts(material, actor=actor)


def _keep_words(material: Material) -> None:
    """Keep the words that go to review; a revision that went before is kept already."""
    if not MaterialText.objects.filter(material=material, revision=material.revision).exists():
        kept = MaterialText(material=material, revision=material.revision, title=material.title, body=material.body)
        kept.written_by = material.last_editor
        kept.save(force_insert=True)
