"""What leaves: a dispatch of one cleared revision, its numbered copies, and the moment at which each one goes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import require
from casework.models import Case
from directory.models import Channel, Recipient
from materials import disclosures
from materials.actions.materials import locked
from materials.leaving.addressees import refuse_who_does_not_fit
from materials.leaving.frozen_text import line_of, text_of
from materials.leaving.scanning import scans_first
from materials.material_mac import file_parts, text_parts
from materials.models import Copy, Dispatch, Material
from materials.notify import SENDERS, tell
from materials.pages.review_page.findings import field_in_words
from materials.text_as_read import parts_as_read
from papers.formats.names import PaperFormat
from papers.formats.registry import FORMATS
from safety import gate
from safety.leaks import look
from safety.leaks.terms import opened_by_consent
from safety.leaks.twins import cases_beside
from safety.models import Clearance
from safety.verdict import GateClosed, Refusal, Verdict
from sealing import keys
from sealing.letters.scripts import in_words, scripts_in
from work import jobs
from work.models import Job

MAKES_COPY = "make_copy"
Leaves = TypeVar("Leaves", Dispatch, Copy)


@dataclass(frozen=True)
class To:
    """For whom a copy is, the words for it, and its format: an entry of the directory by its channel, or a trusted recipient."""

    name: str
    channel: str = ""
    recipient: Recipient | None = None
    sent_to: Channel | None = None
    format: str = PaperFormat.PDF

    @classmethod
    def through(cls, channel: Channel, *, as_file: str = PaperFormat.PDF) -> "To":
        """Return the entry that this channel reaches, in the words that stand on the sheet and in the book of copies."""
        address = ", ".join(line.strip() for line in (channel.address or "").splitlines() if line.strip())
        return cls(channel.entry.line, f"{channel.kind_label}: {address}", sent_to=channel, format=as_file)


def clearance_of(material: Any) -> Clearance | None:
    """Return the clearance of the present revision that may still be used, or None."""
    rows = Clearance.objects.filter(
        material_id=material.pk, revision=material.revision, revoked_at=None, until__gt=timezone.now()
    )
    return rows.order_by("-granted_at").first()


@scans_first("dispatch")
@transaction.atomic
def dispatch(*, actor: User, material: Material, to: Iterable[To], review_due_at: Any = None) -> list[Copy]:
    """Make the dispatch of the cleared revision, when there is none yet, and one numbered copy for each recipient.

    Raises GateClosed with every reason. Nothing has left yet: each copy leaves through its job, after a second look.
    """
    cases = locked(actor, material, "dispatch")
    stored = Material.objects.select_for_update().get(pk=material.pk)
    clearance = clearance_of(stored)
    row = Dispatch.objects.filter(material=stored, revision=stored.revision, kind=Dispatch.Kind.SENT).first()
    if row is None:
        row = frozen(actor, stored, clearance, Dispatch.Kind.SENT, review_due_at=review_due_at)
    wanted = list(to)
    copies = [_copy(actor, row, clearance, named) for named in wanted]
    for named in wanted:
        refuse_who_does_not_fit(stored, cases, named.sent_to)
        _look_at_recipient(cases, stored, named)
    refuse_if_forged(row, to=copies)
    for case in cases:
        for copy in copies:
            record(
                actor=actor,
                verb="materials.copy.made",
                case=case,
                about=copy,
                number=copy.number,
                revision=copy.revision,
            )
    today = f"{timezone.localdate():%Y%m%d}"  # forty recipients are one line
    tell(verb="materials.copy.made", material=stored, cases=cases, actor=actor, next_readers=[SENDERS], occasion=today)
    return copies


def _look_at_recipient(cases: list[Case], material: Material, to: To) -> None:
    """Refuse a typed recipient line that names somebody who is protected, or that the leak scan cannot check.

    A trusted recipient was approved by two people; the line of anybody else is read like the text itself. In a script
    of the text the scan could look, or somebody read instead, before the text was cleared.
    """
    if to.recipient is not None:
        return
    disclosed = {case: set(items) for case, items in disclosures.items_of(material).items()}
    opened = opened_by_consent(cases, material, disclosed)
    seen = look(cases, {"recipient": to.name}, opened, beside=cases_beside(cases))
    if any(hit.case_id not in {case.pk for case in cases} for hit in seen.hits):
        raise ValidationError({"recipient": _("The recipient line holds a protected word. Write it without.")})
    if seen.hits:
        fields = ", ".join(dict.fromkeys(field_in_words(hit.field) for hit in seen.hits))
        raise ValidationError(
            {
                "recipient": _(
                    "The recipient line holds a protected word (%(fields)s). Write it without, such as “the lawyer”."
                )
                % {"fields": fields}
            }
        )
    read = scripts_in("\n".join(parts_as_read(material.title, material.body).values()))
    if blind := [script for script in seen.blind if script not in read]:
        scripts = ", ".join(in_words(script) for script in blind)
        raise ValidationError(
            {
                "recipient": _(
                    "The recipient line cannot be checked: somebody who is protected has no stored name in this script"
                    " (%(scripts)s). Write it in another script, or add the name."
                )
                % {"scripts": scripts}
            }
        )


def frozen(
    actor: User, material: Material, clearance: Clearance | None, kind: str, *, review_due_at: Any = None
) -> Dispatch:
    """Insert the dispatch with the words as they are now; the gate is asked here and again by the database.

    Refused without the right to dispatch on every case.
    """
    _require_dispatch(actor, material)
    row = Dispatch(
        material=material,
        revision=material.revision,
        kind=kind,
        audience=material.audience,
        clearance=clearance,
        title=material.title,
        body=material.body,
        language=material.language,
        mac=bytes(material.mac or b""),
        created_by=actor,
        review_due_at=review_due_at,
    )
    return through_the_gate(row, actor, clearance)


def _copy(actor: User, row: Dispatch, clearance: Clearance | None, to: To) -> Copy:
    last = Copy.objects.filter(material_id=row.material_id).aggregate(last=Max("number"))["last"] or 0
    copy = Copy(
        material_id=row.material_id,
        dispatch=row,
        revision=row.revision,
        number=last + 1,
        clearance=clearance,
        recipient=to.recipient,
        sent_to=to.sent_to,
        recipient_name=to.name,
        channel=to.channel,
        format=to.format,
        mac=bytes(row.mac or b""),
        created_by=actor,
    )
    if sentence := FORMATS[copy.format].why_not(text_of(row), line_of(copy)):
        raise ValidationError({"recipient": sentence})
    return through_the_gate(copy, actor, clearance)


def through_the_gate(row: Leaves, actor: User, clearance: Clearance | None) -> Leaves:
    """Insert a dispatch or a copy, or raise GateClosed with every reason why it may not.

    Refused without the right to dispatch on every case.
    """
    _require_dispatch(actor, row.material)
    known = {"clearance_id": clearance.pk if clearance else None, "created_by_id": actor.pk}
    if isinstance(row, Copy):
        known |= {"recipient_id": row.recipient_id, "sent_to_id": row.sent_to_id, "dispatch_id": row.dispatch_id}
    leaving = gate.Leaving.of(row, **known)
    if clearance is None or not (verdict := gate.examine(leaving, moment="insert", viewer=actor)):
        raise GateClosed(verdict if clearance else _without_clearance(leaving, actor))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise GateClosed(gate.examine(leaving, moment="insert", viewer=actor)) from None
    return row


def _without_clearance(leaving: gate.Leaving, actor: User) -> Verdict:
    found = gate.examine(leaving, moment="insert", viewer=actor)
    return (
        found
        if "no-clearance" in found.codes
        else Verdict((Refusal("no-clearance", material_id=leaving.material_id), *found.refusals))
    )


@transaction.atomic
def leave(*, actor: User, row: Dispatch | Copy) -> bool:
    """Let a dispatch or a copy leave, once: the second gate. False when it had left already; GateClosed when it may not.

    The marks of every row behind it are asked for here too. With its first copy the material counts as sent, if it was
    not changed since. Refused without the right to dispatch on every case, also where a job lets it leave.
    """
    cases = locked(actor, Material.objects.get(pk=row.material_id), "dispatch")
    try:
        with transaction.atomic():
            is_first = (
                type(row)._base_manager.filter(pk=row.pk, dispatched_at=None).update(dispatched_at=timezone.now())
            )
    except IntegrityError:
        raise GateClosed(_asked_again(row)) from None
    if is_first:
        if isinstance(row, Copy):
            refuse_if_forged(row.dispatch, to=[row])
            Material.objects.filter(pk=row.material_id, revision=row.revision).update(status=Material.Status.SENT)
        else:
            refuse_if_forged(row)
        for case in cases:
            record(actor=actor, verb=f"materials.{row._meta.model_name}.left", case=case, about=row)
    return bool(is_first)


def _asked_again(row: Any) -> Verdict:
    known = {"clearance_id": row.clearance_id, "created_by_id": row.created_by_id}
    if isinstance(row, Copy):
        known |= {"recipient_id": row.recipient_id, "sent_to_id": row.sent_to_id, "dispatch_id": row.dispatch_id}
    return gate.examine(gate.Leaving.of(row, **known), moment="leave")


def is_authentic(row: Dispatch, *, to: Iterable[Copy] = ()) -> bool:
    """Say whether a dispatch and all behind it carry our marks, the recipients of these copies too.

    Every reader of a dispatch asks this first, and nothing leaves without it.
    """
    parts = text_parts(
        material_id=row.material_id,
        kind=row.material.kind,
        audience=row.audience,
        language=row.language,
        title=row.title,
        body=row.body,
    )
    uses = disclosures.parts_of(row.material_id, row.revision)
    return gate.authentic(row, text_parts=parts, uses=uses, to=to)


def refuse_if_forged(row: Dispatch, *, to: Iterable[Copy] = ()) -> None:
    """Raise GateClosed where a row behind a dispatch was changed outside the program."""
    if not is_authentic(row, to=to):
        raise GateClosed(Verdict((Refusal("not-authentic", material_id=row.material_id),)))


def is_whole(copy: Copy) -> bool:
    """Say whether the stored file is the one that was made, and of its format."""
    return bool(copy.file) and keys.gate_mac_matches(copy.file_mac, file_parts(copy))


def queue_copy(*, actor: User, copy: Copy) -> Job:
    """Have the copy printed and let it leave, as long work with progress. Refused without the right to dispatch."""
    _require_dispatch(actor, copy.material)
    return jobs.queue(actor=actor, kind=MAKES_COPY, about_id=copy.pk, total=2)


def note_download(*, actor: User, copy: Copy) -> None:
    """Record that somebody took the bytes of a copy. Refused without the right to dispatch."""
    _require_dispatch(actor, copy.material)
    for case in copy.material.cases.all():
        record(actor=actor, verb="materials.copy.downloaded", case=case, about=copy, number=copy.number)


def _require_dispatch(actor: User, material: Material) -> None:
    for case in material.cases.all():
        require(actor, "dispatch", case)
