"""A sign of life where dbt itself says nothing."""

from __future__ import annotations

import threading
import time


class Heartbeat:
    """Says what takes so long: silence looks like a hang."""

    FIRST, NEXT = 2.0, 10.0  # seconds

    def __init__(self, work: str) -> None:
        self.work = work
        self.over = threading.Event()

    def __enter__(self) -> Heartbeat:
        threading.Thread(target=self.speak, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()

    def speak(self) -> None:
        since, pause = time.time(), self.FIRST
        while not self.over.wait(pause):
            print(f"dbt-slim: {self.work} … {time.time() - since:.0f} s", flush=True)
            pause = self.NEXT
