"""A ruling on the name of another person stands for the next revision: same name, same sentences, same readers, no more."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from casework.access import NotAllowed
from casework.models import Case
from materials.actions import materials, reviews
from materials.models import Material
from materials.text_as_read import parts_as_read
from safety import gate
from safety.leaks import latest_scan, rule_on, scan
from safety.leaks.third_persons.surroundings import sentences, surroundings
from safety.models import LeakFinding, LeakScan
from tests.factories import a_contact, on_case
from tests.gate.channels import INSERTS, undone
from tests.gate.near_misses import triggers_off
from tests.materials.packets import a_full_packet
from tests.materials.test_other_people_named import NAMED, others, page, refused_because, reviewer, saying, sent, signed
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
WHY = "His mother publishes it herself."
OPEN = "leak-finding-open"


def ruled(sentence: str = NAMED, case: Case | None = None) -> Material:
    """A text in review in which rui ruled on everybody who is named."""
    material = sent(saying(sentence, case))
    rui = reviewer(material)
    for finding in others(material):
        rule_on(actor=rui, finding=finding, material=material, reason=WHY)
    return material


def revised(material: Material, *, by: str = "ana", **texts: str) -> Material:
    """The next revision in review, with these sections changed."""
    materials.take_back(actor=a_person("ana"), material=material)
    material.refresh_from_db()
    now = {section["code"]: section["text"] for section in material.body}
    told = materials.StatedDisclosures(is_nothing_further=True)
    again = materials.edit(
        actor=a_person(by),
        material=material,
        version=material.version,
        title=texts.pop("title", material.title),
        texts={**now, **{f"MIN_BRIEF.{number[1:]}": text for number, text in texts.items()}},
        told=told,
    )
    return sent(again)


def scanned_as(material: Material, **fields: Any) -> Material:
    """The next revision, scanned for other readers: `write` gives a text its readers, so this goes past the verbs."""
    for name, value in fields.items():
        setattr(material, name, value)
    material.save()
    material.refresh_from_db()
    scan(actor=a_person("ana"), material=material, parts=parts_as_read(material.title, material.body), disclosed={})
    return material


def open_names(material: Material) -> list[str]:
    return [row.words for row in others(material) if row.ruled_at is None]


def test_a_ruling_stands_for_the_next_revision_and_the_page_says_whose_it_is(client: Client) -> None:
    first = ruled()
    (before,) = others(first)
    material = revised(first, title="A briefing, put more shortly")
    (after,) = others(material)
    assert material.revision > before.scan.revision and after.pk != before.pk
    assert (after.ruled_by, after.ruled_at, after.reason) == (a_person("rui"), before.ruled_at, WHY)
    assert OPEN not in gate.examine(gate.Leaving.of(material), moment="review").codes
    drawn = page(signed_in(client, a_person("rui"), fresh=True), "review", material)
    day = date_format(timezone.localtime(before.ruled_at), "DATE_FORMAT")
    assert f"Ruled on revision {before.scan.revision} by Rui" in drawn and f"on {day}: “{WHY}”" in drawn
    assert "Rule anew" in drawn and "Pass with a reason" not in drawn
    assert signed(material).level == material.level


def test_a_ruling_of_this_revision_is_told_as_before_and_is_not_made_anew(client: Client) -> None:
    material = ruled()
    drawn = page(signed_in(client, a_person("rui"), fresh=True), "review", material)
    assert "Passed by Rui" in drawn and "Ruled on revision" not in drawn and "Rule anew" not in drawn
    (finding,) = others(material)
    rule_on(actor=on_case(material.cases.get(), "tomas", "reviewer"), finding=finding, material=material, reason="No.")
    assert LeakFinding.objects.get(pk=finding.pk).reason == WHY


def test_a_ruling_stands_through_several_revisions_and_keeps_the_first_number() -> None:
    first = ruled()
    (before,) = others(first)
    second = revised(first, title="A second title")
    third = revised(second, title="A third title")
    (after,) = others(third)
    assert third.revision > second.revision and after.carried_from_id == before.pk and open_names(third) == []


def test_the_reviewer_of_the_next_revision_rules_anew_in_their_own_name(client: Client) -> None:
    material = revised(ruled(), title="Another title")
    (finding,) = others(material)
    tomas = signed_in(client, on_case(material.cases.get(), "tomas", "reviewer"), fresh=True)
    passing = reverse("materials:pass_finding", args=[material.pk, finding.pk])
    drawn = tomas.get(passing).content.decode()
    assert "Ruled on revision" in drawn and "<textarea" in drawn
    assert tomas.post(passing, {"reason": "He told us so himself."}).status_code == 302
    finding.refresh_from_db()
    assert (finding.ruled_by, finding.reason, finding.carried_from) == (
        a_person("tomas"),
        "He told us so himself.",
        None,
    )
    assert "Passed by Tomas" in page(tomas, "review", material)
    (later,) = others(revised(material, title="A third title"))
    assert later.ruled_by == a_person("tomas") and later.carried_from_id == finding.pk


def test_neither_the_author_nor_a_reader_rules_anew() -> None:
    material = revised(ruled(), title="Another title")
    (finding,) = others(material)
    for who in (a_person("ana"), on_case(material.cases.get(), "omar", "reader")):
        with pytest.raises((ValidationError, NotAllowed)):
            rule_on(actor=who, finding=finding, material=material, reason="Mine.")
    assert LeakFinding.objects.get(pk=finding.pk).reason == WHY


CHANGED: dict[str, dict[str, str]] = {
    "a word of the sentence": {"s4": "He shared a cell with Marwan Hadidi."},
    "the name": {"s4": "He shares a cell with Marwan Hadidy."},
    "another sentence with the name": {"s4": f"{NAMED} Marwan Hadidi told on him."},
    "another sentence with a part of the name": {"s4": f"{NAMED} The guards trust Hadidi."},
    "the name in another section": {"s4": NAMED, "s2": "Marwan Hadidi asks it."},
    "what stands before a doubtful end": {"s4": f"It is a lie by Commdr. Orlov: {NAMED}"},
    "the end of the sentence": {"s4": "He shares a cell with Marwan Hadidi, who beat him."},
}


@pytest.mark.parametrize("texts", CHANGED.values(), ids=CHANGED)
def test_whatever_changed_about_a_name_is_asked_again(texts: dict[str, str]) -> None:
    first = ruled()
    if "s2" in texts:
        section = next(row for row in first.body if row["code"] == "MIN_BRIEF.2")
        texts = {**texts, "s2": f"{section['text']}\n{texts['s2']}"}
    material = revised(first, **texts)
    assert open_names(material)
    assert OPEN in refused_because(material)


def test_a_sentence_added_beside_it_that_names_nobody_asks_nothing_again() -> None:
    assert open_names(revised(ruled(), s4=f"{NAMED} The cell is cold.")) == []


def test_only_the_name_whose_sentence_changed_is_asked_again() -> None:
    first = ruled(f"{NAMED} The guard Ode Lindqvist hit him.")
    assert len(others(first)) == 2
    material = revised(first, s4=f"{NAMED} The guard Ode Lindqvist helped him.")
    (name,) = open_names(material)
    assert "Lindqvist" in name


def test_who_edited_the_next_revision_did_not_rule_on_it() -> None:
    first = ruled()
    on_case(first.cases.get(), "rui", "communications")
    assert open_names(revised(first, by="rui", title="Another title")) == ["Marwan Hadidi"]


def test_a_ruling_by_somebody_who_may_not_sign_any_more_is_asked_again() -> None:
    first = ruled()
    case = first.cases.get()
    case.memberships.filter(user=a_person("rui")).update(ended_at=timezone.now(), ended_by=a_person("ana"))
    case.caseuserobjectpermission_set.filter(user=a_person("rui")).delete()
    assert open_names(revised(first, title="Another title")) == ["Marwan Hadidi"]


def test_a_ruling_stands_for_the_next_revision_and_not_for_one_after_the_name_was_out() -> None:
    second = revised(ruled(), s4="He shares a cell with another man.")
    assert others(second) == []
    assert open_names(revised(second, s4=NAMED)) == ["Marwan Hadidi"]


@pytest.mark.parametrize(
    "fields", [{"audience": "AU_OWNGOV"}, {"audience": "AU_PUBLIC", "level": "full"}, {"language": "es"}]
)
def test_other_readers_or_another_language_are_asked_about_again(fields: dict[str, str]) -> None:
    assert open_names(scanned_as(ruled(), title="Put more shortly")) == []
    assert open_names(scanned_as(ruled(), **fields)) == ["Marwan Hadidi"]


def test_a_ruling_on_a_name_is_none_on_somebody_who_is_protected_since() -> None:
    case = a_full_packet()
    first = ruled(case=case)
    a_contact(case, "Marwan Hadidi")
    material = revised(first, title="Another title")
    scanned = latest_scan(material)
    assert scanned is not None
    (finding,) = scanned.findings.all()
    assert finding.field == "casework.contact.name" and finding.ruled_at is None


def test_a_ruling_written_past_the_program_does_not_stand_again() -> None:
    first = sent(saying(NAMED))
    rui = reviewer(first)
    (finding,) = others(first)
    rule_on(actor=rui, finding=finding, material=first, reason=WHY)
    with triggers_off():
        LeakFinding.objects.filter(pk=finding.pk).update(ruled_by=on_case(first.cases.get(), "tomas", "reviewer"))
    assert open_names(revised(first, title="Another title")) == ["Marwan Hadidi"]


def test_a_reading_for_names_is_of_one_revision_and_asked_again() -> None:
    first = sent(saying("كان في الزنزانة مع مروان."))
    rui = reviewer(first)
    LeakScan.objects.filter(material_id=first.pk).update(read_by=None)
    row = LeakScan.objects.get(material_id=first.pk)
    row.read_by, row.read_at = rui, timezone.now()
    row.save()
    assert "leak-scan-cannot-check" in refused_because(revised(first, title="Another title"))


def taken_over(material: Material) -> LeakFinding:
    """A finding of the next revision that takes over the ruling, not stored yet; as `scan` makes it."""
    (kept,) = others(material)
    told = {field.name: getattr(kept, field.name) for field in LeakFinding._meta.concrete_fields}
    return LeakFinding(**told | {"id": uuid.uuid4(), "mark": None})


def _of_another_case(row: LeakFinding) -> None:
    row.case_id = uuid.uuid4()


def _of_another_ruler(row: LeakFinding) -> None:
    row.ruled_by = a_person("tomas")


def _of_another_day(row: LeakFinding) -> None:
    row.ruled_at = timezone.now()


def _of_another_field(row: LeakFinding) -> None:
    row.field = "casework.contact.name"


def _of_another_material(row: LeakFinding) -> None:
    row.material_id = uuid.uuid4()


def _in_other_sentences(row: LeakFinding) -> None:
    row.surroundings_mac = b"x" * 32


def _in_no_sentence(row: LeakFinding) -> None:
    row.surroundings_mac = None


def _from_a_copy(row: LeakFinding) -> None:
    row.carried_from = LeakFinding.objects.exclude(carried_from=None).get()


def _for_other_readers(row: LeakFinding) -> None:
    _scan_of(row, audience="AU_PUBLIC")


def _in_another_language(row: LeakFinding) -> None:
    _scan_of(row, language="ru")


def _scan_of(row: LeakFinding, **columns: str) -> None:
    told = LeakScan.objects.get(pk=row.scan_id)
    told.pk, told._state.adding = uuid.uuid4(), True
    for name, value in columns.items():
        setattr(told, name, value)
    told.save(force_insert=True)
    row.scan = told


Spoiler = Callable[[LeakFinding], None]
NEAR: dict[str, tuple[str, Spoiler]] = {
    "another ruler": ("another-ruling", _of_another_ruler),
    "another day": ("another-ruling", _of_another_day),
    "a copy": ("carried-twice", _from_a_copy),
    "another case": ("another-case", _of_another_case),
    "another field": ("another-field", _of_another_field),
    "other readers": ("other-readers", _for_other_readers),
    "another language": ("another-language", _in_another_language),
    "other sentences": ("other-words", _in_other_sentences),
    "no sentence": ("other-words", _in_no_sentence),
}
GUARD = "a_ruling_stands_again_only_for_the_same"


@pytest.mark.parametrize(("clause", "spoil"), NEAR.values(), ids=NEAR)
def test_the_database_takes_over_no_ruling_that_was_made_on_something_else(clause: str, spoil: Spoiler) -> None:
    row = taken_over(revised(ruled(), title="Another title"))

    def said() -> dict[str, str]:
        return {name: undone(partial(channel, row)) for name, channel in INSERTS.items()}

    assert set(said().values()) == {""}
    spoil(row)
    assert {name: f"{GUARD}: {clause}" in words for name, words in said().items()} == dict.fromkeys(INSERTS, True)
    with triggers_off(left_out=(f"{GUARD}:{clause}",)):
        pass
    assert set(said().values()) == {""}


def test_the_database_takes_over_no_ruling_on_another_text() -> None:
    material = revised(ruled(), title="Another title")
    other = ruled()
    row = taken_over(material)
    row.material_id, row.scan, row.reason = other.pk, others(other)[0].scan, WHY
    assert f"{GUARD}: another-material" in undone(lambda: row.save(force_insert=True))
    with triggers_off(left_out=(f"{GUARD}:another-material",)):
        pass
    assert undone(lambda: row.save(force_insert=True)) == ""


def test_no_finding_is_born_ruled_on() -> None:
    row = taken_over(revised(ruled(), title="Another title"))
    row.carried_from = None
    assert GUARD in undone(lambda: row.save(force_insert=True))


ONE = "He shares a cell with Marwan Hadidi."
PARTED: dict[str, tuple[str, int]] = {
    f"{ONE} He is ill.": ("a plain word with a capital begins anew", 2),
    f"{ONE}\nHe is ill.": ("a line ends", 2),
    f"By Capt. {ONE}": ("a rank is shortened", 1),
    f"So said he to Z. {ONE}": ("one letter is an initial", 1),
    f"They hit him. {ONE}": ("a plain word is whole, however short", 2),
    f"By подполк. Orlov, {ONE}": ("a name may follow a rank", 1),
    f"“Hit him!” said the guard. {ONE}": ("a quote goes on", 2),
    "He said 「そうです。」 of Marwan.": ("a stop within quotes", 1),
    "他和马尔万同住。他病了。": ("stops of its own", 2),
    "كان مع مروان. هو مريض.": ("no capitals, so nobody can tell", 1),
}


@pytest.mark.parametrize("text", PARTED, ids=[why for why, _count in PARTED.values()])
def test_a_sentence_ends_where_nobody_can_doubt_it(text: str) -> None:
    found = [one for one in sentences(text) if one.strip()]
    assert len(found) == PARTED[text][1] and "".join(found) == text


def test_the_sentences_around_a_name_are_all_in_which_a_word_of_it_stands() -> None:
    parts = {"title": "On Hadidi", "a": f"{ONE} He is ill. The mother of Hadidi knows.", "b": "Nothing."}
    assert surroundings("Marwan Hadidi", parts) == [
        ("title", "On Hadidi"),
        ("a", ONE),
        ("a", "The mother of Hadidi knows."),
    ]
    assert surroundings("Nobody Here", parts) == list(parts.items())


def test_a_signature_on_the_next_revision_needs_no_second_ruling_and_one_on_a_changed_one_does() -> None:
    material = revised(ruled(), title="Another title")
    assert signed(material).level == material.level
    changed = revised(ruled(), s4="He once shared a cell with Marwan Hadidi.")
    with pytest.raises(reviews.NotSigned):
        signed(changed)
