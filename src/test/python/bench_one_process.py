"""One dbt process against the two commands of the recipe: run-operation, then a slim build of one changed model.

usage: python bench_one_process.py VENV [MODELS [RUNS]]      (VENV has dbt-core and dbt-duckdb)

Prints each run, interleaved, and the medians. Every run starts without a partial parse, as a fresh checkout does.
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
    subprocess.run([dbt, "parse", *common], **quiet)
    shutil.copytree(os.path.join(root, "target"), os.path.join(root, "state"))
    write(root, "models", f"m{models - 1}.sql", text="select 2 as id")
    slim = ["--select", "state:modified+", "--state", os.path.join(root, "state")]
    plan = {
        "run": "bench",
        "venv": True,
        "dbt": None,
        "keep": os.path.join(root, "keep"),
        "project_dir": root,
        "deps": "auto",
        "before": [],
        "after": [],
        "state": os.path.join(root, "state"),
        "common": common,
        "selection": slim,
        "build": [],
        "operations": [{"macro": "create_environment", "args": "", "optional": False, "tag": None, "common": common}],
        "builds": True,
        "deployment": None,
        "allow": [],
        "secret_variables": [],
    }
    write(root, "plan.json", text=json.dumps(plan))

    def two_commands():
        subprocess.run([dbt, "run-operation", "create_environment", *common], **quiet)
        subprocess.run([dbt, "build", *common, *slim], **quiet)

    def one_process():
        subprocess.run([python, file, "run", os.path.join(root, "plan.json")], **quiet)

    seconds = {two_commands: [], one_process: []}
    for _ in range(runs):
        for way, taken in seconds.items():
            shutil.rmtree(os.path.join(root, "target"), ignore_errors=True)
            started = time.perf_counter()
            way()
            taken.append(time.perf_counter() - started)
            print(f"{way.__name__:12} {taken[-1]:6.2f} s", flush=True)
    medians = {way.__name__: statistics.median(taken) for way, taken in seconds.items()}
    print(
        f"medians of {runs}, {models} models: two commands {medians['two_commands']:.2f} s, one process"
        f" {medians['one_process']:.2f} s, ratio {medians['one_process'] / medians['two_commands']:.2f}"
    )
    shutil.rmtree(root)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
