"""Runs a plan of dbt-slim: operations, then (mostly) one dbt build, in one dbt process.

usage: python driver.py PLAN.json

Python >= 3.9, standard library and dbt only. dbt parses the project once (programmatic invocation, dbt-core >= 1.5);
where dbt cannot be imported, the same plan runs as separate commands. Left in the plan's folder "keep":

  manifest.json, run_results.json   dbt's, copied right after the build, whole or not at all
  events.jsonl                      progress, one JSON object a line, bounded
  selected.json                     ids of the nodes that the build is to run, as soon as dbt has chosen them
  deployment.json                   of a blue/green deployment: how far it is, rewritten at each stage
  outcome.json                      how it ended; written last

Exit status: 0 ok, 1 the run had failures, 2 error or abort. SIGTERM and SIGINT become dbt's own interrupt, which
cancels open statements and writes the results; GRACE seconds later the process ends whatever dbt does.
"""

import atexit
import gc
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import datetime, timezone

keeps_no_bytecode = sys.dont_write_bytecode
sys.dont_write_bytecode = True  # nothing of ours stays beside this file

import catalogue
import deploying
import guards

sys.dont_write_bytecode = keeps_no_bytecode  # an environment made by uv has no bytecode of dbt before its first run

GRACE = 15.0  # below the 20 s after which Jenkins gives a process up
MAX_EVENTS = 50_000
MAX_MESSAGES = 100
MAX_TEXT = 2_000
FLAGS = ("state_modified_compare_more_unrendered_values",)  # those that decide what is modified
DBT_FILES = ("run_results.json", "manifest.json")
OUR_FILES = ("selected.json", "deployment.json", "outcome.json")
STARTED = time.time()


class PlanError(Exception):
    """Nothing was run, or not to the end; the text is one sentence for the user."""


REFUSALS = (PlanError, guards.Refusal, catalogue.Refusal)


