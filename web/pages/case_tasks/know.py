"""The tasks of knowing: the fate, the packet, the people, the consent and the assessment."""

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.pages.addresses import address_of
from casework.actions.members import SECONDING_RIGHTS
from casework.models import Consent
from casework.models.aims import HELD, situation_of
from casework.pages.rows import NextStep, TaskRow
from directory.dates import relative_time
from directory.vocabulary import label
from safety.pages.next_step import safety_steps
from web.pages.case_tasks.facts import CaseFacts
from web.pages.case_tasks.rows import CARE, DONE, LATE, OPEN, Group, Order, Task, Todo, asked, task

SOON = dt.timedelta(days=14)

# The parts that every paper needs, in the order in which they are written: fact, right, page, step, button.
MINIMUM: tuple[tuple[str, str, str, Promise, Promise], ...] = (
    (
        "has_spell",
        "change_case",
        "casework:add_detention",
        gettext_lazy("say since when and by whom the person is held. Every plan counts from there."),
        gettext_lazy("Add a detention"),
    ),
    (
        "has_name",
        "change_case",
        "casework:change_identity",
        gettext_lazy("write the name, in each script that is used. It is sealed."),
        gettext_lazy("Write the name"),
    ),
    (
        "has_claim",
        "change_case",
        "casework:claims",
        gettext_lazy("write what is known as claims, each with its source."),
        gettext_lazy("Write the claims"),
    ),
    (
        "has_demand",
        "change_case",
        "casework:add_demand",
        gettext_lazy("say what must change for the person: every paper asks for it."),
        gettext_lazy("Add a demand"),
    ),
    (
        "has_ask",
        "change_case",
        "casework:add_ask",
        gettext_lazy("say what one reader is asked to do, and by when."),
        gettext_lazy("Add an ask"),
    ),
)


def fate(facts: CaseFacts) -> Task | None:
    """What was recorded of the person, once they are not held any more: do the demands still make sense?"""
    case = facts.case
    if situation_of(case.status) == HELD:
        return None
    in_vain = sum(not demand.makes_sense_at(case.status) for demand in facts.demands)
    url, status = address_of("casework:concerned", case.reference), label("detention_status", case.status)
    if not in_vain and (paper := facts.fitting.next):
        text = _("the person is recorded as “%(status)s”. This is the paper that fits: %(kind)s.")
        step = NextStep(text % {"status": status, "kind": paper.label}, paper.url, _("Write it"))
        row = TaskRow(_("What the fate concerns"), url, status, _("Write"), *CARE)
        return task("fate", Group.KNOW, row, Todo(Order.FATE, step, "write_material"))
    if not in_vain:
        return task("fate", Group.KNOW, TaskRow(_("What the fate concerns"), url, status, _("Done"), *DONE))
    text = ngettext(
        "the person is recorded as “%(status)s”, and of %(n)s demand nothing says that it makes sense now.",
        "the person is recorded as “%(status)s”, and of %(n)s demands nothing says that they make sense now.",
        in_vain,
    ) % {"status": status, "n": in_vain}
    row = TaskRow(_("What the fate concerns"), url, status, _("Look"), *LATE)
    return task(
        "fate", Group.KNOW, row, Todo(Order.FATE, NextStep(text, url, _("See what this concerns")), "change_case")
    )


def packet(facts: CaseFacts) -> Task:
    """The parts of the packet without which no paper can be written."""
    url = address_of("casework:case", facts.case.reference)
    missing = [part for part in MINIMUM if not getattr(facts.state, part[0])]
    there = len(MINIMUM) - len(missing)
    note = _("detention, name, claims, demand, ask: %(there)s of %(all)s") % {"there": there, "all": len(MINIMUM)}
    if not missing:
        return task("packet", Group.KNOW, TaskRow(_("Packet minimum"), url, note, _("Done"), *DONE))
    _fact, right, page, text, words = missing[0]
    todo = Todo(Order.PACKET, NextStep(str(text), address_of(page, facts.case.reference), str(words)), right)
    return task("packet", Group.KNOW, TaskRow(_("Packet minimum"), url, note, _("Missing"), *OPEN), todo)


