"""Which facts the words of a revision rest on, whether they changed since, and the ruling that the words still hold.

The gate compares in SQL (`safety.conditions.facts`); here the facts are found when the words are written, named with
their words before and after, and ruled on. A ruling on a text that is out needs a second person.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import User
from casework.models import (
    Ask,
    Case,
    Charge,
    Claim,
    Demand,
    Detention,
    Name,
    NoStatement,
    Person,
    Place,
    Source,
    Translation,
)
from casework.models.rows import CaseRow
from casework.translating.originals import originals_of
from casework.translating.wording import Wording, wording_of
from directory.dates import in_words
from directory.models import TreatyCorrection
from directory.vocabulary import label
from materials.models import Dispatch, Material, MaterialFact
from papers.composing.judging import sources_of
from papers.composing.marks import stands_in, without
from safety import gate
from safety.conditions.facts import CHANGED
from safety.triggers import COPY_AUDIENCE, clause_sql
from sealing.fields import save_each
from sealing.triggers import sql as trigger_sql

Kind = MaterialFact.Kind
ROWS: dict[str, type[CaseRow]] = {
    Kind.CLAIM: Claim,
    Kind.NAME: Name,
    Kind.PERSON: Person,
    Kind.SPELL: Detention,
    Kind.PLACE: Place,
    Kind.CHARGE: Charge,
    Kind.ASK: Ask,
    Kind.DEMAND: Demand,
    Kind.NO_STATEMENT: NoStatement,
    Kind.SOURCE: Source,
    Kind.TRANSLATION: Translation,
}
PRINTED: dict[str, str] = {
    Kind.NAME: "value",
    Kind.PLACE: "place",
    Kind.CHARGE: "law",
    Kind.ASK: "text",
    Kind.DEMAND: "text",
}
FOUND_BY_WORDS = frozenset({Kind.CLAIM, Kind.CASE, Kind.SOURCE, Kind.TRANSLATION, *PRINTED})
STAGED = frozenset({Kind.PLACE, Kind.CHARGE})  # what the stages are told from, beside the spells
FROM_SPELLS = frozenset({"held", "place", "right", "stages"})  # the date of the facts decides which treaties are cited
BETWEEN = " · "
CODES = {"secrecy": "attribution_rule"}
DATES = frozenset(
    {
        *("started", "ended", "term_ends", "since", "until", "charged_on", "tried_on", "sentenced_on"),
        *("by", "on", "born", "as_of", "seen_on"),
    }
)


@dataclass(frozen=True)
class ChangedFact:
    """One fact that changed under a text: what it is, how it was and how it is now."""

    kind: str
    case: Case
    before: str
    after: str
    waits_for_second: bool = False
    ruled_by: User | None = None


def keep_facts(material: Material, *, actor: User, unruled: Iterable[MaterialFact] = ()) -> None:
    """Note under the present revision each fact that its words use, once.

    `unruled` are facts of the revision before that had changed and that nobody ruled on. Editing other words is no
    ruling: where the new words do not say the fact anew, it is noted as it was, and so stays changed.
    """
    if MaterialFact.objects.filter(material=material, revision=material.revision).exists():
        return
    text, used = text_of(material), list(_used(material))
    named = {(fact.kind, fact.case_id, fact.row_id) for fact in used}
    carried = {
        (old.kind, old.case_id, old.row_id): old
        for old in unruled
        if not _is_written_anew(old, text, is_used=(old.kind, old.case_id, old.row_id) in named)
    }
    for fact in [row for row in used if (row.kind, row.case_id, row.row_id) not in carried]:
        fact.made_by = actor
        fact.save(force_insert=True)
    for old in carried.values():
        _as_it_was(old, material, actor).save(force_insert=True)


def unruled_facts(material: Material) -> list[MaterialFact]:
    """Return the facts under the present revision that changed and that nobody ruled on, as they were noted."""
    return _changed_rows(material)


def text_of(material: Material) -> str:
    """Return the words of a material in one text, its claim marks included."""
    return "\n".join([material.title or "", *(section["text"] for section in material.body or [])])


def _is_written_anew(old: MaterialFact, text: str, *, is_used: bool) -> bool:
    """Say whether the words no longer print a changed fact as it was: it is gone from them, or stands there as it is now.

    Only a fact that is printed by its own words can be found in a text. Of any other, and of one in words of the
    author's own, nobody can say so but a person.
    """
    if old.kind not in FOUND_BY_WORDS:
        return False
    now = as_it_is(old)
    before, after = (_pieces(fact.words) for fact in (old, now))
    if any(stands_in(piece, without(after, text)) for piece in before - after):
        return False
    return not is_used or any(stands_in(piece, text) for piece in after - before)


def _pieces(words: str | None) -> set[str]:
    return {piece.strip().rstrip(".") for piece in (words or "").split(BETWEEN) if piece.strip()}


def _as_it_was(old: MaterialFact, material: Material, actor: User) -> MaterialFact:
    same = ("case_id", "kind", "row_id", "code", "row_mac", "words")
    kept = {name: getattr(old, name) for name in same}
    return MaterialFact(material=material, revision=material.revision, made_by=actor, **kept)


def rule_still_right(material: Material, *, actor: User) -> bool:
    """Note of each changed fact that the words still hold. True when a second person must agree before it counts."""
    needs_second = Dispatch.objects.filter(material=material, revision=material.revision).exists()
    for fact in _changed_rows(material):
        now = as_it_is(fact)
        now.number = _last_number(fact) + 1
        now.made_by, now.needs_second = actor, needs_second
        now.save(force_insert=True)
    return needs_second


def waiting_rulings(material: Material) -> QuerySet[MaterialFact]:
    """Return the rulings on the present revision that a second person has not agreed to."""
    rows = MaterialFact.objects.filter(material=material, revision=material.revision, needs_second=True)
    return rows.filter(seconded_by=None)


def second_still_right(material: Material, *, actor: User) -> int:
    """Agree to every ruling that waits and is of somebody else. Returns how many."""
    rows = waiting_rulings(material).exclude(made_by=actor)
    return save_each(rows, seconded_by=actor, seconded_at=timezone.now())


def changed_facts(material: Material) -> list[ChangedFact]:
    """Return what changed under the words, each with its words before and after, and who ruled on it already."""
    waiting = {(row.kind, row.case_id, row.row_id): row.made_by for row in waiting_rulings(material)}
    found = []
    for fact in _changed_rows(material):
        ruled_by = waiting.get((fact.kind, fact.case_id, fact.row_id))
        after = as_it_is(fact).words or ""
        found.append(ChangedFact(fact.kind, fact.case, fact.words or "", after, ruled_by is not None, ruled_by))
    return found


def has_changed(material: Any) -> bool:
    """Say whether a fact under the present words changed; the gate's own SQL answers."""
    rows = gate.refused_rows(gate.Leaving.of(material), ["facts-changed"])
    return bool(rows["facts-changed"])


