"""The holding line: three sentences for a journalist who asks. Nothing composes it, and no page offers it yet."""

from django.utils.translation import gettext_lazy as _

from papers.kinds.kind import Kind

KIND = Kind(code="HOLDING", label=_("Holding line"), audiences=("AU_MEDIA_BG",))
