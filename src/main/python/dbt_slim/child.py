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


def before_dbt() -> Callable[[], None] | None:
    """
    What the child does before it becomes dbt: it lets SIGTERM pass, and on Linux it is killed as soon as this process
    is gone, even by kill -9.

    Jenkins sends SIGTERM to what a process has started before the process itself. dbt dies of it and writes no results;
    to interrupt and to kill it is up to this process, which hears of the signal too.

    Looked up here, because between fork and exec nothing is loaded any more. Linux means the thread that starts the
    child, which is the main one.
    """
    if not IS_POSIX:
        return None
    prctl = None
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def ask() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if prctl:
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
            preexec_fn=before_dbt(),
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
