"""One packet and one language: each original beside its translation, who translated and signed, and names without a form."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from casework.access import rights_on
from casework.actions.translations import MAY_TRANSLATE, field_of
from casework.evidence.naming import NAMED_BY_ITS_WORDS
from casework.evidence.publishability import band
from casework.models import Case, Claim, Contact, Name, Translation
from casework.translating.originals import Original
from materials.forms.translations import SignTranslationsForm, TranslationForm
from sealing.letters.languages import direction_of_language, language_name, script_of_language
from sealing.letters.scripts import in_words, letters_by_script

ALWAYS_ATTRIBUTED = frozenset({Claim.Status.SINGLE, Claim.Status.DENIED})
Stored = Mapping[tuple[str, uuid.UUID], Translation]


@dataclass(frozen=True)
class Pair:
    """One original and its translation, with the state of it (materials/translation/_pair.html)."""

    id: str
    label: str
    original: str
    before: str
    """What the original said when it was translated, where it says something else now."""
    text: str
    field: BoundField | None
    hidden: Sequence[BoundField]
    right: BoundField | None
    state: str
    mark: str
    tone: str
    who: str
    fault: str = ""


@dataclass(frozen=True)
class ToSign:
    """A translation that waits for a reader: its tick, the original and the translation."""

    value: str
    is_ticked: bool
    label: str
    original: str
    text: str
    who: str


@dataclass(frozen=True)
class MissingName:
    """Names without a form in the script of the readers, and where one is written."""

    said: str
    url: str
    label: str


@dataclass(frozen=True)
class TranslationPage:
    """The lines of one language (materials/translation/translation.html)."""

    case: Case
    language: str
    name: str
    own_name: str
    direction: str
    own_direction: str
    form: TranslationForm | SignTranslationsForm
    pairs: list[Pair]
    to_sign: list[ToSign]
    own_unsigned: int
    may_translate: bool
    does_read: bool
    names: list[MissingName]
    script: str
    done: int
    tab: str = "packet"


def signable(stored: Stored, originals: Sequence[Original], viewer: User) -> list[Translation]:
    """Return what waits for a signature and may be signed by this reader: current, and translated by somebody else."""
    rows = (stored.get(one.key) for one in originals if one.key in stored and stored[one.key].is_of(one.words))
    return [row for row in rows if row and row.signed_by_id is None and row.translated_by_id != viewer.pk]


def translation_page(
    case: Case,
    language: str,
    viewer: User,
    originals: Sequence[Original],
    stored: Stored,
    form: TranslationForm,
    sign_form: SignTranslationsForm,
) -> TranslationPage:
    """Return the page for this reader; what they may not change stands as text."""
    rights = rights_on(viewer, case)
    may_translate = bool(rights & set(MAY_TRANSLATE))
    pairs = [_pair(one, stored, form, originals, is_open=may_translate) for one in originals]
    current = [stored[one.key] for one in originals if one.key in stored and stored[one.key].is_of(one.words)]
    waiting = signable(stored, originals, viewer)
    does_read = viewer.does_read(language)
    return TranslationPage(
        case=case,
        language=language,
        name=language_name(language),
        own_name=language_name(case.language),
        direction=direction_of_language(language),
        own_direction=direction_of_language(case.language),
        form=sign_form if sign_form.is_bound else form,
        pairs=pairs,
        to_sign=_to_sign(waiting, originals, sign_form) if does_read else [],
        own_unsigned=sum(row.signed_by_id is None and row.translated_by_id == viewer.pk for row in current),
        may_translate=may_translate,
        does_read=does_read,
        names=_names_without_a_form(case, language, rights),
        script=in_words(script_of_language(language)),
        done=sum(row.signed_by_id is not None for row in current),
    )


def _pair(
    original: Original, stored: Stored, form: TranslationForm, originals: Sequence[Original], *, is_open: bool
) -> Pair:
    name, row = field_of(*original.key), stored.get(original.key)
    is_current = row is not None and row.is_of(original.words)
    state, mark, tone = _state(row, is_current=is_current)
    right = f"right-{name}"
    return Pair(
        id=name,
        label=original.label,
        original=original.words,
        before=(row.original or "") if row and not is_current else "",
        text=(row.text or "") if row else "",
        field=form[name] if is_open else None,
        hidden=form.shown_hidden(name) if is_open else [],
        right=form[right] if is_open and right in form.fields else None,
        state=state,
        mark=mark,
        tone=tone,
        who=_who(row),
        fault=_attribution_missing(original, stored, originals) if is_current else "",
    )


def _state(row: Translation | None, *, is_current: bool) -> tuple[str, str, str]:
    if row is None:
        return _("Not translated"), "ring-empty", "care"
    if not is_current:
        return _("The original changed"), "ring-slash", "stop"
    if row.signed_by_id is None:
        return _("Not signed"), "ring-half", ""
    return _("Signed"), "ring-full", "good"


def _who(row: Translation | None) -> str:
    if row is None:
        return ""
    translator = str(row.translated_by)
    if row.translated_elsewhere:
        brought_in = _("%(elsewhere)s elsewhere, brought in by %(person)s")
        translator = brought_in % {"elsewhere": row.translated_elsewhere, "person": translator}
    words: dict[str, Any] = {"translator": translator, "day": _day(row.translated_at)}
    if row.signed_by is None:
        return _("%(translator)s, %(day)s") % words
    words |= {"reader": row.signed_by, "read": _day(row.signed_at)}
    return _("%(translator)s, %(day)s; read and signed by %(reader)s, %(read)s") % words


def _day(at: Any) -> str:
    return date_format(localtime(at), "j F Y")


def _attribution_missing(original: Original, stored: Stored, originals: Sequence[Original]) -> str:
    """Return that a claim prints only with its attribution, and nobody has translated what its source is called."""
    claim = original.row
    if not isinstance(claim, Claim) or not (band(claim) == "PB_ATTR" or claim.status in ALWAYS_ATTRIBUTED):
        return ""
    words = {one.row.pk: one for one in originals if one.what == "source.attribution"}
    carrying = [row.source for row in claim.citations.all() if row.removed_at is None and row.kind == "supports"]
    for source in carrying:
        said = words.get(source.pk)
        if source.secrecy in NAMED_BY_ITS_WORDS and said:
            row = stored.get(said.key)
            if row is None or not row.is_of(said.words):
                return _("The words “%(words)s” are not translated. The claim prints only with them.") % {
                    "words": said.words
                }
    return ""


def _to_sign(waiting: list[Translation], originals: Sequence[Original], form: SignTranslationsForm) -> list[ToSign]:
    known = {one.key: one for one in originals}
    ticked = set(form.data.getlist("rows")) if form.is_bound else set()  # type: ignore[attr-defined]
    return [
        ToSign(
            value=f"{row.pk}:{row.version}",
            is_ticked=f"{row.pk}:{row.version}" in ticked,
            label=known[row.what, row.row_id].label,
            original=known[row.what, row.row_id].words,
            text=row.text or "",
            who=_who(row),
        )
        for row in waiting
    ]


def _names_without_a_form(case: Case, language: str, rights: frozenset[str]) -> list[MissingName]:
    """Return whose names nobody has written in the script of the readers: the leak scan cannot look for those there.

    Names are not shown here: they stand on the pages that note who looked.
    """
    if "view_identity" not in rights:
        return []
    script = script_of_language(language)
    found = []
    names = [row.value or "" for row in Name.objects.present().filter(case=case)]
    if not _is_written(names, script):
        url = reverse("casework:change_identity", args=[case.reference])
        found.append(MissingName(_("The person has no name in these letters."), url, _("Write the name")))
    rows = Contact.objects.present().filter(case=case)
    lacking = sum(
        not _is_written([row.name or "", row.other_names or ""], script)
        and script not in (row.formless_in or "").split()
        for row in rows
    )
    if lacking:
        said = ngettext(
            "%(n)s person around has no name in these letters.",
            "%(n)s people around have no name in these letters.",
            lacking,
        )
        url = reverse("casework:contacts", args=[case.reference])
        found.append(MissingName(said % {"n": lacking}, url, _("Open the people around")))
    return found


def _is_written(names: list[str], script: str) -> bool:
    return any(script in letters_by_script(name) for name in names)
