"""Runs a blue/green deployment (deployment.py) in this process' dbt: macros and SQL by the adapter's own connection."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from dbt_slim import catalogue, deployment, patches
from dbt_slim.errors import UserError
from dbt_slim.heartbeat import Heartbeat
from dbt_slim.plan import DeploymentOrder, variables
from dbt_slim.run import Run

if TYPE_CHECKING:
    from dbt_slim.one_process import OneProcess

T = TypeVar("T")

EXCLUDED = ("config.materialized:source", "config.materialized:source_table", "config.materialized:sink")


class DbtSite:
    """The database as a run of dbt reaches it."""

    def __init__(self, task: Any, adapter: Any, run: Run) -> None:
        self.task = task
        self.adapter = adapter
        self.run = run

    def clock(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def target(self) -> str:
        return str(self.task.config.target_name)

    def deployment(self) -> object:
        from dbt.context.providers import generate_runtime_macro_context

        manifest, project = self.task.manifest, self.task.config.project_name
        macro = manifest.find_macro_by_name("deploy_promote", project, None)
        return generate_runtime_macro_context(macro, self.task.config, manifest, project)["var"]("deployment", None)

    def database(self) -> str:
        return str(self.query("select current_database()")[0][0])

    def cluster_names(self, name: str) -> tuple[str, str]:
        def named(deploy: bool) -> str:
            return str(self.adapter.generate_final_cluster_name(name, force_deploy_suffix=deploy)).strip()

        return named(False), named(True)

    def query(self, sql: str) -> list[Any]:
        """dbt's own way would take an id for a number."""
        _, cursor = self.adapter.connections.add_query(sql, auto_begin=False)
        return list(cursor.fetchall()) if cursor.description else []

    def macro(self, name: str, **arguments: object) -> Any:
        with Heartbeat(name):
            return self.adapter.execute_macro(name, macro_resolver=self.task.manifest, kwargs=arguments)

    def macro_lines(self, name: str, **arguments: object) -> list[str]:
        before = len(self.run.lines)
        self.macro(name, **arguments)
        return self.run.lines[before:]

    def swap(self, before: Callable[[], None], **arguments: object) -> None:
        attempts = patches.before_swap(self.adapter, before)
        if not attempts:
            before()
        self.macro("deploy_promote", dry_run=False, **(arguments if attempts else {}))

    def commit(self) -> str | None:
        given = os.environ.get("GIT_COMMIT")
        return given or (self.adapter.get_git_commit_sha() if hasattr(self.adapter, "get_git_commit_sha") else None)

    def reconnect(self) -> None:
        connections = self.adapter.connections
        connections.close(connections.get_thread_connection())
        connections.set_connection_name("dbt_slim")

    def log(self, text: str) -> None:
        print("dbt-slim: " + text, flush=True)

    def tell(self, stage: str) -> None:
        self.run.keep.event("phase", name="operation", macro=stage)


