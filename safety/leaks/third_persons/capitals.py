"""Names in scripts with capitals: runs of words with capitals that are no body, State or day, and not just a first word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from safety.leaks.third_persons import words
from sealing.letters.particles import PARTICLES
from sealing.letters.scripts import script_of
from sealing.matching import lexicon

Place = tuple[int, int]

CASED = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"})
WORD = re.compile(
    r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]|['’ʼ‘ʻ`](?=[^\W\d_])|[-\u2010\u2011](?=[^\W\d_])|[^\W\d_])*"
)
LEANING = re.compile(r"^(?:l|d|qu|n|s|j|c|m|t|dell|nell|sull|all|un|lorsqu|puisqu)['’](?=[^\W\d_])")
POSSESSIVE = re.compile(r"['’ʼ]s?$")
HANDLE = re.compile(r"(?<![\w.])@\w{3,}")
JOINING = PARTICLES - set(
    ["of", "the", "and", "y", "e", "i", "d", "n", "at", "as", "an", "ad", "bat", "bar", "ul", "st", "o"]
) | {"le", "las", "los", "san", "santa"}
_JOINED = "|".join(sorted(map(re.escape, JOINING), key=len, reverse=True))
GAP = re.compile(rf"[ \u00a0\u202f]+(?:(?:{_JOINED})[ \u00a0\u202f]+)*(?:(?:d|l|dell)['’])?", re.IGNORECASE)
OWNED = re.compile(r"^['’ʼ]s?(?= )")
AFTER_INITIAL = re.compile(r"\.[ \u00a0\u202f]?|\.-")
OPENING = "\"'“”„‟«‹‘‚([{<*_"
BULLET = re.compile(r"(?:^|\n)[\s\-–—•·*#>]*(?:\(?(?:\d{1,3}|[a-zа-я])[.)]\s*)?[\s\-–—•·*]*$")
ENDS = frozenset(".!?…:։;·।|\n\r¿¡")
SHORTENED = frozenset(
    [
        "no",
        "art",
        "arts",
        "p",
        "pp",
        "st",
        "vs",
        "cf",
        "ca",
        "approx",
        "para",
        "paras",
        "sec",
        "fig",
        "vol",
        "ed",
        "eds",
        "núm",
        "num",
        "artículo",
        "ст",
        "п",
        "г",
        "т",
        "д",
    ]
)
QUOTED = re.compile(r"[“„«‹\"‟‘‚]\s*([^“”„«»‹›\"‘\n]{2,40}?)\s*[”“»›\"’]")
ROMAN = re.compile(r"[IVXLC]+$")
LONG_ACRONYM = 6
SHORT_WORD = 4
MOST_QUOTED = 3
LEAST_SHARE = 0.12
ASIDE = re.compile(r", (?:an?|who|whose|\d{1,2}|de \d{1,2}|\d{1,2} ans|qui|quien)\b")
LOOK_BACK = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)['’]?\s*$")
ADJECTIVE = re.compile("(?:ск|н)(?:ый|ий|ой|ого|его|ому|ему|ым|им|ом|ем|ая|ую|ое|ые|ых|ыми)$")
WEIGHTY = 2
FAR = 30  # how far a word before is looked for


@dataclass(frozen=True)
class Word:
    """One word with a capital: as written, folded, where it stands, and whether a sentence begins with it."""

    raw: str
    token: str
    start: int
    end: int
    is_first: bool
    is_known: bool  # accounted for: the prisoner, an addressee, an opened place

    @property
    def is_shouted(self) -> bool:
        """Whether it is written in capitals throughout, as acronyms are."""
        return len(self.raw) > 1 and self.raw.isupper()

    @property
    def is_title(self) -> bool:
        """Whether it says what the next word's bearer is."""
        return self.token in words.TITLES or self.token in words.ROLES

    @cached_property
    def is_no_name(self) -> bool:
        """Whether the word by itself names nobody."""
        pieces = [words.folded(piece) for piece in re.split("[-\u2010\u2011]", self.raw) if piece]
        return (
            len(self.token) < WEIGHTY
            or bool(ROMAN.match(self.raw))
            or all(_is_common(piece) for piece in [self.token] if piece)
            or (len(pieces) > 1 and all(_is_common(piece) for piece in pieces))
        )


def _is_common(token: str) -> bool:
    return token in words.ROLES or token in words.plain_words() or words.names_nobody(token) or words.is_body(token)


