"""Runs a blue/green deployment (deployment.py) in this process' dbt: macros and SQL by the adapter's own connection."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, TypeVar

from dbt_slim import catalogue, closure, deployment, patches
from dbt_slim.database import AdapterDatabase
from dbt_slim.errors import UserError
from dbt_slim.heartbeat import Heartbeat
from dbt_slim.plan import DeploymentOrder, variables
from dbt_slim.run import Run

if TYPE_CHECKING:
    from dbt_slim.one_process import OneProcess

T = TypeVar("T")

EXCLUDED = ("config.materialized:source", "config.materialized:source_table", "config.materialized:sink")


class DbtSite(AdapterDatabase):
    """The database with what else a run of dbt has for a deployment."""

    def __init__(self, task: Any, adapter: Any, run: Run) -> None:
        super().__init__(adapter)
        self.task = task
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

    def log(self, text: str) -> None:
        self.run.say(text)

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
        self.more: dict[str, object] = {}  # variables of dbt's, where only a part is staged
        self.staged: set[str] = set()  # nodes of that part
        self.clusters: list[str] = []  # of the deployment, as the project names them

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
        if self.order["slim"]:
            self.session(self.narrow)
            if not self.staged:
                return
        if self.session(self.start):
            self.build()
        self.session(self.work.finish)

    def start(self, site: DbtSite) -> bool:
        needed = self.work.start(site, self.project())
        given: Any = site.deployment()
        self.clusters = list(given[site.target()].get("clusters") or [])
        return needed

    def narrow(self, site: DbtSite) -> None:
        """What the change reaches is all that is staged."""
        if not self.plan["state"]:
            raise UserError(
                "A slim deployment goes by what differs from production's manifest, and there is none: fetch it before"
                " (dbtFetchManifest), or prepare without slim."
            )
        setup = catalogue.Setup.of(site.deployment(), site.target(), site.cluster_names)
        entry: Any = site.deployment()
        patches.read_state(site.task, self.plan["state"])
        take_back = self.process.prepare_selection(site.task)
        modified = patches.differing(site.task, ("modified",))["modified"]
        take_back()
        cluster = getattr(site.task.config.credentials, "cluster", None)
        all_members = closure.members(site.task.manifest.nodes, cluster)
        found = closure.Closure(all_members, list(setup.schemas), entry[setup.target].get("clusters") or []).of(
            modified
        )
        if not any(found.members[i].schema for i in found.nodes):
            site.log("nothing that is swapped differs from production: there is nothing to prepare")
            return self.work.note(result="NOTHING_TO_DO", stage="look")
        told = found.told()
        self.work.note(staged=told)
        for line in told:
            site.log(line)
        self.stage_only(site, list(found.schemas), list(found.clusters))
        self.staged = found.nodes
        self.work.check_left(site, setup, [*found.schemas], [site.cluster_names(name)[0] for name in found.clusters])

    def stage_only(self, site: DbtSite, schemas: list[str], clusters: list[str]) -> None:
        """The project's own order of them is kept."""
        given: Any = site.deployment()
        entry = given[site.target()]
        part = {
            **entry,
            "schemas": [name for name in entry["schemas"] if name in schemas],
            "clusters": [name for name in entry.get("clusters") or [] if name in clusters],
        }
        self.more = {"deployment": {**given, site.target(): part}}

    def as_prepared(self) -> None:
        """A slim deployment's token tells which part of what the project swaps it is."""
        token = catalogue.Token.parse(self.order["token"]) if self.order["token"] else None
        if token and token.slim:
            known = token

            def part(site: DbtSite) -> None:
                given: Any = site.deployment()
                names = (given or {}).get(site.target(), {}).get("clusters") or []
                clusters = [name for name in names if site.cluster_names(name)[0] in known.clusters]
                self.stage_only(site, list(known.schemas), clusters)

            self.session(part)

    def common(self, **more: object) -> list[str]:
        """The plan's arguments of every dbt command, with more variables."""
        words, more = list(self.plan["common"]), {**self.more, **more}
        if more:
            given = variables(self.plan, more)
            if "--vars" in words:
                words[words.index("--vars") + 1] = given
            else:
                words += ["--vars", given]
        return words

    def promote(self) -> None:
        self.as_prepared()
        self.session(self.swap)

    def swap(self, site: DbtSite) -> None:
        self.work.promote(site, self.project())
        for unique_id, status in catalogue.deployed(self.process.manifest, self.work.in_production(site)).items():
            self.run.keep.event("deployed", id=unique_id, status=status)

    def cleanup(self) -> None:
        self.as_prepared()
        self.session(self.work.clean_up)

    def project(self) -> str:
        with open(os.path.join(self.plan["project_dir"], "dbt_project.yml"), encoding="utf-8") as file:
            return catalogue.fingerprint(self.process.manifest, (file.read(), variables(self.plan, {})))

    def session(self, work: Callable[[DbtSite], T]) -> T:
        """Does something with a connection, in the place of a macro."""
        came: list[T] = []
        since = time.time()

        def look(task: Any, adapter: Any) -> None:
            came.append(work(DbtSite(task, adapter, self.run)))

        try:
            problem = patches.with_connection(self.process.invoke, self.common(), look)
        finally:
            self.run.phase("operations", since)
        if isinstance(problem, (KeyboardInterrupt, UserError, deployment.Stopped)):
            raise problem
        if problem:
            raise deployment.Stopped("FAILED", self.work.failed(deployment.words(problem)))
        return came[0]

    def build(self) -> None:
        """Everything that is deployed, into the prepared schemas; they are swapped whole."""
        process, run, plain, since = self.process, self.run, self.process.manifest, time.time()
        common = self.common(deploy=True)
        if self.staged:
            common += ["--defer", "--favor-state", "--state", str(self.plan["state"])]
        self.work.note(stage="build")
        run.keep.event("phase", name="build")
        process.manifest = None  # other variables: dbt must parse again
        process.watch_selection(self.check, self.left_out)
        run.before_build()
        excluded = [word for criterion in EXCLUDED for word in ("--exclude", criterion)]
        run.begins = process.heartbeat.over.set
        with process.heartbeat:
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

    def left_out(self, task: Any) -> Collection[str]:
        """What no change reaches, with the tests that ask about nothing else."""
        if not self.staged:
            return ()
        manifest, chosen = task.manifest, patches.selected(task)

        def reached(i: str) -> bool:
            if i in self.staged:
                return True
            node = manifest.nodes.get(i) or manifest.unit_tests[i]
            return i.startswith(("test.", "unit_test.")) and bool(self.staged & set(node.depends_on_nodes))

        return {i for i in chosen if not reached(i)}

    def check(self, chosen: set[str], task: Any) -> None:
        places = [
            (i, node.schema)
            for i, node in sorted(task.manifest.nodes.items())
            if i in chosen
            and not i.startswith(("test.", "unit_test.", "operation."))
            and getattr(node, "relation_name", None)
        ]
        catalogue.check_places(places, self.work.setup)
        self.move_tests(chosen, task)

    def move_tests(self, chosen: set[str], task: Any) -> None:
        """With deploy, dbt-materialize asks tests on the prepared twin of their cluster, which not every one has."""
        nodes, usual = task.manifest.nodes, getattr(task.config.credentials, "cluster", None)

        def cluster(node: Any) -> Any:
            return node.config.get("cluster") or usual

        if not self.clusters:  # only views are staged
            patches.without_twins(task)
        for test in (nodes[i] for i in chosen if i.startswith("test.")):
            if self.clusters and cluster(test) not in self.clusters:
                asked = [cluster(nodes[i]) for i in test.depends_on_nodes if i in nodes]
                test.config["cluster"] = next((name for name in asked if name in self.clusters), self.clusters[0])

    def keep_manifest(self) -> None:
        """That of production's names: it is what is published after the swap."""
        if self.process.manifest is not None:
            kept = self.run.keep.path("manifest.json")
            self.process.manifest.write(kept + ".part")
            os.replace(kept + ".part", kept)
