"""What is known of a run while it goes on; its end is written down once, whoever sees it first."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timezone
from typing import Any, Callable

from dbt_slim.child import Child
from dbt_slim.errors import UserError
from dbt_slim.keep import DBT_FILES, SOURCES, STARTED, Keep, signature
from dbt_slim.plan import Operation, Plan

MAX_MESSAGES = 100
HEADER = 65_536  # characters of a file of dbt's in which it writes its metadata first
FOREIGN = "{file} was written by another run of dbt ({id}) in this folder, and is not kept as this one's."


def invocation_of(file: str) -> str | None:
    """Which run of dbt wrote it, where it says so."""
    with open(file, encoding="utf-8", errors="replace") as text:
        found = re.search(r'"invocation_id":\s*"([^"]+)"', text.read(HEADER))
    return found.group(1) if found else None


class Run:
    """What is known of the run so far; becomes outcome.json."""

    def __init__(self, plan: Plan, keep: Keep) -> None:
        self.plan = plan
        self.keep = keep
        self.lock = threading.Lock()
        self.aborted = False
        self.finished = False
        self.before: dict[str, tuple[int, ...]] | None = None
        self.target_path = ""
        self.allowed = plan["allow"]
        self.let_go: Callable[[], None] = lambda: None  # of the target folder, for a Python that goes on in our place
        self.invocations: set[str] = set()  # ids of all that dbt did here
        self.lines: list[str] = []  # what macros logged
        self.builds = False  # whether a node was started
        self.begins: Callable[[], None] = lambda: None  # told of each node that is started
        self.starting = False  # the child is about to be
        self.child: Child | None = None  # dbt, where it is a process of its own
        self.running: dict[str, float] = {}  # when a node started, by id
        self.parsed: Callable[[], None] = lambda: None  # to be told when dbt has read the project
        self.standing: Callable[[], str] = lambda: ""  # how things stand where it did not come to an end
        self.outcome: dict[str, Any] = {
            "run": plan["run"],
            "status": "ERROR",
            "error": None,
            "dbt_version": None,
            "adapter": None,
            "one_process": True,
            "invocation_id": None,
            "selected": None,
            "flags": {},
            "operations": [],
            "seconds": {},
            "messages": [],
            "unrefreshed": [],  # incremental models that changed, of which rows from before stay
            "interrupted": [],
        }

    def say(self, text: str) -> None:
        """In the log, as words of ours."""
        print("dbt-slim: " + self.keep.clean(text), flush=True)

    def message(self, level: str, event: str, text: str) -> None:
        messages = self.outcome["messages"]
        if len(messages) < MAX_MESSAGES:
            messages.append({"level": level, "event": event, "text": self.keep.clean(text)})

    def selected(self, all_ids: Iterable[str], narrowed: str | None = None) -> None:
        """
        Tells those who watch what is going to run.

        narrowed: the argument by which only a part of each node's rows is built
        """
        ids = sorted(all_ids)
        self.keep.write("selected.json", ids)
        self.keep.event("selected", count=len(ids), narrowed=narrowed)

    def phase(self, name: str, since: float) -> None:
        seconds = self.outcome["seconds"]
        seconds[name] = round(seconds.get(name, 0) + time.time() - since, 3)

    def operations(self, macros: Collection[tuple[str, str]]) -> list[Operation]:
        """
        Those that the project has; that it lacks one is told before any runs.

        macros: pairs of package and name, of the manifest
        """
        todo = []
        for operation in self.plan["operations"]:
            package, _, name = operation["macro"].rpartition(".")
            if any(name == macro and package in ("", owner) for owner, macro in macros):
                todo.append(operation)
            elif operation["optional"]:
                self.outcome["operations"].append({"macro": operation["macro"], "status": "left out", "seconds": 0})
                print(f"dbt-slim: the project has no macro {operation['macro']}: it is left out", flush=True)
            else:
                raise UserError(
                    f"The project has no macro {operation['macro']}, which was to run"
                    f"{' before the build' if self.plan['builds'] else ''}: add it to the project's macros, or leave"
                    " the operation out."
                )
        return todo

    def operate(self, operation: Operation, succeeds: Callable[[list[str]], bool]) -> bool:
        """
        Runs one operation; tells whether it went well.

        succeeds: runs dbt with these words, and tells the same
        """
        since, tag = time.time(), os.environ.get("CI_TAG")
        self.keep.event("phase", name="operation", macro=operation["macro"])
        if operation["tag"]:
            os.environ["CI_TAG"] = operation["tag"]
        args = ["--args", operation["args"]] if operation["args"] else []
        good = succeeds(["run-operation", operation["macro"], *args, *operation["common"]])
        if operation["tag"]:
            if tag is None:
                del os.environ["CI_TAG"]
            else:
                os.environ["CI_TAG"] = tag
        self.phase("operations", since)
        self.outcome["operations"].append(
            {
                "macro": operation["macro"],
                "status": "success" if good else "error",
                "seconds": round(time.time() - since, 3),
            }
        )
        return good

    def further(self, commands: Sequence[list[str]], succeeds: Callable[[list[str]], bool]) -> str | None:
        """
        Runs plain commands of dbt in order; gives the sentence of the first that fails, after which none runs.

        succeeds: runs dbt with these words, and tells whether it went well
        """
        for words in commands:
            name, since = "dbt " + " ".join(words), time.time()
            self.keep.event("phase", name="operation", macro=name)
            state = self.plan["state"]
            compares = words[0] == "clone" or any(re.search(r"^--defer$|\b(state|result):", word) for word in words)
            of_state = ["--state", state] if state and compares else []
            good = succeeds([*words, *self.plan["common"], *of_state, "--target-path", self.target_path])
            self.phase("operations", since)
            status, seconds = "success" if good else "error", round(time.time() - since, 3)
            self.outcome["operations"].append({"macro": self.keep.clean(name), "status": status, "seconds": seconds})
            sources = os.path.join(self.target_path, SOURCES)
            if words[0] == "source" and os.path.isfile(sources):
                self.keep.copy(sources, SOURCES)
            if not good:
                return f"{name} failed{self.last_error()}"
        return None

    def last_error(self) -> str:
        errors = [m["text"] for m in self.outcome["messages"] if m["level"] == "error"]
        return f": {errors[-1]}" if errors else "."

    def failure(self, operations: Sequence[Operation]) -> str:
        """What to say of operations that failed: dbt's last error tells why."""
        which = ", ".join(f"{o['macro']}{' for ' + o['tag'] if o['tag'] else ''}" for o in operations)
        return f"dbt's operation {which} failed{self.last_error()}"

    def write_in(self, path: str) -> None:
        """Notes where dbt writes, also for whoever cleans up after a driver that was killed."""
        self.target_path = path
        with open(self.keep.path("target_path"), "w", encoding="utf-8") as note:
            note.write(path)

    def before_build(self) -> None:
        """Files that differ from those of now are the build's: a build that fails early leaves old ones lying."""
        self.before = {name: signature(os.path.join(self.target_path, name)) for name in DBT_FILES}

    def collect(self) -> None:
        """Copies what the build left aside: the next dbt command overwrites it."""
        for name, before in (self.before or {}).items():
            written = os.path.join(self.target_path, name)
            if signature(written) not in (before, ()):
                self.keep.copy(written, name)
                other = invocation_of(self.keep.path(name))
                if other and self.invocations and other not in self.invocations:
                    self.keep.forget(name)
                    self.message("warn", "ForeignArtifact", FOREIGN.format(file=written, id=other))

    def keep_no_more(self) -> None:
        """What dbt writes from now on is of another command."""
        self.before = None

    def finish(self, status: str, error: object = None) -> int:
        """Writes the outcome, once; gives the exit status."""
        with self.lock:
            if not self.finished:
                self.finished = True
                if self.aborted or status == "ABORTED":
                    status = "ABORTED"
                    self.outcome["interrupted"] = self.interrupted()
                elif status == "SUCCESS" and self.outcome["selected"] == []:
                    status = "NOTHING_TO_DO"
                self.outcome["status"] = status
                self.outcome["error"] = self.keep.clean(" ".join(str(error or "").split())) or None
                self.phase("total", STARTED)
                self.keep.event("end", status=status)
                self.keep.write("outcome.json", self.outcome)
        return {"SUCCESS": 0, "NOTHING_TO_DO": 0, "FAILURE": 1}.get(self.outcome["status"], 2)

    def started(self, node: str) -> None:
        self.begins()
        self.builds = self.builds or not node.startswith("operation.")
        self.running[node] = time.time()
        self.keep.event("start", id=node)

    def ended(self, node: str, result: Any) -> None:
        if not (
            self.aborted and result.status == "error"
        ):  # dbt gives those that it breaks off this status, in events only
            self.running.pop(node, None)
        self.keep.event(
            "done", id=node, status=result.status, seconds=round(result.execution_time, 3), message=result.message
        )

    def interrupted(self) -> list[dict[str, object]]:
        """What was at work when the run was aborted: dbt's run results lack it."""
        now = time.time()
        return [
            {
                "id": self.keep.clean(node),
                "started": f"{datetime.fromtimestamp(since, timezone.utc):%FT%T.%fZ}",
                "seconds": now - since,
            }
            for node, since in list(self.running.items())[:MAX_MESSAGES]
        ]
