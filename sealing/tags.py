"""The blind index: short MACs that say whether two folded values are equal, and nothing else."""

from sealing import folding, keys

TAG_BYTES = 12
NAME = "name"


def tag(purpose: str, value: str) -> bytes:
    """Return the tag of a value for one purpose; the same value has unrelated tags for two purposes."""
    words = " ".join(token for token, _start, _end in folding.tokens(value)) or folding.fold(value)
    return keys.index_mac(purpose.encode() + b"\0" + words.encode())[:TAG_BYTES]


def name_tags(value: str) -> list[bytes]:
    """Return the tags of a whole name and of each part longer than one character; look them up by tag("name", ...)."""
    parts = [token for token, _start, _end in folding.tokens(value)]
    whole = " ".join(parts)
    wanted = [whole, *(part for part in parts if len(part) > 1)]
    return [tag(NAME, text) for text in dict.fromkeys(wanted) if text]
