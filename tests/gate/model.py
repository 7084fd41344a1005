"""An independent model of the full gate for one case and one material: plain Python that never reads the database."""

from dataclasses import dataclass, field


@dataclass
class Signed:
    """A review as the model remembers it."""

    revision: int
    reviewer: str
    rapid_is_fresh: bool
    revoked: bool = False
    cleared: bool = False
    clearance_revoked: bool = False
    clearance_ended: bool = False


@dataclass
class Said:
    """Somebody's word, of the words as they are, that what they ask makes sense in one situation."""

    situation: str
    counts: bool
    by: str


@dataclass
class Ruling:
    """How a fact was when the words were written, or when somebody ruled that they still hold."""

    value: str
    counts: bool
    by: str = ""


@dataclass
class Twin:
    """A case beside the first that may be about the same person."""

    is_tied: bool = False
    wish: str = ""
    has_refused: bool = False
    is_held: bool = False
    is_scanned: bool = False
    rulings: list[tuple[str, bool, bool, bool]] = field(default_factory=list)

    def counts(self) -> bool:
        """Say whether it counts: it is tied, and nobody ruled that it is about somebody else."""
        return self.is_tied and not self._is_another()

    def stops(self) -> bool:
        """Say whether it stops a public text: it knows a stop, and nobody ruled that it is about somebody else."""
        return self.counts() and self.knows_a_stop()

    def knows_a_stop(self) -> bool:
        """Say whether it knows something that would stop a public text."""
        return self.wish == "silence" or self.has_refused or self.is_held

    def _is_another(self) -> bool:
        if any(is_same for _who, _both, _there, is_same in self.rulings):
            return False
        here = {who for who, _both, is_there, _same in self.rulings if not is_there}
        there = {who for who, _both, is_there, _same in self.rulings if is_there}
        by_two = any(one != other for one in here for other in there)
        return by_two or any(is_for_both for _who, is_for_both, _there, _same in self.rulings)


