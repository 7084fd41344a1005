"""What each measure hands on: the name of an act and its figures, as they go to JSON."""

from typing import Any

Row = dict[str, Any]
