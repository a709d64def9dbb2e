"""Where dbt is: in this Python, in that of the dbt command, or a program that Python cannot import."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys

from dbt_slim.commands import SeparateCommands
from dbt_slim.errors import UserError
from dbt_slim.one_process import OneProcess
from dbt_slim.run import Run


def python_of(dbt: str) -> str | None:
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


def can_import_dbt() -> bool:
    """Without importing it, which takes a second or more."""
    spec = importlib.util.find_spec("dbt")
    places = (spec.submodule_search_locations or ()) if spec else ()
    return any(os.path.isfile(os.path.join(place, "cli", "main.py")) for place in places)


def choose(run: Run, program: str) -> OneProcess | SeparateCommands:
    """
    How to run: here, in the Python of the dbt command, or by the dbt command.

    program: the file that Python was started with
    """
    wanted = run.plan["dbt"]
    if wanted is None and can_import_dbt():
        return OneProcess(run)
    if run.plan["venv"]:
        raise UserError(
            f"The Python environment {sys.prefix} has no dbt: install it there with your adapter (such as:"
            f" {sys.executable} -m pip install 'dbt-core<1.12' dbt-materialize)."
        )
    dbt = shutil.which(wanted or "dbt")
    if dbt is None:
        raise UserError(
            "dbt was not found: install it with your adapter (such as: pip install 'dbt-core<1.12' dbt-materialize), or"
            " say where it is (by venv or dbt; in Jenkins also by tool)."
        )
    python = python_of(dbt)
    if python and os.path.realpath(os.path.dirname(python)) == os.path.realpath(os.path.dirname(sys.executable)):
        if can_import_dbt():
            return OneProcess(run)
    elif python and not os.environ.get("DBT_SLIM_DRIVER"):
        os.environ["DBT_SLIM_DRIVER"] = "again"
        words = [python, os.path.abspath(program), *sys.argv[1:]]
        run.let_go()
        if os.name == "nt":  # there, exec would end the process that the caller waits for
            sys.exit(subprocess.call(words))
        os.execv(python, words)
    return SeparateCommands(run, dbt)
