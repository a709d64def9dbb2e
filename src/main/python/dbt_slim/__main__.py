"""The commands of the file that is laid out on the agent.

usage: python dbt_slim.pyz run PLAN.json
       python dbt_slim.pyz doctor PLAN.json [DBT]

Exit status of run: 0 ok, 1 the run had failures, 2 error or abort. SIGTERM and SIGINT become dbt's own interrupt, which
cancels open statements and writes the results; some seconds later the process ends whatever dbt does.
"""

from __future__ import annotations

import sys

from dbt_slim import doctor, guards, interrupt, plan
from dbt_slim.environment import choose
from dbt_slim.errors import UserError
from dbt_slim.keep import Keep
from dbt_slim.run import Run


def run_plan(plan_file: str) -> int:
    todo = plan.read(plan_file)
    run = Run(todo, Keep(todo["keep"], plan.secrets(todo)))
    interrupt.on_signal(run)
    try:
        guards.check_project(todo["project_dir"])
        run.write_in(plan.target_path(todo))
        guards.check_state(todo["state"], run.target_path, run.allowed)
        return choose(run, sys.argv[0])()
    except UserError as e:
        return run.finish("ERROR", e)
    except KeyboardInterrupt:
        run.collect()
        return run.finish("ABORTED")


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
