"""What was typed in an alarm, and the packet rows that it becomes: nothing of it is typed a second time.

Each fact stands once: the person's age and nationality, the spell of detention with its day as far as it can be read,
the place, and the danger as an unchecked claim on the one who told us. A row that stands already is not doubled, and a
field that is filled is left as it is.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.actions import told_days
from casework.access import lock, require
from casework.actions import detention, evidence, people
from casework.actions.rows import write_change
from casework.actions.spells import present_spells
from casework.custody import spell_that_counts
from casework.disclosing.printed_fields import DISCLOSES, STAGE_DISCLOSES
from casework.models import Case, Claim, Detention, Name, Person, Place
from casework.models.aims import HELD, situation_of
from directory.dates import in_words
from directory.models import Recipient
from directory.vocabulary import label
from sealing import folding
from sealing.letters.scripts import scripts_in

BEST_INTEREST = "CG_NONE_BEST"
TOLD_BY = {"CG_SELF": "S_DETAINEE", "CG_SELF_LAWYER": "S_LAWYER", "CG_FAMILY": "S_FAMILY"}
NOT_KNOWN = frozenset({"unknown", "not known"})
NAME_SCRIPTS = {
    "ARABIC": Name.Script.ARABIC,
    "CJK": Name.Script.HAN_SIMPLIFIED,
    "CYRILLIC": Name.Script.CYRILLIC,
    "LATIN": Name.Script.LATIN,
}


@dataclass(frozen=True)
class Alarm:
    """What was filled in, as typed. Unknown is an answer and stands there as a word."""

    name: str
    country: str
    is_label: bool = False
    last_seen: str = ""
    place: str = ""
    taken_by: str = ""
    danger: str = ""
    ask: str = ""
    basis: str = BEST_INTEREST
    told: str = ""
    method: str = ""
    spoken: str = ""
    explained: str = ""
    also: frozenset[str] = frozenset()
    recipients: tuple[Recipient, ...] = ()
    language: str = "en"
    age: str = ""
    nationality: str = ""
    known_at: dt.datetime | None = None
    may_be_named: bool = False
    told_by: str = ""
    """The kind of source that told us, of the vocabulary; nothing where nobody said."""
    asks_make_sense: bool = False
    """Whether the ask makes sense though the person is not held any more; asked of such a case alone."""

    @property
    def items(self) -> frozenset[str]:
        """Return the consent items that the notice discloses; a safe label is no name."""
        who = frozenset[str]() if self.is_label else DISCLOSES["name"]
        status = DISCLOSES["nationality"] if self.nationality else frozenset[str]()
        return who | STAGE_DISCLOSES["arrest"] | status | self.also


def keep_facts_of(*, actor: User, case: Case, alarm: Alarm) -> None:
    """Write what the alarm tells of the person into the packet, within the caller's transaction.

    Of somebody recorded as not held nothing is written of a detention: that they were taken again is a fate of its own.
    Refused without the right to change the case.
    """
    (case,) = lock(case)
    require(actor, "change_case", case)
    day = timezone.localdate(alarm.known_at)
    _keep_name(actor, case, alarm)
    _keep_person(actor, case, alarm, day)
    if situation_of(case.status) == HELD:
        _keep_spell(actor, case, alarm, day)
    _keep_danger(actor, case, alarm, day)


def name_line(alarm: Alarm) -> tuple[str, str, str]:
    """Return the name as the packet keeps it: kind, script, value."""
    known = [NAME_SCRIPTS[script].value for script in sorted(scripts_in(alarm.name)) if script in NAME_SCRIPTS]
    other = Name.Script.LATIN.value if alarm.name.isascii() else Name.Script.OTHER.value
    return Name.Kind.LEGAL.value, known[0] if known else other, alarm.name


def is_known(text: str) -> bool:
    """Say whether an answer tells anything: that it is unknown is an answer of the notice, and no fact."""
    return bool(text.strip()) and folding.fold(text).strip() not in NOT_KNOWN


def _keep_name(actor: User, case: Case, alarm: Alarm) -> None:
    stored = [row.value for row in Name.objects.present().filter(case=case)]
    if alarm.is_label or any(_is_same(alarm.name, value) for value in stored):
        return
    kind, script, value = name_line(alarm)
    people.add_name(actor=actor, case=case, kind=Name.Kind.ALIAS if stored else kind, script=script, value=value)


def _keep_person(actor: User, case: Case, alarm: Alarm, day: dt.date) -> None:
    born = told_days.born_at(alarm.age, day)
    values: dict[str, str] = {}
    if is_known(alarm.nationality):
        values["nationality"] = alarm.nationality
    if born:
        values["born"] = born
    elif is_known(alarm.age):
        values["note"] = _("Age, as told on %(day)s: %(age)s") % {"day": in_words(day.isoformat()), "age": alarm.age}
    if values:
        person = people.person_of(actor=actor, case=case)
        _fill(actor, person, values, "casework.person.changed")


def _keep_spell(actor: User, case: Case, alarm: Alarm, day: dt.date) -> None:
    today = timezone.localdate()
    started, is_all = told_days.seen_on(alarm.last_seen, today, is_told_today=day == today)
    told = "" if is_all or not is_known(alarm.last_seen) else f"{_('Last seen')}: {alarm.last_seen}"
    values = {
        "started": started or None,
        "taken_by": alarm.taken_by if is_known(alarm.taken_by) else None,
        "circumstances": told or None,
    }
    spell: Any = spell_that_counts(present_spells(case))
    if spell is None:
        spell = detention.add_detention(actor=actor, case=case, values=values)
    else:
        _fill(actor, spell, values, "casework.detention.changed")
    places = [row.place for row in Place.objects.present().filter(case=case)]
    if is_known(alarm.place) and not any(_is_same(alarm.place, place) for place in places):
        detention.add_place(actor=actor, detention=spell, values={"place": alarm.place})


def _keep_danger(actor: User, case: Case, alarm: Alarm, day: dt.date) -> None:
    """Write the danger as a claim that nobody has checked, on a source of which nothing is decided."""
    claims = [row.text for row in Claim.objects.present().filter(case=case)]
    if not is_known(alarm.danger) or any(_is_same(alarm.danger, text) for text in claims):
        return
    kind = alarm.told_by or TOLD_BY.get(alarm.basis, "")
    words = {"who": label("source_type", kind) if kind else _("Somebody"), "day": in_words(day.isoformat())}
    title = _("%(who)s, told us on %(day)s (alarm)") % words
    source = evidence.add_source(actor=actor, case=case, values={"kind": kind, "title": title, "on": day.isoformat()})
    evidence.add_claim(actor=actor, case=case, values={"text": alarm.danger}, source=source)


def _fill(actor: User, row: Person | Detention, values: Mapping[str, str | None], verb: str) -> None:
    """Fill what is empty in a row; what stands there was written with more time than an alarm has."""
    empty = {name: value for name, value in values.items() if value and not getattr(row, name)}
    if empty:
        write_change(actor=actor, row=row, version=row.version, values=empty, verb=verb)


def _is_same(one: str | None, other: str | None) -> bool:
    return folding.fold(one or "").split() == folding.fold(other or "").split()
