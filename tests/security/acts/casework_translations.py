"""Acts on translations of the packet: a line is written in another language, and signed by a reader of it."""

from typing import Any

from accounts.models import User
from casework.actions.translations import Line
from casework.models import Translation
from casework.translating.originals import originals_of
from tests.casework.translated import a_translation
from tests.security.acts.record import Act
from tests.security.acts.world import ActWorld


def a_line(world: ActWorld) -> dict[str, Any]:
    """Return a line that nobody has translated yet."""
    one = next(one for one in originals_of(world.case) if one.what == "claim.text")
    line = Line(*one.key, text="سطر", version=0, read=one.mac.hex())
    return {"case": world.case, "language": "ar", "lines": [line]}


def waits_for_a_reader(world: ActWorld) -> Translation:
    """Return a translation of ana's that waits, in a language that everybody reads."""
    User.objects.update(reads="ar")
    one = next(one for one in originals_of(world.case) if one.what == "claim.text")
    return a_translation(one, "سطر", is_signed=False, translated_by=world.people["ana"])


def ticked(world: ActWorld) -> dict[str, Any]:
    """Return the tick at the translation that waits."""
    return {"case": world.case, "language": "ar", "rows": [(world.ready.pk, world.ready.version)]}


ACTS = (
    Act("casework.actions.translations.translate", a_line, any_of=("change_case", "write_material")),
    Act(
        "casework.actions.translations.sign",
        ticked,
        ready=waits_for_a_reader,
        all_of=("view_case",),
        refuses={"who translated": lambda w: w.people["ana"]},
    ),
)
