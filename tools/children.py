"""A child process that is looked after: own session, ends with its parent, started again at most five times."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from tools.machine import IS_WINDOWS, ROOT, CommandRefused, say

MOST_RESTARTS = 5
STEADY = 60.0
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


class Child:
    """One long-running part of the demo."""

    def __init__(
        self, name: str, command: Sequence[str], variables: Mapping[str, str], listener: socket.socket | None = None
    ) -> None:
        self.name, self.command, self.variables, self.listener = name, list(command), dict(variables), listener
        self.restarts = 0
        self.started = self.not_before = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, in its own session, so that a Ctrl-C reaches it through us alone."""
        keep = [self.listener.fileno()] if self.listener is not None and not IS_WINDOWS else []
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env={**self.variables, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=keep,
            preexec_fn=_end_with_parent(os.getpid()) if sys.platform == "linux" else None,
        )

    def look(self) -> None:
        """Start it again when it has ended; each time later, five times in a row at most."""
        if self.process is None or self.process.poll() is None:
            if self.restarts and time.monotonic() - self.started > STEADY:
                self.restarts = 0
            return
        now = time.monotonic()
        if not self.not_before:
            self._kill_group()
            self.restarts += 1
            if self.restarts > MOST_RESTARTS:
                raise CommandRefused(
                    f"the {self.name} ended {self.restarts} times in a row; its last words stand above."
                )
            self.not_before = now + 2.0 ** (self.restarts - 1)
            say(f"The {self.name} ended; starting it again ({self.restarts} of {MOST_RESTARTS}).")
        if now >= self.not_before:
            self.not_before = 0.0
            self.start()

    def ask_to_stop(self) -> None:
        """Ask it to end its work."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self, limit: float = 10) -> None:
        """Wait for the end, and make an end of whatever is left of its session after the limit."""
        if self.process is None:
            return
        try:
            self.process.wait(limit)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._kill_group()
        self.process.wait()

    def _kill_group(self) -> None:
        """End what the child itself started; its session carries its own number."""
        if self.process is None or IS_WINDOWS:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


def _end_with_parent(parent: int) -> Callable[[], None]:
    """A function for the moment after the fork: the kernel ends this child when its parent is gone, however it went."""
    libc = ctypes.CDLL(None, use_errno=True)

    def ask_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(0)

    return ask_kernel


def adopt() -> None:
    """On Linux, take in what a child leaves behind when it ends, so that nothing of ours outlives us unseen."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1)


def reap() -> None:
    """Take leave of everything that has ended."""
    if IS_WINDOWS:
        return
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
