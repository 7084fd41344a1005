"""The load: whose steps are late and due, what slips, what blocks, and which case is about to be forgotten."""

from web.pages.load.forgotten import ForgottenPage, ForgottenSheet, forgotten_page, forgotten_sheet
from web.pages.load.page import LoadPage, load_page

__all__ = ["ForgottenPage", "ForgottenSheet", "LoadPage", "forgotten_page", "forgotten_sheet", "load_page"]
