"""The commands of the file that is laid out on the agent.

usage: python dbt_slim.pyz run PLAN.json
       python dbt_slim.pyz doctor PLAN.json [DBT]

Exit status of run: 0 ok, 1 the run had failures, 2 error or abort. SIGTERM and SIGINT become dbt's own interrupt, which
cancels open statements and writes the results; some seconds later the process ends whatever dbt does.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import traceback

from dbt_slim import doctor, folder_lock, guards, interrupt, plan
from dbt_slim.environment import choose
from dbt_slim.errors import UserError
from dbt_slim.keep import Keep
from dbt_slim.run import Run

UNFORESEEN = "{kind}: {text}: neither dbt nor dbt-slim foresaw this; the log has its traceback for a bug report."
STARTED_BY = "DBT_SLIM_PLAN"  # in what this starts: found and ended by it when this is gone


def run_plan(plan_file: str) -> int:
    todo = plan.read(plan_file)
    plan.without_inherited_options()
    os.environ[STARTED_BY] = plan_file
    try:
        run = begin(todo)
    except UserError as e:
        # The kept folder may be another run's, or not be writable: it is said beside the plan.
        print(f"dbt-slim: {e}", flush=True)
        return refused(os.path.dirname(os.path.abspath(plan_file)), todo["run"], e)
    interrupt.on_signal(run)
    run.keep.event("checkout", commit=commit_of(todo["project_dir"]))
    try:
        guards.check_project(todo["project_dir"])
        run.write_in(plan.target_path(todo))
        guards.check_state(todo["state"], run.target_path, run.allowed)
        if todo["state"] and not todo["deployment"]:  # which has nothing to allow it with
            guards.check_state_project(os.path.join(todo["state"], "manifest.json"), todo["project_dir"], run.allowed)
        return choose(run, sys.argv[0])()
    except UserError as e:
        return run.finish("ERROR", e)
    except KeyboardInterrupt:
        run.collect()
        return run.finish("ABORTED")
    except Exception as e:
        # What neither dbt nor we foresaw: a run that says so can be reported, one that left nothing looks like a kill.
        traceback.print_exc()
        run.collect()
        return run.finish("ERROR", UNFORESEEN.format(kind=type(e).__name__, text=e))


def begin(todo: plan.Plan) -> Run:
    """Locks dbt's target folder and the kept one for as long as the process lasts, and empties the kept one."""
    locks = []
    deployment = todo["deployment"]
    writes = todo["builds"] and (deployment is None or deployment["action"] == "prepare")
    if writes and os.path.isfile(os.path.join(todo["project_dir"], "dbt_project.yml")):
        locks.append(folder_lock.hold(plan.target_path(todo)))
    if not locks or os.path.realpath(todo["keep"]) != os.path.realpath(plan.target_path(todo)):
        locks.append(folder_lock.hold(todo["keep"], folder_lock.KEEP))

    def let_go() -> None:
        for lock in locks:
            if lock:
                lock.close()

    try:
        run = Run(todo, Keep(todo["keep"], todo["run"], plan.secrets(todo)))
        run.let_go = let_go
        return run
    except OSError as e:
        raise folder_lock.unwritable(todo["keep"], e) from e


def commit_of(folder: str) -> str | None:
    """What is checked out there, by which later runs tell what production has; None where git does not say."""
    settings = ("core.fsmonitor=false", "core.hooksPath=", "safe.bareRepository=explicit")
    words = ["git", *(word for setting in settings for word in ("-c", setting)), "rev-parse", "HEAD"]
    try:
        git = subprocess.run(words, cwd=folder, timeout=20, capture_output=True, check=True, text=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return git.stdout.strip()


def refused(folder: str, run: str, e: UserError) -> int:
    with contextlib.suppress(OSError):  # then the line that was printed is all that there is
        with open(os.path.join(folder, "outcome.json.part"), "w", encoding="utf-8") as out:
            json.dump({"run": run, "status": "ERROR", "error": str(e), "one_process": True}, out)
        os.replace(os.path.join(folder, "outcome.json.part"), os.path.join(folder, "outcome.json"))
    return 2


def main() -> None:
    command, *words = sys.argv[1:]
    if command == "run":
        leaving = interrupt.Leaving()
        leaving.status = run_plan(*words)
    elif command == "doctor":
        sys.exit(doctor.look(*words))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
