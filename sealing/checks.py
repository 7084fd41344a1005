"""System checks of sealing: labels are one of a kind, and the guards of the database stand."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from sealing import inventory, triggers


@register(Tags.models)
def labels_are_one_of_a_kind(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Two columns with one label could exchange their ciphertexts."""
    counted = Counter(label for label, _where in inventory.labels())
    return [
        Error(f"The label {label} stands on {times} fields.", id="sealing.E010")
        for label, times in counted.items()
        if times > 1 and label
    ]


@register(Tags.database)
def guards_stand(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Warn, since migrating is the cure; starting the site is refused by triggers.require_installed()."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if triggers.everything_is_applied(connection):
            found += [
                Warning(f"The trigger {name} does not stand as it is registered.", id="sealing.W020")
                for name in triggers.missing(connection)
            ]
    return found
