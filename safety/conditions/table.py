"""The gate as a picture and a table for docs/gate.md, drawn from the conditions themselves."""

from dataclasses import dataclass

from django.utils import translation

from safety.conditions.record import Condition, Moment
from safety.conditions.registry import OF_A_COPY, OF_A_DISPATCH, at

BEGIN = "<!-- gate_table: begin. `./run manage gate_table --into docs/gate.md` writes this part. -->"
END = "<!-- gate_table: end -->"


@dataclass(frozen=True)
class GateStep:
    """One way from a state of a material to the next, and the moment at which the gate is asked on it."""

    before: str
    after: str
    words: str
    moment: Moment | None = None


STEPS = (
    GateStep("[*]", "written", "composed from the packet"),
    GateStep("written", "in_review", "sent to review, the leak scan runs"),
    GateStep("in_review", "written", "sent back, or edited"),
    GateStep("in_review", "signed", "a second person signs this revision", Moment.REVIEW),
    GateStep("signed", "cleared", "the gate grants a clearance for seven days", Moment.REVIEW),
    GateStep("in_review", "cleared", "alone, a notice whose signers did not answer", Moment.REVIEW),
    GateStep("cleared", "waiting", "a dispatch or a copy is made", Moment.INSERT),
    GateStep("waiting", "dispatched", "it leaves", Moment.LEAVE),
    GateStep("dispatched", "dispatched", "handed out again only while all of these hold", Moment.SERVE),
    GateStep("dispatched", "published", "its page is open"),
    GateStep("published", "published", "shown at each request only while all of these hold", Moment.SERVE),
    GateStep("published", "withdrawn", "taken down by one person"),
    GateStep("withdrawn", "[*]", "publishing again needs a new revision"),
)


def markdown() -> str:
    """Return the part of docs/gate.md that is drawn: the states, how much is asked on each step, every condition."""
    with translation.override("en"):
        return "\n".join([BEGIN, *_states(), "", *_table(), END])


def replaced(page: str) -> str:
    """Return the page with its drawn part as it is now; raises ValueError where the page has no place for it."""
    before, begins, rest = page.partition(BEGIN)
    _drawn, ends, after = rest.partition(END)
    if not (begins and ends):
        raise ValueError("The page does not hold the two marks of gate_table.")
    return f"{before}{markdown()}{after}"


def _states() -> list[str]:
    lines = [f"    {step.before} --> {step.after}: {step.words}{_asked(step.moment)}" for step in STEPS]
    return ["```mermaid", "stateDiagram-v2", *lines, "```"]


def _asked(moment: Moment | None) -> str:
    if moment is None:
        return ""
    of_a_dispatch, of_a_copy = len(at(moment, OF_A_DISPATCH)), len(at(moment, OF_A_COPY))
    copies = f", {of_a_copy} of a copy" if of_a_copy != of_a_dispatch else ""
    return f" ({moment} asks {of_a_dispatch}{copies})"


def _table() -> list[str]:
    head = f"| condition | refuses when | {' | '.join(Moment)} | cell of the review page |"
    return [head, "|---|---|" + "---|" * len(Moment) + "---|", *(_row(condition) for condition in OF_A_COPY)]


def _row(condition: Condition) -> str:
    asked = " | ".join("x" if moment in condition.moments else "" for moment in Moment)
    return f"| `{condition.code}` | {condition.sentence} | {asked} | {condition.cell.value} |"
