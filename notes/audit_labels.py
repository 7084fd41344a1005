"""The words of what is recorded about notes. One verb, one meaning."""

from django.utils.translation import gettext_lazy as _

from audit import labels

SENTENCES = {
    "notes.note.written": _("Wrote a note to colleagues"),
    "notes.note.changed": _("Changed a note to colleagues"),
    "notes.note.answered": _("Answered a note of a colleague"),
    "notes.note.done": _("Marked a note as done"),
    "notes.note.opened": _("Opened a note again"),
    "notes.note.taken_back": _("Took a note back"),
    "notes.note.restored": _("Brought a note back"),
}

labels.register_labels(SENTENCES)
