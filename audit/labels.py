"""What each verb of the trail says to a person; every app adds its own with register()."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}
_looks: set[str] = set()


def register_labels(sentences: Mapping[str, str | Promise]) -> None:
    """Give verbs their words. Registering the same verb twice with other words raises: one verb, one meaning."""
    for verb, words in sentences.items():
        if verb in _sentences and str(_sentences[verb]) != str(words):
            raise ValueError(f"the verb {verb} already has other words")
        _sentences[verb] = words


def register_looks(verbs: Iterable[str]) -> None:
    """Say of verbs that whoever did them looked at something or took it along, and changed nothing."""
    _looks.update(verbs)


def looks() -> frozenset[str]:
    """Every verb that only looks."""
    return frozenset(_looks)


def words_of_verb(verb: str) -> str | Promise:
    """The words of a verb; the verb itself where nobody gave it words, so that no entry is ever hidden."""
    return _sentences.get(verb, verb)


def known() -> dict[str, str | Promise]:
    """Every verb that has words."""
    return dict(_sentences)
