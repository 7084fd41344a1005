"""Two people edit one row: the second is told, and nothing either of them typed is lost."""

from typing import Any

from django.db.models import F


class SavedMeanwhile(Exception):
    """Somebody saved the row after it was opened; `row` is what is stored now."""

    def __init__(self, row: Any) -> None:
        self.row = row
        super().__init__(f"{row._meta.label_lower} was saved meanwhile")


def claim_version(row: Any, version: int) -> None:
    """Take the right to write the row as it was when it was opened, inside the caller's transaction.

    Raises SavedMeanwhile with the stored row when its version has moved on.
    """
    rows = type(row)._base_manager.filter(pk=row.pk)
    if not rows.filter(version=version).update(version=F("version") + 1):
        raise SavedMeanwhile(rows.get())
    row.version = version + 1
