"""Looks whether dbt will run here, and prints what it finds.

What is looked at is what a build would use. Output: one JSON object a line on standard output, each with the
texts "check", "level" (OK, WARNING, PROBLEM, SKIPPED), "found" (what there is) and "advice" (what to do, or empty).
Nothing is built; the database is asked for a connection and nothing else. Exit status: 0 when the output is complete.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from typing import Any

from dbt_slim import packages, profiles
from dbt_slim.environment import can_import_dbt, python_of
from dbt_slim.errors import UserError
from dbt_slim.inputs import KEY
from dbt_slim.plan import Plan, read, secrets, without_secrets

MAX_TEXT = 500
INSTALL = "pip install 'dbt-core<1.12' dbt-materialize"


class Report:
    """Prints findings, without the values of secret variables."""

    def __init__(self, plan: Plan) -> None:
        self.secrets = secrets(plan)

    def tell(self, level: str, check: str, found: str, advice: str = "") -> None:
        record = {"check": check, "level": level, "found": self.clean(found), "advice": self.clean(advice)}
        print(json.dumps(record), flush=True)

    def clean(self, text: str) -> str:
        clean = " ".join(without_secrets(text, self.secrets).split())
        return clean if len(clean) <= MAX_TEXT else clean[:MAX_TEXT] + "…"


def look(plan_file: str, dbt: str | None = None) -> int:
    """At the dbt that a build would use; "dbt" is its command when another Python was left to come here."""
    plan = read(plan_file)
    os.environ.pop(KEY, None)  # of no use here, and nobody may read it
    report = Report(plan)
    if dbt is None and plan["dbt"] is None and can_import_dbt():
        python(report)
        look_at_library(report, plan)
        return 0
    if dbt is None and not plan["venv"]:
        dbt = shutil.which(plan["dbt"] or "dbt")
        other = python_of(dbt) if dbt else None
        if dbt and other:
            return subprocess.call([other, os.path.abspath(sys.argv[0]), "doctor", plan_file, dbt])
    python(report)
    if plan["venv"]:
        report.tell("PROBLEM", "dbt", f"none in {sys.prefix}", f"Install it there: {sys.executable} -m {INSTALL}")
    elif dbt is None:
        name = plan["dbt"] or "dbt"
        report.tell(
            "PROBLEM", "dbt", f"no command {name}", f"Install it with your adapter ({INSTALL}), or say where it is."
        )
    elif can_import_dbt():
        look_at_library(report, plan)
    else:
        look_at_program(report, dbt)
        look_at_packages(report, plan)
    return 0


def python(report: Report) -> None:
    found = f"{'.'.join(map(str, sys.version_info[:3]))} ({sys.executable})"
    if sys.version_info < (3, 9):  # noqa: UP036
        report.tell("PROBLEM", "Python", found, "Install Python 3.9 or newer.")
    else:
        report.tell("OK", "Python", found)


def look_at_program(report: Report, dbt: str) -> None:
    """A dbt that is not Python's: it runs, as a process for each command."""
    try:
        ran = subprocess.run([dbt, "--version"], capture_output=True, text=True, errors="replace", timeout=60)
        version = re.search(r"\d+\.\d+\.\d+\S*", ran.stdout + ran.stderr)
        number = version.group() if version and not ran.returncode else None
        failure = f"{dbt} --version ended with {ran.returncode}"
    except (OSError, subprocess.TimeoutExpired) as e:
        number, failure = None, f"{dbt} does not run: {e}"
    if number is None:
        report.tell("PROBLEM", "dbt", failure, f"Install dbt again ({INSTALL}).")
    else:
        advice = (
            "Operations and build will run as commands of their own; with dbt-core 1.8 to 1.11 they share a process."
        )
        report.tell("WARNING", "dbt", f"{number} ({dbt}), not a Python library", advice)


def look_at_library(report: Report, plan: Plan) -> None:
    installed = {
        (d.metadata["Name"] or "").lower().replace("_", "-"): d.version for d in importlib.metadata.distributions()
    }
    core(report, installed)
    with contextlib.redirect_stdout(io.StringIO()):
        result, lines = debug(plan)
    adapter(report, installed, lines)
    files(report, plan, lines, result)
    credentials(report, plan)
    look_at_packages(report, plan)


def look_at_packages(report: Report, plan: Plan) -> None:
    place = packages.folder(plan)
    if not packages.are_declared(plan):
        report.tell("SKIPPED", "packages", "the project wants none")
    elif place is None:
        report.tell("SKIPPED", "packages", "packages-install-path is a template: only dbt knows where they are")
    else:
        why, never = packages.missing(plan, place), plan["deps"] == "never"
        if why is None:
            report.tell("OK", "packages", f"those that are wanted, in {place}")
        elif never:
            report.tell("PROBLEM", "packages", why, "Run dbt deps before, or set deps to auto.")
        else:
            report.tell("WARNING", "packages", why, "A build installs them (deps), for which it may need the network.")


