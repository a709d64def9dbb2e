"""dbt in this process, by its programmatic invocation (dbt-core >= 1.5): the project is parsed once."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from typing import Any

from dbt_slim import (
    blue_green,
    guards,
    held,
    incremental,
    inputs,
    packages,
    parses,
    patches,
    profiles,
    reached,
    recreation,
    replacement,
    seeds,
)
from dbt_slim.columns import UNKNOWN
from dbt_slim.data import EVENT, Data
from dbt_slim.database import AdapterDatabase
from dbt_slim.errors import UserError
from dbt_slim.events import Events
from dbt_slim.heartbeat import Heartbeat
from dbt_slim.plan import Operation
from dbt_slim.run import Run
from dbt_slim.sql import sqlglot_here

FLAGS = ("state_modified_compare_more_unrendered_values",)  # those that decide what is modified
LONE = "dbt builds run a unit test only along with its model, so what was selected alone does not run: {names}."
NARROWING = ("empty", "sample")  # arguments that let dbt build relations with a part of their rows only
DROPS = "drop_environment"  # the macro of projects that drops a change request's environment
Check = Callable[[set[str], Any], None]  # of unique_ids and dbt's task; raises where it refuses


class OneProcess:
    """The operations and the build, or a blue/green deployment, with one parsed project."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.plan = run.plan
        self.manifest: Any = None
        self.refusal: UserError | None = None
        self.last: Any = None
        self.replacing: replacement.Replacing | None = None
        self.recreation: recreation.Recreation | None = None
        self.data: Data | None = None
        self.production: Any = None  # its manifest, where it is compared with
        self.modified: set[str] = set()
        self.narrowed: str | None = None  # the argument that lets dbt build with a part of the rows only
        self.digests = inputs.Digests(os.environ.pop(inputs.KEY, None))  # no macro may read the key
        self.parses = parses.Parses(self.digests, self.plan["state"], self.run.say)
        self.also_modified: set[str] = set()
        self.heartbeat = Heartbeat("parsing the project")

    def __call__(self) -> int:
        run, plan = self.run, self.plan
        since = time.time()
        run.keep.event("phase", name="import")
        # Parsing makes many objects that stay, and looking through them costs 5 to 15 %. Most projects now end before
        # the first look; what waits for it in bigger ones takes some 100 MB.
        gc.set_threshold(2_000_000, 50, 50)
        with Heartbeat("starting dbt"):
            from dbt.cli.main import dbtRunner

        self.runner_class = dbtRunner
        patches.write_json_at_once()
        patches.banner_once()
        patches.interrupt_quietly()
        patches.around_partial_parse(self.parses.lay, self.parses.settle)
        run.phase("import", since)
        self.check_environment()
        self.install_packages()
        if plan["deployment"]:
            return blue_green.BlueGreen(self, plan["deployment"])()
        if plan["operations"] or plan["before"] or not plan["builds"]:
            since = time.time()
            run.keep.event("phase", name="parse")
            # The build writes the manifest.
            with Heartbeat("parsing the project"):
                result = self.invoke(["parse", *plan["common"], "--no-write-json"])
            run.phase("parse", since)
            if result.exception or not result.success:
                return self.ended(result)
            self.manifest = result.result
            status = self.operations()
            if status is not None or not plan["builds"]:
                return run.finish("SUCCESS") if status is None else status
            if plan["before"]:
                patches.may_select_nothing([word for words in plan["before"] for word in words])
            failed = run.further(plan["before"], self.succeeds_apart)
            if failed:
                return self.ended(self.last, failed)
        since = time.time()
        run.keep.event("phase", name="build")
        limits = plan.get("compare")
        self.data = Data(self, limits) if limits and plan["state"] else None
        self.watch_selection()
        run.parsed = self.chooses
        if self.manifest is not None:
            self.chooses()
        run.before_build()
        run.begins = self.heartbeat.over.set
        with self.heartbeat:
            result = self.invoke(["build", "--write-json", *plan["common"], *plan["selection"], *plan["build"]])
        run.phase("build", since)
        if self.data:
            self.data(result)
        self.columns_of(result)
        if result.success and plan["after"]:
            run.collect()
            self.write_manifest()
            run.keep_no_more()
            failed = run.further(plan["after"], self.succeeds_apart)
            if failed:
                return self.ended(self.last, failed)
        return self.ended(result)

    def columns_of(self, result: Any) -> None:
        """
        What the changed SQL does to columns, and what of that is read, where dbt's environment has what it takes.

        No build fails for it, and none that was aborted waits for it.
        """
        if not self.production or self.manifest is None or isinstance(result.exception, KeyboardInterrupt):
            return
        if self.narrowed:  # the compiled SQL differs by that
            why = f"its SQL was compiled for {self.narrowed}"
            models = (i for i in sorted(self.modified) if i.startswith("model.") and i in self.manifest.nodes)
            self.run.outcome["columns"] = [{"id": i, "class": UNKNOWN, "why": why} for i in models]
            return
        since = time.time()
        self.run.keep.event("phase", name="columns")
        try:
            adapter = self.run.outcome["adapter"] or ""
            found = reached.of_build(self.manifest, self.production, self.modified, adapter)
            self.run.outcome["columns"] = found
        except Exception as e:  # whatever a project may hold that nobody foresaw
            self.run.message("warn", "Columns", f"What the changed columns reach is not known: {type(e).__name__}: {e}")
        self.run.phase("columns", since)

    def chooses(self) -> None:
        self.heartbeat.work = "choosing what to build"

    def invoke(self, words: list[str], apart: bool = False) -> Any:
        manifest = patches.copy_of(self.manifest) if apart and self.manifest else self.manifest
        if manifest is not None and os.path.exists(os.path.join(self.plan["project_dir"], "catalogs.yml")):
            manifest = None  # dbt registers catalogs only while it parses
        sys.argv = ["dbt", *words]  # dbt puts it into run_results.json as the command
        return self.runner_class(manifest=manifest, callbacks=[Events(self.run, apart)]).invoke(words)

    def check_environment(self) -> None:
        """What the profile needs and what the state is, before dbt looks at either."""
        import yaml
        from dbt.contracts.graph.manifest import WritableManifest
        from dbt.version import get_installed_version

        plan = self.plan
        profiles.check_profiles(plan)
        guards.check_variables(plan["common"], yaml.safe_load)
        output = profiles.output_of(plan, yaml.safe_load, plan.get("target_of"))
        profiles.check_credentials(output, self.run.allowed)
        if plan["state"]:
            state = os.path.join(plan["state"], "manifest.json")
            here = get_installed_version().to_version_string(skip_matcher=True)
            guards.check_state_version(state, here, WritableManifest.is_compatible_version, self.run.allowed)
            guards.check_readable(state, here, WritableManifest.read_and_check_versions)

    def install_packages(self) -> None:
        """Before the project is read, as dbt reads them with it."""
        run, plan = self.run, self.plan
        if not packages.wanted(plan):
            return
        since, here = time.time(), os.getcwd()
        run.keep.event("phase", name="deps")
        os.environ.setdefault("GIT_TERMINAL_PROMPT", "0")  # nobody is there to be asked
        problems: list[UserError] = []

        def install(*task: Any) -> None:
            try:
                packages.install(plan, *task)
            except UserError as e:
                from dbt_common.exceptions import DbtRuntimeError

                problems.append(e)
                raise DbtRuntimeError(str(e)) from e

        try:
            with patches.instead_of_deps(install), Heartbeat("installing the project's packages"):
                result = self.invoke(["deps", *packages.arguments(plan)])
        finally:
            os.chdir(here)  # dbt leaves it
            run.phase("deps", since)
        if isinstance(result.exception, KeyboardInterrupt):
            raise result.exception
        if not result.success:
            raise problems[0] if problems else packages.not_installed(result.exception)

    def operations(self) -> int | None:
        """The exit status where the run ends with them."""
        run = self.run
        failed: list[Operation] = []
        macros = {(macro.package_name, macro.name) for macro in self.manifest.macros.values()}
        for operation in run.operations(macros):
            with Heartbeat(operation["macro"]):
                good = run.operate(operation, self.succeeds)
            if not good:
                if self.plan["builds"] or run.aborted:
                    return self.ended(self.last, run.failure([operation]))
                failed.append(operation)
        drops = not self.plan["builds"] or any(o["macro"].endswith(DROPS) for o in self.plan["operations"])
        if drops and run.outcome["adapter"] == "materialize":
            self.drop_held()
        return run.finish("FAILURE", run.failure(failed)) if failed else None

    def drop_held(self) -> None:
        """What an environment of a change request kept may be free now; that it is not keeps nothing from going on."""

        def work(task: Any, adapter: Any) -> None:
            for line in held.drop_free(AdapterDatabase(adapter)):
                self.run.say(line)

        problem = patches.with_connection(self.invoke, self.plan["common"], work)
        if isinstance(problem, KeyboardInterrupt):
            self.run.aborted = True
        elif problem:
            self.run.say(f"whether a former production is free now is not known: {' '.join(str(problem).split())}")

    def succeeds(self, words: list[str]) -> bool:
        self.last = self.invoke([*words, "--no-write-json"])
        return bool(self.last.success)

    def succeeds_apart(self, words: list[str]) -> bool:
        """A command of its own: dbt notes what it does in the manifest, which is the build's."""
        self.last = self.invoke(words, apart=True)
        if isinstance(self.last.exception, KeyboardInterrupt):
            self.run.aborted = True
        return bool(self.last.success)

    def watch_selection(
        self, check: Check | None = None, narrow: Callable[[Any], Collection[str]] | None = None
    ) -> None:
        """check: what else to refuse; narrow: gives what of dbt's choice is left out"""
        run = self.run

        def look(task: Any) -> None:
            self.heartbeat.work = "reaching the database"
            chosen = patches.selected(task)
            run.outcome["selected"] = sorted(chosen)
            run.outcome["flags"] = {
                name: getattr(task.args, name.upper()) for name in FLAGS if hasattr(task.args, name.upper())
            } | {f"also_changed_{kind}": True for kind in self.plan.get("also_changed", [])}
            run.write_in(os.path.abspath(task.config.project_target_path))
            nodes = task.manifest.nodes
            self.narrowed = next((f"--{name}" for name in NARROWING if getattr(task.args, name.upper(), None)), None)
            run.selected((i for i in chosen if not (i in nodes and nodes[i].is_ephemeral_model)), self.narrowed)
            if self.data and self.narrowed:
                self.data = None
                text = f"The data was not compared with production's: with {self.narrowed} it is a part of the rows."
                run.message("warn", EVENT, text)
                run.say(text)
            run.collect()  # should this process be killed, what it began can be told from what was there before
            self.manifest = task.manifest
            self.write_manifest()  # without it there is no report
            lone = patches.lone_unit_tests(task)
            if lone:
                run.message("warn", "LoneUnitTests", LONE.format(names=guards.names(lone)))
            compares = self.compares(task)
            is_materialize = run.outcome["adapter"] == "materialize"
            dropped = chosen - set(self.replacing.made if self.replacing else ())
            if compares and is_materialize:
                self.refusing(self.check_selection, dropped, task)
            if is_materialize and not self.plan["deployment"]:
                self.refusing(self.watch_recreation, dropped, task)
            if compares and self.plan.get("own_environment"):
                self.refusing(self.check_own_environment, chosen, task)
            if check:
                self.refusing(check, chosen, task)
            if compares:
                self.refresh_changed(task, chosen)
            if compares and self.data:
                self.data.choose(chosen, task, self.modified)

        def between(task: Any) -> Collection[str]:
            """While dbt compares as it was prepared to."""
            if self.compares(task) and (self.data or sqlglot_here()):
                self.modified = self.what_is_modified(task)
                self.production = task.previous_state.manifest
            return (narrow or self.replace)(task)

        patches.around_selection(self.prepare_selection, look, between)
        patches.may_select_nothing(self.plan["selection"])

    def compares(self, task: Any) -> bool:
        return bool(self.plan["state"] and task.previous_state and task.previous_state.manifest)

    def what_is_modified(self, task: Any) -> set[str]:
        """As dbt compares; no build fails because what it only tells of cannot be told."""
        try:
            return patches.modified(task)
        except Exception as e:
            self.run.say(f"which nodes are modified is not known: {' '.join(str(e).split())}")
            return set()

    def prepare_selection(self, task: Any) -> Callable[[], None]:
        """Adds to dbt's task what dbt does not see of changes; gives what takes back what only the choice needs."""
        noted = inputs.Inputs(task, self.digests, self.run.keep.secrets)
        noted.note()
        also = self.plan.get("also_changed", [])
        changes = noted.changes()
        self.also_modified = inputs.chosen(changes, also)
        for change in changes:
            hint = "" if inputs.chosen([change], also) else f"; alsoChanged (--also-changed) builds {change.its()}"
            self.run.say(change.words() + hint)
        unknown = noted.incomparable() if "env" in also else []
        if unknown:
            names = guards.names(unknown)
            self.run.say(f"no key (DBT_SLIM_SECRET_KEY) is set, so nobody can tell whether these changed: {names}")
        if self.also_modified:
            patches.also_modified(self.also_modified)
        return seeds.compare_contents(task)

    def watch_recreation(self, chosen: set[str], task: Any) -> None:
        """A catalogue that does not answer keeps nothing from being built: dbt says it better."""
        work = self.recreation = recreation.Recreation(self.run, self.plan.get("copy_privileges", True))
        try:
            from dbt.adapters.factory import get_adapter

            adapter = get_adapter(task.config)
            with adapter.connection_named("master"):
                work.look(AdapterDatabase(adapter), chosen, task)
                replaced = self.replacing.made if self.replacing else {}
                work.remember_replaced(AdapterDatabase(adapter), replaced, task)
        except UserError:
            raise
        except Exception as e:
            return work.say(f"what else is dropped with what is built is not known: {' '.join(str(e).split())}")
        patches.around_models(
            lambda a, model: None,
            lambda a, model, is_good: work.ran(AdapterDatabase(a), model, is_good, patches.notices_of(a)),
            lambda a: work.ended(AdapterDatabase(a)),
        )

    def replace(self, task: Any) -> Collection[str]:
        """Makes replacements of what can be replaced in place; gives what need not be built for that."""
        is_materialize = self.run.outcome["adapter"] == "materialize"
        if not (self.plan.get("replace_seconds") and self.compares(task) and is_materialize):
            return ()
        from dbt.adapters.factory import get_adapter

        self.heartbeat.work = "making replacements"
        self.run.keep.event("phase", name="operation", macro="replacements")
        adapter, chosen = get_adapter(task.config), patches.selected(task)
        work = self.replacing = replacement.Replacing(self.run)

        def make(_: set[str], task: Any) -> None:
            dbt = replacement.Dbt(task, adapter)
            with adapter.connection_named("master"):
                site = AdapterDatabase(adapter)
                try:
                    work.prepare(site, chosen, dbt)
                except BaseException:
                    work.drop(site)
                    raise

        self.refusing(make, chosen, task)
        self.run.keep.event("phase", name="build")
        patches.around_models(
            lambda a, model: work.apply(AdapterDatabase(a), model, patches.cancel_of(a)),
            lambda a, model, is_good: None,
            lambda a: work.drop(AdapterDatabase(a)),
        )
        return work.spared

    def refresh_changed(self, task: Any, chosen: set[str]) -> None:
        """Lets incremental models that changed be made anew where the plan says so, and notes which are not."""
        changed = incremental.changed(task, chosen, self.also_modified)
        if self.plan.get("refresh_changed"):
            incremental.refresh(task, changed)
        self.run.outcome["unrefreshed"] = [
            node.unique_id
            for node in changed
            if node.unique_id in task.previous_state.manifest.nodes and not incremental.is_refreshed(node, task)
        ]

    def check_own_environment(self, chosen: set[str], task: Any) -> None:
        now = guards.relations_of(task.manifest.nodes)
        guards.check_own_environment(
            chosen, now, guards.relations_of(task.previous_state.manifest.nodes), self.run.allowed
        )

    def check_selection(self, chosen: set[str], task: Any) -> None:
        now, state = guards.nodes_of(task.manifest), guards.nodes_of(task.previous_state.manifest)
        guards.check_selection(chosen, now, state, self.run.allowed)

    def refusing(self, check: Check, chosen: set[str], task: Any) -> None:
        """Ends dbt's task where the check refuses."""
        try:
            check(chosen, task)
        except UserError as e:
            from dbt_common.exceptions import DbtRuntimeError

            self.refusal = e
            raise DbtRuntimeError(str(e)) from e

    def ended(self, result: Any, why: str | None = None) -> int:
        """
        After the build, or what keeps it from starting.

        why: what to say of a failure
        """
        if isinstance(result.exception, KeyboardInterrupt):
            self.run.aborted = True
        self.run.collect()
        self.write_manifest()
        waits = self.run.aborted and self.recreation and self.recreation.has_begun
        if waits or (self.replacing and self.replacing.made):
            self.after_abort()
        if self.refusal:
            return self.run.finish("ERROR", self.refusal)
        if not self.run.aborted:
            self.keep_parses()
        if result.success:
            return self.run.finish("SUCCESS")
        if result.exception is None:
            return self.run.finish("FAILURE", why)
        # A macro of on-run-end that raises, say: nodes were built, and dbt ends as it does where it could run nothing.
        return self.run.finish("FAILURE" if why or self.run.builds else "ERROR", why or result.exception)

    def keep_parses(self) -> None:
        """For the next builds, of this target and others. That one cannot be kept is no failure of this build."""
        own, common = self.parses.config, self.plan["common"]
        for target in self.plan.get("keep_parse", []) if own else []:
            since = time.time()
            self.run.keep.event("phase", name="parse")
            try:
                if target == own.target_name:
                    self.parses.keep(own, own.project_target_path, self.run.keep)
                else:
                    self.parse_for(target, common)
            except (UserError, OSError) as e:
                self.run.message("warn", "ParseNotKept", str(e))
                self.run.say(str(e))
            self.run.phase("parse", since)

    def parse_for(self, target: str, common: list[str]) -> None:
        at = common.index("--target") if "--target" in common else len(common)
        words = ["parse", *common[:at], *common[at + 2 :], "--target", target, "--no-write-json", "--target-path"]
        with tempfile.TemporaryDirectory(prefix="dbt-slim") as folder, Heartbeat(f"parsing the project for {target}"):
            result = self.runner_class(callbacks=[Events(self.run, True)]).invoke([*words, folder])
            if not result.success:
                raise UserError(f"The project could not be parsed for the target {target}: {result.exception}")
            self.parses.keep(self.parses.config, folder, self.run.keep)

    def after_abort(self) -> None:
        """Where the build's connections are gone, and with them what they were still to do."""

        def work(_: Any, adapter: Any) -> None:
            site = AdapterDatabase(adapter)
            if self.replacing:
                self.replacing.drop(site)
            if self.recreation and self.run.aborted:
                self.recreation.finish(site)

        # A command of its own: the outcome bears the build's id, as its results do.
        patches.with_connection(lambda words: self.invoke(words, apart=True), self.plan["common"], work)

    def write_manifest(self) -> None:
        """dbt writes it only after a build that was not interrupted, if it did not parse in that command."""
        kept = self.run.keep.path("manifest.json")
        # Also where an operation kept the build from starting: what the project is, is known by then.
        if self.plan["builds"] and self.manifest is not None and not os.path.exists(kept):
            self.manifest.write(kept + ".part")
            os.replace(kept + ".part", kept)
