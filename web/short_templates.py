"""Templates as they are sent: the indentation that helps whoever writes them is taken off once, when they are read."""

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader

INDENTATION = re.compile(r"^[ \t]+", re.M)
COMMENT = re.compile(r"\{#[^\n]*?#\}\n?")
# Tags that draw nothing where they stand, alone on their line. The line end of everything else stays.
SILENT = "load|extends|block|endblock|if|elif|else|endif|for|empty|endfor|with|endwith|datatable|enddatatable"
SILENT_LINE = re.compile(
    rf"^(\{{% (?:(?:{SILENT})\b[^%\n]*|blocktranslate\b[^%\n]* asvar[^%\n]*|[^%\n]* as \w+ )%\}})[ \t]*\n", re.M
)


class ShortTemplates(Loader):
    """Reads our own pages without their indentation: a third of a page was spaces. What is not HTML stays as it is.

    A browser draws the same: where a line ended, a line end is left. No template of ours holds <pre> or <textarea>.
    """

    def get_contents(self, origin: Origin) -> str:
        """Return the text of a template."""
        text = super().get_contents(origin)
        return shortened(text) if origin.name.endswith(".html") else text


def shortened(text: str) -> str:
    """Return a template without indentation, and without the lines of tags that draw nothing where they stand."""
    return SILENT_LINE.sub(r"\1", COMMENT.sub("", INDENTATION.sub("", text)))
