"""The project's packages: whether those that are installed are what its files say, and the agent's copies of them.

A fresh workspace has none, and each installation asks the network. What package-lock.yml pins (a version of the hub, a
commit of a git repository) is the same for whoever installs it, so it is copied to the user's cache folder, from there
to the next workspace. A later build of a more trusted project may take it from there, hence:

* Only what dbt itself has just installed into an emptied folder, before it read the project, gets there; never what lay
  in the checkout. The key holds everything that the lock says, so that another lock gets another copy.
* What a lock does not pin (a branch, an archive's address, a template) is not kept.
* The folder belongs to the user alone and lies outside of checkout and workspace; copies are read-only, also for SQL
  that writes files. Who can run programs as the agent's user can change dbt itself: agents of their own keep him away.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, Callable

from dbt_slim.errors import UserError
from dbt_slim.plan import Plan, project_setting

FILES = ("packages.yml", "dependencies.yml", "package-lock.yml")
LOCK = "package-lock.yml"
STAMP = ".dbt-slim"  # in the installed packages: for which files they were installed
KEPT_COPIES = 20
PLAIN_NAME = re.compile(r"[A-Za-z_]\w*")
HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")
HUB_VERSION = re.compile(r"=?v?\d[\w.+-]*")
COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
ENV_VAR = re.compile(r"""env_var\(\s*['"](\w+)['"]""")
SECRET = "DBT_ENV_SECRET"


def folder(plan: Plan) -> str | None:
    """Where dbt installs them, or None where only dbt knows."""
    if "packages-install-path:" not in text_of(plan, "dbt_project.yml"):
        return os.path.join(plan["project_dir"], "dbt_packages")
    told = project_setting(plan, "packages-install-path")
    return os.path.join(plan["project_dir"], told) if told else None


def text_of(plan: Plan, name: str) -> str:
    try:
        with open(os.path.join(plan["project_dir"], name), encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def are_declared(plan: Plan) -> bool:
    texts = (re.sub(r"(?m)^\s*#.*$", "", text_of(plan, name)) for name in FILES[:2])
    return any(re.search(r"""\bpackages["']?\s*:""", text) for text in texts)


def digest(plan: Plan) -> str:
    """Of all that says which ones are wanted; of variables those that are no secrets, whose values come and go."""
    texts = [text_of(plan, name) for name in FILES]
    names = sorted({name for text in texts for name in ENV_VAR.findall(text) if not name.startswith(SECRET)})
    words = plan["common"]
    given = words[words.index("--vars") + 1] if "--vars" in words else ""
    wanted = [*texts, given, *(f"{name}={os.environ.get(name)}" for name in names)]
    return hashlib.sha256(json.dumps(wanted).encode()).hexdigest()


def missing(plan: Plan, place: str) -> str | None:
    """Why they are to be installed; None where those that are there are the ones that are wanted."""
    lock = text_of(plan, LOCK)
    there = [name for name in os.listdir(place) if is_package(place, name)] if os.path.isdir(place) else []
    wanted = max(1, len(re.findall(r"(?m)^\s*- ", lock)))
    lost = [name for name in re.findall(r"(?m)^[ -]+name: (\w+)\s*$", lock) if name not in there]
    if not there:
        return f"{os.path.basename(place)} has none of them"
    if lost or len(there) < wanted:
        return f"{os.path.basename(place)} lacks {', '.join(lost[:5]) or wanted - len(there)}"
    stamp = stamp_of(place)
    if stamp:
        return None if digest(plan) in stamp else f"those in {os.path.basename(place)} are for another list"
    # Installed by somebody else, such as an image's maker: dbt notes nothing, but it writes the lock first.
    named = [os.path.join(plan["project_dir"], name) for name in FILES]
    newest = max((os.stat(file).st_mtime_ns for file in named if os.path.isfile(file)), default=0)
    if not lock or os.stat(place).st_mtime_ns < newest:
        return f"those in {os.path.basename(place)} are older than the list of them"
    return None


def wanted(plan: Plan) -> bool:
    """Whether to install, as far as that is known before dbt is asked."""
    if plan["deps"] == "never" or not are_declared(plan):
        return False
    place = folder(plan)
    why = "" if place is None else missing(plan, place)
    if plan["deps"] == "auto" and why is None:
        return False
    print(f"dbt-slim: installing the project's packages{f', because {why}' if why else ''}", flush=True)
    return True


def arguments(plan: Plan) -> list[str]:
    """Those of all dbt commands that dbt deps takes, too."""
    words, taken = iter(plan["common"]), []
    for word in words:
        if word in ("--profile", "--target", "--threads"):
            next(words)
        else:
            taken.append(word)
    return taken


def is_package(place: str, name: str) -> bool:
    return os.path.isfile(os.path.join(place, name, "dbt_project.yml"))


def stamp_of(place: str) -> list[str]:
    try:
        with open(os.path.join(place, STAMP), encoding="utf-8") as file:
            return file.read().split()
    except OSError:
        return []


def stamp(place: str, digests: Sequence[str]) -> None:
    """Notes for which files they are: those of before and after the installation, which may write the lock."""
    with open(os.path.join(place, STAMP), "w", encoding="utf-8") as file:
        file.write("\n".join(digests))


@contextlib.contextmanager
def alone(plan: Plan) -> Iterator[None]:
    """Of two runs in one folder, one installs and the other finds it done."""
    with open(os.path.join(plan["project_dir"], "dbt_project.yml"), "rb") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def in_place_of(place: str) -> Iterator[None]:
    """Whoever fails to install others leaves the old ones."""
    aside = place + ".before"
    remove(aside)
    if os.path.lexists(place):
        os.rename(place, aside)
    try:
        yield
    except BaseException:
        if os.path.lexists(aside):
            remove(place)
            os.rename(aside, place)
        raise
    remove(aside)


def without_repositories(place: str) -> None:
    """dbt leaves the repository of each package that it cloned, and in it the address, with the token that was used."""
    for name in os.listdir(place):
        package = os.path.join(place, name)
        if not os.path.islink(package):
            remove(os.path.join(package, ".git"))


def remove(path: str) -> None:
    """Also what is read-only."""
    if os.path.islink(path) or os.path.isfile(path):
        os.remove(path)
    elif os.path.isdir(path):
        for parent, _, files in os.walk(path):
            os.chmod(parent, stat.S_IRWXU)
            for name in files if os.name == "nt" else ():
                os.chmod(os.path.join(parent, name), stat.S_IRWXU)
        shutil.rmtree(path)


# Installing


def install(plan: Plan, project: Any, by_dbt: Callable[[], None], matches: Callable[[Mapping[str, Any]], bool]) -> None:
    """
    In the place of dbt's own installation, which is done where there is no copy.

    project: dbt's

    by_dbt: installs them

    matches: tells whether dbt would install what this lock says
    """
    place = os.path.join(project.project_root, project.packages_install_path)
    require_own(plan, place)
    with alone(plan):
        if plan["deps"] == "auto" and missing(plan, place) is None:
            return
        before = digest(plan)
        copies = Copies(os.environ, (os.getcwd(), plan["project_dir"]))
        lock = lock_of(plan)
        with in_place_of(place):
            if not (plan["deps"] == "auto" and matches(lock) and take(plan, copies, pinned(lock), place)):
                by_dbt()
                without_repositories(place)
                now = pinned(lock_of(plan))
                if now.key:
                    copies.keep(now.key, place, set(now.local))
            stamp(place, [before, digest(plan)])


def take(plan: Plan, copies: Copies, wanted: Pinned, place: str) -> bool:
    if not (wanted.key and copies.take(wanted.key, place)):
        return False
    wanted.link_local(plan["project_dir"], place)
    print(f"dbt-slim: the packages are those that {LOCK} pins, from the copies in {copies.place}", flush=True)
    return True


def require_own(plan: Plan, place: str) -> None:
    """dbt empties the folder, whichever it is."""
    if not within(place, plan["project_dir"]) or os.path.realpath(place) == os.path.realpath(plan["project_dir"]):
        raise UserError(
            f"The folder of the project's packages, {place}, lies outside of the project, and dbt would empty it: let"
            " packages-install-path of dbt_project.yml be a folder of the project, or set deps to never."
        )


def lock_of(plan: Plan) -> dict[str, Any]:
    import yaml

    try:
        lock = yaml.safe_load(text_of(plan, LOCK))
    except yaml.YAMLError:  # dbt tells it better
        return {}
    return lock if isinstance(lock, dict) else {}


def pinned(lock: Mapping[str, Any]) -> Pinned:
    entries = lock.get("packages") or []
    return Pinned([each for each in entries if isinstance(each, dict)], os.environ.get("DBT_PACKAGE_HUB_URL", ""))


def not_installed(why: object) -> UserError:
    return UserError(
        f"The project's packages could not be installed: {' '.join(str(why).split()).rstrip('.')}. Where the agent"
        f" reaches no network, commit {LOCK}, so that what was installed there once need not be fetched again; or bring"
        " the packages along, and set deps to never."
    )


# The agent's copies


class Copies:
    """Of installed packages, for other workspaces of this user."""

    def __init__(self, environment: Mapping[str, str], outside: Sequence[str]) -> None:
        """outside: folders that a checkout or a build can write"""
        self.place: str | None = None
        for base in (
            environment.get("XDG_CACHE_HOME"),
            environment.get("LOCALAPPDATA"),
            os.path.join(os.path.expanduser("~"), ".cache"),
        ):
            if base and os.path.isabs(base) and not any(within(base, each) for each in outside):
                self.place = os.path.join(base, "dbt-slim", "packages")
                break

    def usable(self) -> bool:
        """Whether nobody else may write there; makes it where it is not."""
        if self.place is None:
            return False
        try:
            os.makedirs(self.place, mode=0o700, exist_ok=True)
            if not hasattr(os, "getuid"):
                return True
            status = os.lstat(self.place)
            return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o022
        except OSError:
            return False

    def take(self, key: str, into: str) -> bool:
        """Copies the kept ones; tells whether there were any."""
        if not self.usable():
            return False
        copy = os.path.join(str(self.place), key)
        try:
            shutil.copytree(copy, into, symlinks=True, copy_function=shutil.copyfile)
        except OSError:  # none, or one that is just being removed
            remove(into)
            return False
        for parent, _, _ in os.walk(into):
            os.chmod(parent, stat.S_IRWXU)  # copytree copies the mode of folders
        with contextlib.suppress(OSError):
            os.utime(copy)
        return True

    def keep(self, key: str, place: str, left_out: Set[str]) -> None:
        """
        Copies what was just installed, whole or not at all.

        left_out: names of links to local packages, which are not copied; where others are links, a folder of the
        checkout has taken the place of a package
        """
        copy = os.path.join(str(self.place), key)
        if not self.usable() or os.path.exists(copy) or links_of(place) != left_out:
            return
        part = tempfile.mkdtemp(prefix=".part-", dir=self.place)
        try:
            for name in os.listdir(place):
                if name not in left_out and is_package(place, name):
                    shutil.copytree(os.path.join(place, name), os.path.join(part, name), symlinks=True)
            for parent, _, files in os.walk(part):
                for file in files:
                    if not os.path.islink(os.path.join(parent, file)):
                        os.chmod(os.path.join(parent, file), 0o444)
                if parent != part:
                    os.chmod(parent, 0o555)
            with contextlib.suppress(OSError):  # another one was faster
                os.rename(part, copy)
                os.chmod(copy, 0o555)
            self.forget_old()
        finally:
            remove(part)

    def forget_old(self) -> None:
        """The ones that were used last stay."""
        copies = [os.path.join(str(self.place), name) for name in os.listdir(str(self.place)) if name[0] != "."]
        for copy in sorted(copies, key=os.path.getmtime, reverse=True)[KEPT_COPIES:]:
            remove(copy)


def links_of(place: str) -> set[str]:
    return {name for name in os.listdir(place) if os.path.islink(os.path.join(place, name))}


def within(path: str, parent: str) -> bool:
    path, parent = os.path.realpath(path), os.path.realpath(parent)
    return path == parent or path.startswith(parent.rstrip(os.sep) + os.sep)


class Pinned:
    """What a lock says, where that is all there is to know of its packages' content."""

    def __init__(self, entries: Sequence[Mapping[str, Any]], hub: str) -> None:
        """
        entries: of the lock, as its text has them

        hub: address of dbt's hub
        """
        self.local = {str(each.get("name")): str(each["local"]) for each in entries if "local" in each}
        fetched = [dict(each) for each in entries if "local" not in each]
        plain = all(PLAIN_NAME.fullmatch(name) and "{" not in path for name, path in self.local.items())
        self.key: str | None = None
        if fetched and plain and all(map(is_pinned, fetched)):
            text = json.dumps([hub, sorted(json.dumps(each, sort_keys=True) for each in fetched)])
            self.key = hashlib.sha256(text.encode()).hexdigest()

    def link_local(self, project: str, place: str) -> None:
        """As dbt does."""
        for name, path in self.local.items():
            source = os.path.abspath(os.path.join(project, path))
            try:
                os.symlink(source, os.path.join(place, name))
            except OSError:
                shutil.copytree(source, os.path.join(place, name))


def is_pinned(entry: Mapping[str, Any]) -> bool:
    if "package" in entry:
        return bool(HUB_NAME.fullmatch(str(entry["package"])) and HUB_VERSION.fullmatch(str(entry.get("version"))))
    return "git" in entry and bool(COMMIT.fullmatch(str(entry.get("revision"))))
