"""Acts on who is on a case and on the ledger of consent; and what of casework asks nobody, each with its reason."""

import datetime as dt

from django.utils import timezone

from casework.models import Consent, Membership
from consents.changes import ToldAnswer
from tests.factories import a_consent
from tests.people import a_person
from tests.security.acts.record import Act, part, reads
from tests.security.acts.world import ActWorld

KEEP = ("keep_consent",)
SECONDS = ("keep_consent", "sign_review", "sign_high")
JOINS = ("manage_access", "sign_review", "sign_risk", "sign_high")
PAIRS = [("CI_NAME", "AU_DIPLO"), ("CI_BIO", "AU_DIPLO")]
GIVEN = {
    "giver": "CG_SELF",
    "status": "CS_GIVEN",
    "giver_name": "She herself",
    "method": "CM_SIGNED",
    "language": "Her own",
    "proof": "Signed paper",
    "explained": "What for",
}


def who_asks(world: ActWorld) -> Membership:
    """Return that somebody with every right on the case besides asks to join it in one more role."""
    person = world.people["another with every right"]
    return Membership.objects.create(case=world.case, user=person, role="legal", granted_by=person)


def presumed(world: ActWorld) -> Consent:
    """Return best interest that ana presumed."""
    return a_consent(
        world.case,
        ("CI_NAME",),
        ("AU_OWNGOV",),
        lasts=dt.timedelta(hours=72),
        at=timezone.now(),
        giver="CG_NONE_BEST",
        basis="best_interest",
        status="CS_PRESUMED",
        tried="Telephoned twice.",
        explained_by=world.people["ana"],
    )


def live(world: ActWorld) -> Consent:
    """Return a consent that counts."""
    return world.row(Consent, "consent")


MEMBERS = (
    Act(
        "casework.actions.members.add_member",
        lambda w: {"case": w.case, "user": a_person("strange"), "role": "reader"},
        all_of=("manage_access",),
    ),
    Act(
        "casework.actions.members.second_member",
        lambda w: {"membership": Membership.objects.get(pk=w.ready.pk)},
        ready=who_asks,
        any_of=JOINS,
        refuses={"who asked for it": lambda w: w.people["another with every right"]},
    ),
    Act(
        "casework.actions.members.end_member",
        lambda w: {"membership": Membership.objects.get(case=w.case, user=w.base.people["outside"])},
        all_of=("manage_access",),
        allows={"whose role it is": lambda w: w.base.people["outside"]},
    ),
)
CONSENT = (
    Act(
        "casework.actions.consent.record_consent",
        lambda w: {"case": w.case, "values": GIVEN, "grants": PAIRS},
        all_of=KEEP,
    ),
    Act(
        "consents.actions.answers.save_answer",
        lambda w: {"case": w.case, "told": ToldAnswer({**GIVEN, "from_at": timezone.now()}, frozenset(PAIRS))},
        all_of=KEEP,
    ),
    Act(
        "casework.actions.consent.presume_consent",
        lambda w: {"case": w.case, "tried": "Telephoned twice.", "grants": [("CI_NAME", "AU_OWNGOV")]},
        all_of=KEEP,
    ),
    Act(
        "casework.actions.consent.second_consent",
        lambda w: {"consent": Consent.objects.get(pk=w.ready.pk)},
        ready=presumed,
        any_of=SECONDS,
        waits_a_day=True,
        refuses={"who recorded it": lambda w: w.people["ana"]},
    ),
    Act("casework.actions.consent.withdraw_consent", lambda w: {"consent": live(w)}, all_of=KEEP),
    Act(
        "casework.actions.consent.shorten_consent",
        lambda w: {"consent": live(w), "until_at": live(w).until_at - dt.timedelta(days=1)},
        all_of=KEEP,
    ),
    Act("casework.actions.consent.narrow_consent", lambda w: {"consent": live(w), "keep": PAIRS}, all_of=KEEP),
    Act(
        "casework.actions.consent.note_pressure",
        lambda w: {"consent": live(w), "pressure": "A guard was in the room."},
        all_of=KEEP,
    ),
    Act(
        "casework.actions.consent.record_wish",
        lambda w: {"case": w.case, "wants": "silence", "told_by": "Her sister"},
        all_of=KEEP,
    ),
)
ACTS = (*MEMBERS, *CONSENT)


UNASKED = (
    *reads(
        "it is the question itself",
        "casework.access.may",
        "casework.access.require",
        "casework.access.rights_on",
        "casework.access.sees_many",
        "casework.actions.cases.may_open_cases",
        "casework.actions.members.may_second",
        "casework.actions.members.roles_open_to",
        "casework.actions.translations.field_of",
        "casework.actions.translations.may_translate",
        "casework.actions.twins.may_know_of",
    ),
    *reads(
        "it reads what it is handed and writes nothing",
        "casework.actions.consent.lasts",
        "casework.actions.consent.refuse_what_may_not_be_given",
        "consents.actions.answers.refuse_what_cannot_be_given",
        "casework.actions.evidence.unfounded",
        "casework.actions.fate.day_of",
        "casework.actions.fate.fate_of",
        "casework.actions.fate.known_by",
        "casework.actions.rows.claims_are_of_this_case",
        "casework.actions.rows.is_changed",
        "casework.actions.rows.plain",
        "casework.actions.spells.present_spells",
        "casework.actions.spells.refuse_days_to_come",
        "casework.actions.spells.year_begun",
        "casework.actions.twins.one_at_a_time",
        "packet.actions.answers.digest_of",
    ),
    *reads("it finds among what the actor may see", "exchange.bringing_in.already_here"),
    part("writes what its fate has asked for", "casework.actions.fate.write_status", "casework.actions.fate"),
    part(
        "keeps the year in clear in step with spells that were asked for",
        "casework.actions.spells.settle_year",
        "casework.actions.detention",
        "casework.actions.fate",
        "casework.actions.removal",
    ),
    part(
        "takes the right to write a version, after the right to write",
        "casework.actions.versions.claim_version",
        "advocacy.actions.milestones",
        "advocacy.actions.office_results",
        "advocacy.actions.results",
        "casework.actions.cases",
        "casework.actions.evidence",
        "casework.actions.fate",
        "casework.actions.rows",
        "casework.actions.translations",
        "materials.actions.choosing",
        "materials.actions.materials",
        "notes.actions.notes",
    ),
    part(
        "asks anew about a pair, for who wrote a name or rules on it",
        "casework.actions.twins.ask_again",
        "casework.actions.twins",
        "safety.actions.twins",
    ),
    part(
        "tells of a pair, for who wrote a name or ruled; the rights of these two differ",
        "casework.actions.twins.tell",
        "casework.actions.twins",
        "safety.actions.twins",
    ),
    part(
        "the sweep ends roles whose time is over; nobody does it", "casework.actions.members.end_overdue", "web.sweeps"
    ),
    part(
        "hands on what a verb did that asked",
        "casework.events.announce_risk_event",
        "casework.actions.consent",
        "casework.actions.fate",
    ),
    part("tells people of what a verb did that asked", "casework.notify.give_notices", "casework.notify"),
    part(
        "tells people of what a verb did that asked",
        "casework.notify.notify_people",
        "claims.actions.rulings",
        "casework.actions.members",
        "casework.actions.twins",
        "materials.notify",
        "notes.actions.telling",
        "safety.notify",
    ),
)