def core(report: Report, installed: dict[str, str]) -> None:
    version = installed.get("dbt-core", "unknown")
    minor = tuple(int(n) for n in re.findall(r"\d+", version)[:2])
    if (1, 12) <= minor < (2, 0) and "dbt-materialize" in installed:
        report.tell("PROBLEM", "dbt", version, "dbt-materialize does not work with it: pip install 'dbt-core<1.12'")
    elif (1, 8) <= minor <= (1, 12):
        report.tell("OK", "dbt", version)
    else:
        report.tell("WARNING", "dbt", version, "Use dbt-core 1.8 to 1.11: others are not tried.")


def debug(plan: Plan) -> tuple[Any, list[str]]:
    """dbt's own check of project, profile and connection: its result and the lines it says."""
    lines: list[str] = []

    def keep(event: Any) -> None:
        if event.info.name.startswith("DebugCmd") or event.info.name == "AdapterImportError":
            lines.append(re.sub(r"\x1b\[[0-9;]*m", "", event.info.msg))

    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    from dbt.cli.main import dbtRunner

    with tempfile.TemporaryDirectory() as logs:
        words = ["--log-level-file", "none", "--log-path", logs, "debug", *plan["common"]]
        return dbtRunner(callbacks=[keep]).invoke(words), lines


def adapter(report: Report, installed: dict[str, str], lines: list[str]) -> None:
    kind = said(lines, r"adapter type: (\S+)")
    missing = said(lines, r"No module named 'dbt\.adapters\.(\w+)'")
    if kind:
        version = installed.get(f"dbt-{kind}") or said(lines, r"adapter version: (.+)") or ""
        report.tell("OK", "adapter", f"dbt-{kind} {version}")
    elif missing:
        advice = f"{sys.executable} -m pip install dbt-{missing}"
        report.tell("PROBLEM", "adapter", f"dbt-{missing} is not installed", advice)
    else:
        report.tell("SKIPPED", "adapter", "told by a valid profile only")


def files(report: Report, plan: Plan, lines: list[str], result: Any) -> None:
    reasons = [
        line for line in lines if re.match(r"Project loading|Profile loading|dbt looked for|dbt was unable", line)
    ]
    project = said(lines, r"dbt_project\.yml file \[(.+)\]")
    if project is None:
        told = str(result.exception or "dbt does not say")
        if "Env var required" in told:
            report.tell(
                "PROBLEM", "profile", told, "Set the variable; in Jenkins, credentialsId sets MZ_USER and MZ_PASSWORD."
            )
        else:
            report.tell("PROBLEM", "project", told, "Give the directory of a dbt project.")
        return
    place = os.path.abspath(plan["project_dir"])
    advice = "Correct dbt_project.yml, or give the project's directory."
    verdict(report, "project", project, place, reason(reasons, "Project"), advice)
    profile = said(lines, r"profiles\.yml file \[(.+)\]") or "not found"
    file = said(lines, r"Using profiles\.yml file at (.+)")
    advice = "Correct it, or name another directory, profile or target."
    verdict(report, "profile", profile, file, reason(reasons, "Profile|dbt looked"), advice)
    test = said(lines, r"Connection test: \[(.+)\]")
    if test is None:
        report.tell("SKIPPED", "connection", "tried with a valid profile only")
        return
    where = (said(lines, rf"^ *{name}: (.+)") for name in ("host", "path", "account", "database"))
    advice = "Check the profile and what it takes from the environment, such as MZ_HOST, MZ_USER and MZ_PASSWORD."
    verdict(report, "connection", test, next(filter(None, where), "made"), reason(reasons, "dbt was"), advice)


def credentials(report: Report, plan: Plan) -> None:
    """dbt does not miss a password's variable, and sends the template's text."""
    import yaml

    try:
        profiles.check_credentials(profiles.output_of(plan, yaml.safe_load), plan["allow"])
    except UserError as e:
        report.tell("PROBLEM", "variables", str(e))


def verdict(report: Report, check: str, said_of_it: str, found: str | None, why: str, advice: str) -> None:
    if said_of_it.startswith("OK"):
        report.tell("OK", check, str(found))
    else:
        report.tell("PROBLEM", check, why or said_of_it, advice)


def reason(texts: list[str], begins: str) -> str:
    """The core of one of dbt's paragraphs about what is wrong."""
    text = next((text for text in texts if re.match(begins, text)), "")
    text = re.sub(r"^\w+ loading failed for the following reason:\s*(Runtime Error\s*)?", "", text)
    text = re.sub(r"^.*returned the following error:\s*>", "", text, flags=re.S)
    return re.sub(r"(Check your database credentials|For more information).*", "", text, flags=re.S)


def said(lines: list[str], pattern: str) -> str | None:
    for line in lines:
        found = re.search(pattern, line, re.M)
        if found:
            return found.group(1).strip()
    return None
