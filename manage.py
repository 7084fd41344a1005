#!/usr/bin/env python
"""Django's command line for Amparo; `./run manage` calls it in the right environment."""

import os
import sys
from importlib import import_module

from django.core.management import execute_from_command_line

from config.environment import Faults

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except Faults as faults:
        sys.exit(f"{faults}")
    execute_from_command_line(sys.argv)
