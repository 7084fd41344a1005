"""What would refuse a copy after the signature, said before it: a text too long, a sign that cannot be shown, nobody asked."""

from django.utils.translation import gettext as _

from casework.models import Ask
from materials.leaving.frozen_text import draft_of
from materials.models import Material
from papers.composing.asked import same_person
from papers.formats import plain_text
from papers.kinds import registry


def why_not_sendable(material: Material) -> list[str]:
    """Return every reason why no copy could be made of these words, whoever signs them. Fonts are asked for elsewhere."""
    sentence = plain_text.why_not(draft_of(material), None)
    return [*([sentence] if sentence else []), *_no_addressee(material)]


def _no_addressee(material: Material) -> list[str]:
    """Return that a paper for one reader asks nobody: the packet names none, or not any more the one it was made for."""
    kind = registry.find(material.kind)
    if not (kind.has_one_reader and kind.asks and kind.is_composed):
        return []
    meant = (material.withheld or {}).get("addressee", "")
    named = [row.to or "" for row in Ask.objects.present().filter(case__in=material.cases.all())]
    if any(name.strip() and (not meant or same_person(name, meant)) for name in named):
        return []
    if meant:
        return [
            _("No ask of the packet goes to %(name)s any more. Add one, or compose it for another addressee.")
            % {"name": meant}
        ]
    return [_("The packet asks nobody yet: add an ask with its addressee, and compose it again.")]
