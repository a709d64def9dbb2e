"""The folder of what is kept of a run.

manifest.json, run_results.json   dbt's, copied right after the build, whole or not at all
sources.json                      dbt's, where its freshness was looked at
partial_parse-TARGET.msgpack      dbt's parse for the next builds, where one is to be kept
events.jsonl                      progress, one JSON object a line, bounded
selected.json                     ids of the nodes that the build is to run, as soon as dbt has chosen them
deployment.json                   of a blue/green deployment: how far it is, rewritten at each stage
target_path                       where dbt writes, for whoever cleans up
outcome.json                      how it ended; written last
run                               id of the run; written first, so that nobody takes what is there for another run's
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Sequence

from dbt_slim.plan import without_secrets

MAX_EVENTS = 50_000
MAX_TEXT = 2_000
DBT_FILES = ("run_results.json", "manifest.json")
SOURCES = "sources.json"
OUR_FILES = (SOURCES, "run", "selected.json", "deployment.json", "outcome.json")
STARTED = time.time()


class Keep:
    """Files appear in it whole, and without secrets where we write them."""

    def __init__(self, folder: str, run: str, secrets: Sequence[str]) -> None:
        self.folder = folder
        self.secrets = secrets
        self.lock = threading.Lock()
        self.events = 0
        os.makedirs(folder, exist_ok=True)
        parses = [name for name in os.listdir(folder) if name.startswith("partial_parse-")]
        for name in (*DBT_FILES, *OUR_FILES, *parses):
            try:
                os.remove(os.path.join(folder, name))
            except FileNotFoundError:
                pass
        with open(os.path.join(folder, "run"), "w", encoding="utf-8") as note:
            note.write(run)
        self.stream = open(os.path.join(folder, "events.jsonl"), "w", encoding="utf-8")

    def clean(self, text: object) -> str:
        """Without colours and secrets, and not too long."""
        clean = without_secrets(text, self.secrets)
        return clean if len(clean) <= MAX_TEXT else clean[:MAX_TEXT] + "…"

    def event(self, kind: str, **fields: object) -> None:
        with self.lock:
            self.events += 1
            if self.events <= MAX_EVENTS and not self.stream.closed:
                record: dict[str, object] = {"t": round(time.time() - STARTED, 3), "kind": kind}
                record.update((k, self.clean(v) if isinstance(v, str) else v) for k, v in fields.items())
                self.stream.write(json.dumps(record) + "\n")
                self.stream.flush()

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)

    def copy(self, source: str, name: str) -> None:
        shutil.copyfile(source, self.path(name) + ".part")
        os.replace(self.path(name) + ".part", self.path(name))

    def forget(self, name: str) -> None:
        os.remove(self.path(name))

    def write(self, name: str, value: object) -> None:
        with open(self.path(name) + ".part", "w", encoding="utf-8") as out:
            json.dump(value, out, indent=1)
        os.replace(self.path(name) + ".part", self.path(name))


def signature(file: str) -> tuple[int, ...]:
    """What changes when the file is written again."""
    try:
        stat = os.stat(file)
        return stat.st_mtime_ns, stat.st_size, stat.st_ino
    except FileNotFoundError:
        return ()
