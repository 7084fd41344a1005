"""Scenes at the edges of what is asked about translations: of each kind of words, signed or not, current or not."""

from collections.abc import Iterator
from typing import Any

from casework.models import TypedWords
from materials.models import MaterialFact
from tests.casework.translated import a_translation
from tests.gate.near_misses_of_translations import an_original, noted
from tests.gate.ready import Ready, make_ready
from tests.gate.scenes import NOBODY, Change, Scene, now, scene

CHANGED = "facts-changed"
NOT_SIGNED = "translation-not-signed"


def translated(what: str = TypedWords.DEMAND, *, then: str = "", is_signed: bool = True, **columns: Any) -> Change:
    """Return a change that lets the text print a translation of such words, and does something to the original."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        case.refresh_from_db()
        original = an_original(case, what)
        row, field = original.row, what.split(".")[1]
        told = dict(columns)
        if told.pop("of_another_material", False):
            told["material"] = make_ready("MIN_BRIEF", "AU_DIPLO").material
        words = a_translation(original, "كلمات", is_signed=is_signed, translated_by=ready.ana)
        noted(ready, words, **told)
        if then == "changed":
            setattr(row, field, "What it says now.")
            row.save()
        if then == "moved to another field":
            other = next(name for name in row.TYPED_WORDS if name != field)
            setattr(row, other, getattr(row, field))
            setattr(row, field, "What it says now.")
            row.save()
        if then == "said by another row":
            other_row = an_original(case, what).row
            assert other_row.pk != row.pk
            setattr(row, field, "What it says now.")
            row.save()
        if then == "taken out":
            row.removed_at = now()
            row.save()

    return change


def _beside_a_signed_one(ready: Ready, case: Any, row: Any) -> None:
    translated()(ready, case, row)
    translated(is_signed=False)(ready, case, row)


def _unsigned_but_not_printed(ready: Ready, case: Any, _row: Any) -> None:
    a_translation(an_original(case), "كلمات", is_signed=False, translated_by=ready.ana)


def _ruled(ready: Ready, case: Any, row: Any) -> None:
    """The original changed, and somebody ruled of each fact that the words still hold."""
    translated(then="changed")(ready, case, row)
    fact = MaterialFact.objects.get(material=ready.material, kind="translated")
    fact.pk, fact.number = None, 2
    MaterialFact(
        **{
            field.attname: getattr(fact, field.attname)
            for field in fact._meta.concrete_fields
            if field.name not in {"id", "mark"}
        }
    ).save()


def _of_each_kind_of_words() -> Iterator[Scene]:
    for what in TypedWords:
        yield scene(f"{what} translated and signed", translated(what))
        yield scene(f"{what} changed", translated(what, then="changed"), NOT_SIGNED)
        if not what.startswith(("case.", "claim.")):
            yield scene(f"{what} taken out", translated(what, then="taken out"), NOT_SIGNED)


SCENES: tuple[Scene, ...] = (
    *_of_each_kind_of_words(),
    scene("claim.text taken out", translated(TypedWords.CLAIM, then="taken out"), NOT_SIGNED),
    scene("nobody signed", translated(is_signed=False), NOT_SIGNED),
    scene("nobody signed one of two", _beside_a_signed_one, NOT_SIGNED),
    scene("nobody signed what the text does not print", _unsigned_but_not_printed),
    scene("nobody signed what another text prints", translated(is_signed=False, of_another_material=True)),
    scene("nobody signed what another revision prints", translated(is_signed=False, revision=77)),
    scene("nobody signed, noted as a demand", translated(is_signed=False, kind="demand"), CHANGED),
    scene("no such translation", translated(row_id=NOBODY), NOT_SIGNED, CHANGED),
    scene("another field says it now", translated(TypedWords.COURT, then="moved to another field"), NOT_SIGNED),
    scene("another row says it", translated(then="said by another row"), NOT_SIGNED),
    scene("the original changed, and somebody ruled on it", _ruled, NOT_SIGNED),
    scene("nobody signed, in a notice", translated(is_signed=False), kind="notice"),
    scene("the original changed, in a notice", translated(then="changed"), NOT_SIGNED, kind="notice"),
    scene("nobody signed, in a paper", translated(is_signed=False), NOT_SIGNED, kind="paper"),
    scene("nobody signed, in a stop notice", translated(is_signed=False), NOT_SIGNED, kind="stop notice"),
)
