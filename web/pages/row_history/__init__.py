"""The history of one row: which kinds of rows have one, the words of what changed, and the page."""

from web.pages.row_history.kinds import KINDS, HistoryKind
from web.pages.row_history.page import row_history_page

__all__ = ["KINDS", "HistoryKind", "row_history_page"]
