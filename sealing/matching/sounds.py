"""How a name sounds, roughly: its consonants, so that Yousef and Yusuf, Harrany and Harrani, Verbilow and Verbilov agree."""

import re
import unicodedata
from functools import lru_cache

CYRILLIC = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "i", "є": "e",
    "ґ": "g", "ў": "v", "қ": "k", "ғ": "g", "ң": "n", "ө": "o", "ү": "u", "ұ": "u", "һ": "h", "ә": "a",
})  # fmt: skip
GREEK = str.maketrans({
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m",
    "ν": "n", "ξ": "ks", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "h", "ψ": "ps",
    "ω": "o",
})  # fmt: skip
LATIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "s", "æ": "e", "œ": "e", "þ": "t"})
# Letters and rows of letters that are mixed up, longer ones first; vowels are nothing, and an h inside a word is none.
HEARD = {
    **dict.fromkeys(["tch", "sch", "sh", "ch", "cz", "zh", "ce", "ci", "cy", "z"], "s"),
    **dict.fromkeys(["kh", "gh"], "h"),
    **dict.fromkeys(["dzh", "dj", "j"], "g"),
    **dict.fromkeys(["q", "c"], "k"),
    **dict.fromkeys("aeiouy", ""),
    **{"ph": "f", "dh": "d", "th": "t", "x": "ks", "w": "v"},
}
MIXED_UP = re.compile("|".join(sorted(HEARD, key=len, reverse=True)) + "|[^a-z]")
DOUBLED = re.compile(r"(.)\1+")
ALONE = 5  # so many consonants are a name by themselves; fewer need a second part that agrees
TOGETHER = 5
LEAST = 2


@lru_cache(maxsize=50_000)
def consonants(word: str) -> str:
    """Return the consonants of a word in Latin, Cyrillic or Greek letters, those that are mixed up made one."""
    plain = word.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFD", plain.translate(CYRILLIC)).translate(GREEK).translate(LATIN)
    return DOUBLED.sub(r"\1", MIXED_UP.sub(lambda match: HEARD.get(match.group(), ""), plain))
