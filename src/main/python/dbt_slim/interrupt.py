"""How the process ends: by dbt's own interrupt, by force when that takes too long, and without taking Python down."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import sys
import threading
import time

from dbt_slim import patches
from dbt_slim.run import Run

GRACE = 10.0  # seconds; half of those after which Jenkins gives a process up, for an agent that has much to do
BETWEEN_CANCELS = 0.5
BETWEEN_LOOKS = 1.0


def on_signal(run: Run) -> None:
    """
    Turns the first signal into dbt's interrupt, and ends the process after the grace if dbt does not.

    Python calls its handlers between two of its own instructions only: a statement that blocks in the database's driver
    keeps them waiting. So a thread hears of the signal too, by the byte that Python writes at once.
    """
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGBREAK") if hasattr(signal, name)]
    heard, told = socket.socketpair()
    told.setblocking(False)
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)

    def last_word(kept: object) -> None:  # kept: the socket's other end stays open for as long as it is listened to
        number = 0
        while number not in numbers:
            number = heard.recv(1)[0]
        run.keep.event("signal", number=number)
        grace = run.plan.get("grace", GRACE)
        threading.Thread(target=keep_cancelling, args=(run,), daemon=True).start()
        time.sleep(grace)
        try:
            run.collect()
            run.finish("ABORTED", f"dbt did not end within {grace:g} s after it was told to. {run.standing()}".strip())
        finally:
            if run.child:
                run.child.kill()
            os._exit(2)

    def interrupt(number: int, frame: object) -> None:
        if not run.aborted:
            run.aborted = True
            if not run.starting:
                raise KeyboardInterrupt

    threading.Thread(target=last_word, args=(told,), daemon=True).start()
    for number in numbers:
        signal.signal(number, interrupt)
    if os.name != "nt":  # there, the number of a parent stays what it was
        threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()


def end_with(starter: int) -> None:
    """
    Who started this is gone (the command, by kill -9, or the agent): nobody would hear of the end.

    Not by Linux' signal for it: that goes by the thread that started this, and Java gives up threads at will.
    """
    while os.getppid() == starter:
        time.sleep(BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)


def keep_cancelling(run: Run) -> None:
    """
    Not the first moment: dbt writes its results first, and what is cancelled later is none of them. Once the main
    thread has the interrupt, what it asks is how things stand, or drops what must not stay.
    """
    while True:
        time.sleep(BETWEEN_CANCELS)
        patches.cancel_statements(threading.main_thread().ident if run.aborted else None)


class Leaving:
    """
    Ends the process when everything that asked to be called at the end has been: taking the interpreter down would free
    dbt's many objects one by one, for as long as a small build takes.
    """

    def __init__(self) -> None:
        self.status: int | None = None  # not known: Python ends as ever
        atexit.register(self.leave)  # the first to register is the last to be called

    def leave(self) -> None:
        if self.status is not None:
            try:
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(self.status)
