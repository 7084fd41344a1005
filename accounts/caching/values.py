"""How a value lies in a cache: as JSON. Django's caches unpickle, and a pickle runs what its writer wants."""

import json
from typing import Any


class JsonValues:
    """Writes and reads the values of a cache; what is no JSON raises ValueError and does nothing else."""

    def dumps(self, value: Any) -> str:
        return json.dumps(value)

    def loads(self, text: str | bytes) -> Any:
        try:
            return json.loads(text)
        except RecursionError as fault:
            raise ValueError("This is nested too deep for a value of ours.") from fault
