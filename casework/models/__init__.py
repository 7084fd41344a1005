"""What a packet is made of, one concept a file."""

from casework.models.access import Membership
from casework.models.asks import Ask, Demand, RightImplicated
from casework.models.case import Case, CaseGroup, CaseKey, CaseUserObjectPermission, KeyCanary
from casework.models.consent import Consent, ConsentGrant, FamilyTold, Wish
from casework.models.detention import Charge, Detention, Place
from casework.models.evidence import Citation, Claim, ClaimItem, Source
from casework.models.key_mark import KeyMark
from casework.models.no_statement import NoStatement
from casework.models.people import Contact, Name, NameTag, Person
from casework.models.progress import PacketAnswer
from casework.models.search import SearchWords
from casework.models.timeline import TimelineEvent
from casework.models.translations import Translation, TypedWords
from casework.models.twins import PossibleTwin, TwinRuling

__all__ = [
    "Ask",
    "Case",
    "CaseGroup",
    "CaseKey",
    "CaseUserObjectPermission",
    "Charge",
    "Citation",
    "Claim",
    "ClaimItem",
    "Consent",
    "ConsentGrant",
    "Contact",
    "Demand",
    "Detention",
    "FamilyTold",
    "KeyCanary",
    "KeyMark",
    "Membership",
    "Name",
    "NameTag",
    "NoStatement",
    "PacketAnswer",
    "Person",
    "Place",
    "PossibleTwin",
    "RightImplicated",
    "SearchWords",
    "Source",
    "TimelineEvent",
    "Translation",
    "TwinRuling",
    "TypedWords",
    "Wish",
]