class Patience:
    """Says what takes so long where dbt itself says nothing: silence looks like a hang."""

    FIRST, NEXT = 2, 10  # seconds

    def __init__(self, work):
        self.work = work
        self.over = threading.Event()

    def __enter__(self):
        threading.Thread(target=self.speak, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.over.set()

    def speak(self):
        since, pause = time.time(), self.FIRST
        while not self.over.wait(pause):
            print(f"dbt-slim: {self.work} … {time.time() - since:.0f} s", flush=True)
            pause = self.NEXT


class Keep:
    """The folder of what is kept. Files appear in it whole."""

    def __init__(self, folder, secrets):
        self.folder = folder
        self.secrets = secrets
        self.lock = threading.Lock()
        self.events = 0
        os.makedirs(folder, exist_ok=True)
        for name in (*DBT_FILES, *OUR_FILES):
            try:
                os.remove(os.path.join(folder, name))
            except FileNotFoundError:
                pass
        self.stream = open(os.path.join(folder, "events.jsonl"), "w", encoding="utf-8")

    def clean(self, text):
        """Without colours and secrets, and not too long."""
        text = re.sub(r"\x1b\[[0-9;]*m", "", str(text))
        for secret in self.secrets:
            text = text.replace(secret, "****")
        return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"

    def event(self, kind, **fields):
        with self.lock:
            self.events += 1
            if self.events <= MAX_EVENTS and not self.stream.closed:
                record = {"t": round(time.time() - STARTED, 3), "kind": kind}
                record.update((k, self.clean(v) if isinstance(v, str) else v) for k, v in fields.items())
                self.stream.write(json.dumps(record) + "\n")
                self.stream.flush()

    def path(self, name):
        return os.path.join(self.folder, name)

    def copy(self, source, name):
        shutil.copyfile(source, self.path(name) + ".part")
        os.replace(self.path(name) + ".part", self.path(name))

    def write(self, name, value):
        with open(self.path(name) + ".part", "w", encoding="utf-8") as out:
            json.dump(value, out, indent=1)
        os.replace(self.path(name) + ".part", self.path(name))


class Run:
    """What is known of the run so far; becomes outcome.json."""

    def __init__(self, plan, keep):
        self.plan = plan
        self.keep = keep
        self.lock = threading.Lock()
        self.aborted = False
        self.finished = False
        self.before = None
        self.target_path = None
        self.allowed = plan["allow"]
        self.lines = []  # what macros logged
        self.running = {}  # when a node started, by id
        self.standing = lambda: ""  # how things stand where it did not come to an end
        self.outcome = {
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
            "interrupted": [],
        }

    def message(self, level, event, text):
        messages = self.outcome["messages"]
        if len(messages) < MAX_MESSAGES:
            messages.append({"level": level, "event": event, "text": self.keep.clean(text)})

    def selected(self, ids):
        """Tells those who watch what is going to run."""
        ids = sorted(ids)
        self.keep.write("selected.json", ids)
        self.keep.event("selected", count=len(ids))

    def phase(self, name, since):
        seconds = self.outcome["seconds"]
        seconds[name] = round(seconds.get(name, 0) + time.time() - since, 3)

    def check(self):
        """What dbt would not tell, or only too late."""
        project, state = self.plan["project_dir"], self.plan["state"]
        if not os.path.isfile(os.path.join(project, "dbt_project.yml")):
            raise PlanError(f"There is no dbt_project.yml in {os.path.abspath(project)}: give the directory of a dbt project.")
        self.write_in(target_path(self.plan))
        if state and not os.path.isfile(os.path.join(state, "manifest.json")):
            raise PlanError(f"There is no manifest.json in the state directory {state}: fetch the production manifest first.")
        if state and os.path.realpath(state) == os.path.realpath(self.target_path):
            guards.refuse(
                guards.TARGET,
                self.allowed,
                f"The state directory {state} is dbt's own target directory, where dbt would overwrite the manifest that it"
                " compares with: fetch the production manifest into another directory",
            )

    def operations(self, macros):
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
                raise PlanError(
                    f"The project has no macro {operation['macro']}, which was to run"
                    f"{' before the build' if self.plan['builds'] else ''}: add it to the project's macros, or leave the"
                    " operation out."
                )
        return todo

    def operate(self, operation, succeeds):
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
            os.environ.pop("CI_TAG") if tag is None else os.environ.update(CI_TAG=tag)
        self.phase("operations", since)
        self.outcome["operations"].append(
            {
                "macro": operation["macro"],
                "status": "success" if good else "error",
                "seconds": round(time.time() - since, 3),
            }
        )
        return good

    def failure(self, operations):
        """What to say of operations that failed: dbt's last error tells why."""
        which = ", ".join(f"{o['macro']}{' for ' + o['tag'] if o['tag'] else ''}" for o in operations)
        errors = [m["text"] for m in self.outcome["messages"] if m["level"] == "error"]
        return f"dbt's operation {which} failed" + (f": {errors[-1]}" if errors else ".")

    def write_in(self, path):
        """Notes where dbt writes, also for whoever cleans up after a driver that was killed."""
        self.target_path = path
        with open(self.keep.path("target_path"), "w", encoding="utf-8") as note:
            note.write(path)

    def before_build(self):
        """Files that differ from those of now are the build's: a build that fails early leaves old ones lying."""
        self.before = {name: signature(os.path.join(self.target_path, name)) for name in DBT_FILES}

    def collect(self):
        """Copies what the build left aside: the next dbt command overwrites it."""
        for name, before in (self.before or {}).items():
            written = os.path.join(self.target_path, name)
            if signature(written) not in (before, ()):
                self.keep.copy(written, name)

    def finish(self, status, error=None):
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

    def started(self, node):
        self.running[node] = time.time()
        self.keep.event("start", id=node)

    def ended(self, node, result):
        if not (self.aborted and result.status == "error"):  # dbt gives those that it breaks off this status, in events only
            self.running.pop(node, None)
        self.keep.event(
            "done", id=node, status=result.status, seconds=round(result.execution_time, 3), message=result.message
        )

    def interrupted(self):
        """What was at work when the run was aborted: dbt's run results lack it."""
        now = time.time()
        return [
            {"id": self.keep.clean(node), "started": f"{datetime.fromtimestamp(since, timezone.utc):%FT%T.%fZ}", "seconds": now - since}
            for node, since in list(self.running.items())[:MAX_MESSAGES]
        ]


def signature(file):
    try:
        stat = os.stat(file)
        return stat.st_mtime_ns, stat.st_size, stat.st_ino
    except FileNotFoundError:
        return ()


def target_path(plan):
    """dbt's rule: --target-path, the environment, dbt_project.yml, "target"."""
    path = None
    words = plan["common"] + plan["build"]
    for i, word in enumerate(words):
        if word == "--target-path" and i + 1 < len(words):
            path = words[i + 1]
        elif word.startswith("--target-path="):
            path = word.split("=", 1)[1]
    path = path or os.environ.get("DBT_ENGINE_TARGET_PATH") or os.environ.get("DBT_TARGET_PATH")
    if not path:
        with open(os.path.join(plan["project_dir"], "dbt_project.yml"), encoding="utf-8") as project:
            found = re.search(r"^target-path:[ \t]*[\"']?([^\"'#\n{]+?)[\"']?[ \t]*(#.*)?$", project.read(), re.M)
        path = found.group(1) if found else "target"
    return os.path.join(os.path.abspath(plan["project_dir"]), path)


class OneProcess:
    """dbt in this process: the project is parsed once, for the operations and the build."""

    # Task internals are read for what dbt tells nowhere else: the selected resources (also those that do not run, such
    # as ephemeral models) before anything runs. They are the same in dbt-core 1.8 to 1.11.

    def __init__(self, run):
        self.run = run
        self.plan = run.plan
        self.manifest = None
        self.refusal = None
        self.last = None
        self.patience = Patience("choosing what to build")  # parses first, where nothing did before

    def __call__(self):
        run, plan = self.run, self.plan
        since = time.time()
        run.keep.event("phase", name="import")
        # Parsing makes many objects that stay, and looking through them costs 5 to 15 %. Most projects now end before the
        # first look; what waits for it in bigger ones takes some 100 MB.
        gc.set_threshold(2_000_000, 50, 50)
        with Patience("starting dbt"):
            from dbt.cli.main import dbtRunner

        self.runner_class = dbtRunner
        write_json_at_once()
        run.phase("import", since)
        self.check_environment()
        if plan["deployment"]:
            return deploying.Deploying(self)()
        if plan["operations"] or not plan["builds"]:
            since = time.time()
            run.keep.event("phase", name="parse")
            # The build writes the manifest.
            with Patience("parsing the project"):
                result = self.invoke(["parse", *plan["common"], "--no-write-json"])
            run.phase("parse", since)
            if result.exception or not result.success:
                return self.ended(result)
            self.manifest = result.result
            status = self.operations()
            if status is not None or not plan["builds"]:
                return run.finish("SUCCESS") if status is None else status
        since = time.time()
        run.keep.event("phase", name="build")
        self.watch_selection()
        run.before_build()
        with self.patience:
            result = self.invoke(["build", *plan["common"], *plan["selection"], *plan["build"]])
        run.phase("build", since)
        return self.ended(result)

    def invoke(self, words):
        manifest = self.manifest
        if manifest is not None and os.path.exists(os.path.join(self.plan["project_dir"], "catalogs.yml")):
            manifest = None  # dbt registers catalogs only while it parses
        sys.argv = ["dbt", *words]  # dbt puts it into run_results.json as the command
        return self.runner_class(manifest=manifest, callbacks=[self.on_event]).invoke(words)

    def check_environment(self):
        """What the profile needs and what the state is, before dbt looks at either."""
        import yaml
        from dbt.contracts.graph.manifest import WritableManifest
        from dbt.version import get_installed_version

        plan = self.plan
        check_profiles(plan)
        guards.check_credentials(profile_output(plan, yaml.safe_load), self.run.allowed)
        if plan["state"]:
            guards.check_state_version(
                os.path.join(plan["state"], "manifest.json"),
                get_installed_version().to_version_string(skip_matcher=True),
                WritableManifest.is_compatible_version,
                self.run.allowed,
            )

    def operations(self):
        run, failed = self.run, []
        macros = {(macro.package_name, macro.name) for macro in self.manifest.macros.values()}
        for operation in run.operations(macros):
            if not run.operate(operation, self.succeeds):
                if self.plan["builds"] or run.aborted:
                    return self.ended(self.last, operation)
                failed.append(operation)
        return run.finish("FAILURE", run.failure(failed)) if failed else None

    def succeeds(self, words):
        self.last = self.invoke([*words, "--no-write-json"])
        return self.last.success

    def watch_selection(self, check=None):
        """check: what else to refuse, by unique_ids and dbt's task"""
        from dbt.task.build import BuildTask

        run, driver, initialize = self.run, self, BuildTask._runtime_initialize

        def initialize_and_tell(task):
            initialize(task)
            driver.patience.over.set()
            chosen = {node.unique_id for node in task._flattened_nodes} | set(task.selected_unit_tests)
            run.outcome["selected"] = sorted(chosen)
            run.outcome["flags"] = {
                name: getattr(task.args, name.upper()) for name in FLAGS if hasattr(task.args, name.upper())
            }
            run.write_in(os.path.abspath(task.config.project_target_path))
            nodes = task.manifest.nodes
            run.selected(i for i in chosen if not (i in nodes and nodes[i].is_ephemeral_model))
            driver.manifest = task.manifest
            if task.previous_state and task.previous_state.manifest and run.outcome["adapter"] == "materialize":
                driver.refusing(driver.check_selection, chosen, task)
            if check:
                driver.refusing(check, chosen, task)

        BuildTask._runtime_initialize = initialize_and_tell

    def check_selection(self, chosen, task):
        now, state = guards.nodes_of(task.manifest), guards.nodes_of(task.previous_state.manifest)
        guards.check_selection(chosen, now, state, self.run.allowed)

    def refusing(self, check, chosen, task):
        """Ends dbt's task where the check refuses."""
        try:
            check(chosen, task)
        except REFUSALS as e:
            from dbt_common.exceptions import DbtRuntimeError

            self.refusal = e
            raise DbtRuntimeError(str(e)) from e

    def on_event(self, event):
        info, data, run = event.info, event.data, self.run
        # What dbt says of its own exceptions: that there was an interrupt is known, and a stack trace helps nobody here.
        silent = info.name == "MainStackTrace" or (info.name == "MainEncounteredError" and run.aborted)
        if info.level in ("warn", "error") and not silent:
            run.message(info.level, info.name, info.msg)
        if info.name == "MainReportVersion":
            run.outcome["dbt_version"] = data.version.lstrip("=")
            run.outcome["invocation_id"] = info.invocation_id
        elif info.name == "JinjaLogInfo" and self.plan["deployment"]:
            run.lines.append(run.keep.clean(info.msg))
        elif info.name == "AdapterRegistered":
            run.outcome["adapter"] = re.sub(r"^dbt\.adapters\.|\.impl$", "", data.adapter_name)
        elif info.name in ("NodeStart", "NodeFinished") and data.node_info.materialized == "ephemeral":
            pass
        elif info.name == "NodeStart":
            run.started(data.node_info.unique_id)
        elif info.name == "NodeFinished":
            run.ended(data.node_info.unique_id, data.run_result)

    def ended(self, result, what=None):
        """After the build, or the operation that keeps it from starting."""
        if isinstance(result.exception, KeyboardInterrupt):
            self.run.aborted = True
        self.run.collect()
        self.write_manifest()
        if self.refusal:
            return self.run.finish("ERROR", self.refusal)
        if result.success:
            return self.run.finish("SUCCESS")
        if result.exception is None:
            return self.run.finish("FAILURE", self.run.failure([what]) if what else None)
        return self.run.finish("ERROR", result.exception)

    def write_manifest(self):
        """dbt writes it only after a build that was not interrupted, if it did not parse in that command."""
        kept = self.run.keep.path("manifest.json")
        if self.run.before is not None and self.manifest is not None and not os.path.exists(kept):
            self.manifest.write(kept + ".part")
            os.replace(kept + ".part", kept)


def check_profiles(plan):
    """dbt looks where it runs, then in the user's home, and of a home without the folder it says no more than that."""
    variables = ("DBT_ENGINE_PROFILES_DIR", "DBT_PROFILES_DIR")
    words = plan["common"] + plan["build"]
    given = any(word.startswith("--profiles-dir") for word in words) or any(map(os.environ.get, variables))
    home = os.path.expanduser("~/.dbt")
    if given or any(os.path.isfile(os.path.join(place, "profiles.yml")) for place in (".", home)):
        return
    beside = os.path.isfile(os.path.join(plan["project_dir"], "profiles.yml"))
    raise PlanError(
        f"There is no profiles.yml in {os.getcwd()} nor in {home}: name its directory (--profiles-dir; in Jenkins:"
        f" profilesDir){', which seems to be that of the project' if beside else ''}."
    )


def profile_output(plan, read_yaml):
    """The part of profiles.yml that dbt will use; {} where there is none, which dbt tells better."""

    def setting(name):
        words, variable = plan["common"], name.upper()
        given = words[words.index("--" + name.replace("_", "-")) + 1] if "--" + name.replace("_", "-") in words else None
        return given or os.environ.get("DBT_ENGINE_" + variable) or os.environ.get("DBT_" + variable)

    def read(folder, name):
        with open(os.path.join(folder, name), encoding="utf-8") as text:
            return read_yaml(text)

    here = "." if os.path.isfile("profiles.yml") else os.path.expanduser("~/.dbt")
    try:
        profile = setting("profile") or read(plan["project_dir"], "dbt_project.yml").get("profile")
        return guards.profile_output(read(setting("profiles_dir") or here, "profiles.yml"), profile, setting("target"))
    except Exception:  # no file, not YAML, or not of dbt's form
        return {}


class SeparateCommands:
    """The same plan by the dbt command, one process each: for a dbt that Python cannot import."""

    def __init__(self, run, dbt):
        self.run = run
        self.dbt = dbt
        self.child = None
        self.macros = None
        run.outcome["one_process"] = False

    def __call__(self):
        run, plan = self.run, self.run.plan
        if plan["deployment"]:
            raise PlanError(
                f"Blue/green runs in dbt's own Python, which was not found for {self.dbt}: name the virtual environment of"
                " dbt-core and dbt-materialize (--venv)."
            )
        path = [] if "--target-path" in " ".join(plan["build"]) else ["--target-path", run.target_path]
        if plan["builds"]:
            self.look_ahead([*plan["common"], *path])
        failed = []
        for operation in plan["operations"] if self.macros is None else run.operations(self.macros):
            if not run.operate(operation, lambda words: self.dbt_command(*words, *path) == 0):
                failed.append(operation)
                if plan["builds"] or run.aborted:
                    break
        if failed:
            return run.finish("FAILURE", run.failure(failed))
        if not plan["builds"]:
            return run.finish("SUCCESS")
        since = time.time()
        run.keep.event("phase", name="build")
        run.before_build()
        code = self.dbt_command("build", *plan["common"], *path, *plan["selection"], *plan["build"])
        run.phase("build", since)
        run.collect()
        return run.finish({0: "SUCCESS", 1: "FAILURE"}.get(code, "ERROR"), "dbt could not run the build." if code not in (0, 1) else None)

    def look_ahead(self, common):
        """Lists what dbt selects, and looks at it, at the state and at the project's macros before anything runs."""
        run, plan = self.run, self.run.plan
        state = plan["state"] and os.path.join(plan["state"], "manifest.json")
        if state:
            version = re.search(r"\d+\.\d+\.\d+\S*", self.answer("--version") or "")
            guards.check_state_version(state, version and version.group(0), lambda schema: True, run.allowed)
        listing = self.answer("--quiet", "ls", "--output", "json", "--output-keys", "unique_id", *common, *plan["selection"])
        if listing is None:
            return
        ids = set(re.findall(r'"unique_id":\s*"([^"]+)"', listing))
        run.outcome["selected"] = sorted(i for i in ids if not i.startswith(("source.", "metric.", "semantic_model.")))
        run.selected(run.outcome["selected"])
        manifest = guards.read(os.path.join(run.target_path, "manifest.json"))
        if manifest.get("macros"):
            self.macros = {(macro.get("package_name"), macro.get("name")) for macro in manifest["macros"].values()}
        if state and manifest.get("metadata", {}).get("adapter_type") == "materialize":
            now, then = guards.nodes_of_json(manifest), guards.nodes_of_json(guards.read(state))
            guards.check_selection(ids, now, then, run.allowed)

    def answer(self, *words):
        done = subprocess.run([self.dbt, *words], stdout=subprocess.PIPE, text=True, encoding="utf-8")
        return done.stdout if done.returncode == 0 else None

    def dbt_command(self, *words):
        self.child = subprocess.Popen([self.dbt, *words])
        while True:
            try:
                return self.child.wait()
            except KeyboardInterrupt:
                self.child.send_signal(signal.SIGINT)


def write_json_at_once():
    """
    Lets dbt's files be encoded by Python's C code, to the same bytes in a quarter of the time: json.dump asks for pieces, and
    only Python's own code gives pieces. The text takes little beside the objects that dbt makes of a manifest to write it.
    """
    from dbt_common.utils.encoding import JSONEncoder

    JSONEncoder.iterencode = lambda self, value, _one_shot=False: json.JSONEncoder.iterencode(self, value, _one_shot=True)


def python_of(dbt):
    """The Python of a console script, or None for a program of its own."""
    real = os.path.realpath(dbt)
    try:
        with open(real, "rb") as script:
            first = script.readline(512)
    except OSError:
        return None
    found = re.match(rb"#!\s*(\S*python[0-9.]*)\s*$", first)
    if found and os.path.exists(found.group(1)):
        return os.fsdecode(found.group(1))
    for name in ("python3", "python", "python.exe"):
        python = os.path.join(os.path.dirname(real), name)
        if os.path.exists(python):
            return python
    return None


def can_import_dbt():
    """Without importing it, which takes a second or more."""
    spec = importlib.util.find_spec("dbt")
    places = (spec.submodule_search_locations or []) if spec else []
    return any(os.path.isfile(os.path.join(place, "cli", "main.py")) for place in places)


def choose(run):
    """How to run: here, in the Python of the dbt command, or by the dbt command."""
    wanted = run.plan["dbt"]
    if wanted is None and can_import_dbt():
        return OneProcess(run)
    if run.plan["venv"]:
        raise PlanError(
            f"The Python environment {sys.prefix} has no dbt: install it there with your adapter (such as:"
            f" {sys.executable} -m pip install 'dbt-core<1.12' dbt-materialize)."
        )
    dbt = shutil.which(wanted or "dbt")
    if dbt is None:
        raise PlanError(
            "dbt was not found: install it with your adapter (such as: pip install 'dbt-core<1.12' dbt-materialize), or"
            " say where it is (by venv or dbt; in Jenkins also by tool)."
        )
    python = python_of(dbt)
    if python and os.path.realpath(os.path.dirname(python)) == os.path.realpath(os.path.dirname(sys.executable)):
        if can_import_dbt():
            return OneProcess(run)
    elif python and not os.environ.get("DBT_SLIM_DRIVER"):
        os.environ["DBT_SLIM_DRIVER"] = "again"
        words = [python, os.path.abspath(__file__), *sys.argv[1:]]
        if os.name == "nt":  # there, exec would end the process that the caller waits for
            sys.exit(subprocess.call(words))
        os.execv(python, words)
    return SeparateCommands(run, dbt)


def on_signal(run):
    """
    Turns the first signal into dbt's interrupt, and ends the process after the grace if dbt does not.

    Python calls its handlers between two of its own instructions only: a statement that blocks in the database's driver
    keeps them waiting. So a thread hears of the signal too, by the byte that Python writes at once.
    """
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGBREAK") if hasattr(signal, name)]
    heard, told = socket.socketpair()
    told.setblocking(False)
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)

    def last_word(kept):  # kept: the socket's other end stays open for as long as it is listened to
        number = 0
        while number not in numbers:
            number = heard.recv(1)[0]
        run.keep.event("signal", number=number)
        grace = run.plan.get("grace", GRACE)
        time.sleep(grace)
        try:
            run.collect()
            run.finish("ABORTED", f"dbt did not end within {grace:g} s after signal {number}. {run.standing()}".strip())
        finally:
            os._exit(2)

    def interrupt(number, frame):
        if not run.aborted:
            run.aborted = True
            raise KeyboardInterrupt

    threading.Thread(target=last_word, args=(told,), daemon=True).start()
    for number in numbers:
        signal.signal(number, interrupt)


def main(plan_file):
    with open(plan_file, encoding="utf-8") as file:
        plan = json.load(file)
    secrets = [os.environ[name] for name in plan["secret_variables"] if len(os.environ.get(name, "")) >= 4]
    keep = Keep(plan["keep"], sorted(secrets, key=len, reverse=True))
    run = Run(plan, keep)
    on_signal(run)
    try:
        run.check()
        return choose(run)()
    except REFUSALS as e:
        return run.finish("ERROR", e)
    except KeyboardInterrupt:
        run.collect()
        return run.finish("ABORTED")


class Leaving:
    """
    Ends the process when everything that asked to be called at the end has been: taking the interpreter down would free
    dbt's many objects one by one, for as long as a small build takes.
    """

    def __init__(self):
        self.status = None  # not known: Python ends as ever
        atexit.register(self.leave)  # the first to register is the last to be called

    def leave(self):
        if self.status is not None:
            try:
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(self.status)


if __name__ == "__main__":
    leaving = Leaving()
    leaving.status = main(sys.argv[1])
