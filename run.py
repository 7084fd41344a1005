"""The commands of Amparo for people and programs: demo, test, check, bench, manage, doctor, secrets. Standard library only."""

import argparse
import os
import sys
from pathlib import Path

from tools import bench, checking, demo, doctor, manage, server_secrets, testing
from tools.machine import ROOT, CommandRefused, say

if sys.version_info < (3, 11):  # noqa: UP036 - `py run.py` comes here with any Python
    sys.exit("Amparo needs Python 3.11, 3.12 or 3.13.")


def parser() -> argparse.ArgumentParser:
    """The command line, as DESIGN tells it."""
    top = argparse.ArgumentParser(prog="./run", description="Start, test and look after Amparo.", allow_abbrev=False)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    show = commands.add_parser("demo", help="install, make keys, migrate, load practice data, start, print the address")
    show.add_argument("--port", type=int, default=8000, help="first port to try; the next free one is taken")
    show.add_argument("--once", action="store_true", help="do all that, see that the site answers, and end")
    for name, text in (
        (
            "test",
            "pass everything whose parts are there, on SQLite and PostgreSQL; --quick: what is nearest to what changed",
        ),
        ("bench", "print figures beside their budgets, and write them as JSON"),
        ("manage", "Django's manage.py in this environment"),
    ):
        commands.add_parser(name, help=text, add_help=False, prefix_chars="\0").add_argument("arguments", nargs="*")
    commands.add_parser("check", help="format, lint, types, import ladder, migrations, messages, deploy checks")
    commands.add_parser("doctor", help="what is missing or wrong, and the command that mends it")
    hidden = commands.add_parser("secrets", help="make the keys and passwords of a server, each in a file of its own")
    hidden.add_argument("--folder", type=Path, default=ROOT / "secrets", help="where they go")
    hidden.add_argument("--postgres", default="postgres", help="host[:port] of PostgreSQL")
    hidden.add_argument("--redis", default="redis:6379", help="host:port of Redis")
    return top


def main(words: list[str]) -> int:
    """Do one command and give its exit status. A refusal is one sentence, never a traceback."""
    os.umask(0o077)
    options = parser().parse_args(words)
    commands = {
        "demo": lambda: demo.show(port=options.port, is_once=options.once),
        "test": lambda: testing.test(options.arguments),
        "check": checking.check,
        "bench": lambda: bench.measure(options.arguments),
        "manage": lambda: manage.manage(options.arguments),
        "doctor": doctor.diagnose,
        "secrets": lambda: server_secrets.make(options.folder, postgres=options.postgres, redis=options.redis),
    }
    try:
        return commands[options.command]()
    except CommandRefused as refused:
        say(f"Refused: {refused}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
