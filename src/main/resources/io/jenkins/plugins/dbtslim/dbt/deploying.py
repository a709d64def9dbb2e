"""Runs a blue/green deployment (deployment.py) in the driver's dbt: macros and SQL by the adapter's own connection.

Internals of dbt are used where it has no other way: a function in the place of a macro that `run-operation` runs, and a look
just before each attempt of a swap. They are the same in dbt-core 1.8 to 1.11, and in dbt-materialize 1.9.
"""

import json
import os
import time

import catalogue
import deployment

EXCLUDED = ("config.materialized:source", "config.materialized:source_table", "config.materialized:sink")


class DbtSite:
    """The database as a run of dbt reaches it."""

    def __init__(self, task, adapter, run):
        self.task = task
        self.adapter = adapter
        self.run = run
        self.clock = time.monotonic
        self.sleep = time.sleep

    def target(self):
        return self.task.config.target_name

    def deployment(self):
        """The project's variable of that name, as its macros see it."""
        from dbt.context.providers import generate_runtime_macro_context

        manifest, project = self.task.manifest, self.task.config.project_name
        macro = manifest.find_macro_by_name("deploy_promote", project, None)
        return generate_runtime_macro_context(macro, self.task.config, manifest, project)["var"]("deployment", None)

    def database(self):
        return self.query("select current_database()")[0][0]

    def cluster_names(self, name):
        return tuple(str(self.adapter.generate_final_cluster_name(name, force_deploy_suffix=deploy)).strip() for deploy in (False, True))

    def query(self, sql):
        """Rows as the database gave them: dbt's own way would take an id for a number."""
        _, cursor = self.adapter.connections.add_query(sql, auto_begin=False)
        return cursor.fetchall() if cursor.description else []

    def macro(self, name, **arguments):
        return self.adapter.execute_macro(name, macro_resolver=self.task.manifest, kwargs=arguments)

    def macro_lines(self, name, **arguments):
        """What the macro logged."""
        before = len(self.run.lines)
        self.macro(name, **arguments)
        return self.run.lines[before:]

    def swap(self, before, **arguments):
        """deploy_promote; each attempt of the swap first asks `before`."""
        swap = getattr(self.adapter, "try_atomic_swap", None)
        if swap is None:
            before()
        else:
            self.adapter.try_atomic_swap = lambda sql: (before(), swap(sql))[1]
        self.macro("deploy_promote", dry_run=False, **(arguments if swap else {}))

    def reconnect(self):
        connections = self.adapter.connections
        connections.close(connections.get_thread_connection())
        connections.set_connection_name("dbt_slim")

    def log(self, text):
        print("dbt-slim: " + text, flush=True)

    def tell(self, stage):
        self.run.keep.event("phase", name="operation", macro=stage)


class Deploying:
    """What the plan orders, with the driver's dbt."""

    def __init__(self, process):
        self.process = process
        self.run = process.run
        self.plan = process.plan
        self.work = deployment.Deployment(self.plan["deployment"], lambda record: self.run.keep.write("deployment.json", record))
        self.run.standing = self.work.standing

    def __call__(self):
        os.environ.pop("CI_TAG", None)  # deploy_init of dbt-materialize 1.9 fails with it
        run, since = self.run, time.time()
        run.keep.event("phase", name="parse")
        result = self.process.invoke(["parse", *self.plan["common"], "--no-write-json"])
        run.phase("parse", since)
        if result.exception or not result.success:
            return self.process.ended(result)
        self.process.manifest = result.result
        if not any(macro.name == "deploy_promote" for macro in result.result.macros.values()):
            raise catalogue.Refusal("The project's adapter has no macro deploy_promote: blue/green needs dbt-materialize 1.7.4 or newer.")
        try:
            getattr(self, self.plan["deployment"]["action"])()
            return run.finish("SUCCESS")
        except deployment.Stopped as e:
            self.work.note(result=e.result)
            return run.finish("FAILURE", e)
        except catalogue.Refusal as e:
            return run.finish("ERROR", e)
        except KeyboardInterrupt:
            return run.finish("ABORTED", self.work.aborted())
        finally:
            self.keep_manifest()

    def prepare(self):
        if self.session(lambda site: self.work.start(site, self.project())):
            self.build()
        self.session(self.work.finish)

    def promote(self):
        self.session(lambda site: self.work.promote(site, self.project()))

    def cleanup(self):
        self.session(self.work.clean_up)

    def project(self):
        with open(os.path.join(self.plan["project_dir"], "dbt_project.yml"), encoding="utf-8") as file:
            return catalogue.fingerprint(self.process.manifest, (file.read(), self.variables(None)))

    def variables(self, more):
        """The plan's variables as JSON, with more of them."""
        import yaml

        words = self.plan["common"]
        given = yaml.safe_load(words[words.index("--vars") + 1]) if "--vars" in words else {}
        return json.dumps({**(given or {}), **(more or {})}, sort_keys=True, default=str)

    def session(self, work):
        """Does something with a connection, in the place of a macro."""
        from dbt.adapters.factory import get_adapter
        from dbt.task.run_operation import RunOperationTask

        came, original, since = {}, RunOperationTask._run_unsafe, time.time()

        def instead(task, package, macro):
            adapter = get_adapter(task.config)
            with adapter.connection_named("dbt_slim"):
                try:
                    came["value"] = work(DbtSite(task, adapter, self.run))
                except Exception as e:
                    came["problem"] = e

        RunOperationTask._run_unsafe = instead
        try:
            result = self.process.invoke(["run-operation", "deploy_promote", *self.plan["common"], "--no-write-json"])
        finally:
            RunOperationTask._run_unsafe = original
            self.run.phase("operations", since)
        problem = came.get("problem") or result.exception
        if isinstance(problem, (KeyboardInterrupt, catalogue.Refusal, deployment.Stopped)):
            raise problem
        if problem or "value" not in came:
            raise deployment.Stopped("FAILED", self.work.failed(deployment.words(problem or "dbt did not start")))
        return came["value"]

    def build(self):
        """Everything that is deployed, into the prepared schemas; they are swapped whole."""
        process, run, plain, since = self.process, self.run, self.process.manifest, time.time()
        common, variables = list(self.plan["common"]), self.variables({"deploy": True})
        if "--vars" in common:
            common[common.index("--vars") + 1] = variables
        else:
            common += ["--vars", variables]
        self.work.note(stage="build")
        run.keep.event("phase", name="build")
        process.manifest = None  # other variables: dbt must parse again
        process.watch_selection(self.check)
        run.before_build()
        excluded = [word for criterion in EXCLUDED for word in ("--exclude", criterion)]
        result = process.invoke(["build", *common, *excluded, *self.plan["build"]])
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

    def check(self, chosen, task):
        places = [
            (i, node.schema)
            for i, node in sorted(task.manifest.nodes.items())
            if i in chosen and not i.startswith(("test.", "unit_test.", "operation.")) and getattr(node, "relation_name", None)
        ]
        catalogue.check_places(places, self.work.setup)

    def keep_manifest(self):
        """That of production's names: it is what is published after the swap."""
        if self.process.manifest is not None:
            kept = self.run.keep.path("manifest.json")
            self.process.manifest.write(kept + ".part")
            os.replace(kept + ".part", kept)
