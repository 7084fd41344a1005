"""`python -m bench.started MODULE WORDS...`: start Django, call main(*words) of the module, print its answer as JSON."""

import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    answer = import_module(sys.argv[1]).main(*sys.argv[2:])
    sys.stdout.write(json.dumps(answer) + "\n")
