"""profiles.yml: where dbt looks for it, and what it reads from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from typing import Any, Callable, TextIO

from dbt_slim import guards
from dbt_slim.errors import UserError
from dbt_slim.plan import Plan, setting

HOST = "MZ_HOST"
TARGET_OF_ENVIRONMENT = re.compile(r"""\s*\{\{\s*env_var\(\s*['"](\w+)['"]\s*,\s*['"]([^'"]*)['"]\s*\)\s*\}\}\s*""")


def check_profiles(plan: Plan) -> None:
    """dbt looks where it runs, then in the user's home, and of a home without the folder it says no more than that."""
    variables = ("DBT_ENGINE_PROFILES_DIR", "DBT_PROFILES_DIR")
    words = plan["common"] + plan["build"]
    given = any(word.startswith("--profiles-dir") for word in words) or any(map(os.environ.get, variables))
    home = os.path.expanduser("~/.dbt")
    if given or any(os.path.isfile(os.path.join(place, "profiles.yml")) for place in (".", home)):
        return
    beside = os.path.isfile(os.path.join(plan["project_dir"], "profiles.yml"))
    raise UserError(
        f"There is no profiles.yml in {os.getcwd()} nor in {home}: name its directory (--profiles-dir; in Jenkins:"
        f" profilesDir){', which seems to be that of the project' if beside else ''}."
    )


def check_host(plan: Plan, allowed: Collection[str]) -> None:
    """For a dbt of its own, beside which nothing reads YAML: where several outputs may be meant, each counts."""
    given = setting(plan, "profiles_dir")
    files = [os.path.join(place, "profiles.yml") for place in ([given] if given else [plan["project_dir"], "."])]
    texts = [open_text(file) for file in files if os.path.isfile(file)]
    if texts and not os.environ.get(HOST) and all(HOST in env_vars(text) for text in texts):
        refuse_host(allowed)


def open_text(file: str) -> str:
    """Without comments."""
    with open(file, encoding="utf-8", errors="replace") as text:
        return re.sub(r"(?m)^\s*#.*$", "", text.read())


def refuse_host(allowed: Collection[str]) -> None:
    guards.refuse(
        guards.CREDENTIALS,
        allowed,
        f"Materialize's host is not known, because the profile reads {HOST} and that is not set: set it (in Jenkins: by"
        " the option host, the step's environment or the host of the global configuration)",
    )


def output_of(plan: Plan, read_yaml: Callable[[TextIO], Any]) -> dict[str, Any]:
    """The part of profiles.yml that dbt will use; {} where there is none, which dbt tells better."""

    def read(folder: str, name: str) -> Any:
        with open(os.path.join(folder, name), encoding="utf-8") as text:
            return read_yaml(text)

    here = "." if os.path.isfile("profiles.yml") else os.path.expanduser("~/.dbt")
    try:
        profile = setting(plan, "profile") or read(plan["project_dir"], "dbt_project.yml").get("profile")
        profiles = read(setting(plan, "profiles_dir") or here, "profiles.yml")
        return profile_output(profiles, profile, setting(plan, "target"))
    except Exception:  # no file, not YAML, or not of dbt's form
        return {}


def env_vars(value: object) -> list[str]:
    """Names that a value of the profile reads with env_var and no default."""
    if isinstance(value, dict):
        return [name for each in value.values() for name in env_vars(each)]
    return re.findall(r"""env_var\(\s*['"](\w+)['"]\s*\)""", value) if isinstance(value, str) else []


def profile_output(profiles: dict[str, Any], profile: str, target: str | None) -> dict[str, Any]:
    """The output of a profile, or {} where names are templates or do not exist: dbt tells that better."""
    chosen = profiles.get(profile) or {}
    outputs = chosen.get("outputs") or {}
    if target is None:
        target = chosen.get("target", "default")
        default = TARGET_OF_ENVIRONMENT.fullmatch(str(target))
        if default:
            target = os.environ.get(default.group(1), default.group(2))
    return outputs.get(target) or {}


def check_credentials(output: object, allowed: Collection[str]) -> None:
    """dbt sends the text of the template as the password where the password's variable is not set."""
    missing = sorted({name for name in env_vars(output) if not os.environ.get(name)})
    if HOST in missing:
        refuse_host(allowed)
    if missing:
        guards.refuse(
            guards.CREDENTIALS,
            allowed,
            f"The profile reads {', '.join(missing)} from the environment, but"
            f" {'that is' if len(missing) == 1 else 'those are'} not set: set them (in Jenkins: credentialsId, or bind"
            " them around the step)",
        )
