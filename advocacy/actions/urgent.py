"""The alarm: one form opens the case, writes the protective notice, calls every signer and starts the 72-hour plan."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.actions.alarm_facts import BEST_INTEREST, Alarm, keep_facts_of, name_line
from advocacy.actions.plans import make_plan
from advocacy.actions.reminders import remind
from advocacy.actions.signers import call_signers
from advocacy.models import Milestone, Plan
from audit.trail import record
from casework.access import lock, require
from casework.actions import cases, consent
from casework.consent_codes import TRUSTED
from casework.models import Case, Consent, Name, Wish
from directory.models import Recipient
from materials import disclosures
from materials.actions.materials import insert, send_to_review
from materials.actions.saving import Items
from materials.asks_used import say_asks_make_sense
from materials.models import EmergencyCheck, Material
from materials.text_as_read import parts_as_read
from papers.kinds.protective_notice import KIND, VALID_FOR, NoticeAnswers, ends_at, notice
from safety.leaks import scan
from safety.models import OfficeSafety, SignerAlarm

DAILY = (dt.timedelta(hours=24), dt.timedelta(hours=48))


@transaction.atomic
def raise_alarm(*, actor: User, alarm: Alarm, case: Case | None = None) -> Material:
    """Open the case and prepare the protective notice for these recipients; every signer is called. Nothing is sent yet.

    A case that exists already is used instead when it is given. All of it or nothing. Refused to outside reviewers,
    without an approved recipient, against a known wish for silence, and where the text cannot go to the signers: each
    reason in a sentence.
    """
    if case is not None:
        require(actor, "write_material", lock(case)[0])  # first of all: what refuses below tells of the case
    trusted = _approved(alarm.recipients)
    _handling_agrees(alarm, trusted)
    if case is None:
        case = _open(actor, alarm, _summary(alarm))
    else:
        keep_facts_of(actor=actor, case=case, alarm=alarm)
    _note_wish(actor, case, alarm)
    _write_consent(actor, case, alarm, trusted)
    material = _write_notice(actor, case, alarm, trusted)
    if alarm.asks_make_sense:
        say_asks_make_sense(material, actor=actor)
    _keep_four_answers(actor, material)
    hand_over(actor=actor, material=material)
    call_signers(actor=actor, material=material)
    if not case.plans.filter(template=Plan.Template.URGENT_72H, ended_at=None).exists():
        plan = make_plan(actor=actor, case=case, template=Plan.Template.URGENT_72H, starts_at=timezone.now())
        _ask_again_daily(actor, plan, alarm)
    record(
        actor=actor,
        verb="advocacy.urgent.raised",
        case=case,
        about=material,
        recipients=[str(row.pk) for row in trusted],
    )
    return material


@transaction.atomic
def open_without_notice(*, actor: User, alarm: Alarm) -> Case:
    """Open the case with what is known, and nothing that leaves. All that was typed stands in it, once."""
    return _open(actor, alarm, _summary(alarm, (_("Consent"), alarm.told)))


def _open(actor: User, alarm: Alarm, summary: str) -> Case:
    case = cases.open_case(
        actor=actor,
        country=alarm.country,
        names=[] if alarm.is_label else [name_line(alarm)],
        avoiding=[text for text in (alarm.name, alarm.place, alarm.taken_by) if text],
        public_label=alarm.name if alarm.is_label else "",
        summary=summary,
    )
    keep_facts_of(actor=actor, case=case, alarm=alarm)
    return case


@transaction.atomic
def call_again(*, actor: User, material: Material) -> list[SignerAlarm]:
    """Hand changed words to the signers and call everybody who was not called for them; the wait begins again.

    The four questions are asked again before; whoever calls answered them for the words as they are now.
    """
    sent = hand_over(actor=actor, material=material)
    if not EmergencyCheck.objects.filter(material=sent, revision=sent.revision).exists():
        _keep_four_answers(actor, sent)
    made = call_signers(actor=actor, material=sent)
    for case in sent.cases.all():
        record(actor=actor, verb="advocacy.urgent.answered_again", case=case, about=sent, revision=sent.revision)
    return made


def hand_over(*, actor: User, material: Material) -> Material:
    """Scan the notice and hand it to the signers.

    Where the case holds a safe label and no name, the scan has no name to look for; it looks for everything else, and
    the page tells the signer to read for the name.
    """
    sent = send_to_review(actor=actor, material=material)
    if not Name.objects.filter(case__in=material.cases.all()).present().exists():
        disclosed = {case: set(names) for case, names in disclosures.items_of(sent).items()}
        parts = parts_as_read(sent.title, sent.body)
        scan(actor=actor, material=sent, parts=parts, disclosed=disclosed, has_no_name=True)
    return sent


def contact_line(actor: User) -> str:
    """Return our contact as printed: the office's line, or the person who raises the alarm where there is none."""
    return OfficeSafety.current().contact_line.strip() or f"{actor.name}, {actor.email}"


