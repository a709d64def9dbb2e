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
    if texts and HOST not in os.environ and all(HOST in env_vars(text) for text in texts):
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


def output_of(plan: Plan, read_yaml: Callable[[TextIO], Any], defaulted: str | None = None) -> dict[str, Any]:
    """
    The part of profiles.yml that dbt will use; {} where there is none, which dbt tells better.

    defaulted: what says which target it is, where nobody named one
    """

    def read(folder: str, name: str) -> Any:
        with open(os.path.join(folder, name), encoding="utf-8") as text:
            return read_yaml(text)

    here = "." if os.path.isfile("profiles.yml") else os.path.expanduser("~/.dbt")
    try:
        name = setting(plan, "profile") or read(plan["project_dir"], "dbt_project.yml").get("profile")
        profile = rendered(str(name))[0]
        outputs = read(setting(plan, "profiles_dir") or here, "profiles.yml")[profile]
        chosen = setting(plan, "target") or rendered(str(outputs.get("target", "default")))[0]
        named = outputs.get("outputs") or {}
        output = named.get(chosen) or {}
    except Exception:  # no file, not YAML, or not of dbt's form
        return {}
    if defaulted and named and chosen not in named:
        raise UserError(
            f"The profile {profile} has no target {chosen}, which {defaulted} takes where none is named: name one"
            f" (--target; in Jenkins: target) of {', '.join(map(str, named))}, or add it."
        )
    return dict(output)


def rendered(text: str, secret: bool = False) -> tuple[str, set[str]]:
    """
    What dbt makes of a text of the profile, and the variables that it asks the environment for in vain.

    A text that is no template for Jinja is left as it is: dbt says what is wrong with it, or takes it for a password.

    secret: a variable that is set to nothing counts, because no password is empty
    """
    missing: set[str] = set()

    def is_missing(name: str) -> bool:
        return not os.environ.get(name) if secret else name not in os.environ

    def env_var(name: str, default: object = None) -> object:
        if default is None and is_missing(name):
            missing.add(name)
        return os.environ.get(name, "" if default is None else default)

    try:
        from jinja2.sandbox import SandboxedEnvironment

        jinja = SandboxedEnvironment()
        jinja.filters.update({f"as_{kind}": lambda value: value for kind in ("text", "bool", "native", "number")})
        return str(jinja.from_string(text).render(env_var=env_var, var=lambda name, default="": default)), missing
    except ImportError:
        return text, set(filter(is_missing, env_vars(text)))
    except Exception:
        return text, missing


def env_vars(text: str) -> list[str]:
    """Names that a text reads with env_var and no default, as far as that can be seen without Jinja."""
    return re.findall(r"""env_var\(\s*['"](\w+)['"]\s*\)""", text)


SECRETS = ("password", "pass", "token")


def unset(value: object, key: object = None) -> set[str]:
    """Variables that a value of the profile reads in vain."""
    if isinstance(value, dict):
        return {name for key, each in value.items() for name in unset(each, key)}
    if isinstance(value, list):
        return {name for each in value for name in unset(each)}
    return rendered(value, key in SECRETS)[1] if isinstance(value, str) and "env_var" in value else set()


def check_credentials(output: object, allowed: Collection[str]) -> None:
    """dbt sends the text of the template as the password where the password's variable is not set."""
    missing = sorted(unset(output))
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
