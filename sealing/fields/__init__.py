"""The sealed, derived and hardened fields that models use, and the mixin for rows that hold them.

Migrations name the fields `sealing.fields.X`: these names stay.
"""

from sealing.fields.columns import SealedField
from sealing.fields.derived import DerivedField, RevisionField
from sealing.fields.hardened import HardenedTextField
from sealing.fields.marks import MarkField, mark_of
from sealing.fields.noted import NotedText, SealedNotedField, note_of
from sealing.fields.rows import MarkedModel, SealedModel, insert_many, mark_anew, renewing, save_each, seal_many
from sealing.fields.sealed import SealedBytesField, SealedJSONField, SealedTextField
from sealing.seals import Sealed, opened

__all__ = [
    "DerivedField",
    "HardenedTextField",
    "MarkField",
    "MarkedModel",
    "NotedText",
    "RevisionField",
    "Sealed",
    "SealedBytesField",
    "SealedField",
    "SealedJSONField",
    "SealedModel",
    "SealedNotedField",
    "SealedTextField",
    "insert_many",
    "mark_anew",
    "mark_of",
    "note_of",
    "opened",
    "renewing",
    "save_each",
    "seal_many",
]
