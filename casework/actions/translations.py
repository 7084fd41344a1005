"""Translating what a packet says, and signing a translation as another reader of its language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.last_saved import last_saved, saved_meanwhile_words
from accounts.models import User
from accounts.refusals import refuse_if
from audit.trail import record
from casework.access import NotAllowed, lock, may, require
from casework.actions.versions import claim_version
from casework.models import Case, Translation
from casework.translating.originals import Original, originals_of, translations_of
from sealing.letters.languages import OF_PAPERS, language_name

TRANSLATED = ("text", "original", "translated_by", "translated_at", "translated_elsewhere")
MAY_TRANSLATE = ("change_case", "write_material")
GONE = _lazy("The original of this line was taken out of the packet. Copy what you need, and open the page again.")


@dataclass(frozen=True)
class Line:
    """One translation as it was typed: of which words, from which version, and what the original said to the translator.

    `version` is 0 where there was no translation; `read` is the MAC of the original that was shown, in hexadecimal.
    `is_still_right` says of words that did not change that they still translate the original, which did.
    """

    what: str
    row_id: Any
    text: str
    version: int
    read: str
    is_still_right: bool = False

    @property
    def key(self) -> tuple[str, Any]:
        """Return which words of which row it translates."""
        return self.what, self.row_id


def may_translate(actor: User, case: Case) -> bool:
    """Say whether this person may write translations: whoever writes the packet, or papers about it."""
    return any(may(actor, right, case) for right in MAY_TRANSLATE)


@transaction.atomic
def translate(*, actor: User, case: Case, language: str, lines: Iterable[Line]) -> int:
    """Save these lines together, or none of them; returns how many changed. An emptied line is taken out of papers.

    What changes loses its signature. Refused without the right to change the case or to write materials, in the
    packet's own language or one that no paper has, and with a sentence for each line that somebody else saved
    meanwhile, whose original changed while it was translated, or whose original is gone.
    """
    fresh = lock(case.pk)[0]
    if not may_translate(actor, fresh):
        raise NotAllowed(MAY_TRANSLATE[0], fresh)
    _check_language(fresh, language)
    originals = {one.key: one for one in originals_of(fresh)}
    stored = translations_of(fresh, language)
    faults: dict[str, list[str]] = {}
    changed = 0
    for line in lines:
        before = stored.get(line.key)
        original = originals.get(line.key)
        if not _says_something_new(line, before, original):
            continue
        if original is None or (fault := _fault_of(actor, line, before, original)):
            faults[field_of(line.what, line.row_id)] = [str(GONE) if original is None else fault]
            continue
        _write(actor, fresh, language, line, before, original)
        changed += 1
    if faults:
        raise ValidationError(faults)
    return changed


@transaction.atomic
def sign(*, actor: User, case: Case, language: str, rows: Iterable[tuple[Any, int]]) -> int:
    """Sign translations, each as (key, version) that was read, as a reader of the language. Returns how many are signed now.

    Refused to whoever translated one of them, to whoever does not say of themselves that they read the language, for
    one that changed since it was read, and for one whose original changed.
    """
    fresh = lock(case.pk)[0]
    require(actor, "view_case", fresh)
    name = language_name(language) if language in OF_PAPERS else language
    reads = User.objects.get(pk=actor.pk).does_read(language)
    refuse_if(
        (
            not reads,
            _("You have not said that you read this language: %(language)s. Say so under “My account”.")
            % {"language": name},
        )
    )
    asked = dict(rows)
    found = Translation.objects.select_for_update().present().filter(case=fresh, language=language, pk__in=asked)
    stored = list(found.filter(signed_by=None).order_by("pk"))
    originals = {one.key: one for one in originals_of(fresh)}
    own = [row for row in stored if row.translated_by_id == actor.pk]
    changed = [row for row in stored if row.version != asked[row.pk] or not _is_current(row, originals)]
    refuse_if(
        (bool(own), _("You translated one of these yourself. Another reader of the language signs it.")),
        (bool(changed), _("One of these changed after you opened the page. Read it again.")),
        (not stored, _("Nothing was ticked that waits for a signature.")),
    )
    for row in stored:
        claim_version(row, row.version)
        row.signed_by, row.signed_at = actor, timezone.now()
        row.validate_constraints()
        row.save(update_fields=["signed_by", "signed_at"])
        record(actor=actor, verb="casework.translation.signed", case=fresh, about=row, language=language)
    return len(stored)


def field_of(what: str, row_id: Any) -> str:
    """Return the name of a line in a form."""
    return f"{what.replace('.', '_')}-{row_id}"


def _check_language(case: Case, language: str) -> None:
    if language not in OF_PAPERS or language == case.language:
        raise ValidationError(_("The packet is not translated into this language."))


def _says_something_new(line: Line, before: Translation | None, original: Original | None) -> bool:
    """Say whether a line changes anything: other words, or the word that they are right of an original that changed."""
    if before is None:
        return bool(line.text)
    has_changed = original is not None and not before.is_of(original.words)
    return (before.text or "").strip() != line.text or (line.is_still_right and has_changed)


def _fault_of(actor: User, line: Line, before: Translation | None, original: Original) -> str:
    if original.mac.hex() != line.read:
        return _(
            "The original changed while you wrote. It says now: “%(words)s”. Save again once this line says the same."
        ) % {"words": original.words}
    if (before.version if before else 0) != line.version:
        words = (before.text if before else "") or ""
        saved = last_saved(before.case if before else None, [before] if before else [], reader=actor)
        who = saved_meanwhile_words(saved)
        return _("%(who)s. It says now: “%(words)s”. Save again to put yours in its place.") % {
            "who": who,
            "words": words,
        }
    return ""


def _write(actor: User, case: Case, language: str, line: Line, before: Translation | None, original: Original) -> None:
    """Insert, change or take out one translation; a change takes the signature with it."""
    if before is None:
        row = Translation(case=case, what=line.what, row_id=line.row_id, language=language, created_by=actor)
        _set(row, actor, line, original)
        row.validate_constraints()
        row.save(force_insert=True)
        record(actor=actor, verb="casework.translation.added", case=case, about=row, language=language)
        return
    claim_version(before, line.version)
    was = {"text": before.text}
    before.signed_by, before.signed_at = None, None
    if not line.text:
        before.removed_at, before.removed_by = timezone.now(), actor
        before.save(update_fields=["removed_at", "removed_by", "signed_by", "signed_at"])
        record(actor=actor, verb="casework.translation.removed", case=case, about=before, was=was)
        return
    _set(before, actor, line, original)
    before.validate_constraints()
    before.save(update_fields=[*TRANSLATED, "signed_by", "signed_at"])
    record(actor=actor, verb="casework.translation.changed", case=case, about=before, was=was, now={"text": line.text})


def _set(row: Translation, actor: User, line: Line, original: Original) -> None:
    row.text, row.original = line.text, original.words
    row.translated_by, row.translated_at, row.translated_elsewhere = actor, timezone.now(), None


def _is_current(row: Translation, originals: dict[tuple[str, Any], Original]) -> bool:
    original = originals.get((row.what, row.row_id))
    return original is not None and row.is_of(original.words)
