"""Ways to ask that every form of the house shares."""

from django import forms


class DayInput(forms.DateInput):
    """A day as YYYY-MM-DD; browsers that can show a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
