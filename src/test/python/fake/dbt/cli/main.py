"""A stand-in for dbt's programmatic invocation, told by FAKE_* what to do. It notes its calls in FAKE_CALLS."""

import atexit
import hashlib
import json
import os
import re
import threading
import time
from types import SimpleNamespace as Some

from dbt.task.build import BuildTask


def node(materialized, name, *parents):
    return Some(
        is_ephemeral_model=materialized == "ephemeral",
        config=Some(materialized=materialized),
        relation_name=None if materialized == "ephemeral" else f'"db"."shop"."{name}"',
        depends_on_nodes=list(parents),
        depends_on=Some(macros=[]),
        raw_code="",
        unrendered_config={},
        meta={},
        file_id=name,
    )


class Costly:
    """Stays to the end, as dbt's objects do; tells when Python frees it."""

    def __del__(self):
        print("freed", flush=True)


STAYS = Costly()
atexit.register(print, "adapters closed")


class FakeManifest:
    def __init__(self):
        self.nodes = {
            "model.shop.a": node("view", "a"),
            "model.shop.inline": node("ephemeral", "inline", "model.shop.a"),
            "model.shop.b": node("view", "b", "model.shop.inline"),
        }
        self.files = {}
        self.sources = {}
        self.macros = {
            "macro.shop.create_environment": Some(name="create_environment", package_name="shop"),
            "macro.utils.helper": Some(name="helper", package_name="utils"),
        }

    def write(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"written_by": "driver"}, file)


class dbtRunner:
    def __init__(self, manifest=None, callbacks=()):
        self.manifest = manifest
        self.callbacks = callbacks

    def tell(self, name, level="info", **data):
        for callback in self.callbacks:
            callback(
                Some(
                    info=Some(name=name, level=level, msg=data.pop("msg", name), invocation_id="inv-1"),
                    data=Some(**data),
                )
            )

    def invoke(self, words):
        with open(os.environ["FAKE_CALLS"], "a", encoding="utf-8") as calls:
            calls.write(
                json.dumps(
                    {
                        "words": words,
                        "manifest": self.manifest is not None,
                        "tag": os.environ.get("CI_TAG"),
                        "options": [
                            n for n in os.environ if re.fullmatch("DBT_(ENGINE_)?(STATE|DEFER|FAVOR.*|TARGET)", n)
                        ],
                    }
                )
                + "\n"
            )
        self.tell("MainReportVersion", version="=1.11.0")
        return getattr(self, words[0].replace("-", "_"))(words)

    def parse(self, words):
        return Some(success=True, exception=None, result=FakeManifest())

    def run_operation(self, words):
        fails = os.environ.get("FAKE_OPERATION") == "fails"
        if fails:
            self.tell("RunningOperationCaughtError", "error", msg="no such\n cluster")
        return Some(success=not fails, exception=None, result=None)

    def build(self, words):
        exec(os.environ.get("FAKE_IMPORTS", ""))  # as a Python model does
        project = words[words.index("--project-dir") + 1]
        mode = os.environ.get("FAKE_BUILD", "works")
        if mode == "usage":
            return Some(success=False, exception=RuntimeError("no such\n  selector"), result=None)
        self.tell(
            "AdapterRegistered", adapter_name="dbt.adapters." + os.environ.get("FAKE_ADAPTER", "postgres") + ".impl"
        )
        task = BuildTask(self.manifest or FakeManifest(), project, FakeManifest() if "--state" in words else None)
        try:
            task._runtime_initialize()
        except RuntimeError as e:
            return Some(success=False, exception=e, result=None)
        self.tell("Warning", "warn", msg="\x1b[31mpassword is " + os.environ.get("MZ_PASSWORD", "?") + "\x1b[0m")
        inline = Some(unique_id="model.shop.inline", materialized="ephemeral")
        self.tell("NodeStart", node_info=inline)
        node = Some(unique_id="model.shop.orders", materialized="view")
        self.tell("NodeStart", node_info=node)
        try:
            if mode == "sleeps":
                print("sleeping", flush=True)
                time.sleep(30)
            if mode == "blocks":  # in C, where no handler of Python runs
                threading.Timer(0.2, print, ["blocking"], {"flush": True}).start()
                hashlib.pbkdf2_hmac("sha256", b"", b"", 30_000_000)
        except KeyboardInterrupt as e:
            self.tell(
                "NodeFinished",
                node_info=node,
                run_result=Some(status="error", execution_time=0.1, message="Interrupted"),
            )
            self.write(project, "run_results.json")
            time.sleep(float(os.environ.get("FAKE_CANCEL", "0")))
            self.tell("MainEncounteredError", "error", msg="Encountered an error:\n")
            self.tell("MainStackTrace", "error", msg="Traceback (most recent call last): …")
            return Some(success=False, exception=e, result=None)
        self.tell(
            "NodeFinished",
            node_info=node,
            run_result=Some(status="success", execution_time=0.25, message=os.environ.get("MZ_PASSWORD", "OK")),
        )
        self.write(project, "manifest.json")
        self.write(project, "run_results.json")
        return Some(success=mode != "fails", exception=None, result=None)

    def write(self, project, name):
        os.makedirs(os.path.join(project, "target"), exist_ok=True)
        with open(os.path.join(project, "target", name), "w", encoding="utf-8") as file:
            written = {"written_by": "dbt"}
            if "FAKE_OTHER_RUN" in os.environ:  # of somebody else, at the same time
                written["metadata"] = {"invocation_id": os.environ["FAKE_OTHER_RUN"]}
            json.dump(written, file)
