"""The holding line: three sentences for a journalist who asks. Nothing composes it, and no page offers it yet."""

from materials.kinds.kind import Kind

KIND = Kind(code="HOLDING", audiences=("AU_MEDIA_BG",))
