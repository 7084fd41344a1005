"""To whom a copy of a text may go: which channels of the directory fit its readers, and which are verified."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case
from directory.fitting import AUTHORITIES, TO_THE_HOLDING_STATE, fits, types_for
from directory.models import Actor, Channel
from materials.audiences import PUBLISHED_AUDIENCES
from materials.models import Copy, Material
from papers.kinds import registry
from papers.kinds.kind import Kind

MOST_OFFERED = 400
MOST_WAITING = 20
MOST_READERS = 200


def offered_channels(material: Any) -> list[Channel]:
    """Return the verified channels of those whom this text is written for, by name; the newest where there are too many."""
    rows = _fitting(material).filter(pk__in=Channel.objects.usable().values("pk"))
    found = list(rows.order_by("-entered_at")[:MOST_OFFERED])
    return sorted(found, key=lambda row: addressee_in_words(row).casefold())


def waiting_channels(material: Any) -> list[Channel]:
    """Return the newest channels of those whom this text is written for that no copy may go through today."""
    rows = _fitting(material).exclude(pk__in=Channel.objects.usable().values("pk"))
    return list(rows.order_by("-entered_at")[:MOST_WAITING])


def channels_of_holders(material: Material, reader: User) -> list[str]:
    """Return the channels through which the holders of earlier papers got them, for a text that takes those up.

    Of copies about the same cases for the same audience, of materials that the reader may dispatch; no other text asks.
    """
    if not registry.find(material.kind).follows:
        return []
    copies = Copy.objects.where(reader, may="dispatch").filter(
        material__in=Material.objects.filter(audience=material.audience, cases__in=material.cases.all()),
        dispatched_at__isnull=False,
        sent_to__in=Channel.objects.usable().values("pk"),
    )
    rows = copies.exclude(material=material).order_by("sent_to").values_list("sent_to", flat=True).distinct()
    return [str(key) for key in rows[:MOST_OFFERED]]


def _fitting(material: Any) -> QuerySet[Channel]:
    audience, types = material.audience, types_for(material.audience)
    holding = Q(entry__country__in=_holding(material.cases.all()), entry__actor_type__in=AUTHORITIES)
    rows = Channel.objects.in_use().select_related("entry__parent__parent")
    if types is not None:
        rows = rows.filter(entry__actor_type__in=types)
    if audience == "AU_HOLDER":
        return rows.filter(holding)
    return rows if audience in TO_THE_HOLDING_STATE else rows.exclude(holding)


def _holding(cases: Any) -> set[str]:
    return {case.country for case in cases}


def refuse_who_does_not_fit(material: Any, cases: list[Case], channel: Channel | None) -> None:
    """Refuse a recipient of the directory for whom this text is not written; a trusted recipient is asked elsewhere."""
    if channel is None:
        return
    entry = channel.entry
    if not fits(entry.actor_type, entry.country, audience=material.audience, holding=_holding(cases)):
        said = _(
            "This text is written for %(audience)s, and the recipient is none. Choose another, or write a text for it."
        )
        raise ValidationError({"recipient": said % {"audience": material.get_audience_display()}})


def refuse_reader_who_does_not_fit(kind: Kind, audience: str, cases: list[Case], reader: Actor | None) -> None:
    """Refuse an address on a kind that bears none, and a reader whom a text for this audience is not written to.

    What is published asks its readers to write to somebody else: any authority may stand there.
    """
    if reader is None:
        return
    if not kind.is_addressed:
        raise ValidationError({"reader": _("This kind of text bears no address. Leave it empty.")})
    is_fit = fits(reader.actor_type, reader.country, audience=audience, holding=_holding(cases))
    if audience not in PUBLISHED_AUDIENCES and not is_fit:
        raise ValidationError({"reader": _("A text for this audience is not written to this reader. Choose another.")})


def readers_to_choose() -> list[Actor]:
    """Return the newest entries of the directory that a letter may be written to, by name; ended ones are not there."""
    today = timezone.localdate()
    rows = Actor.objects.in_use().with_places().filter(Q(term_ends_on=None) | Q(term_ends_on__gte=today))
    return sorted(rows.order_by("-entered_at")[:MOST_READERS], key=lambda row: row.line.casefold())


def addressee_in_words(channel: Channel) -> str:
    """Return an entry and the way to it in one line, as the list of recipients shows it."""
    line = _("%(who)s · %(way)s") % {"who": channel.entry.line, "way": channel.kind_label}
    return line if channel.is_verified() else _("%(line)s (not verified)") % {"line": line}
