"""The sentences in which a name stands: a ruling on the name is one on these, and on no other.

A sentence ends where nobody can take the end for a shortened word or a quote that goes on: at the end of a line, at a
stop that only ends sentences (। ።), and before a plain word with a capital. Where that is in doubt the sentence is taken
to be longer, so that more is asked again and never less.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from safety.leaks.third_persons import words
from safety.leaks.third_persons.capitals import CASED, SHORTENED
from sealing import folding, keys
from sealing.letters.particles import PARTICLES
from sealing.letters.scripts import script_of

CLOSING = r"\"'”’»›」』》〉）)\]}*_"
END = re.compile(rf"[\n\r]+|[。।॥።۔։](?![{CLOSING}])|[.!?…]+[{CLOSING}]*[^\S\n\r]+")
LAST_WORD = re.compile(r"\w{2,}$")
SIGNS = " °"  # which our papers put behind a line that is ours, wherever it ends
WHOLE_WORD = 3  # letters: what is shorter may be shortened, unless it is a plain word
NEXT_WORD = re.compile(r"([^\W\d_]{2,}|[AI](?= ))(?!\.)")
WEIGHTY = 3


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, each whole or longer."""
    start = 0
    for match in END.finditer(text):
        if match.group()[0] not in ".!?…" or _is_end(text, match):
            yield text[start : match.end()]
            start = match.end()
    yield text[start:]


def surroundings(name: str, parts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return every sentence in which a word of the name stands, with its part; the whole text where none is found."""
    found = [
        (part, " ".join(sentence.split()).rstrip(SIGNS))
        for part, text in parts.items()
        for sentence in sentences(text)
        if _stands(name, sentence)
    ]
    return found or list(parts.items())


def surroundings_mac(material: Any, case_id: uuid.UUID, name: str, parts: Mapping[str, str]) -> bytes:
    """Return the MAC of a name, the sentences in which it stands, and who reads them in which language."""
    around = [piece for sentence in surroundings(name, parts) for piece in sentence]
    read_as = [str(material.pk), material.audience, material.language, str(case_id)]
    return keys.gate_mac(["safety.leakfinding.surroundings", *read_as, name, *around])


def _is_end(text: str, match: re.Match[str]) -> bool:
    after = NEXT_WORD.match(text, match.end())
    if after is None or not after.group(1)[0].isupper() or words.folded(after.group(1)) not in words.plain_words():
        return False
    return match.group()[0] != "." or _is_whole(LAST_WORD.search(text[: match.start()]))


def _is_whole(word: re.Match[str] | None) -> bool:
    """Whether what stands before a stop is no shortened word, such as a rank."""
    if word is None:
        return False
    token = words.folded(word.group())
    if token in words.TITLES or token in SHORTENED:
        return False
    return len(word.group()) >= WHOLE_WORD or token in words.plain_words()


def _stands(name: str, sentence: str) -> bool:
    own = {token for token, _start, _end in folding.tokens(name)}
    weighty = {token for token in own if token not in PARTICLES and not _is_initial(token)}
    there = {token for token, _start, _end in folding.tokens(sentence)}
    together = folding.squash(sentence)
    return any(token in there or (len(token) >= WEIGHTY and token in together) for token in weighty or own)


def _is_initial(token: str) -> bool:
    """Whether this is one letter of a script with capitals; of Han letters each is a word."""
    return len(token) == 1 and script_of(token) in CASED
