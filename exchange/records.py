"""One case as a file tells it, checked and ready to be written."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class NameTold:
    """A name of the person."""

    kind: str
    script: str
    value: str


@dataclass(frozen=True)
class PlaceTold:
    """Where the person was held from a date on."""

    since: str
    until: str
    place: str


@dataclass(frozen=True)
class ChargeTold:
    """A charge and its outcome."""

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


@dataclass(frozen=True)
class DetentionTold:
    """One spell of detention."""

    started: str
    ended: str
    term_ends: str
    ending: str
    legal_basis: str
    authority: str
    places: tuple[PlaceTold, ...]
    charges: tuple[ChargeTold, ...]


@dataclass(frozen=True)
class EventTold:
    """An event with its date, and the date as it was told."""

    on: str
    told_as: str
    event: str


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


@dataclass(frozen=True)
class ClaimTold:
    """A claim, the names of its sources and the consent items it discloses."""

    text: str
    status: str
    credibility: int | None
    sources: tuple[str, ...]
    against: tuple[str, ...]
    on: str
    use: str
    discloses: tuple[str, ...]


@dataclass(frozen=True)
class DemandTold:
    """A demand and what it is about; words of the file's own where it does not say."""

    text: str
    aim: str


@dataclass(frozen=True)
class AskTold:
    """An ask and the words of its demand."""

    to: str
    text: str
    demand: str


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
    names: tuple[NameTold, ...] = field(default=())
    detentions: tuple[DetentionTold, ...] = field(default=())
    timeline: tuple[EventTold, ...] = field(default=())
    rights: tuple[str, ...] = field(default=())
    sources: tuple[SourceTold, ...] = field(default=())
    claims: tuple[ClaimTold, ...] = field(default=())
    demands: tuple[DemandTold, ...] = field(default=())
    asks: tuple[AskTold, ...] = field(default=())
    tag: bytes = b""
