"""`make_tags`: make every search tag, and what public pages and papers are found by, anew, after AMPARO_INDEX_KEY was changed."""

import itertools
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.trail import record
from casework.case_keys import CASE_KEYS
from casework.models import Case, Contact, KeyMark, Name
from casework.search import retag
from directory import search as directory_search
from directory.models import Actor
from materials.models import Copy, PublicPage
from sealing import keys
from sealing.errors import DecryptionError

BATCH = 200


class Command(BaseCommand):
    help = "Makes the search tags of names, telephone numbers and addresses, and those of the directory, of public pages and of papers, anew. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = sum(_of(batch) for batch in _batches()) + _of_the_directory()
        except DecryptionError as fault:
            raise CommandError(f"{fault} What was made until then stays; put the key back and run it again.") from None
        KeyMark.objects.renew("AMPARO_INDEX_KEY")
        record(actor=None, verb="casework.tags.made", rows=made)
        self.stdout.write(
            ngettext(
                "The search tags of %(n)d row were made anew.", "The search tags of %(n)d rows were made anew.", made
            )
            % {"n": made}
        )
        self.stdout.write(_("Files that were imported before count as new: look at --dry-run before you import again."))


def _batches() -> Iterator[tuple[Any, ...]]:
    found = Case.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)
    while batch := tuple(itertools.islice(found, BATCH)):
        yield batch


@transaction.atomic
def _of_the_directory() -> int:
    """Make the tags by which entries of the directory are found, ended ones included; return how many entries there are."""
    entries = list(Actor.objects.iterator(chunk_size=BATCH))
    for entry in entries:
        directory_search.retag(entry)
    return len(entries)


@transaction.atomic
def _of(cases: tuple[Any, ...]) -> int:
    """Make the tags of these cases, all or none; return how many rows have some."""
    CASE_KEYS.open_many(cases)
    rows = [row for model in (Name, Contact) for row in model.objects.filter(case__in=cases)]
    for row in rows:
        retag(row)
    for page in PublicPage.objects.filter(dispatch__material__cases__in=cases).distinct().select_related("dispatch"):
        page.save(update_fields=["address_mac"])
    for copy in Copy.objects.filter(material__cases__in=cases).distinct():
        copy.save(update_fields=["paper_mac"])
    keys.forget_keys()
    return sum(row.removed_at is None for row in rows)
