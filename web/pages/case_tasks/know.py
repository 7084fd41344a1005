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
from safety.pages.next_step import assessing_step, renewing_step
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
    if in_vain:
        todo = Todo(Order.FATE, lambda: _look_at_demands(facts, in_vain), "change_case")
        return task("fate", Group.KNOW, lambda: _fate_row(facts, _("Look"), LATE), todo)
    if facts.fitting.next:
        todo = Todo(Order.FATE, lambda: _write_what_fits(facts), "write_material")
        return task("fate", Group.KNOW, lambda: _fate_row(facts, _("Write"), CARE), todo)
    return task("fate", Group.KNOW, lambda: _fate_row(facts, _("Done"), DONE))


def _fate_row(facts: CaseFacts, state: str, mark: tuple[str, str]) -> TaskRow:
    url, status = address_of("casework:concerned", facts.case.reference), label("detention_status", facts.case.status)
    return TaskRow(_("What the fate concerns"), url, status, state, *mark)


def _write_what_fits(facts: CaseFacts) -> NextStep:
    paper, status = facts.fitting.next, label("detention_status", facts.case.status)
    if paper is None:
        return NextStep()
    text = _("the person is recorded as “%(status)s”. This is the paper that fits: %(kind)s.")
    return NextStep(text % {"status": status, "kind": paper.label}, paper.url, _("Write it"))


def _look_at_demands(facts: CaseFacts, in_vain: int) -> NextStep:
    text = ngettext(
        "the person is recorded as “%(status)s”, and of %(n)s demand nothing says that it makes sense now.",
        "the person is recorded as “%(status)s”, and of %(n)s demands nothing says that they make sense now.",
        in_vain,
    ) % {"status": label("detention_status", facts.case.status), "n": in_vain}
    return NextStep(text, address_of("casework:concerned", facts.case.reference), _("See what this concerns"))


def packet(facts: CaseFacts) -> Task:
    """The parts of the packet without which no paper can be written."""
    missing = [part for part in MINIMUM if not getattr(facts.state, part[0])]
    if not missing:
        return task("packet", Group.KNOW, lambda: _packet_row(facts, 0))
    _fact, right, page, text, words = missing[0]
    todo = Todo(Order.PACKET, lambda: NextStep(str(text), address_of(page, facts.case.reference), str(words)), right)
    return task("packet", Group.KNOW, lambda: _packet_row(facts, len(missing)), todo)


def _packet_row(facts: CaseFacts, missing: int) -> TaskRow:
    url, there = address_of("casework:case", facts.case.reference), len(MINIMUM) - missing
    note = _("detention, name, claims, demand, ask: %(there)s of %(all)s") % {"there": there, "all": len(MINIMUM)}
    state = (_("Missing"), *OPEN) if missing else (_("Done"), *DONE)
    return TaskRow(_("Packet minimum"), url, note, *state)


def people(facts: CaseFacts) -> Task:
    """Who works on the case: nobody asks to join in vain, and somebody beside the lead may sign."""
    todo = None
    if facts.state.is_asked_to_join:
        right = next(iter(sorted(SECONDING_RIGHTS & facts.rights)), "manage_access")
        todo = Todo(Order.ASKED_TO_JOIN, lambda: _see_who_asks(facts), right)
    elif not facts.state.has_signer:
        todo = Todo(Order.PEOPLE, lambda: _put_people_on(facts), "manage_access")
    return task("people", Group.KNOW, lambda: _people_row(facts), todo)


def _people_row(facts: CaseFacts) -> TaskRow:
    url, title = address_of("casework:access", facts.case.reference), _("People on the case")
    if facts.state.is_asked_to_join:
        return TaskRow(title, url, _("Somebody asks to join."), _("Asked"), *CARE)
    if facts.state.has_signer:
        return TaskRow(title, url, _("Somebody beside the lead was given the right to sign."), _("Done"), *DONE)
    return TaskRow(title, url, _("Nobody beside the lead was given the right to sign."), _("Missing"), *OPEN)


def _see_who_asks(facts: CaseFacts) -> NextStep:
    text = _("somebody asks to join this case and waits for a second person.")
    return NextStep(text, address_of("casework:access", facts.case.reference), _("See who asks"))


def _put_people_on(facts: CaseFacts) -> NextStep:
    text = _("put a second person on the case: what the lead writes, somebody else signs.")
    return NextStep(text, address_of("casework:access", facts.case.reference), _("Put people on the case"))


