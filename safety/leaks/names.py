"""How a protected name stands in running text: its parts, with other endings, behind leaning words, spelled out."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sealing import folding

PART_LETTERS = 3
SPELLED_LETTERS = 3
WHOLE_LETTERS = 5
LONGEST_ENDING = 3
STEM_LETTERS = {"cyrillic": 4, "latin": 5, "other": 3}
# Parts of two letters that are no name by themselves; all others count where they begin with a capital.
PARTICLES = frozenset(
    [
        "al",
        "el",
        "as",
        "ad",
        "ar",
        "az",
        "an",
        "at",
        "de",
        "la",
        "le",
        "du",
        "da",
        "di",
        "do",
        "ul",
        "ur",
        "ud",
        "st",
        "ze",
        "of",
    ]
)
# What Arabic and Hebrew write together with the word behind it: and, so, in, for, like, from, that, the.
LEANING = frozenset(
    [
        "و",
        "ف",
        "ب",
        "ل",
        "ك",
        "ال",
        "وال",
        "فال",
        "بال",
        "كال",
        "لل",
        "ولل",
        "ول",
        "وب",
        "فل",
        "فب",
        "وك",
        "ו",
        "ה",
        "ב",
        "ל",
        "כ",
        "מ",
        "ש",
        "וה",
        "וב",
        "ול",
        "שה",
        "מה",
        "כש",
    ]
)

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LEANT = re.compile("[\u0590-\u06ff\u0750-\u077f]")
_CASE_ENDING = re.compile("[аяйьоеиуыюё]$")


@dataclass(frozen=True)
class Forms:
    """The forms of one name, folded: `bears` for single words; whole, spelled out, and rows of short parts for several.

    `parts` are the words of the name, each folded and as it was written.
    """

    parts: tuple[tuple[str, str], ...]
    squashed: str = ""
    spelled: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    words: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    leant: frozenset[str] = frozenset()

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words of the name, folded, in their order."""
        return tuple(token for token, _raw in self.parts)

    def bears(self, token: str, written: str) -> bool:
        """Whether a folded word of a text, written so, is a part of the name in any of its forms."""
        return (
            token in self.words
            or (token in self.short and written[:1].isupper())
            or any(token.startswith(stem) and len(token) <= len(stem) + LONGEST_ENDING for stem in self.stems)
            or any(token.endswith(part) and token[: -len(part)] in LEANING for part in self.leant)
        )

    def without(self, spared: Collection[str]) -> "Forms":
        """Return these forms, less the single words that are spared; the whole name stays looked for."""
        left = _single([part for part in self.parts if part[0] not in spared])
        return replace(self, words=left["words"], short=left["short"], stems=left["stems"], leant=left["leant"])


def forms_of(name: str) -> Forms:
    """Return every form in which this name would be recognised."""
    parts = tuple((token, name[start:end].casefold()) for token, start, end in folding.tokens(name))
    tokens, squashed = tuple(token for token, _raw in parts), folding.squash(name)
    single = _single(parts)
    is_whole = len(squashed) >= WHOLE_LETTERS or not squashed.isascii()
    is_short = len(tokens) > 1 and not single["words"]
    if is_short and len(squashed) > SPELLED_LETTERS:
        single["words"] = frozenset({squashed})
    return Forms(
        parts=parts,
        squashed=squashed if is_whole else "",
        spelled="" if is_whole or len(squashed) < SPELLED_LETTERS else squashed,
        rows=(tokens, tokens[::-1]) if is_short else (),
        **single,
    )


def is_one_family(one: str, other: str) -> bool:
    """Whether two folded family names are one in two endings, as Petrov and Petrova are."""
    short, long = sorted((one, other), key=len)
    return one == other or (
        len(short) >= STEM_LETTERS["cyrillic"] and long.startswith(short) and len(long) <= len(short) + LONGEST_ENDING
    )


def _single(parts: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return what is looked for of each word alone."""
    known = list(parts)
    words = {token for token, _raw in known if len(token) >= PART_LETTERS or not token.isascii()}
    return {
        "words": frozenset(words),
        "short": frozenset({token for token, _raw in known if len(token) == PART_LETTERS - 1} - words - PARTICLES),
        "stems": frozenset(stem for token, raw in known for stem in _stems(token, raw)),
        "leant": frozenset(token for token, raw in known if _LEANT.search(raw) and len(token) >= PART_LETTERS),
    }


def _stems(token: str, raw: str) -> set[str]:
    """Return what the word begins with in every case of its declension; a short word has none, it would meet too many."""
    if _CYRILLIC.search(raw):
        if len(raw) < STEM_LETTERS["cyrillic"]:
            return set()
        return {token[:-1] if _CASE_ENDING.search(raw) else token}
    if _LATIN.search(raw):
        whole = {token} if len(token) >= STEM_LETTERS["latin"] else set()
        return whole | ({token[:-1]} if token[-1] in "aeo" and len(token) > STEM_LETTERS["latin"] else set())
    return {token} if len(token) >= STEM_LETTERS["other"] else set()
