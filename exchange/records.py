"""One case as a file tells it, checked and ready to be written."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class WordsTold:
    """A translation of one field: who translated it there, and how far it was. `original` is what it translates."""

    field: str
    language: str
    words: str
    original: str
    by: str
    state: str


@dataclass(frozen=True)
class NameTold:
    """A name of the person."""

    kind: str
    script: str
    value: str


@dataclass(frozen=True)
class PlaceTold:
    """Where the person was held from a date on; the claim that says so by its place in the file, from 1."""

    since: str
    until: str
    place: str
    claim: int | None = None
    translations: tuple[WordsTold, ...] = ()


@dataclass(frozen=True)
class ChargeTold:
    """A charge and its outcome; the claims that say its stages by their places in the file, from 1."""

    charged_on: str
    law: str
    court: str
    judge: str
    case_number: str
    verdict: str
    sentence: str
    tried_on: str = ""
    trial_place: str = ""
    sentenced_on: str = ""
    charge_claim: int | None = None
    trial_claim: int | None = None
    sentence_claim: int | None = None
    translations: tuple[WordsTold, ...] = ()


@dataclass(frozen=True)
class DetentionTold:
    """One spell of detention; the claim that says when and where it began by its place in the file, from 1."""

    started: str
    ended: str
    term_ends: str
    ending: str
    legal_basis: str
    authority: str
    places: tuple[PlaceTold, ...]
    charges: tuple[ChargeTold, ...]
    taken_by: str = ""
    taken_at: str = ""
    arrest_claim: int | None = None
    circumstances: str = ""
    warrant: str = ""
    acknowledged: str = ""
    basis_kind: str = ""
    counsel: str = ""
    contact_allowed: str = ""
    translations: tuple[WordsTold, ...] = ()


@dataclass(frozen=True)
class EventTold:
    """An event with its date, and the date as it was told; the claim that proves it by its place in the file, from 1."""

    on: str
    told_as: str
    event: str
    is_expected: bool = False
    claim: int | None = None


@dataclass(frozen=True)
class SourceTold:
    """A source, by the name the file gives it."""

    name: str
    title: str
    kind: str
    reliability: str
    on: str
    is_general: bool
    secrecy: str
    attribution: str
    link: str = ""
    seen_on: str = ""
    translations: tuple[WordsTold, ...] = ()
    reliability_reason: str = ""


@dataclass(frozen=True)
class ClaimTold:
    """A claim, the names of its sources, the place in each, and the consent items it discloses."""

    text: str
    status: str
    credibility: int | None
    sources: tuple[str, ...]
    against: tuple[str, ...]
    on: str
    use: str
    discloses: tuple[str, ...]
    places: Mapping[str, str] = field(default_factory=dict)
    translations: tuple[WordsTold, ...] = ()


@dataclass(frozen=True)
class DemandTold:
    """A demand and what it is about; words of the file's own where it does not say. The first two lead where none says."""

    text: str
    aim: str
    is_lead: bool | None = None
    translations: tuple[WordsTold, ...] = ()


@dataclass(frozen=True)
class AskTold:
    """An ask and the words of its demand."""

    to: str
    text: str
    demand: str
    by: str = ""
    audience: str = ""
    translations: tuple[WordsTold, ...] = ()


@dataclass(frozen=True)
class AnswerTold:
    """Why a question of the packet has no fact, and who was asked."""

    question: str
    answer: str
    asked: str


@dataclass(frozen=True)
class CaseTold:
    """A whole case of the file, with the tag by which it is known again."""

    codename: str
    country: str
    status: str
    status_on: str
    born: str
    occupation: str
    activity: str
    language: str = "en"
    public_label: str = ""
    summary: str = ""
    authorities_say: str = ""
    why_now: str = ""
    gender: str = ""
    spoken_of: str = ""
    nationality: str = ""
    residence: str = ""
    document_number: str = ""
    health: str = ""
    note: str = ""
    names: tuple[NameTold, ...] = field(default=())
    detentions: tuple[DetentionTold, ...] = field(default=())
    timeline: tuple[EventTold, ...] = field(default=())
    charges: tuple[ChargeTold, ...] = field(default=())
    rights: tuple[str, ...] = field(default=())
    facts: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[SourceTold, ...] = field(default=())
    claims: tuple[ClaimTold, ...] = field(default=())
    demands: tuple[DemandTold, ...] = field(default=())
    asks: tuple[AskTold, ...] = field(default=())
    answers: tuple[AnswerTold, ...] = field(default=())
    translations: tuple[WordsTold, ...] = field(default=())
    tag: bytes = b""
