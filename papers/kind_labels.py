"""What each kind of material is called. `papers.kinds.registry` tells it, so that a kind stands in one file."""

from django.utils.functional import Promise

_labels: dict[str, str | Promise] = {}


def tell(code: str, label: str | Promise) -> None:
    """Note what the kind of this code is called."""
    _labels[code] = label


def kind_choices() -> list[tuple[str, str | Promise]]:
    """Return every kind with what it is called, as choices of a column."""
    return list(_labels.items())


def label_of(code: str) -> str:
    """Return what a kind is called, in the reader's language; an unknown code raises KeyError."""
    return str(_labels[code])
