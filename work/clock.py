"""The clock of the sweeps: what is due is known from the settings and the hour, and nothing of it is kept in a file."""

import logging
from pathlib import Path
from typing import Any

from celery.beat import Scheduler
from django.conf import settings

logger = logging.getLogger("amparo.queue")


class Clock(Scheduler):
    """Keeps its times in memory: celery's own keeps them in a shelve, which is code for whoever can write the file.

    What a restart forgets is made good by the sweeps, which ask rows and heartbeats what is due. An empty file says by
    its time that the clock goes; it is never read.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "max_interval": min(options.get("max_interval") or 30, 30)})

    def tick(self, *args: Any, **options: Any) -> float:
        """Ask for what is due, and say that the clock goes."""
        wait = float(super().tick(*args, **options))
        try:
            Path(settings.CLOCK_FILE).touch(mode=0o600)
        except OSError as fault:
            logger.warning("The file of the clock cannot be touched: %s", type(fault).__name__)
        return wait
