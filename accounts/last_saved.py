"""Who saved a row last, and when: read from the trail, which every verb writes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from audit.models import Entry
from audit.trail import HasKey


@dataclass(frozen=True)
class SavedBy:
    """Who saved a row last, as a page names them, and whether that is who reads the page."""

    name: str
    at: dt.datetime
    is_reader: bool

    @property
    def when(self) -> str:
        """Return the moment in words, on the office's clock."""
        return date_format(timezone.localtime(self.at), pgettext("an instant, as Django's date filter", "j F Y, H:i"))


def last_saved(case: HasKey | None, rows: Iterable[Model], *, reader: HasKey) -> SavedBy | None:
    """Return who changed one of these rows last, in two queries; None where the trail does not tell.

    The caller has checked that the reader may see the rows.
    """
    changes = Entry.objects.done().changes_of(rows).filter(case_id=None if case is None else case.pk)
    last = changes.order_by("-sequence").defer("detail", "office_detail").first()
    person = User.objects.filter(pk=last.actor_id or 0).first() if last else None
    return SavedBy(str(person), last.at, person.pk == reader.pk) if last and person else None


def saved_meanwhile_words(saved: SavedBy | None) -> str:
    """Return the sentence that begins every comparison: who saved first, and when."""
    if saved is None:
        return _("Somebody saved this while you were writing")
    words = {"name": saved.name, "when": saved.when}
    if saved.is_reader:
        return _("You saved this yourself on %(when)s, in another window") % words
    return _("%(name)s saved this on %(when)s, while you were writing") % words
