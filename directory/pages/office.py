"""What the page about how the office signs shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.forms.office import OfficeIdentityForm
from directory.models import OfficeContact, OfficeIdentity, OfficeLogo
from sealing.letters.languages import OF_PAPERS, language_name


@dataclass(frozen=True)
class ContactLine:
    """A person whom readers may answer (directory/office/identity.html)."""

    contact: OfficeContact
    state: str
    may_sign: bool
    is_ended: bool
    languages: str
    """In which papers name them, in words."""


@dataclass(frozen=True)
class OfficePage:
    """Letterhead, contacts, and since when it is so (directory/office/identity.html)."""

    form: OfficeIdentityForm
    current: OfficeIdentity | None
    logo: OfficeLogo | None
    contacts: Sequence[ContactLine]
    nobody_signs: bool


def office_page(form: OfficeIdentityForm) -> OfficePage:
    """Return how the office signs now, and every contact, those who ended last."""
    rows = OfficeContact.objects.select_related("entered_by").order_by("-is_default", "entered_at")
    lines = sorted((_line(row) for row in rows), key=lambda line: line.is_ended)
    return OfficePage(
        form, OfficeIdentity.at(), OfficeLogo.at(), lines, nobody_signs=OfficeContact.objects.signing() is None
    )


def _line(row: OfficeContact) -> ContactLine:
    said = ", ".join(language_name(code) for code in OF_PAPERS if row.words_in(code))
    if row.ended_at:
        return ContactLine(row, _("Ended"), may_sign=False, is_ended=True, languages=said)
    state = _("Signs where nobody else is named") if row.is_default else _("May be named")
    return ContactLine(row, state, may_sign=not row.is_default, is_ended=False, languages=said)
