"""dbt as a program of its own, for a dbt that Python cannot import."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Sequence

from dbt_slim import guards, inputs, packages, profiles
from dbt_slim.child import Child
from dbt_slim.errors import UserError
from dbt_slim.plan import Operation
from dbt_slim.run import Run


class SeparateCommands:
    """The same plan by the dbt command, one process each: for a dbt that Python cannot import."""

    def __init__(self, run: Run, dbt: str) -> None:
        self.run = run
        self.dbt = dbt
        self.macros: set[tuple[str, str]] | None = None
        run.outcome["one_process"] = False
        os.environ.pop(inputs.KEY, None)  # no macro may read it

    def __call__(self) -> int:
        run, plan = self.run, self.run.plan
        if plan["deployment"]:
            raise UserError(
                f"Blue/green runs in dbt's own Python, which was not found for {self.dbt}: name the virtual environment"
                " of dbt-core and dbt-materialize (--venv)."
            )
        if plan.get("refresh_changed"):
            raise UserError(
                f"To refresh just the incremental models that changed (fullRefreshModified), dbt has to run in its own"
                f" Python, which was not found for {self.dbt}: name its virtual environment (venv), or refresh all"
                " (fullRefresh)."
            )
        if plan.get("also_changed"):
            raise UserError(
                f"To let other values count as changes (alsoChanged), dbt has to run in its own Python, which was not"
                f" found for {self.dbt}: name its virtual environment (venv)."
            )
        if plan.get("keep_parse"):
            run.message("warn", "ParseNotKept", "A parse is kept only by a dbt that Python can import.")
        profiles.check_host(plan, run.allowed)
        self.install_packages()
        path = [] if "--target-path" in " ".join(plan["build"]) else ["--target-path", run.target_path]
        if plan["builds"]:
            self.look_ahead([*plan["common"], *path])
        failed: list[Operation] = []
        for operation in plan["operations"] if self.macros is None else run.operations(self.macros):
            if not run.operate(operation, lambda words: self.dbt_command(*words, *path) == 0):
                failed.append(operation)
                if plan["builds"] or run.aborted:
                    break
        if failed:
            return run.finish("FAILURE", run.failure(failed))
        if not plan["builds"]:
            return run.finish("SUCCESS")
        if plan.get("compare"):
            run.message("warn", "CompareData", "Data is compared only by a dbt that Python can import.")
        why = run.further(plan["before"], lambda words: self.dbt_command(*words) == 0)
        if why:
            return run.finish("FAILURE", why)
        since = time.time()
        run.keep.event("phase", name="build")
        run.before_build()
        words = [*plan["common"], *path, *plan["selection"], *plan["build"]]
        code = self.dbt_command("build", "--write-json", *words)
        run.phase("build", since)
        run.collect()
        if code == 0 and plan["after"]:
            run.keep_no_more()
            why = run.further(plan["after"], lambda words: self.dbt_command(*words) == 0)
            if why:
                return run.finish("FAILURE", why)
        status = {0: "SUCCESS", 1: "FAILURE"}.get(code, "ERROR")
        return run.finish(status, None if run.aborted or status != "ERROR" else why_not_run(code))

    def install_packages(self) -> None:
        run, plan = self.run, self.run.plan
        if packages.wanted(plan):
            since = time.time()
            run.keep.event("phase", name="deps")
            place = packages.folder(plan)
            if place:
                packages.require_own(plan, place)
            if self.dbt_command("deps", *packages.arguments(plan)):
                raise packages.not_installed("see what dbt says above.")
            if place and os.path.isdir(place):
                packages.stamp(place, [packages.digest(plan)])
            run.phase("deps", since)

    def look_ahead(self, common: list[str]) -> None:
        """Lists what dbt selects, and looks at it, at the state and at the project's macros before anything runs."""
        run, plan = self.run, self.run.plan
        state = os.path.join(plan["state"], "manifest.json") if plan["state"] else None
        if state:
            version = re.search(r"\d+\.\d+\.\d+\S*", self.answer("--version") or "")
            guards.check_state_version(state, version and version.group(0), lambda schema: True, run.allowed)
        listing = self.answer(
            "--quiet", "ls", "--output", "json", "--output-keys", "unique_id", *common, *plan["selection"]
        )
        if listing is None:
            return
        ids = set(re.findall(r'"unique_id":\s*"([^"]+)"', listing))
        run.outcome["selected"] = sorted(i for i in ids if not i.startswith(("source.", "metric.", "semantic_model.")))
        run.selected(run.outcome["selected"])
        manifest = guards.read(os.path.join(run.target_path, "manifest.json"))
        if manifest.get("macros"):
            self.macros = {(macro.get("package_name"), macro.get("name")) for macro in manifest["macros"].values()}
        if state and plan.get("own_environment"):
            own = guards.relations_of(manifest.get("nodes", {}))
            guards.check_own_environment(
                ids, own, guards.relations_of(guards.read(state).get("nodes", {})), run.allowed
            )
        if state and manifest.get("metadata", {}).get("adapter_type") == "materialize":
            now, then = guards.nodes_of_json(manifest), guards.nodes_of_json(guards.read(state))
            guards.check_selection(ids, now, then, run.allowed)

    def answer(self, *words: str) -> str | None:
        child = self.start(words, stdout=subprocess.PIPE)
        try:
            self.started()
            out, _ = child.process.communicate()
        except KeyboardInterrupt:
            child.kill()
            raise
        return str(out) if child.process.returncode == 0 else None

    def start(self, words: Sequence[str], stdout: int | None = None) -> Child:
        """An interrupt waits until the child is known: before, nobody could end it."""
        self.run.starting = True
        self.run.child = Child([self.dbt, *words], stdout)
        return self.run.child

    def started(self) -> None:
        """Lets an interrupt come, also one that came meanwhile."""
        if self.run.starting:
            self.run.starting = False
            if self.run.aborted:
                raise KeyboardInterrupt

    def dbt_command(self, *words: str) -> int:
        child = self.start(words)
        while True:
            try:
                self.started()
                code = child.process.wait()
                break
            except KeyboardInterrupt:
                child.interrupt()
        if code == -signal.SIGTERM:  # Jenkins aborts what a process has started before the process itself
            self.run.aborted = True
        return code


def why_not_run(code: int) -> str:
    if code < 0:
        return f"dbt was killed by {signal.Signals(-code).name} before it had ended the build."
    return "dbt could not run the build."
