#!/usr/bin/env python
"""Django's command line for Amparo; `./run manage` calls it in the right environment."""

import os
import sys
from importlib import import_module

from django.core.management import execute_from_command_line

from config.environment import Faults

CLOSED_PIPE = 141  # 128 and the number of SIGPIPE, as a shell tells it


def run() -> int:
    """Run the command. Whoever reads what it prints may have had enough (`| head`): then it ends without a word."""
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:
        if _is_read():
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    return 0


def _is_read() -> bool:
    """Say whether somebody still reads standard output, by an empty line written past every buffer."""
    try:
        os.write(sys.stdout.fileno(), b"\n")
    except BrokenPipeError:
        return False
    return True


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except Faults as faults:
        sys.exit(f"{faults}")
    sys.exit(run())
