"""The tasks of a case, each with its state, and the first open one: the next step, the same on every page of the case."""

from web.pages.case_tasks.next_step import first_tasks_of, next_step_of, next_words
from web.pages.case_tasks.page import TasksPage, tasks_page

__all__ = ["TasksPage", "first_tasks_of", "next_step_of", "next_words", "tasks_page"]