def revisions_on_changed_facts() -> list[tuple[uuid.UUID, int]]:
    """Return every material and revision whose facts changed, in one query; run by the sweep."""
    facts = "SELECT DISTINCT f.material_id, f.revision FROM {t:materials_materialfact} f CROSS JOIN {t:casework_case} c"
    sql = f"{facts} WHERE {CHANGED}"
    sql = trigger_sql.spelled(connection.vendor, clause_sql(sql, engine=connection.vendor, audience=COPY_AUDIENCE))
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("%", "%%"))
        rows = cursor.fetchall()
    return [(key if isinstance(key, uuid.UUID) else uuid.UUID(str(key)), revision) for key, revision in rows]


def _changed_rows(material: Any) -> list[MaterialFact]:
    rows = gate.refused_rows(gate.Leaving.of(material), ["facts-changed"])["facts-changed"]
    keys = [uuid.UUID(key) for _case, key in rows]
    return list(MaterialFact.objects.filter(pk__in=keys).select_related("case").order_by("kind", "made_at", "pk"))


def _last_number(fact: MaterialFact) -> int:
    same = MaterialFact.objects.filter(material_id=fact.material_id, revision=fact.revision)
    same = same.filter(case_id=fact.case_id, kind=fact.kind, row_id=fact.row_id)
    return int(same.aggregate(last=Max("number"))["last"] or 1)


def _used(material: Material) -> Iterator[MaterialFact]:
    """Return the facts that the present words use: what stands in them, and the status of the person always."""
    text = text_of(material)
    fields = (material.withheld or {}).get("fields", [])
    opened = {(row["case"], row["what"]) for row in fields if stands_in(row["value"], text)}
    claims = Claim.objects.filter(uses__material=material, uses__revision=material.revision).with_evidence()
    sources: dict[uuid.UUID, Source] = {}
    for claim in claims:
        yield _of_row(material, Kind.CLAIM, claim)
        sources |= {source.pk: source for source in sources_of(claim)}
    yield from (_of_row(material, Kind.SOURCE, source) for source in sources.values())
    for case in Case.objects.filter(material_links__material=material).order_by("pk"):
        yield _status(material, case)
        wording = wording_of([case], material.language)
        if any(stands_in(words, text) for column in case.FACT_COLUMNS for words in _said(case, column, wording)):
            yield _cover(material, case)
        named = {what for key, what in opened if key == str(case.pk)}
        for kind, row in _rows_in(case, text, named, wording):
            yield _of_row(material, kind, row)
        for translated in _translations_in(case, text, wording):
            yield _of_row(material, Kind.TRANSLATION, translated)
        if named & FROM_SPELLS:
            yield _spells(material, case)
        if "right" in named:
            yield _law(material, case)


