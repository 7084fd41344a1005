"""Who is in the directory already, for whoever is about to write them a second time. Whoever writes there may read it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms.doubles import Double
from directory.models import Actor, Recipient
from directory.search import found
from sealing.folding import fold

MOST = 20


def double_of_recipient(name: str) -> Double | None:
    """Return a trusted recipient of this name that was not ended; all their names are sealed, and they are few."""
    wanted = fold(name)
    for row in Recipient.objects.filter(ended_at=None).order_by("entered_at"):
        if fold(row.name) == wanted:
            words = _("There is already a trusted recipient of this name.")
            return Double(words, reverse("directory:recipients"), str(row.pk))
    return None


def double_of_entry(name: str, kind: str, parent: Actor | None) -> Double | None:
    """Return an entry in use of this kind and name in the same institution or office, looked for by its search tags."""
    wanted = fold(name)
    rows = found(name).filter(kind=kind, parent=parent, ended_at=None).order_by("entered_at")
    for row in rows[:MOST]:
        if fold(row.name or "") == wanted:
            words = _("There is already an entry of this name in the same place.")
            return Double(words, reverse("directory:entry", args=[row.pk]), str(row.pk))
    return None