def people(facts: CaseFacts) -> Task:
    """Who works on the case: nobody asks to join in vain, and somebody beside the lead may sign."""
    url = address_of("casework:access", facts.case.reference)
    if facts.state.is_asked_to_join:
        right = next(iter(sorted(SECONDING_RIGHTS & facts.rights)), "manage_access")
        text = _("somebody asks to join this case and waits for a second person.")
        row = TaskRow(_("People on the case"), url, _("Somebody asks to join."), _("Asked"), *CARE)
        return task(
            "people",
            Group.KNOW,
            row,
            Todo(Order.ASKED_TO_JOIN, NextStep(text, url, _("See who asks")), right),
        )
    if facts.state.has_signer:
        row = TaskRow(
            _("People on the case"), url, _("Somebody beside the lead was given the right to sign."), _("Done"), *DONE
        )
        return task("people", Group.KNOW, row)
    text = _("put a second person on the case: what the lead writes, somebody else signs.")
    row = TaskRow(
        _("People on the case"), url, _("Nobody beside the lead was given the right to sign."), _("Missing"), *OPEN
    )
    return task(
        "people", Group.KNOW, row, Todo(Order.PEOPLE, NextStep(text, url, _("Put people on the case")), "manage_access")
    )


def consent(facts: CaseFacts) -> Task:
    """The person's own answer, or that of whoever may speak for them."""
    reference = facts.case.reference
    url, add = address_of("casework:consents", reference), address_of("casework:add_consent", reference)
    title, until = _("Consent"), facts.consent_until
    if until:
        day = relative_time.full_day(until)
        row = TaskRow(title, url, _("An answer allows something until %(day)s.") % {"day": day}, _("Done"), *DONE)
        if until - facts.at >= SOON:
            return task("consent", Group.KNOW, row)
        row = TaskRow(title, url, row.note, _("Ends %(day)s") % {"day": relative_time.short_day(until)}, *CARE)
        step = NextStep(_("the consent ends soon. Ask again before it does."), add, _("Record a consent"))
        return task("consent", Group.KNOW, row, Todo(Order.ENDS_SOON, step, "keep_consent"), is_done=True)
    state, note, asks = _no_consent(facts, url, add)
    mark = ("ring-slash", "") if state == _("Refused") else OPEN
    todo = Todo(Order.CONSENT, asks, "keep_consent") if asks else None
    return task("consent", Group.KNOW, TaskRow(title, url, note, state, *mark), todo, is_done=False)


def _no_consent(facts: CaseFacts, url: str, add: str) -> tuple[str, str, NextStep | None]:
    """Return state, note and step where nothing is allowed: nobody is pressed to ask whoever refused or withdrew."""
    if not facts.consents:
        text = _("nobody has been asked yet. Nothing may leave without consent.")
        return _("Not asked"), _("Nothing may leave without consent."), NextStep(text, add, _("Record a consent"))
    last = facts.consents[-1]
    if last.withdrawn_at:
        return _("Withdrawn"), _("Nothing about the person may leave."), None
    if last.status == Consent.Status.REFUSED:
        return _("Refused"), _("Nothing about the person may leave."), None
    if last.status == Consent.Status.ASKED:
        text = _("the person was asked, and no answer is written down. Nothing may leave without consent.")
        return _("Asked"), _("No answer is written down."), NextStep(text, url, _("See what was asked"))
    if last.status == Consent.Status.DISPUTED:
        return _("Disputed"), _("The family disagrees. Nothing about the person may leave."), None
    text = _("the consent has ended. Ask again before anything leaves.")
    return _("Ended"), _("The answer has ended."), NextStep(text, add, _("Record a consent"))


def assessment(facts: CaseFacts) -> Task:
    """The signed judgement of the risk: missing, waiting for a signature, out of date, or in force."""
    standing, url = facts.safety, address_of("safety:safety", facts.case.reference)
    steps = safety_steps(standing, facts.user, facts.rights, facts.drafts)
    step = steps.assessing
    row, state = standing.assessment, _assessment_state(facts)
    note = row.get_kind_display() if row else _("The risk of this case has not been assessed.")
    shown = TaskRow(_("Assessment"), url, note, *state)
    if step is None and steps.renew:
        return task("assessment", Group.KNOW, shown, asked(Order.ENDS_SOON, steps.renew), is_done=True)
    if step is None:
        return task("assessment", Group.KNOW, shown)
    has_changed = standing.is_late or standing.pauses or standing.risk_events
    return task("assessment", Group.KNOW, shown, asked(Order.RISK_CHANGED if has_changed else Order.ASSESSMENT, step))


def _assessment_state(facts: CaseFacts) -> tuple[str, str, str]:
    standing = facts.safety
    row = standing.assessment
    if row is None:
        return (_("Not assessed"), *OPEN)
    if standing.is_late or (row.ended_at and not row.signed_at):
        return (_("Ended"), *LATE)
    if standing.pauses or standing.risk_events:
        return (_("Look again"), *LATE)
    if not row.signed_at:
        return (_("Waits for a signature"), *CARE)
    day = relative_time.short_day(row.expires_at) if row.expires_at else ""
    if standing.ends_soon or standing.waits_for_director:
        return (_("Ends %(day)s") % {"day": day}, *CARE)
    return (str(row.get_level_display()), *DONE)
