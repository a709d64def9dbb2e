"""Tests of a run as Jenkins and the command start it: as a process, against a stand-in for dbt."""

import contextlib
import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile
from unittest import mock

from agent_file import FAKE, pyz
from dbt_slim import keep
from dbt_slim.events import Events
from dbt_slim.heartbeat import Heartbeat
from dbt_slim.one_process import OneProcess
from dbt_slim.plan import target_path

# ignores its interrupt and has a child of its own; tells the numbers of both
PATIENT = """#!{python}
import os, sys, time
if "build" in sys.argv:
    print(os.getpid(), flush=True)
    try:
        time.sleep(600)
    except KeyboardInterrupt:
        time.sleep(0.5)
        target = sys.argv[sys.argv.index("--target-path") + 1]
        os.makedirs(target, exist_ok=True)
        with open(os.path.join(target, "run_results.json"), "w") as file:
            file.write("written by dbt")
        sys.exit(2)
"""
STUBBORN = "#!/bin/sh\ntrap '' INT TERM\ncase $1 in build) sleep 600 & echo $$ $!; while :; do sleep 1; done;; esac\n"


class DriverTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.pyz = pyz(folder.name)

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = os.path.realpath(temporary.name)
        self.project = self.folder("project dir")
        self.keep = os.path.join(self.root, "keep")
        self.text("project dir/dbt_project.yml", "name: shop\n")
        self.environment = {
            "PATH": self.folder("bin"),
            "PYTHONPATH": FAKE,
            "FAKE_CALLS": os.path.join(self.root, "calls.jsonl"),
            "HOME": self.root,
            "DBT_PROFILES_DIR": self.project,
        }
        self.plan = {
            "run": "this one",
            "venv": False,
            "dbt": None,
            "keep": self.keep,
            "project_dir": self.project,
            "deps": "auto",
            "state": None,
            "common": ["--project-dir", self.project],
            "selection": [],
            "build": [],
            "operations": [],
            "before": [],
            "after": [],
            "builds": True,
            "deployment": None,
            "allow": [],
            "secret_variables": ["MZ_PASSWORD"],
        }

    # what a test does

    def folder(self, name):
        os.makedirs(os.path.join(self.root, name), exist_ok=True)
        return os.path.join(self.root, name)

    def text(self, name, text):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def script(self, name, text):
        path = self.text(name, text)
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
        return path

    def operation(self, macro, args="", optional=False, tag=None):
        common = [*self.plan["common"], "--target", "other"]
        self.plan["operations"].append(
            {"macro": macro, "args": args, "optional": optional, "tag": tag, "common": common}
        )

    def start(self, **environment):
        plan = self.text("plan.json", json.dumps(self.plan))
        return subprocess.Popen(
            [sys.executable, self.pyz, "run", plan],
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run_plan(self, **environment):
        process = self.start(**environment)
        self.output, _ = process.communicate(timeout=30)
        return process.returncode

    def outcome(self):
        with open(os.path.join(self.keep, "outcome.json"), encoding="utf-8") as file:
            return json.load(file)

    def kept(self, name):
        path = os.path.join(self.keep, name)
        if not os.path.exists(path):
            return None
        with open(path, encoding="utf-8") as file:
            return file.read()

    def calls(self):
        try:
            with open(self.environment["FAKE_CALLS"], encoding="utf-8") as file:
                return [json.loads(line) for line in file]
        except FileNotFoundError:
            return []

    # one process

    def test_what_another_run_wrote_is_not_kept(self):
        self.assertEqual(0, self.run_plan(FAKE_OTHER_RUN="inv-2"))
        self.assertIsNone(self.kept("run_results.json"))
        self.assertEqual('{"written_by": "driver"}', self.kept("manifest.json"))
        told = [m["text"] for m in self.outcome()["messages"] if m["event"] == "ForeignArtifact"]
        self.assertEqual(2, len(told))
        self.assertIn("was written by another run of dbt (inv-2) in this folder", told[0])
        self.assertEqual(0, self.run_plan(FAKE_OTHER_RUN="inv-1"))  # its own
        self.assertIn("inv-1", self.kept("run_results.json"))

    def refusal(self):
        with open(os.path.join(self.root, "outcome.json"), encoding="utf-8") as file:
            outcome = json.load(file)
        self.assertEqual(["this one", "ERROR"], [outcome["run"], outcome["status"]])
        return outcome["error"]

    def test_two_builds_in_one_folder_are_refused(self):
        first = self.start(FAKE_BUILD="sleeps")
        self.addCleanup(first.stdout.close)
        self.assertEqual("sleeping\n", first.stdout.readline())
        began = self.kept("events.jsonl")
        try:
            self.assertEqual(2, self.run_plan())
            self.assertIn(f"Another run of dbt-slim (process {first.pid}) is at work in", self.refusal())
            self.assertIn("--target-path=FOLDER", self.output)
            self.assertEqual(began, self.kept("events.jsonl"))  # the first one's
            self.plan["build"] += ["--target-path", os.path.join(self.root, "other")]
            self.assertEqual(2, self.run_plan())
            self.assertIn(f"(process {first.pid}) is at work in {self.keep}: wait for its end", self.refusal())
            self.assertIn("(--keep FOLDER)", self.output)
            self.assertEqual(began, self.kept("events.jsonl"))
        finally:
            first.kill()  # no end of its own: the lock goes all the same
            first.wait()
        self.assertEqual(0, self.run_plan())

    def test_builds_in_folders_of_their_own_are_two(self):
        first = self.start(FAKE_BUILD="sleeps")
        self.addCleanup(first.stdout.close)
        self.assertEqual("sleeping\n", first.stdout.readline())
        try:
            self.plan["build"] = ["--target-path", os.path.join(self.root, "other")]
            self.plan["keep"] = os.path.join(self.root, "other keep")
            self.assertEqual(0, self.run_plan())
        finally:
            first.kill()
            first.wait()

    def test_a_folder_that_cannot_be_written(self):
        self.text("keep", "a file")
        self.assertEqual(2, self.run_plan())
        self.assertIn(f"Cannot write into {self.keep}: ", self.refusal())
        self.assertNotIn("Traceback", self.output)
        self.plan["build"] = ["--target-path", os.path.join(self.text("file", ""), "target")]
        self.assertEqual(2, self.run_plan())
        self.assertRegex(self.refusal(), r"Cannot write into .*/file/target: .*; choose another folder\.$")

    def test_options_of_the_environment_are_in_the_plan_or_not_taken(self):
        self.run_plan(DBT_STATE="/elsewhere", DBT_DEFER="1", DBT_ENGINE_FAVOR_STATE="1", DBT_TARGET="x")
        self.assertEqual(["DBT_TARGET"], self.calls()[0]["options"])

    def test_an_operation_that_fails_leaves_what_is_known_of_the_project(self):
        self.operation("create_environment")
        self.assertEqual(1, self.run_plan(FAKE_OPERATION="fails"))
        self.assertEqual('{"written_by": "driver"}', self.kept("manifest.json"))
        self.assertEqual("this one", self.kept("run"))

    def test_parses_once_and_hands_the_manifest_on(self):
        self.operation("create_environment", "{size: 25cc}")
        self.plan["build"] = ["--defer"]
        self.assertEqual(0, self.run_plan())
        calls = self.calls()
        self.assertEqual(["parse", "run-operation", "build"], [c["words"][0] for c in calls])
        self.assertEqual([False, True, True], [c["manifest"] for c in calls])
        self.assertIn("{size: 25cc}", calls[1]["words"])
        self.assertEqual([False, True, False], ["other" in c["words"] for c in calls])  # its own target
        self.assertEqual("--defer", calls[2]["words"][-1])
        self.assertEqual("SUCCESS", self.outcome()["status"])

    def test_says_what_takes_long(self):
        out = io.StringIO()
        with mock.patch.multiple(Heartbeat, FIRST=0.01, NEXT=0.01), contextlib.redirect_stdout(out):
            with Heartbeat("parsing the project"):
                while out.getvalue().count("\n") < 2:
                    time.sleep(0.01)
        self.assertRegex(out.getvalue(), r"^(dbt-slim: parsing the project … 0 s\n)+$")

    def test_a_build_that_parses_is_called_so_until_dbt_has_found_what_there_is(self):
        run = mock.MagicMock(plan={"state": None, "deployment": None})
        process = OneProcess(run)
        run.parsed = process.chooses
        events = Events(run, False)
        said = []
        for name in ("MainReportVersion", "FoundStats"):
            event = mock.MagicMock()
            event.info.level, event.info.name = "info", name
            events(event)
            said.append(process.heartbeat.work)
        self.assertEqual(["parsing the project", "choosing what to build"], said)

    def test_without_operations_it_is_one_dbt_build(self):
        self.assertEqual(0, self.run_plan())
        self.assertEqual(["build"], [c["words"][0] for c in self.calls()])

    def test_keeps_what_dbt_wrote_and_selected(self):
        self.run_plan(FAKE_SELECTED="model.shop.b model.shop.a")
        self.assertEqual(["model.shop.a", "model.shop.b"], self.outcome()["selected"])
        self.assertEqual('{"written_by": "dbt"}', self.kept("manifest.json"))
        self.assertEqual('{"written_by": "dbt"}', self.kept("run_results.json"))
        self.assertEqual("this one", self.outcome()["run"])
        self.assertEqual("1.11.0", self.outcome()["dbt_version"])
        self.assertEqual({"state_modified_compare_more_unrendered_values": True}, self.outcome()["flags"])
        kinds = [json.loads(line)["kind"] for line in self.kept("events.jsonl").splitlines()]
        self.assertEqual(["checkout", "phase", "phase", "selected", "start", "done", "end"], kinds)

    def test_notes_what_is_checked_out(self):
        self.environment["PATH"] = os.environ["PATH"]
        for words in (
            ["init", "-q"],
            ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "c", "--allow-empty"],
        ):
            subprocess.run(["git", *words], cwd=self.project, check=True)
        head = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=self.project, check=True, capture_output=True, text=True
        )
        self.run_plan()
        self.assertEqual(head.stdout.strip(), json.loads(self.kept("events.jsonl").splitlines()[0])["commit"])

    def test_tells_what_is_going_to_run_without_what_dbt_only_inlines(self):
        self.run_plan(FAKE_SELECTED="model.shop.orders model.shop.inline")
        self.assertEqual(["model.shop.inline", "model.shop.orders"], self.outcome()["selected"])
        self.assertEqual(["model.shop.orders"], json.loads(self.kept("selected.json")))
        events = [json.loads(line) for line in self.kept("events.jsonl").splitlines()]
        self.assertEqual([1], [event["count"] for event in events if event["kind"] == "selected"])
        self.assertEqual({"model.shop.orders"}, {event["id"] for event in events if "id" in event})

    def test_tells_which_unit_tests_dbt_does_not_run(self):
        tests = {"model.shop.a": ["unit_test.shop.a.runs"], "model.shop.b": ["unit_test.shop.b.lone"]}
        self.run_plan(FAKE_SELECTED="model.shop.a", FAKE_UNIT_TESTS=json.dumps(tests))
        self.assertEqual(["model.shop.a", "unit_test.shop.a.runs", "unit_test.shop.b.lone"], self.outcome()["selected"])
        told = [m["text"] for m in self.outcome()["messages"] if m["event"] == "LoneUnitTests"]
        self.assertEqual(1, len(told))
        self.assertIn("does not run: unit_test.shop.b.lone.", told[0])

    def test_nothing_selected_is_an_outcome_of_its_own(self):
        self.assertEqual(0, self.run_plan(FAKE_SELECTED=""))
        self.assertEqual("NOTHING_TO_DO", self.outcome()["status"])
        self.assertEqual([], self.outcome()["selected"])

    def test_failures_are_status_1(self):
        self.assertEqual(1, self.run_plan(FAKE_BUILD="fails"))
        self.assertEqual("FAILURE", self.outcome()["status"])
        self.assertIsNotNone(self.kept("run_results.json"))

    def test_ends_without_freeing_each_object_but_after_dbts_own_endings(self):
        self.assertEqual(1, self.run_plan(FAKE_BUILD="fails"))
        self.assertIn("adapters closed\n", self.output)  # also what nobody has flushed
        self.assertNotIn("freed", self.output)

    def test_an_error_of_dbt_is_status_2_and_one_sentence(self):
        self.text("project dir/target/run_results.json", "old")
        self.assertEqual(2, self.run_plan(FAKE_BUILD="usage"))
        self.assertEqual("ERROR", self.outcome()["status"])
        self.assertEqual("no such selector", self.outcome()["error"])
        self.assertIsNone(self.outcome()["selected"])

    def test_what_nobody_foresaw_is_told_with_its_traceback(self):
        self.assertEqual(2, self.run_plan(FAKE_IMPORTS="raise ValueError('odd')"))
        self.assertEqual("ERROR", self.outcome()["status"])
        self.assertRegex(self.outcome()["error"], "^ValueError: odd: neither dbt nor dbt-slim foresaw this")
        self.assertIn("Traceback", self.output)

    def test_results_of_an_earlier_run_are_not_kept(self):
        self.text("project dir/target/run_results.json", "old")
        self.text("project dir/target/manifest.json", "old")
        self.text("keep/run_results.json", "older")
        self.run_plan(FAKE_BUILD="usage")
        self.assertIsNone(self.kept("run_results.json"))
        self.assertIsNone(self.kept("manifest.json"))

    # operations

    def test_a_missing_macro_is_told_before_anything_runs(self):
        self.operation("create_environment")
        self.operation("drop_enviroment")
        self.assertEqual(2, self.run_plan())
        self.assertEqual(["parse"], [c["words"][0] for c in self.calls()])
        self.assertIn("no macro drop_enviroment", self.outcome()["error"])

    def test_a_package_can_be_named(self):
        self.operation("utils.helper")
        self.assertEqual(0, self.run_plan())
        self.plan["operations"] = []
        self.operation("shop.helper")
        self.assertEqual(2, self.run_plan())

    def test_an_optional_macro_may_be_missing(self):
        self.operation("create_something", optional=True)
        self.assertEqual(0, self.run_plan())
        self.assertEqual("left out", self.outcome()["operations"][0]["status"])

    def test_a_failed_operation_stops_the_plan(self):
        self.operation("create_environment")
        self.assertEqual(1, self.run_plan(FAKE_OPERATION="fails"))
        self.assertEqual(["parse", "run-operation"], [c["words"][0] for c in self.calls()])
        self.assertEqual("dbt's operation create_environment failed: no such cluster", self.outcome()["error"])

    def test_operations_alone(self):
        self.operation("create_environment")
        self.plan["builds"] = False
        self.assertEqual(0, self.run_plan())
        self.assertEqual(["parse", "run-operation"], [c["words"][0] for c in self.calls()])
        self.assertEqual("SUCCESS", self.outcome()["status"])
        self.assertIsNone(self.kept("manifest.json"))

    def test_operations_alone_each_for_a_tag(self):
        for tag in ("gh_ci_1", "gh_ci_2"):
            self.operation("create_environment", tag=tag)
        self.operation("create_environment")
        self.plan["builds"] = False
        self.assertEqual(0, self.run_plan(CI_TAG="own"))
        self.assertEqual(["gh_ci_1", "gh_ci_2", "own"], [c["tag"] for c in self.calls()[1:]])
        self.assertEqual(1, self.run_plan(FAKE_OPERATION="fails"))
        self.assertEqual(3, len(self.outcome()["operations"]))
        self.assertIn("create_environment for gh_ci_1, create_environment for gh_ci_2", self.outcome()["error"])

    # bad input

    def test_project_without_dbt_project_yml(self):
        os.remove(os.path.join(self.project, "dbt_project.yml"))
        self.assertEqual(2, self.run_plan())
        self.assertEqual(
            f"There is no dbt_project.yml in {self.project}: check the project out first, or give its directory"
            " (--project-dir; in Jenkins: projectDir).",
            self.outcome()["error"],
        )

    def test_state_without_manifest(self):
        self.plan["state"] = self.folder("state")
        self.assertEqual(2, self.run_plan())
        self.assertIn("no manifest.json in the state directory", self.outcome()["error"])

    def test_state_in_the_target_directory(self):
        self.text("project dir/target/manifest.json", "{}")
        os.symlink(os.path.join(self.project, "target"), os.path.join(self.root, "state"))
        self.plan["state"] = os.path.join(self.root, "state")
        self.assertEqual(2, self.run_plan())
        self.assertIn("dbt's own target directory", self.outcome()["error"])
        self.assertEqual([], self.calls())
        self.plan["allow"] = ["stateInTarget"]
        self.assertEqual(0, self.run_plan())

    def test_no_profiles_where_dbt_looks(self):
        del self.environment["DBT_PROFILES_DIR"]
        self.assertEqual(2, self.run_plan())
        self.assertRegex(
            self.outcome()["error"], r"There is no profiles.yml in .* nor in .*/\.dbt: name its directory .*\)\.$"
        )
        self.text("project dir/profiles.yml", "shop: {}")
        self.assertEqual(2, self.run_plan())
        self.assertIn("which seems to be that of the project.", self.outcome()["error"])
        self.assertEqual([], self.calls())
        self.text(".dbt/profiles.yml", "shop: {}")
        self.assertEqual(0, self.run_plan())

    def test_variables_of_the_profile_that_are_not_set(self):
        self.text("project dir/dbt_project.yml", json.dumps({"name": "shop", "profile": "shop"}))
        output = {"password": "{{ env_var('MZ_PASSWORD') }}", "port": "{{ env_var('MZ_PORT', '6875') }}"}
        self.text("profiles.yml", json.dumps({"shop": {"target": "a", "outputs": {"a": output, "b": {}}}}))
        self.plan["common"] += ["--profiles-dir", self.root]
        self.assertEqual(2, self.run_plan())
        self.assertIn("reads MZ_PASSWORD from the environment, but that is not set", self.outcome()["error"])
        self.assertEqual([], self.calls())
        self.assertEqual(0, self.run_plan(MZ_PASSWORD="correct horse"))
        self.assertEqual(0, self.run_plan(DBT_TARGET="b"))
        self.plan["allow"] = ["unboundCredentials"]
        self.assertEqual(0, self.run_plan())

    def test_a_profile_that_reads_the_host_needs_one(self):
        sentence = (
            "Materialize's host is not known, because the profile reads MZ_HOST and that is not set: set it"
            " (in Jenkins: by the option host, the step's environment or the host of the global configuration);"
            " or allow unboundCredentials."
        )
        program = self.script("program/dbt", "#!/bin/sh\nexit 0\n")
        self.text("project dir/dbt_project.yml", json.dumps({"name": "shop", "profile": "shop"}))
        for dbt in (None, program):
            with self.subTest(dbt):
                self.plan.update(dbt=dbt, allow=[])
                for reads, default in (("'MZ_HOST', 'localhost'", True), ("'MZ_HOST'", False)):
                    output = {"host": "{{ env_var(" + reads + ") }}"}
                    profiles = {"shop": {"target": "a", "outputs": {"a": output}}}
                    self.text("project dir/profiles.yml", json.dumps(profiles))
                    self.assertEqual(0 if default else 2, self.run_plan(PATH=os.environ["PATH"]), self.output)
                    self.assertEqual(None if default else sentence, self.outcome()["error"])
                self.assertEqual(0, self.run_plan(PATH=os.environ["PATH"], MZ_HOST="h"))
                self.plan["allow"] = ["unboundCredentials"]
                self.assertEqual(0, self.run_plan(PATH=os.environ["PATH"]))

    def test_state_of_another_dbt(self):
        self.plan["state"] = self.folder("state")

        def state(schema, version):
            url = f"https://schemas.getdbt.com/dbt/manifest/{schema}.json"
            self.text(
                "state/manifest.json", json.dumps({"metadata": {"dbt_schema_version": url, "dbt_version": version}})
            )
            return self.run_plan()

        self.assertEqual(0, state("v12", "1.8.9"))
        self.assertEqual(2, state("v20", "2.0.1"))
        self.assertIn("written by dbt 2.0.1 in schema v20, which dbt 1.11.0 here cannot read", self.outcome()["error"])
        self.assertEqual(2, state("v12", "2.0.1"))
        self.assertIn("compare with it by other rules", self.outcome()["error"])
        self.plan["allow"] = ["otherDbtVersion"]
        self.assertEqual(0, state("v12", "2.0.1"))

    def test_state_of_another_project(self):
        self.plan["state"] = self.folder("state")
        program = self.script("program/dbt", "#!/bin/sh\nexit 0\n")
        for dbt in (None, program):
            with self.subTest(dbt):
                self.plan.update(dbt=dbt, allow=[])
                for name in ("shop", None):
                    self.text("state/manifest.json", json.dumps({"metadata": {"project_name": name}}))
                    self.assertEqual(0, self.run_plan(PATH=os.environ["PATH"]), self.output)
                self.text("state/manifest.json", json.dumps({"metadata": {"project_name": "books"}}))
                self.assertEqual(2, self.run_plan(PATH=os.environ["PATH"]), self.output)
                self.assertEqual(
                    "The production manifest is that of the project books, and this is shop, all of which would count"
                    " as new: fetch the manifest of this project; or allow otherProject.",
                    self.outcome()["error"],
                )
                self.plan["allow"] = ["otherProject"]
                self.assertEqual(0, self.run_plan(PATH=os.environ["PATH"]), self.output)

    def test_a_selection_that_takes_others_down(self):
        self.plan["state"] = self.folder("state")
        self.plan["selection"] = ["--state", self.plan["state"]]
        self.text("state/manifest.json", "{}")
        on = {"FAKE_ADAPTER": "materialize", "FAKE_SELECTED": "model.shop.a"}
        self.assertEqual(2, self.run_plan(**on), self.output)
        self.assertIn("would drop model.shop.b in production without building it again", self.outcome()["error"])
        self.assertNotIn("sleeping", self.output)
        self.assertIsNone(self.kept("run_results.json"))
        self.assertEqual(0, self.run_plan(**{**on, "FAKE_SELECTED": "model.shop.a model.shop.b"}))
        self.assertEqual(0, self.run_plan(**{**on, "FAKE_ADAPTER": "postgres"}))
        self.plan["allow"] = ["unselectedDownstream"]
        self.assertEqual(0, self.run_plan(**on))

    def test_target_directory_follows_dbts_rule(self):
        def path(text, words=()):
            self.text("project dir/dbt_project.yml", text)
            return target_path({**self.plan, "build": list(words)})

        self.assertEqual(os.path.join(self.project, "target"), path("name: x\n"))
        self.assertEqual(os.path.join(self.project, "out"), path("target-path: 'out'  # here\n"))
        self.assertEqual(os.path.join(self.project, "a b"), path('target-path: "a b"\n'))
        self.assertEqual(os.path.join(self.project, "cli"), path("target-path: out\n", ["--target-path", "cli"]))
        self.assertEqual("/abs", path("target-path: out\n", ["--target-path=/abs"]))

    def test_no_secret_reaches_a_kept_file(self):
        self.run_plan(MZ_PASSWORD="correct horse")
        for name in os.listdir(self.keep):
            self.assertNotIn("correct horse", self.kept(name), name)
        self.assertEqual("password is ****", self.outcome()["messages"][0]["text"])

    def test_events_and_texts_are_bounded(self):
        folder = keep.Keep(self.keep, "this one", [])
        self.addCleanup(folder.stream.close)
        for i in range(keep.MAX_EVENTS + 10):
            folder.event("x", i=i)
        self.assertEqual(keep.MAX_EVENTS, len(self.kept("events.jsonl").splitlines()))
        self.assertEqual(keep.MAX_TEXT + 1, len(folder.clean("y" * 5000)))

    # names of modules

    def test_no_module_of_a_general_name_is_ours(self):
        for name in ("catalogue", "deployment", "guards", "driver", "doctor", "run", "plan"):
            self.text(f"site/{name}.py", f"print('the user has {name}')\n")
        imports = "import catalogue, deployment, guards, driver, doctor, run, plan"
        self.assertEqual(0, self.run_plan(PYTHONPATH=f"{FAKE}:{self.root}/site", FAKE_IMPORTS=imports), self.output)
        self.assertEqual(7, self.output.count("the user has"))
        self.run_plan(FAKE_IMPORTS="import catalogue")
        self.assertIn("No module named 'catalogue'", self.output)

    def test_the_file_holds_nothing_but_the_package(self):
        with zipfile.ZipFile(self.pyz) as file:
            self.assertEqual({"__main__.py", "dbt_slim"}, {name.split("/")[0] for name in file.namelist()})

    # where dbt is

    def test_dbt_missing(self):
        self.assertEqual(2, self.run_plan(PYTHONPATH=""))
        self.assertIn("dbt was not found", self.outcome()["error"])

    def test_environment_without_dbt(self):
        self.plan["venv"] = True
        self.assertEqual(2, self.run_plan(PYTHONPATH=""))
        self.assertIn("has no dbt", self.outcome()["error"])

    def test_dbts_bytecode_is_kept_and_ours_is_not(self):
        fake = os.path.join(self.root, "fake")
        shutil.copytree(FAKE, fake, ignore=shutil.ignore_patterns("__pycache__"))
        self.assertEqual(0, self.run_plan(PYTHONPATH=fake), self.output)
        self.assertTrue(os.listdir(os.path.join(fake, "dbt/cli/__pycache__")))
        self.assertEqual(["dbt_slim.pyz"], os.listdir(os.path.dirname(self.pyz)))

    def test_goes_on_in_the_python_of_the_dbt_command(self):
        python = self.script("venv/bin/python", f'#!/bin/sh\nPYTHONPATH="{FAKE}" exec "{sys.executable}" "$@"\n')
        self.script("venv/bin/dbt", f"#!{python}\n")
        os.symlink(os.path.join(self.root, "venv/bin/dbt"), os.path.join(self.root, "bin/dbt"))
        self.run_plan(PYTHONPATH="")
        self.assertEqual(["build"], [c["words"][0] for c in self.calls()], self.output)

    def test_a_dbt_that_is_no_python_runs_as_separate_commands(self):
        self.plan["dbt"] = self.script(
            "program/dbt",
            '#!/bin/sh\necho "$*" >> "$FAKE_CALLS.txt"\n'
            'case "$*" in *" ls "*) echo \'{"unique_id": "model.shop.a"}\';;\n'
            f'*) mkdir -p "{self.project}/target"; echo "{{}}" > "{self.project}/target/run_results.json";\n'
            f'echo "{{}}" > "{self.project}/target/manifest.json";; esac\n',
        )
        self.operation("create_environment")
        self.environment["PATH"] = os.environ["PATH"]
        self.assertEqual(0, self.run_plan(PYTHONPATH=""))
        with open(self.environment["FAKE_CALLS"] + ".txt", encoding="utf-8") as file:
            calls = file.read().splitlines()
        self.assertRegex(calls[0], "^--quiet ls ")
        self.assertRegex(calls[1], "^run-operation create_environment .*--target other")
        self.assertRegex(calls[2], "^build ")
        self.assertFalse(self.outcome()["one_process"])
        self.assertEqual(["model.shop.a"], self.outcome()["selected"])
        self.assertIsNotNone(self.kept("manifest.json"))

    def test_a_dbt_that_is_no_python_installs_missing_packages(self):
        self.text("project dir/packages.yml", "packages: [{local: ../pack}]\n")
        package = os.path.join(self.project, "dbt_packages", "pack")
        self.plan["dbt"] = self.script(
            "program/dbt",
            '#!/bin/sh\necho "$1" >> "$FAKE_CALLS.txt"\n[ "$1" != "$FAKE_FAILS" ] || exit 1\n'
            f'[ "$1" != deps ] || {{ mkdir -p "{package}"; echo > "{package}/dbt_project.yml"; }}\n',
        )
        self.environment["PATH"] = os.environ["PATH"]
        self.assertEqual(2, self.run_plan(PYTHONPATH="", FAKE_FAILS="deps"))
        self.assertIn("The project's packages could not be installed", self.outcome()["error"])
        for _ in range(2):
            self.assertEqual(0, self.run_plan(PYTHONPATH=""), self.output)
        with open(self.environment["FAKE_CALLS"] + ".txt", encoding="utf-8") as file:
            self.assertEqual(["deps", "deps", "--quiet", "build", "--quiet", "build"], file.read().split())

    # abort

    @unittest.skipIf(os.name == "nt", "signals of POSIX")
    def test_a_dbt_that_is_no_python_cannot_refresh_just_what_changed(self):
        self.script("bin/dbt", "#!/bin/sh\nexit 0\n")
        self.plan.update(dbt=os.path.join(self.root, "bin/dbt"), refresh_changed=True)
        self.assertEqual(2, self.run_plan())
        self.assertIn("(fullRefreshModified)", self.outcome()["error"])

    def test_a_dbt_that_is_no_python_cannot_tell_other_values(self):
        self.script("bin/dbt", "#!/bin/sh\nexit 0\n")
        self.plan.update(dbt=os.path.join(self.root, "bin/dbt"), also_changed=["vars"])
        self.assertEqual(2, self.run_plan())
        self.assertIn("(alsoChanged)", self.outcome()["error"])

    def test_sigterm_becomes_dbts_interrupt_and_results_are_kept(self):
        self.operation("create_environment")
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number):
                process = self.start(FAKE_BUILD="sleeps")
                self.assertEqual("sleeping\n", process.stdout.readline())
                process.send_signal(number)
                process.communicate(timeout=10)
                self.assertEqual(2, process.returncode)
                self.assertEqual("ABORTED", self.outcome()["status"])
                self.assertIsNone(self.outcome()["error"])  # an interrupt has no words
                self.assertEqual(["Warning"], [message["event"] for message in self.outcome()["messages"]])
                self.assertEqual('{"written_by": "dbt"}', self.kept("run_results.json"))
                self.assertEqual('{"written_by": "driver"}', self.kept("manifest.json"))
                (broken_off,) = self.outcome()["interrupted"]
                self.assertEqual("model.shop.orders", broken_off["id"])
                self.assertRegex(broken_off["started"], r"^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
                self.assertTrue(0 < broken_off["seconds"] < 10, broken_off)

    @unittest.skipIf(os.name == "nt", "signals of POSIX")
    def test_a_dbt_that_hangs_is_ended_after_the_grace(self):
        self.plan["grace"] = 0.5
        process = self.start(FAKE_BUILD="sleeps", FAKE_CANCEL="20")
        self.assertEqual("sleeping\n", process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
        self.assertEqual(2, process.returncode)
        self.assertEqual("ABORTED", self.outcome()["status"])
        self.assertIn("did not end within 0.5 s", self.outcome()["error"])
        self.assertIsNotNone(self.kept("run_results.json"))

    @unittest.skipIf(os.name == "nt", "signals of POSIX")
    def test_a_statement_that_blocks_outside_of_python_is_ended_after_the_grace(self):
        self.plan["grace"] = 0.5
        process = self.start(FAKE_BUILD="blocks")
        self.assertEqual("blocking\n", process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=6)
        self.assertEqual(2, process.returncode)
        self.assertEqual("ABORTED", self.outcome()["status"])
        self.assertIn("did not end within 0.5 s", self.outcome()["error"])

    # no dbt is left behind

    def start_stubborn(self):
        """A dbt of separate commands that ignores its interrupt and has a child of its own; gives their process ids."""
        self.plan["dbt"] = self.script("program/dbt", STUBBORN)
        self.environment["PATH"] = os.environ["PATH"]
        process = self.start(PYTHONPATH="")
        self.addCleanup(process.stdout.close)
        children = [int(word) for word in process.stdout.readline().split()]
        self.addCleanup(end, children)
        self.assertEqual(2, len(children))
        return process, children

    def start_patient(self):
        """A dbt of separate commands that writes its results when it is interrupted; gives its process id."""
        self.plan["dbt"] = self.script("program/dbt", PATIENT.format(python=sys.executable))
        self.environment["PATH"] = os.environ["PATH"]
        process = self.start(PYTHONPATH="")
        self.addCleanup(process.stdout.close)
        child = int(process.stdout.readline())
        self.addCleanup(end, [child])
        return process, child

    @unittest.skipIf(os.name == "nt", "signals of POSIX")
    def test_a_child_that_jenkins_ended_before_the_driver_was_aborted(self):
        process, child = self.start_patient()
        os.kill(child, signal.SIGTERM)
        self.assertEqual(2, process.wait(timeout=60))
        self.assertEqual("ABORTED", self.outcome()["status"])
        self.assertIsNone(self.outcome()["error"])

    @unittest.skipIf(os.name == "nt", "signals of POSIX")
    def test_an_interrupted_child_writes_its_results(self):
        process, _ = self.start_patient()
        process.send_signal(signal.SIGTERM)
        self.assertEqual(2, process.wait(timeout=60))
        self.assertEqual("ABORTED", self.outcome()["status"])
        self.assertIsNone(self.outcome()["error"])
        self.assertEqual("written by dbt", self.kept("run_results.json"))

    @unittest.skipIf(os.name == "nt", "signals of POSIX")
    def test_a_dbt_of_separate_commands_that_is_killed_is_said_to_be(self):
        process, child = self.start_patient()
        os.kill(child, signal.SIGKILL)
        self.assertEqual(2, process.wait(timeout=60))
        self.assertEqual("ERROR", self.outcome()["status"])
        self.assertEqual("dbt was killed by SIGKILL before it had ended the build.", self.outcome()["error"])

    @unittest.skipIf(os.name == "nt", "signals of POSIX")
    def test_a_stubborn_dbt_ends_with_the_grace_and_all_it_started_too(self):
        self.plan["grace"] = 0.5
        process, children = self.start_stubborn()
        process.send_signal(signal.SIGTERM)
        self.assertEqual(2, process.wait(timeout=60))
        self.assertEqual("ABORTED", self.outcome()["status"])
        self.await_end(children)

    def test_a_dbt_whose_driver_is_killed_ends(self):
        if not sys.platform.startswith("linux"):
            return  # elsewhere nothing tells a child that its parent is gone
        process, (dbt, _) = self.start_stubborn()
        process.kill()
        process.wait(timeout=60)
        self.await_end([dbt])

    @unittest.skipIf(os.name == "nt", "signals of POSIX")
    def test_a_driver_whose_starter_is_killed_ends_as_by_an_abort(self):
        self.plan["grace"] = 0.5
        self.plan["dbt"] = self.script("program/dbt", STUBBORN)
        self.environment["PATH"] = os.environ["PATH"]
        plan = self.text("plan.json", json.dumps(self.plan))
        starter = subprocess.Popen(
            ["sh", "-c", '"$@" & wait', "sh", sys.executable, self.pyz, "run", plan],
            env={**self.environment, "PYTHONPATH": ""},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(starter.stdout.close)
        children = [int(word) for word in starter.stdout.readline().split()]
        self.addCleanup(end, children)
        starter.kill()
        starter.wait(timeout=60)
        self.await_end(children)
        self.assertEqual("ABORTED", self.outcome()["status"])

    def test_what_dbt_starts_knows_the_plan(self):
        self.plan["dbt"] = self.script("program/dbt", "#!/bin/sh\necho $DBT_SLIM_PLAN\n")
        self.environment["PATH"] = os.environ["PATH"]
        self.run_plan(PYTHONPATH="")
        self.assertIn(os.path.join(self.root, "plan.json"), self.output)

    def await_end(self, processes):
        deadline = time.time() + 60
        while any(map(is_alive, processes)):
            self.assertLess(time.time(), deadline, "left behind")
            time.sleep(0.05)


def is_alive(process):
    """One that nobody has waited for is no process any more."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def end(processes):
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    unittest.main()
