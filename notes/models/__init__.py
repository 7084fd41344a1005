"""A note, what colleagues answered to it, and who is asked by it."""

from notes.models.note import Note, NoteAnswer, NoteMention

__all__ = ["Note", "NoteAnswer", "NoteMention"]