def _approved(chosen: Iterable[Recipient]) -> list[Recipient]:
    wanted = [row.pk for row in chosen]
    rows = list(Recipient.objects.approved().filter(pk__in=wanted).order_by("entered_at"))
    if not rows or len(rows) != len(set(wanted)):
        raise ValidationError(
            {"recipients": _("A notice goes to recipients that two people approved. Look at the list again.")}
        )
    return rows


def _handling_agrees(alarm: Alarm, trusted: Iterable[Recipient]) -> None:
    """Refuse a notice whose handling line its recipients are known not to keep, and one that is past its 72 hours."""
    faults: dict[str, str] = {}
    passing = ", ".join(row.name for row in trusted if row.passes_name_on)
    if passing and not (alarm.may_be_named or alarm.is_label):
        faults["may_be_named"] = _(
            "%(names)s: known to pass the name to the holding State. Tick that the person may be named, use a"
            " safe label, or take that recipient out."
        ) % {"names": passing}
    now = timezone.now()
    if alarm.known_at and not now - VALID_FOR < alarm.known_at <= now:
        faults["known_at"] = _("A notice is valid for 72 hours: give an hour of the last three days.")
    if faults:
        raise ValidationError(faults)


def _keep_four_answers(actor: User, material: Material) -> None:
    """Keep, for the words as they are now, the answers that alone let a notice go on; changed words ask again."""
    EmergencyCheck(
        material=material,
        revision=material.revision,
        is_silence_wished=False,
        may_expose_somebody=False,
        is_name_passed_on_known=True,
        can_be_stopped=True,
        answered_by=actor,
    ).save(force_insert=True)


def _write_consent(actor: User, case: Case, alarm: Alarm, trusted: list[Recipient]) -> Consent:
    pairs = {(item, row.audience) for item in alarm.items for row in trusted}
    if alarm.basis == BEST_INTEREST:
        return consent.presume_consent(actor=actor, case=case, tried=alarm.told, grants=pairs)
    values = {
        "giver": alarm.basis,
        "status": Consent.Status.GIVEN,
        "giver_name": alarm.told,
        "proof": alarm.told,
        "method": alarm.method,
        "language": alarm.spoken,
        "explained": alarm.explained,
    }
    try:
        return consent.record_consent(actor=actor, case=case, values=values, grants=pairs)
    except ValidationError as refused:
        if not hasattr(refused, "error_dict"):
            raise
        asked = {"language": "spoken", "grants": "also", "giver_name": "told", "proof": "told"}  # as the alarm asks it
        raise ValidationError({asked.get(name, name): faults for name, faults in refused.error_dict.items()}) from None


def _write_notice(actor: User, case: Case, alarm: Alarm, trusted: list[Recipient]) -> Material:
    answers = NoticeAnswers(
        label=alarm.name,
        country=case.country,
        last_seen=f"{alarm.last_seen}\n{alarm.place}",
        taken_by=alarm.taken_by,
        danger=alarm.danger,
        ask=alarm.ask,
        contact=contact_line(actor),
        known_at=alarm.known_at or timezone.now(),
        age=alarm.age,
        nationality=alarm.nationality,
        may_be_named=alarm.may_be_named,
    )
    title, body = notice(answers, alarm.language)
    material = Material(kind=KIND.code, audience=TRUSTED, language=alarm.language, title=title, body=body)
    material.stop_on = timezone.localdate(ends_at(answers))
    material.withheld = {
        "rows": [],
        "fields": [],
        "own": {str(case.pk): sorted(alarm.items)},
        "is_nothing_further": False,
        "recipients": [str(row.pk) for row in trusted],
        "by_right": [alarm.name, alarm.place, alarm.nationality],
    }
    items: Items = {case.pk: alarm.items}
    return insert(actor=actor, cases=[case], material=material, claims={}, items=items)


def _note_wish(actor: User, case: Case, alarm: Alarm) -> None:
    """Record that no wish is known, where nobody recorded one; a known wish for silence stops the alarm."""
    wish = Wish.objects.filter(case=case).order_by("-number").first()
    if wish is None:
        consent.record_wish(actor=actor, case=case, wants=Wish.Wants.NONE_KNOWN, told_by=alarm.told)
    elif wish.wants == Wish.Wants.SILENCE:
        raise ValidationError(_("The person is known to want silence, so no notice goes out."))


def _ask_again_daily(actor: User, plan: Plan, alarm: Alarm) -> None:
    """Put into the plan, for each further day of best interest, that somebody seeks consent again."""
    if alarm.basis != BEST_INTEREST:
        return
    stage = plan.stages.get(track="core", number=1)
    rows = []
    for number, after in enumerate(DAILY, start=1):
        row = Milestone(plan=plan, stage=stage, case_id=plan.case_id, key=f"C{number}", track="core", owner=actor)
        row.title = _("Seek consent again: try the person, the lawyer, the family; record each attempt")
        row.due_at = plan.starts_at + after
        row.save(force_insert=True)
        rows.append(row)
    remind(rows)


def _summary(alarm: Alarm, *more: tuple[str, str]) -> str:
    """Return what no row of the packet holds."""
    lines = ((_("The one ask"), alarm.ask), *more)
    return "\n".join(f"{title}: {text}" for title, text in lines if text)