def _translations_in(case: Case, text: str, wording: Wording) -> list[Translation]:
    """Return the translations that the text prints. Of two that say the same, one whose original changed is not meant."""
    printed = [row for row in wording.rows.values() if stands_in(_bare(row.text), text)]
    now = {one.key: one.words for one in originals_of(case)} if printed else {}
    current = [row for row in printed if row.is_of(now.get((row.what, row.row_id)))]
    said = {_bare(row.text) for row in current}
    return [row for row in printed if row in current or _bare(row.text) not in said]


def _rows_in(case: Case, text: str, named: set[str], wording: Wording) -> Iterator[tuple[str, CaseRow]]:
    """Return the rows of a case that the text prints: by their own words or translated ones, dates by the field that
    they were opened as.
    """
    for kind, column in PRINTED.items():
        for row in ROWS[kind].objects.present().filter(case=case).order_by("created_at"):
            is_staged = "stages" in named and kind in STAGED
            if is_staged or any(stands_in(words, text) for words in _said(row, column, wording)):
                yield kind, row
    if named & {"occupation", "nationality", "born", "age", "held"}:  # how long held is said as the person is spoken of
        yield from ((Kind.PERSON, row) for row in Person.objects.present().filter(case=case))
    yield from ((Kind.NO_STATEMENT, row) for row in NoStatement.objects.present().filter(case=case))
    if named & FROM_SPELLS:
        yield from ((Kind.SPELL, row) for row in Detention.objects.present().filter(case=case).order_by("created_at"))


def _said(row: Any, column: str, wording: Wording) -> list[str]:
    """Return the words of a field by which a text may print it: as the packet has them, and as they are translated."""
    found = [getattr(row, column) or ""]
    if row._meta.model is not Name:  # a name is not translated: it has forms
        found.append(wording.of(row, column))
    return [_bare(words) for words in found]


def _bare(words: str | None) -> str:
    return (words or "").strip().rstrip(".")


def as_it_is(fact: MaterialFact) -> MaterialFact:
    """Return the same fact as it stands now, not saved."""
    material, case = fact.material, fact.case
    if fact.kind == Kind.STATUS:
        return _status(material, case)
    if fact.kind == Kind.CASE:
        return _cover(material, case)
    if fact.kind == Kind.SPELLS:
        return _spells(material, case)
    if fact.kind == Kind.LAW:
        return _law(material, case)
    row = ROWS[fact.kind].objects.present().filter(pk=fact.row_id, case=case).first()
    if row is None:
        return MaterialFact(
            material=material, revision=fact.revision, case=case, kind=fact.kind, row_id=fact.row_id, words=None
        )
    return _of_row(material, fact.kind, row)


def _of_row(material: Material, kind: str, row: Any) -> MaterialFact:
    return MaterialFact(
        material=material,
        revision=material.revision,
        case_id=row.case_id,
        kind=kind,
        row_id=row.pk,
        row_mac=bytes(row.facts_mac or b"") or None,
        words=_words(row, row.FACT_WORDS if kind == Kind.TRANSLATION else row.FACT_COLUMNS),
    )


def _status(material: Material, case: Case) -> MaterialFact:
    return MaterialFact(
        material=material,
        revision=material.revision,
        case=case,
        kind=Kind.STATUS,
        code=case.status,
        words=label("detention_status", case.status),
    )


def _cover(material: Material, case: Case) -> MaterialFact:
    return MaterialFact(
        material=material,
        revision=material.revision,
        case=case,
        kind=Kind.CASE,
        row_mac=bytes(case.facts_mac or b"") or None,
        words=_words(case, case.FACT_COLUMNS),
    )


def _spells(material: Material, case: Case) -> MaterialFact:
    count = str(Detention.objects.present().filter(case=case).count())
    return MaterialFact(
        material=material, revision=material.revision, case=case, kind=Kind.SPELLS, code=count, words=count
    )


def _law(material: Material, case: Case) -> MaterialFact:
    """Return how often the office corrected a treaty of this State: one more, and the law lines are looked at again."""
    rows = TreatyCorrection.objects.filter(country=case.country).order_by("made_at", "pk")
    code, told = f"{case.country}:{len(rows)}", [f"{row.treaty}: {row.get_status_display()}" for row in rows]
    return MaterialFact(
        material=material, revision=material.revision, case=case, kind=Kind.LAW, code=code, words=BETWEEN.join(told)
    )


def _words(row: Any, columns: Iterable[str]) -> str:
    """Return the columns of a row in one line, dates in words."""
    told = ((name, getattr(row, name)) for name in columns)
    return BETWEEN.join(_word(name, value) for name, value in told if value)


def _word(column: str, value: Any) -> str:
    if column in CODES:
        return label(CODES[column], value)
    return in_words(value) if column in DATES else str(value)
