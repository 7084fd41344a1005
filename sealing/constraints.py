"""Constraints that several models share, under the names that each gives them."""

from collections.abc import Sequence

from django.db import models


def is_known(name: str, **values: Sequence[str]) -> models.CheckConstraint:
    """Return the constraint that one field holds one of these codes: `is_known("wish_is_known", wants=[...])`.

    The codes are written out, because migrations keep them; a test holds them equal to the choices of the field.
    """
    ((field, codes),) = values.items()
    return models.CheckConstraint(name=name, condition=models.Q(**{f"{field}__in": list(codes)}))
