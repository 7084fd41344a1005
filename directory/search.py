"""Finding an entry of the directory by a word of its name, without reading any name that does not hold it."""

from django.db.models import Q

from directory.countries import countries
from directory.models import Actor, ActorTag
from directory.models.actors import ActorQuerySet
from sealing import folding, tags


def retag(entry: Actor) -> None:
    """Make the search tags of an entry those of its present name."""
    entry.tags.all().delete()
    ActorTag.objects.bulk_create([ActorTag(entry=entry, tag=tag) for tag in tags.name_tags(entry.name or "")])


def found(words: str) -> ActorQuerySet:
    """Return the entries whose name holds every word, and those of a State that is called so; none for no words."""
    asked = Q(pk=None)
    for way in tags.ways_to_ask(words):
        asked |= Q(pk__in=Actor.objects.tagged(tags.tag(tags.NAME, word) for word in way).values("pk"))
    wanted = folding.fold(words.strip())
    asked |= Q(country__in=[row.code for row in countries().values() if folding.fold(row.name) == wanted])
    return Actor.objects.filter(asked)
