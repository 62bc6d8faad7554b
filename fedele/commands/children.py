"""The programs an installation consists of, started as children and ended together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Self

GRACE_SECONDS = 15
PR_SET_PDEATHSIG = 1


class Stopped(Exception):
    """SIGTERM or Ctrl-C arrived."""


class Children:
    """A set of child processes: if one ends or we are asked to stop, all are ended."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, _stop)
        return self

    def __exit__(self, *_: object) -> None:
        # A second Ctrl-C must not leave a child behind.
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self.end()

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        # In a session of its own, so that Ctrl-C at the terminal reaches only us, who end the children in order.
        self.running[name] = subprocess.Popen(
            command,
            env=environment,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - there are no threads here
        )

    def wait(self) -> str:
        """Returns the name of the first child that ends."""
        while not (name := self.ended()):
            time.sleep(0.2)
        return name

    def ended(self) -> str:
        """The name of a child that has ended, or nothing."""
        return next((name for name, process in self.running.items() if process.poll() is not None), "")

    def end(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _end_with_parent() -> None:
    """On Linux a child is ended even if we are killed without a chance to end it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