class BlueGreen:
    """What the plan orders, with dbt in this process."""

    def __init__(self, process: OneProcess, order: DeploymentOrder) -> None:
        self.process = process
        self.run = process.run
        self.plan = process.plan
        self.order = order
        self.work = deployment.Deployment(order, lambda record: self.run.keep.write("deployment.json", record))
        self.run.standing = self.work.standing

    def __call__(self) -> int:
        os.environ.pop("CI_TAG", None)  # deploy_init of dbt-materialize 1.9 fails with it
        run, since = self.run, time.time()
        run.keep.event("phase", name="parse")
        result = self.process.invoke(["parse", *self.plan["common"], "--no-write-json"])
        run.phase("parse", since)
        if result.exception or not result.success:
            return self.process.ended(result)
        self.process.manifest = result.result
        if not any(macro.name == "deploy_promote" for macro in result.result.macros.values()):
            raise UserError(
                "The project's adapter has no macro deploy_promote: blue/green needs dbt-materialize 1.7.4 or newer."
            )
        try:
            getattr(self, self.order["action"])()
            return run.finish("SUCCESS")
        except deployment.Stopped as e:
            self.work.note(result=e.result)
            return run.finish("FAILURE", e)
        except UserError as e:
            return run.finish("ERROR", e)
        except KeyboardInterrupt:
            return run.finish("ABORTED", self.work.aborted())
        finally:
            self.keep_manifest()

    def prepare(self) -> None:
        if self.session(lambda site: self.work.start(site, self.project())):
            self.build()
        self.session(self.work.finish)

    def promote(self) -> None:
        self.session(self.swap)

    def swap(self, site: DbtSite) -> None:
        self.work.promote(site, self.project())
        for unique_id, status in catalogue.deployed(self.process.manifest, self.work.in_production(site)).items():
            self.run.keep.event("deployed", id=unique_id, status=status)

    def cleanup(self) -> None:
        self.session(self.work.clean_up)

    def project(self) -> str:
        with open(os.path.join(self.plan["project_dir"], "dbt_project.yml"), encoding="utf-8") as file:
            return catalogue.fingerprint(self.process.manifest, (file.read(), variables(self.plan, {})))

    def session(self, work: Callable[[DbtSite], T]) -> T:
        """Does something with a connection, in the place of a macro."""
        from dbt.adapters.factory import get_adapter

        came: list[T] = []
        problems: list[BaseException] = []
        since = time.time()

        def instead(task: Any) -> None:
            adapter = get_adapter(task.config)
            with adapter.connection_named("dbt_slim"):
                try:
                    came.append(work(DbtSite(task, adapter, self.run)))
                except Exception as e:
                    problems.append(e)

        try:
            with patches.instead_of_operation(instead):
                result = self.process.invoke(
                    ["run-operation", "deploy_promote", *self.plan["common"], "--no-write-json"]
                )
        finally:
            self.run.phase("operations", since)
        problem = problems[0] if problems else result.exception
        if isinstance(problem, (KeyboardInterrupt, UserError, deployment.Stopped)):
            raise problem
        if problem or not came:
            raise deployment.Stopped("FAILED", self.work.failed(deployment.words(problem or "dbt did not start")))
        return came[0]

    def build(self) -> None:
        """Everything that is deployed, into the prepared schemas; they are swapped whole."""
        process, run, plain, since = self.process, self.run, self.process.manifest, time.time()
        common, deploying = list(self.plan["common"]), variables(self.plan, {"deploy": True})
        if "--vars" in common:
            common[common.index("--vars") + 1] = deploying
        else:
            common += ["--vars", deploying]
        self.work.note(stage="build")
        run.keep.event("phase", name="build")
        process.manifest = None  # other variables: dbt must parse again
        process.watch_selection(self.check)
        run.before_build()
        excluded = [word for criterion in EXCLUDED for word in ("--exclude", criterion)]
        result = process.invoke(["build", "--write-json", *common, *excluded, *self.plan["build"]])
        run.phase("build", since)
        run.collect()
        process.manifest = plain
        if process.refusal:
            raise process.refusal
        if isinstance(result.exception, KeyboardInterrupt):
            raise result.exception
        if not result.success:
            why = str(result.exception) if result.exception else "models or tests failed, see the results above"
            raise deployment.Stopped("BUILD_FAILED", self.work.failed(deployment.words(why)))

    def check(self, chosen: set[str], task: Any) -> None:
        places = [
            (i, node.schema)
            for i, node in sorted(task.manifest.nodes.items())
            if i in chosen
            and not i.startswith(("test.", "unit_test.", "operation."))
            and getattr(node, "relation_name", None)
        ]
        catalogue.check_places(places, self.work.setup)

    def keep_manifest(self) -> None:
        """That of production's names: it is what is published after the swap."""
        if self.process.manifest is not None:
            kept = self.run.keep.path("manifest.json")
            self.process.manifest.write(kept + ".part")
            os.replace(kept + ".part", kept)
