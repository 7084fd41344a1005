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
class Model:
    """What the rules have done so far."""

    author: str = "ana"
    editor: str = "ana"
    revision: int = 1
    consents: list[dict[str, bool]] = field(default_factory=list)
    refusals: int = 0
    wish: str = "none_known"
    posture: str = ""
    assessments: list[dict[str, object]] = field(default_factory=list)
    holds: list[bool] = field(default_factory=list)
    pauses: int = 0
    reviews_due: int = 0
    claim_status: str = "VS_DOC"
    reliability: str = "A"
    scan: str = ""
    ruled: bool = False
    read: bool = False
    family_told: bool = False
    signed: list[Signed] = field(default_factory=list)
    dispatched: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)

    def edited(self, by: str) -> None:
        """The words changed: everything that judged them is of another revision."""
        self.revision += 1
        self.editor, self.scan, self.ruled, self.read = by, "", False, False

    def open_apart_from_signature(self) -> bool:
        """Say whether consent, risk, claims and scan allow it."""
        latest = self.assessments[-1] if self.assessments else None
        return (
            any(consent["live"] for consent in self.consents)
            and not self.refusals
            and self.wish != "silence"
            and self.posture == "PO_PUBLIC"
            and not any(self.holds)
            and not self.pauses
            and not self.reviews_due
            and latest is not None
            and bool(latest["signed"])
            and not latest["ended"]
            and (
                latest["level"] in {"RL_LOW", "RL_MED"}
                or (latest["level"] == "RL_HIGH" and bool(latest["director"]) and self.wish == "publicity")
            )
            and self.claim_status not in {"VS_NEW", "VS_CONFLICT", "VS_REFUTED", "VS_STALE"}
            and self.reliability in {"A", "B"}
            and (
                self.scan == "clean"
                or (self.scan == "findings" and self.ruled)
                or (self.scan == "cannot_check" and self.read)
            )
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
