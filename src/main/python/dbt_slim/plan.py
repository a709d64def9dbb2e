"""The plan that dbt-slim's Java side writes: what to run, with what, and where to leave what came of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from typing import Any, TypedDict

from dbt_slim.compare import Limits


class Operation(TypedDict):
    """A macro that runs before the build, or instead of one."""

    macro: str
    args: str
    tag: str | None  # the environment that it is for, where that is not the run's
    optional: bool
    common: list[str]


class DeploymentOrder(TypedDict):
    """One of the three steps of a blue/green deployment."""

    action: str  # prepare, promote or cleanup
    token: str | None
    time_limit: float
    poll_seconds: float
    lag_threshold: str | None
    drop_existing: bool
    copy_privileges: bool
    slim: bool  # whether only what a change reaches is staged
    max_retries: int | None
    force: bool
    dry_run: bool
    environments: list[str]
    seen: dict[str, str]
    objection: str | None


class Rarely(TypedDict, total=False):
    """What a plan need not say."""

    target_of: str  # what chose the target, where nobody named one
    also_changed: list[str]  # what else counts as changed: vars, env
    keep_parse: list[str]  # targets whose parse is left for the next builds
    refresh_changed: bool  # whether incremental models that changed are made anew
    own_environment: bool  # whether it builds for a change request, and so may not write where production is
    compare: Limits | None  # how much data is compared with production's; None for none
    grace: float  # seconds from the interrupt to the end by force
    copy_privileges: bool  # whether what was granted on an object is granted on the one that takes its place
    replace_seconds: float  # for how long replacements in place may hydrate; 0 for none
    environments: list[str]  # names of those of open change requests: what reads in them is no stranger


class Plan(Rarely):
    """All of it, as in its JSON."""

    run: str  # an id, given back in the outcome: no other run's is taken for it
    venv: bool  # whether it must be the dbt of this Python
    dbt: str | None
    keep: str
    project_dir: str
    deps: str  # whether the project's packages are installed: auto, always or never
    state: str | None
    common: list[str]  # arguments of every dbt command
    selection: list[str]
    build: list[str]
    builds: bool
    operations: list[Operation]
    before: list[list[str]]  # plain commands of dbt, in order; likewise after
    after: list[list[str]]
    deployment: DeploymentOrder | None
    allow: list[str]  # guards that may not stop it
    secret_variables: list[str]


UNSAID: dict[str, Any] = {
    "time_limit": 3600,
    "poll_seconds": 15,
    "lag_threshold": None,
    "drop_existing": False,
    "copy_privileges": True,
    "slim": False,
    "max_retries": None,
    "force": False,
    "dry_run": False,
    "environments": [],
    "seen": {},
    "objection": None,
}


def read(file: str) -> Plan:
    with open(file, encoding="utf-8") as text:
        plan: Plan = json.load(text)
    if plan["deployment"]:
        plan["deployment"] = {**UNSAID, **plan["deployment"]}  # type: ignore[typeddict-item]
    return plan


INHERITED = ("STATE", "ARTIFACT_STATE_PATH", "DEFER", "DEFER_TO_STATE", "FAVOR_STATE", "FAVOR_STATE_MODE")


def without_inherited_options() -> None:
    """The plan says what is compared and read; what dbt would take from the environment is in it, or was refused."""
    for name in INHERITED:
        for prefix in ("DBT_", "DBT_ENGINE_"):
            os.environ.pop(prefix + name, None)


def secrets(plan: Plan) -> list[str]:
    """Values that nothing of ours may show, the longest first, because one may be part of another."""
    values = [os.environ.get(name, "") for name in plan["secret_variables"]]
    return sorted((value for value in values if len(value) >= 4), key=len, reverse=True)


def without_secrets(text: object, hidden: Sequence[str]) -> str:
    """Without colours, too."""
    clean = re.sub(r"\x1b\[[0-9;]*m", "", str(text))
    for secret in hidden:
        clean = clean.replace(secret, "****")
    return clean


def setting(plan: Plan, name: str) -> str | None:
    """dbt's rule: the option, then the environment."""
    words, option, variable = plan["common"] + plan["build"], "--" + name.replace("_", "-"), name.upper()
    given = None
    for i, word in enumerate(words):
        if word == option and i + 1 < len(words):
            given = words[i + 1]
        elif word.startswith(option + "="):
            given = word.split("=", 1)[1]
    return given or os.environ.get("DBT_ENGINE_" + variable) or os.environ.get("DBT_" + variable)


def project_setting(plan: Plan, name: str) -> str | None:
    """A plain value of dbt_project.yml, or None."""
    with open(os.path.join(plan["project_dir"], "dbt_project.yml"), encoding="utf-8") as project:
        found = re.search(rf"^{name}:[ \t]*[\"']?([^\"'#\n{{]+?)[\"']?[ \t]*(#.*)?$", project.read(), re.M)
    return found.group(1) if found else None


def target_path(plan: Plan) -> str:
    """dbt's rule: --target-path, the environment, dbt_project.yml, "target"."""
    path = setting(plan, "target_path") or project_setting(plan, "target-path") or "target"
    return os.path.join(os.path.abspath(plan["project_dir"]), path)


def variables(plan: Plan, more: dict[str, Any]) -> str:
    """The plan's variables as JSON, with more of them."""
    import yaml

    words = plan["common"]
    given = yaml.safe_load(words[words.index("--vars") + 1]) if "--vars" in words else {}
    return json.dumps({**(given or {}), **more}, sort_keys=True, default=str)
