"""What the gate answers: open, or every reason why not, each with who can mend it and where."""

import uuid
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from casework.models import Case
from safety.conditions import registry
from safety.conditions.record import Ground


@dataclass(frozen=True)
class Refusal:
    """One unmet condition, of one case or of the material as a whole."""

    code: str
    case: Case | None = None
    material_id: uuid.UUID | None = None
    further_cases: int = 0

    @property
    def ground(self) -> Ground:
        """Return what is known of the condition."""
        return registry.by_code(self.code)

    @property
    def sentence(self) -> str:
        """Return what is wrong, in words."""
        return str(self.ground.sentence)

    @property
    def title(self) -> str:
        """Return the sentence for the refusal list."""
        return self.sentence

    @property
    def text(self) -> str:
        """Return which case it is about, as far as the reader may know it."""
        if self.case is not None:
            return f"{self.case.codename} {self.case.reference}"
        return _("One further case") if self.further_cases else ""

    @property
    def label(self) -> str:
        """Return the words of the link that leads to the mend."""
        return str(self.ground.mend)

    @property
    def url(self) -> str:
        """Return the page that mends it, or nothing where the reader may not go."""
        return self.ground.page.address(case=self.case.reference if self.case else "", material=self.material_id)


@dataclass(frozen=True)
class Verdict:
    """Every refusal, in the gate's order. True when there is none."""

    refusals: tuple[Refusal, ...] = field(default=())

    def __bool__(self) -> bool:
        return not self.refusals

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes without doubles, in the gate's order."""
        return tuple(dict.fromkeys(refusal.code for refusal in self.refusals))


class GateClosed(Exception):
    """The gate refused. Carries the verdict; nothing was changed."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(", ".join(verdict.codes))