@dataclass
class Model:
    """What the rules have done so far."""

    author: str = "ana"
    editor: str = "ana"
    revision: int = 1
    consents: list[dict[str, bool]] = field(default_factory=list)
    refused_after: list[int] = field(default_factory=list)
    facts_now: dict[str, str] = field(default_factory=dict)
    rulings: dict[str, list[Ruling]] = field(default_factory=dict)
    aim: str = "redress"
    said: list[Said] = field(default_factory=list)
    wish: str = "none_known"
    twin: Twin = field(default_factory=Twin)
    posture: str = ""
    assessments: list[dict[str, object]] = field(default_factory=list)
    holds: list[bool] = field(default_factory=list)
    pauses: int = 0
    reviews_due: int = 0
    claim_status: str = "VS_DOC"
    claim_says: str = "what it said"
    reliability: str = "A"
    scan: str = ""
    ruled: bool = False
    read: bool = False
    knows_words: bool = False
    family_told: bool = False
    signed: list[Signed] = field(default_factory=list)
    dispatched: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)

    def edited(self, by: str) -> None:
        """The words changed: everything that judged them is of another revision."""
        self.revision += 1
        self.editor, self.scan, self.ruled, self.read = by, "", False, False
        self.twin.is_scanned = False
        self.written()

    def written(self) -> None:
        """The words stand on the facts as they are now."""
        self.rulings = {name: [Ruling(value, counts=True)] for name, value in self.facts_now.items()}
        self.said = []

    def situation(self) -> str:
        """Return where the person is."""
        return {"DS_DIED": "dead", "DS_RELEASED": "free"}.get(self.facts_now["status"], "held")

    def says_asks_make_sense(self, by: str) -> None:
        """Somebody says that what is asked makes sense; of whom is held nobody needs to."""
        if self.situation() != "held" and self.situation() not in {one.situation for one in self.said}:
            self.said.append(Said(self.situation(), counts=self.revision not in self.dispatched, by=by))

    def asks_in_vain(self) -> bool:
        """Say whether the demand makes no sense where the person is, or nobody said of the words that they do."""
        makes_sense = {"redress": {"held", "free", "dead"}, "release": {"held"}, "body": {"dead"}}[self.aim]
        is_said = any(one.counts and one.situation == self.situation() for one in self.said)
        return self.situation() not in makes_sense or not (self.situation() == "held" or is_said)

    def changed(self) -> list[str]:
        """Return which facts are not as the latest ruling that counts says."""
        return [
            name
            for name, told in self.rulings.items()
            if next(one.value for one in reversed(told) if one.counts) != self.facts_now[name]
        ]

    def still_right(self, by: str) -> None:
        """Somebody rules on what changed; once the words are out it waits for a second person."""
        is_out = self.revision in self.dispatched
        for name in self.changed():
            self.rulings[name].append(Ruling(self.facts_now[name], counts=not is_out, by=by))

    def agreed(self, by: str) -> None:
        """A second person agrees to every ruling that waits and is not their own."""
        for told in self.rulings.values():
            for one in told:
                one.counts = one.counts or one.by != by
        for word in self.said:
            word.counts = word.counts or word.by != by

    def is_refused(self) -> bool:
        """Say whether a refusal stands: no later answer of the person that was not withdrawn took its place."""
        return any(all(consent["withdrawn"] for consent in self.consents[place:]) for place in self.refused_after)

    def _nothing_stands_against_it(self) -> bool:
        """Say whether nothing stops it at any time, also when it is public: consent apart, which may run out slowly."""
        return (
            not self.is_refused()
            and not self.changed()
            and not self.asks_in_vain()
            and not self.twin.stops()
            and self.wish != "silence"
            and self.posture == "PO_PUBLIC"
            and not any(self.holds)
            and not self.pauses
            and self.risk_allows_it()
            and self.claim_status not in {"VS_NEW", "VS_CONFLICT", "VS_REFUTED", "VS_STALE"}
            and self.claim_says in {"what it said", "nobody knows what"}
            and self.reliability in {"A", "B"}
            and self.knows_words
            and (self.twin.is_scanned or not self.twin.counts())
            and not (self.scan == "findings" and not self.ruled)
        )

    def risk_allows_it(self) -> bool:
        """Say whether the latest assessment allows it, signed or not."""
        latest = self.assessments[-1] if self.assessments else None
        if latest is None or latest.get("stops") or (latest["signed"] and latest["ended"]):
            return False
        is_high = latest["level"] == "RL_HIGH" and bool(latest["director"]) and self.wish == "publicity"
        return latest["level"] in {"RL_LOW", "RL_MED"} or is_high

    def open_apart_from_signature(self) -> bool:
        """Say whether consent, risk, claims and scan allow it."""
        latest = self.assessments[-1] if self.assessments else None
        return (
            self._nothing_stands_against_it()
            and any(consent["live"] for consent in self.consents)
            and not self.reviews_due
            and latest is not None
            and bool(latest["signed"])
            and self.claim_says == "what it said"
            and (self.scan in {"clean", "findings"} or (self.scan == "cannot_check" and self.read))
        )

    def may_stay(self, signature: Signed) -> bool:
        """Say whether what is public in these words may stay: what ran out has days of grace, what was taken back none."""
        return (
            self._nothing_stands_against_it()
            and any(consent["live"] or consent["expired"] for consent in self.consents)
            and not (signature.revoked or signature.clearance_revoked)
        )

    def allowed(self, signature: Signed) -> bool:
        """Say whether a dispatch on this signature may go out now."""
        return (
            self.open_apart_from_signature()
            and self.family_told
            and signature.revision == self.revision
            and signature.reviewer not in {self.author, self.editor}
            and signature.rapid_is_fresh
            and signature.cleared
            and not (signature.revoked or signature.clearance_revoked or signature.clearance_ended)
        )
