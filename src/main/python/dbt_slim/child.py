"""A dbt command as a process that does not outlive this one."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence

IS_POSIX = os.name == "posix"
PR_SET_PDEATHSIG = 1  # of Linux' prctl


def end_with_this_process() -> Callable[[], None] | None:
    """
    What the child does before it becomes dbt: Linux kills it as soon as this process is gone, even by kill -9.

    Looked up here, because between fork and exec nothing is loaded any more. Linux means the thread that starts the
    child, which is the main one.
    """
    if not sys.platform.startswith("linux"):
        return None
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return None
    parent = os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # gone before it was asked
            os._exit(1)

    return ask


class Child:
    """It leads a group of its own, so that what it starts is interrupted and ended with it."""

    def __init__(self, words: Sequence[str], stdout: int | None = None) -> None:
        self.process = subprocess.Popen(
            words,
            stdout=stdout,
            text=True,
            encoding="utf-8",
            start_new_session=IS_POSIX,
            preexec_fn=end_with_this_process(),
        )

    def interrupt(self) -> None:
        self.send(signal.SIGINT)

    def kill(self) -> None:
        if IS_POSIX:
            self.send(signal.SIGKILL)
        else:
            self.process.kill()

    def send(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            if IS_POSIX:
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)
