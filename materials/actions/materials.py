"""Writing a material: composed from the packet, its words edited by people, sent to review and taken back."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import lock, lock_with_twins, require
from casework.actions.versions import claim_version
from casework.models import Case
from materials import disclosures
from materials.actions.saving import (
    Items,
    choices_of,
    keep_beside,
    left_out_now,
    merged,
    number_sources,
    own_to_change,
    save_words,
)
from materials.asks_used import say_asks_make_sense, why_overtaken
from materials.audiences import PUBLISHED_AUDIENCES
from materials.facts_used import (
    has_changed,
    keep_facts,
    rule_still_right,
    unruled_facts,
)
from materials.material_keys import MATERIAL_KEYS
from materials.models import Material, MaterialCase, MaterialText
from materials.notify import SIGNERS, tell
from materials.review.sendable import why_not_sendable
from materials.text_as_read import parts_as_read
from papers.composing import gaps
from papers.composing.composing import compose
from papers.composing.named_contact import why_without_contact
from papers.composing.parts import POSITION, with_signs
from papers.composing.reading_back import Body, fields_in, read_back
from papers.composing.sections import find
from papers.kinds import registry
from papers.pdf.fonts import letters_without_font, why_not_printable
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
) -> Material:
    """Compose a material from the packets; a paper for one reader carries this addressee's asks.

    Refused without the right to write on every case.
    """
    fresh = lock(*cases)
    for case in fresh:
        require(actor, "write_material", case)
    made = compose(fresh, kind=kind, audience=audience, language=language, stop_on=stop_on, addressee=addressee)
    back = read_back(
        fresh, made.body, audience=audience, level=registry.find(kind).least_level(audience), language=language
    )
    material = Material(
        kind=kind, audience=audience, language=language, stop_on=stop_on, title=made.title, body=made.body
    )
    keep_beside(material, made, addressee)
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
    back = read_back(cases, body, audience=stored.audience, level=stored.level, language=stored.language)
    if back.faults or not title.strip():
        raise ValidationError([*back.faults, *([] if title.strip() else [_("The title is empty.")])])
    number_sources(body, back.by_label, stored.language)
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
    if not registry.find(stored.kind).is_composed:
        raise ValidationError(_("This kind of text is not composed from the packet. Edit its words."))
    addressee = (stored.withheld or {}).get("addressee", "")
    made = compose(
        cases,
        kind=stored.kind,
        audience=stored.audience,
        language=stored.language,
        stop_on=stored.stop_on,
        addressee=addressee,
        choices=(choices := choices_of(stored)),
    )
    back = read_back(cases, made.body, audience=stored.audience, level=stored.level, language=stored.language)
    claim_version(stored, version)
    stored.title, stored.body = made.title, made.body
    keep_beside(stored, made, addressee, choices)
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
    back = read_back(cases, stored.body, audience=stored.audience, level=stored.level, language=stored.language)
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


def why_not_ready(material: Material) -> list[str]:
    """Return every reason why the material cannot go to review yet, as far as its own text shows."""
    kind, kept = registry.find(material.kind), material.withheld or {}
    lacking, contact = references_without_position(material), kind.section_code(kind.contact)
    told_below = {contact, kind.section_code(kind.authorities) if lacking else ""}
    reasons = _empty_sections(material, told_below)
    reasons += [
        _("Nothing that the authorities say about %(reference)s stands in the text. %(what)s")
        % {"reference": reference, "what": gaps.AUTHORITIES}
        for reference in lacking
    ]
    reasons += why_without_contact(contact, material.body or [])
    if not StatedDisclosures(
        {uuid.UUID(k): frozenset(v) for k, v in kept.get("own", {}).items()}, kept.get("is_nothing_further", False)
    ).is_answered:
        reasons.append(
            _("Nobody has said what the text discloses beyond its claims. Edit it and tick that, or “nothing further”.")
        )
    if has_changed(material):
        reasons.append(
            _(
                "A fact of the case changed after this was written. Compare, then say that it still holds, or compose it again."
            )
        )
    reasons += why_overtaken(material)
    printed = (
        ""
        if material.audience in PUBLISHED_AUDIENCES
        else "\
".join(parts_as_read(material.title, material.body).values())
    )
    if missing := letters_without_font(printed):  # a page is not printed; a copy of it is looked at when it is made
        reasons.append(why_not_printable(missing))
    return reasons


def _empty_sections(material: Material, told_below: set[str]) -> list[str]:
    """Return a sentence for each required section that is empty, but for those of which more is said elsewhere."""
    reasons, empty = [], _("“%(section)s” is empty. This kind of text cannot do without it.")
    for section in material.body or []:
        known = find(section["code"])
        if known and known.is_required and not section["text"].strip() and section["code"] not in told_below:
            gap = registry.find(material.kind).gap(section["code"])
            reasons.append(f"{empty % {'section': section['heading']}} {gap}".strip())
    return reasons


def references_without_position(material: Material) -> list[str]:
    """Return the references of the cases of which the text prints nothing that the authorities say."""
    return sorted({row["case"] for row in (material.withheld or {}).get("rows", []) if row["what"] == POSITION})


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
