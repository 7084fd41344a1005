"""Whether a material is ready for review, as far as its own text shows."""

from django.utils.translation import gettext as _

from materials.asks_used import why_overtaken
from materials.audiences import PUBLISHED_AUDIENCES
from materials.facts_used import has_changed, text_of
from materials.models import Material
from materials.review.translated import why_emptied, why_not_translated
from materials.text_as_read import parts_as_read
from papers.composing import gaps
from papers.composing.named_contact import why_without_contact
from papers.composing.naming import Naming, names_standing
from papers.composing.parts import POSITION
from papers.composing.sections import find
from papers.kinds import registry
from papers.pdf.fonts import letters_without_font, why_not_printable


def naming_of(material: Material) -> str:
    """Return how the text speaks of the person, as its author chose; a text from before the choice names."""
    return str((material.withheld or {}).get("naming") or Naming.NAMED)


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
    if reasons:
        reasons += why_emptied(material)
    reasons += why_not_translated(material)
    reasons += why_without_contact(contact, material.body or [], material.language)
    if not (kept.get("is_nothing_further") or any(kept.get("own", {}).values())):
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
    if names_standing(material.cases.all(), text_of(material), naming_of(material)):
        reasons.append(_("The text was chosen to name nobody, and a name of the person stands in it. Take it out."))
    printed = (
        ""
        if material.audience in PUBLISHED_AUDIENCES
        else "".join(parts_as_read(material.title, material.body).values())
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
