"""How the office signs: letterhead, contacts and who of them signs. By an administrator of the office, into the trail."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from accounts.names import why_unreadable
from accounts.refusals import refuse_if
from accounts.roles import OfficeRole, holds
from audit.trail import record
from directory.models import OfficeContact, OfficeContactWords, OfficeIdentity
from sealing.letters.languages import OF_PAPERS, READ

ONLY_ADMINISTRATORS = _lazy("Only administrators of the office say how it signs.")
HAS_ENDED = _lazy("This contact has ended. Name them again to use them.")


def may_manage(user: User) -> bool:
    """Say whether this person may say how the office signs."""
    return holds(user, OfficeRole.ADMINISTRATOR)


@transaction.atomic
def change_identity(*, actor: User, name: str, address: str, reads: Collection[str], place: str = "") -> OfficeIdentity:
    """Change the letterhead and the languages that are read; what left before keeps the one it left with.

    Refused to everybody but administrators, without name or address, and for a language that is not on the list.
    """
    refuse_if((not may_manage(actor), ONLY_ADMINISTRATORS))
    faults: dict[str, str] = {}
    if not name.strip():
        faults["name"] = _("Write the name of the organisation.")
    if not address.strip():
        faults["address"] = _("Write the address to which an answer can be posted.")
    if set(reads) - set(READ):
        faults["reads"] = _("This language is not on the list.")
    if faults:
        raise ValidationError(faults)
    told = {"name": name.strip(), "address": address.strip(), "place": place.strip()}
    row = OfficeIdentity(**told, made_by=actor)
    row.reads = ",".join(code for code in READ if code in reads)
    row.save(force_insert=True)
    record(actor=actor, verb="directory.office.changed", about=row, **told, reads=row.reads)
    return row


@transaction.atomic
def enter_contact(
    *, actor: User, name: str, role: str, channel: str, is_default: bool, language: str = OF_PAPERS[0]
) -> OfficeContact:
    """Name a person whom readers may answer; the first one signs, and so does one who is said to.

    Refused to everybody but administrators, without a name, what they are or a channel, and for a name nobody can read.
    """
    refuse_if((not may_manage(actor), ONLY_ADMINISTRATORS))
    said = _said(name, role, channel, language)
    row = OfficeContact(**said, language=language, entered_by=actor)
    row.save(force_insert=True)
    record(actor=actor, verb="directory.contact.entered", about=row, **said)
    if is_default or OfficeContact.objects.signing() is None:
        _let_sign(actor, row)
    return row


@transaction.atomic
def say_in_language(
    *, actor: User, contact: OfficeContact, language: str, name: str, role: str, channel: str
) -> OfficeContactWords:
    """Say what a contact is called in another language; what left before keeps the words it left with.

    Refused to everybody but administrators, for a contact who ended, in the language in which they were named, and as
    `enter_contact` refuses.
    """
    row = _managed(actor, contact)
    if row.ended_at:
        raise ValidationError(HAS_ENDED)
    if language == row.language:
        raise ValidationError({"language": _("The contact was named in this language. Choose another.")})
    said = _said(name, role, channel, language)
    words = OfficeContactWords(contact=row, language=language, **said, entered_by=actor)
    words.save(force_insert=True)
    record(actor=actor, verb="directory.contact.translated", about=row, language=language, **said)
    return words


@transaction.atomic
def let_sign(*, actor: User, contact: OfficeContact) -> OfficeContact:
    """Let a contact sign where a paper names nobody else; who signed before no longer does. Refused for one who ended."""
    row = _managed(actor, contact)
    if row.ended_at:
        raise ValidationError(HAS_ENDED)
    return row if row.is_default else _let_sign(actor, row)


@transaction.atomic
def end_contact(*, actor: User, contact: OfficeContact) -> OfficeContact:
    """End a contact at once. A paper that names them alone is not sent to review any more; what left keeps their name."""
    row = _managed(actor, contact)
    if row.ended_at is None:
        row.ended_at, row.is_default = timezone.now(), False
        row.save(update_fields=["ended_at", "is_default"])
        record(actor=actor, verb="directory.contact.ended", about=row)
    return row


def _said(name: str, role: str, channel: str, language: str) -> dict[str, str]:
    """Return the words of a contact. Raises ValidationError where one lacks, for a strange name, or a strange language."""
    said = {"name": name.strip(), "role": role.strip(), "channel": channel.strip()}
    faults = {field: _("Write this: a reader must know whom to answer, and how.") for field in said if not said[field]}
    if said["name"] and (unreadable := why_unreadable(said["name"])):
        faults["name"] = unreadable
    if language not in OF_PAPERS:
        faults["language"] = _("This language is not on the list.")
    if faults:
        raise ValidationError(faults)
    return said


def _let_sign(actor: User, row: OfficeContact) -> OfficeContact:
    for other in OfficeContact.objects.select_for_update().filter(is_default=True):
        other.is_default = False
        other.save(update_fields=["is_default"])
    row.is_default = True
    row.save(update_fields=["is_default"])
    record(actor=actor, verb="directory.contact.signs", about=row)
    return row


def _managed(actor: User, contact: OfficeContact) -> OfficeContact:
    refuse_if((not may_manage(actor), ONLY_ADMINISTRATORS))
    return OfficeContact.objects.select_for_update().get(pk=contact.pk)
