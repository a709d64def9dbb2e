"""One dbt process against the two commands of the recipe: run-operation, then a slim build of one changed model; and
one process that goes on from the parse of a deploy in another checkout, as a build on a fresh agent does.

usage: python bench_one_process.py VENV [MODELS [RUNS]]      (VENV has dbt-core and dbt-duckdb)

Prints each run, interleaved, and the medians, by the clock and by the time of the processors. Every run starts without
a partial parse of its own, as a fresh checkout does.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from agent_file import pyz


def write(*path, text):
    file = os.path.join(*path)
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "w", encoding="utf-8") as out:
        out.write(text)


def make_project(root, models):
    write(
        root,
        "dbt_project.yml",
        text="name: bench\nversion: '1.0'\nprofile: bench\nflags: {send_anonymous_usage_stats: false}\n",
    )
    profile = f"bench:\n  target: dev\n  outputs:\n    dev: {{type: duckdb, path: '{root}/bench.duckdb', threads: 2}}\n"
    write(root, "profiles.yml", text=profile)
    write(root, "macros/m.sql", text="{% macro create_environment() %}{% do run_query('select 1') %}{% endmacro %}")
    columns = []
    for i in range(models):
        parents = [f"{{{{ ref('m{p}') }}}}" for p in {i // 2, i // 3} if p < i]
        text = "select 1 as id" if not parents else " union all ".join(f"select id from {p}" for p in parents)
        write(root, "models", f"m{i}.sql", text="{{ config(materialized='view') }}\n" + text)
        columns.append(f"  - name: m{i}\n    columns: [{{name: id, data_tests: [not_null]}}]\n")
    write(root, "models/schema.yml", text="version: 2\nmodels:\n" + "".join(columns))


def main(venv, models=300, runs=5):
    root = os.path.realpath(tempfile.mkdtemp(prefix="bench"))
    python, dbt = os.path.join(venv, "bin/python"), os.path.join(venv, "bin/dbt")
    file = pyz(root)
    make_project(root, models)
    common = ["--project-dir", root, "--profiles-dir", root]
    quiet = {"stdout": subprocess.DEVNULL, "check": True}
    state = os.path.join(root, "state")
    os.environ["DBT_SLIM_SECRET_KEY"] = "bench"
    slim = ["--select", "state:modified+", "--state", state]
    plan = {
        "run": "bench",
        "venv": True,
        "dbt": None,
        "keep": os.path.join(root, "keep"),
        "project_dir": root,
        "deps": "auto",
        "before": [],
        "after": [],
        "state": state,
        "common": common,
        "selection": slim,
        "build": [],
        "operations": [{"macro": "create_environment", "args": "", "optional": False, "tag": None, "common": common}],
        "builds": True,
        "deployment": None,
        "allow": [],
        "secret_variables": [],
    }
    deploy = {**plan, "state": None, "keep": state, "selection": ["--select", "m0"], "keep_parse": ["dev"]}
    write(root, "plan.json", text=json.dumps(deploy))
    elsewhere = os.path.join(root, "elsewhere")
    shutil.copytree(root, elsewhere, ignore=shutil.ignore_patterns("elsewhere", "target"))
    write(
        elsewhere,
        "plan.json",
        text=json.dumps({**deploy, "project_dir": elsewhere, "common": ["--project-dir", elsewhere, *common[2:]]}),
    )
    subprocess.run([python, file, "run", os.path.join(elsewhere, "plan.json")], **quiet)
    parse = os.path.join(state, "partial_parse-dev.msgpack")
    os.rename(parse, parse + ".kept")
    write(root, "models", f"m{models - 1}.sql", text="select 2 as id")
    write(root, "plan.json", text=json.dumps(plan))

    def two_commands():
        subprocess.run([dbt, "run-operation", "create_environment", *common], **quiet)
        subprocess.run([dbt, "build", *common, *slim], **quiet)

    def one_process():
        subprocess.run([python, file, "run", os.path.join(root, "plan.json")], **quiet)

    def with_parse():
        shutil.copy(parse + ".kept", parse)
        one_process()
        os.remove(parse)

    clock = {two_commands: [], one_process: [], with_parse: []}
    processor = {way: [] for way in clock}
    for _ in range(runs):
        for way in clock:
            shutil.rmtree(os.path.join(root, "target"), ignore_errors=True)
            started, used = time.perf_counter(), sum(os.times()[2:4])
            way()
            clock[way].append(time.perf_counter() - started)
            processor[way].append(sum(os.times()[2:4]) - used)
            print(f"{way.__name__:12} {clock[way][-1]:6.2f} s, {processor[way][-1]:6.2f} s of processors", flush=True)
    for what, seconds in (("clock", clock), ("processors", processor)):
        medians = {way: statistics.median(taken) for way, taken in seconds.items()}
        for way, median in medians.items():
            ratio = median / medians[two_commands]
            print(f"median of {runs}, {models} models, {what}: {way.__name__} {median:.2f} s, ratio {ratio:.2f}")
    shutil.rmtree(root)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
