"""What materials hear from the packet, and tell it: which pages a smaller consent shortens, and which rest on it."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone, translation
from django.utils.dates import MONTHS, MONTHS_ALT
from django.utils.translation import gettext as _

from accounts.models import User
from casework import events, what_is_out
from casework.consent_rule import Use
from casework.models import Case, Consent
from casework.what_is_out import OutKind, OutThing
from directory.countries import countries
from directory.dates.relative_time import full_day
from materials.leaving.page_expiry import LONGEST
from materials.models import Copy, Material, MaterialCase, MaterialItem, PageShortening, PublicPage
from papers.composing.word_table import OF_A_NUMBER
from papers.composing.words import NAMES, fixed_words
from safety.leaks import third_persons
from sealing.letters.languages import READ, language_name

CONSENT_SHRANK = "TR_CONSENT"
LOOKED_AT_WITHIN = dt.timedelta(hours=24)


@events.listen
def note_shortening(*, actor: User, case: Case, code: str, about: Any, what: str = "") -> None:
    """Ask another to look, in the transaction of the act itself: an earlier end, or fewer items, is one person's act.

    A consent that was withdrawn is the giver's word: the page is gone, and no reason is asked.
    """
    if code != CONSENT_SHRANK or not isinstance(about, Consent) or about.withdrawn_at is not None:
        return
    now = timezone.now()
    of_case = MaterialCase.objects.filter(material=OuterRef("dispatch__material"), case=case)
    standing = PublicPage.objects.filter(Exists(of_case), taken_down_at=None)
    standing = standing.filter(Q(ends_at=None) | Q(ends_at__gt=now - LONGEST))
    asked = (
        PageShortening.objects.unseen().filter(page__in=standing, shortened_by=actor).values_list("page_id", flat=True)
    )
    PageShortening.objects.bulk_create(
        [
            PageShortening(page=page, shortened_by=actor, shortened_at=now, review_due_at=now + LOOKED_AT_WITHIN)
            for page in standing.exclude(pk__in=list(asked))
        ]
    )


@third_persons.prints
def our_words() -> Iterator[str]:
    """Yield what our papers print by themselves in other languages: where nothing else stands, nobody is named."""
    for row in fixed_words().values():
        yield from (form for code in NAMES for form in row[code].split(OF_A_NUMBER))
    for code in NAMES:
        with translation.override(code):
            yield from map(
                str, (*MONTHS.values(), *MONTHS_ALT.values(), *(country.name for country in countries().values()))
            )
        yield from (language_name(read, code) for read in READ)  # which answers the office reads


@what_is_out.listen
def standing_pages(reader: User, case: Case, audiences: Collection[str]) -> list[OutThing]:
    """Return the public pages that stand, by kind and day: who keeps consents may not read every text."""
    about = Material.objects.visible_to(reader).filter(cases=case)
    rows = PublicPage.objects.filter(dispatch__material__in=about, taken_down_at=None)
    rows = rows.filter(dispatch__audience__in=audiences).select_related("dispatch__material").order_by("published_at")
    uses = _uses(case, [row.dispatch.material_id for row in rows])
    words = _("%(kind)s of %(day)s")
    return [
        OutThing(
            OutKind.PAGE,
            words % {"kind": row.dispatch.material.get_kind_display(), "day": full_day(row.published_at)},
            row.dispatch.audience,
            frozenset(uses[row.dispatch.material_id, row.dispatch.revision]),
        )
        for row in rows
    ]


@what_is_out.listen
def copies_out(reader: User, case: Case, audiences: Collection[str]) -> list[OutThing]:
    """Return the copies that left, with their number; who holds one is told to who may dispatch, as on its own list."""
    rows = Copy.objects.visible_to(reader).held(case=case).filter(dispatch__audience__in=audiences)
    rows = rows.select_related("dispatch", "material")
    named = set(Material.objects.where(reader, may="dispatch").filter(cases=case).values_list("pk", flat=True))
    uses = _uses(case, [row.material_id for row in rows])
    return [
        OutThing(
            OutKind.COPY,
            _("Copy %(number)s, %(to)s") % {"number": row.number, "to": row.recipient_name}
            if row.material_id in named
            else _("Copy %(number)s, %(kind)s") % {"number": row.number, "kind": row.material.get_kind_display()},
            row.dispatch.audience,
            frozenset(uses[row.material_id, row.revision]),
        )
        for row in rows
    ]


def _uses(case: Case, materials: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, int], set[Use]]:
    """Return what each revision of these materials discloses of one case, in one query."""
    found: dict[tuple[uuid.UUID, int], set[Use]] = defaultdict(set)
    rows = MaterialItem.objects.filter(case=case, material__in=materials)
    for material, revision, item, contact in rows.values_list("material_id", "revision", "item", "contact_id"):
        found[material, revision].add((item, contact))
    return found