class Prose:
    """One part of a text, its capitals and what stands around them."""

    def __init__(self, text: str, known: list[Place]) -> None:
        self.text = text
        self.known = known
        self.small = {words.folded(raw) for raw in (match.group() for match in WORD.finditer(text)) if raw.islower()}
        self.quotes = [match.span(1) for match in QUOTED.finditer(text)]
        self.capitalises_nouns = self._is_german()

    def _is_german(self) -> bool:
        """Whether nouns have capitals here, so that one word with a capital says nothing."""
        found = [words.folded(match.group()) for match in WORD.finditer(self.text)]
        german = {token for token in found if token in words.GERMAN}
        return len(german) >= 2 and sum(token in words.GERMAN for token in found) >= LEAST_SHARE * len(found)

    def names(self) -> Iterator[Place]:
        """Yield each run of words with capitals that could name somebody."""
        is_office = False
        before: list[Word] = []
        for run in self._runs():
            is_office = self._is_office(run, before, is_office)
            yield from self._of_a_run(run, is_office)
            before = run
        for match in HANDLE.finditer(self.text):
            if not self._is_known(*match.span()):
                yield match.span()

    def _capitals(self) -> Iterator[Word]:
        for match in WORD.finditer(self.text):
            start, raw = match.start(), match.group()
            if leaning := LEANING.match(raw):
                start, raw = start + leaning.end(), raw[leaning.end() :]
            first, _hyphen, rest = raw.partition("-")
            if rest and first.islower():
                if words.folded(first) not in PARTICLES:
                    start, raw = start + len(first) + 1, rest
            elif (
                rest
                and rest.islower()
                and len(rest) > SHORT_WORD
                and rest in {"based", "style", "backed", "born", "speaking"}
            ):
                raw = first
            raw = POSSESSIVE.sub("", raw)
            if self._has_capital(raw):
                end = start + len(raw)
                yield Word(raw, words.folded(raw), start, end, self._begins(start), self._is_known(start, end))

    def _has_capital(self, raw: str) -> bool:
        if script_of(raw[0]) not in CASED:
            return False
        return raw[0].isupper() or any(piece[:1].isupper() for piece in re.split("[-\u2010\u2011]", raw)[1:])

    def _is_known(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self.known)

    def _begins(self, start: int) -> bool:
        """Whether a sentence, a line or a heading begins with the word that stands here."""
        before = self.text[max(0, start - 200) : start]
        quoted = next((span for span in self.quotes if span[0] <= start < span[1]), None)
        if quoted and not self.text[quoted[0] : start].strip():
            inside = self.text[slice(*quoted)].split()
            if len(inside) > MOST_QUOTED or not all(piece[:1].isupper() or piece in JOINING for piece in inside):
                return True
        bare = before.rstrip(" \t\u00a0\u202f").rstrip(OPENING + " \t\u00a0—–-")
        if not bare or bare[-1] in "\n\r" or BULLET.search(before[-60:]):
            return True
        if bare[-1] not in ENDS:
            return False
        return not (bare[-1] == "." and self._is_shortened(bare[:-1]))

    def _is_shortened(self, before: str) -> bool:
        match = LOOK_BACK.search(before[-FAR:])
        word = match.group(1) if match else ""
        token = words.folded(word)
        return len(word) == 1 or token in SHORTENED or (token in words.TITLES and len(word) <= SHORT_WORD)

    def _runs(self) -> Iterator[list[Word]]:
        run: list[Word] = []
        for word in self._capitals():
            if run and not self._is_joined(run[-1], word):
                yield run
                run = []
            run.append(word)
        if run:
            yield run

    def _is_joined(self, one: Word, other: Word) -> bool:
        gap = self.text[one.end : other.start]
        if GAP.fullmatch(gap) or (one.is_no_name and GAP.fullmatch(OWNED.sub("", gap))):
            return True
        is_dotted = len(one.raw) == 1 or (one.token in words.TITLES and len(one.raw) <= SHORT_WORD)
        return is_dotted and bool(AFTER_INITIAL.fullmatch(gap))

    def _is_office(self, run: list[Word], before: list[Word], was_office: bool) -> bool:
        """Whether the run continues a body or an office: the Ministry *of Justice*, the Rapporteur *on Torture*."""
        if before and not (self.text[before[-1].end : run[0].start].strip(" \u00a0'’")):
            return False
        gap = self._small_before(run[0].start)
        if not gap:
            return False
        head = self._before_connectors(run[0].start)
        if before and head == before[-1].end:
            is_head = any(words.is_body(w.token) or w.token in words.ROLES for w in before)
            return is_head or was_office
        match = LOOK_BACK.search(self.text[max(0, head - FAR) : head])
        return match is not None and words.folded(match.group(1)) in words.LOWER_HEADS

    def _small_before(self, start: int) -> str:
        match = LOOK_BACK.search(self.text[max(0, start - FAR) : start])
        return match.group(1) if match and match.group(1).split("’")[-1].casefold() in words.CONNECTORS else ""

    def _before_connectors(self, start: int) -> int:
        """Return where the word before the connecting words (of the, de la) ends."""
        at = start
        while True:
            text = self.text[max(0, at - FAR) : at]
            match = LOOK_BACK.search(text)
            if not match or match.group(1).casefold() not in words.CONNECTORS or "\n" in text[match.end(1) :]:
                return at - len(text) + len(text.rstrip())
            at = at - len(text) + match.start(1)

    def _of_a_run(self, run: list[Word], is_office: bool) -> Iterator[Place]:
        """Yield the names in one run: titles part it, and what holds a body is none."""
        segment: list[Word] = []
        title: Word | None = None
        for word in [*run, None]:
            if word is not None and not (word.is_title and not self._is_given(word, run)):
                segment.append(word)
                continue
            segment = self._trimmed(segment)
            if segment and not (is_office and title is None) and self._is_name(segment, title):
                yield (title or segment[0]).start, segment[-1].end
            segment, title = [], word

    @staticmethod
    def _is_given(word: Word, run: list[Word]) -> bool:
        """Whether a title is here part of a name, as Nang and Khun may be: it stands behind another word."""
        return word.token in lexicon.ALSO_NAMES and word is not run[0]

    def _is_name(self, segment: list[Word], title: Word | None) -> bool:
        if any(words.is_body(word.token) and not word.is_known for word in segment) or self._heads_a_body(segment):
            return False
        strong = [word for word in segment if not (word.is_known or word.is_first or word.is_no_name)]
        if all(word.is_shouted for word in segment):
            weighty = [word for word in strong if len(word.raw) > 2 and word.token not in self.small]
            return any(len(word.raw) >= LONG_ACRONYM for word in weighty) or len(weighty) > 1
        if len(segment) == 1 and title is None:
            return self._is_lone_name(segment[0], strong)
        if strong and not (self.capitalises_nouns and len(segment) == 1 and title is None):
            return True
        return self._is_first_name(segment, title)

    def _is_lone_name(self, word: Word, strong: list[Word]) -> bool:
        """Whether one word alone names somebody: not a place after *in*, not what has an article, no noun in German."""
        if word.is_known or word.is_no_name or self.capitalises_nouns:
            return False
        if word.is_first:
            return self._does_something(word)
        match = LOOK_BACK.search(self.text[max(0, word.start - FAR) : word.start])
        before = words.folded(match.group(1)) if match else ""
        is_owner = self.text[word.end : word.end + 2] in {"'s", "’s"}
        if before in words.LOCATIVES and not is_owner:
            return False
        is_quoted = any(a <= word.start and word.end == b and len(self.text[a:b].split()) <= 2 for a, b in self.quotes)
        return bool(strong) and (is_quoted or before not in words.ARTICLES)

    def _does_something(self, word: Word) -> bool:
        """Whether the word that begins a sentence is somebody who owns or does something."""
        if word.token in self.small or words.NOUN_ENDING.search(word.raw.casefold()) or word.is_shouted:
            return False
        after = self.text[word.end : word.end + 30]
        if after[:2] in {"'s", "’s"} or ASIDE.match(after):
            return True
        match = re.match(r"[ \u00a0]([^\W\d_]+)", after)
        return match is not None and words.folded(match.group(1)) in words.DOES

    def _is_first_name(self, segment: list[Word], title: Word | None) -> bool:
        """Whether a first word stands before a family name that is known, as a relative's given name does."""
        first = segment[0]
        if not first.is_first or first.is_known or first.is_no_name or first.token in self.small:
            return False
        return title is not None or (len(segment) == WEIGHTY and segment[1].is_known)

    def _heads_a_body(self, segment: list[Word]) -> bool:
        """Whether small letters finish what the run begins: Верховный суд, Croix-Rouge internationale."""
        after = re.match(r"(?:[ \u00a0][^\W\d_]+){1,2}", self.text[segment[-1].end :])
        if not after or not ADJECTIVE.search(segment[-1].raw.casefold()):
            return False
        one, *two = after.group().split()
        is_two = bool(two) and bool(ADJECTIVE.search(one.casefold())) and words.is_body(words.folded(two[0]))
        return words.is_body(words.folded(one)) or is_two

    def _trimmed(self, segment: list[Word]) -> list[Word]:
        """Return the run without the plain words that it begins with; an initial is part of the name."""
        kept = list(segment)
        while len(kept) > 1 and kept[0].is_no_name and not self._belongs(kept[0]):
            kept = kept[1:]
        return kept

    def _belongs(self, word: Word) -> bool:
        """Whether a word that names nobody belongs to the run that it begins: a body, an initial, a particle."""
        is_initial = self.text[word.end : word.end + 1] == "."
        is_particle = word.token in PARTICLES and not word.is_first
        return is_initial or is_particle or words.is_body(word.token)
