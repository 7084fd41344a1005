"""The tasks of a case, each with its state, and the first open one: the next step, the same on every page of the case."""

from web.pages.case_tasks.next_step import CaseStanding, next_step_of, next_words, standings_of
from web.pages.case_tasks.page import TasksPage, tasks_page

__all__ = ["CaseStanding", "TasksPage", "next_step_of", "next_words", "standings_of", "tasks_page"]