def consent(facts: CaseFacts) -> Task:
    """The person's own answer, or that of whoever may speak for them."""
    until = facts.consent_until
    if until and until - facts.at >= SOON:
        return task("consent", Group.KNOW, lambda: _live_row(facts, until))
    if until:
        again = Todo(Order.ENDS_SOON, lambda: _record_consent(facts), "keep_consent")
        return task("consent", Group.KNOW, lambda: _live_row(facts, until), again, is_done=True)
    todo = Todo(Order.CONSENT, lambda: _record_consent(facts), "keep_consent") if _may_be_asked(facts) else None
    return task("consent", Group.KNOW, lambda: _no_consent_row(facts), todo, is_done=False)


def _live_row(facts: CaseFacts, until: dt.datetime) -> TaskRow:
    url = address_of("casework:consents", facts.case.reference)
    note = _("An answer allows something until %(day)s.") % {"day": relative_time.full_day(until)}
    if until - facts.at >= SOON:
        return TaskRow(_("Consent"), url, note, _("Done"), *DONE)
    state = _("Ends %(day)s") % {"day": relative_time.short_day(until)}
    return TaskRow(_("Consent"), url, note, state, *CARE)


def _last_answer(facts: CaseFacts) -> str:
    """Return how the latest answer stands, where none allows anything."""
    if not facts.consents:
        return "not-asked"
    last = facts.consents[-1]
    if last.withdrawn_at:
        return "withdrawn"
    return {
        Consent.Status.REFUSED: "refused",
        Consent.Status.ASKED: "asked",
        Consent.Status.DISPUTED: "disputed",
    }.get(Consent.Status(last.status), "ended")


def _may_be_asked(facts: CaseFacts) -> bool:
    """Say whether there is somebody to ask: nobody is pressed to ask whoever refused, disputes or withdrew."""
    return _last_answer(facts) in {"not-asked", "asked", "ended"}


def _no_consent_row(facts: CaseFacts) -> TaskRow:
    stands = _last_answer(facts)
    state, note = {
        "not-asked": (_("Not asked"), _("Nothing may leave without consent.")),
        "withdrawn": (_("Withdrawn"), _("Nothing about the person may leave.")),
        "refused": (_("Refused"), _("Nothing about the person may leave.")),
        "asked": (_("Asked"), _("No answer is written down.")),
        "disputed": (_("Disputed"), _("The family disagrees. Nothing about the person may leave.")),
        "ended": (_("Ended"), _("The answer has ended.")),
    }[stands]
    mark = ("ring-slash", "") if stands == "refused" else OPEN
    return TaskRow(_("Consent"), address_of("casework:consents", facts.case.reference), note, state, *mark)


def _record_consent(facts: CaseFacts) -> NextStep:
    reference = facts.case.reference
    url, words = address_of("casework:add_consent", reference), _("Record a consent")
    if facts.consent_until:
        return NextStep(_("the consent ends soon. Ask again before it does."), url, words)
    stands = _last_answer(facts)
    if stands == "asked":
        text = _("the person was asked, and no answer is written down. Nothing may leave without consent.")
        return NextStep(text, address_of("casework:consents", reference), _("See what was asked"))
    if stands == "not-asked":
        return NextStep(_("nobody has been asked yet. Nothing may leave without consent."), url, words)
    return NextStep(_("the consent has ended. Ask again before anything leaves."), url, words)


def assessment(facts: CaseFacts) -> Task:
    """The signed judgement of the risk: missing, waiting for a signature, out of date, or in force."""
    standing = facts.safety
    if step := assessing_step(standing, facts.user, facts.rights, facts.drafts):
        has_changed = standing.is_late or standing.pauses or standing.risk_events
        todo = asked(Order.RISK_CHANGED if has_changed else Order.ASSESSMENT, step)
        return task("assessment", Group.KNOW, lambda: _assessment_row(facts), todo)
    renew = renewing_step(standing, facts.rights)
    todo_soon = asked(Order.ENDS_SOON, renew) if renew else None
    return task("assessment", Group.KNOW, lambda: _assessment_row(facts), todo_soon, is_done=True)


def _assessment_row(facts: CaseFacts) -> TaskRow:
    row, url = facts.safety.assessment, address_of("safety:safety", facts.case.reference)
    note = row.get_kind_display() if row else _("The risk of this case has not been assessed.")
    return TaskRow(_("Assessment"), url, note, *_assessment_state(facts))


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
