"""What a slim build must not do unawares: each guard stops it with one sentence, unless the plan allows it by name.

The guards look at facts: files, the state's header, and the two graphs. They know nothing of how dbt is run.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Callable

from dbt_slim.errors import UserError

HEADER = 65_536  # bytes of a manifest in which dbt writes its metadata first
SHOWN = 5
CREDENTIALS = "unboundCredentials"
TARGET = "stateInTarget"
VERSION = "otherDbtVersion"
PROJECT = "otherProject"
DOWNSTREAM = "unselectedDownstream"
RECREATE = "recreatedSources"
PRODUCTION = "writesProduction"


def refuse(guard: str, allowed: Collection[str], sentence: str) -> None:
    if guard not in allowed:
        raise UserError(f"{sentence}; or allow {guard}.")


# What there must be


def check_project(folder: str) -> None:
    if not os.path.isfile(os.path.join(folder, "dbt_project.yml")):
        raise UserError(
            f"There is no dbt_project.yml in {os.path.abspath(folder)}: check the project out first, or give its"
            " directory (--project-dir; in Jenkins: projectDir)."
        )


def check_variables(words: Sequence[str], load: Callable[[str], Any]) -> None:
    """load: reads YAML. What is given is not said: it may be a secret."""
    if "--vars" not in words:
        return
    try:
        given = load(words[words.index("--vars") + 1])
    except Exception:  # of the YAML library
        given = None
    if not isinstance(given, dict):
        raise UserError("The variables (vars, --vars) are no map in YAML or JSON: write them as {name: value}.")


def check_state(state: str | None, target: str, allowed: Collection[str]) -> None:
    """target: where dbt writes"""
    if state and not os.path.isfile(os.path.join(state, "manifest.json")):
        raise UserError(
            f"There is no manifest.json in the state directory {state}: fetch production's first (dbt-slim fetch; in"
            " Jenkins: dbtFetchManifest), or name the directory that has it with state."
        )
    if state and os.path.realpath(state) == os.path.realpath(target):
        refuse(
            TARGET,
            allowed,
            f"The state directory {state} is dbt's own target directory, where dbt would overwrite the manifest that it"
            " compares with: fetch the production manifest into another directory",
        )


# What wrote the state


def state_header(file: str, *names: str) -> list[str | None]:
    """These words of a manifest's metadata, None where it does not say; without reading all of it."""
    with open(file, encoding="utf-8", errors="replace") as manifest:
        start = manifest.read(HEADER).partition('"nodes":')[0]
    found = (re.search(rf'"{name}":\s*"([^"]*)"', start) for name in names)
    return [match and match.group(1) for match in found]


def check_state_project(file: str, project_dir: str, allowed: Collection[str]) -> None:
    """A manifest of another project, by a wrong address: nothing would be found in it, and all be built."""
    [theirs] = state_header(file, "project_name")
    with open(os.path.join(project_dir, "dbt_project.yml"), encoding="utf-8", errors="replace") as project:
        name = re.search(r"""^\{?["']?name["']?\s*:\s*["']?(\w+)""", project.read(), re.M)
    if theirs and name and theirs != name.group(1):
        refuse(
            PROJECT,
            allowed,
            f"The production manifest is that of the project {theirs}, and this is {name.group(1)}, all of which would"
            " count as new: fetch the manifest of this project",
        )


def check_state_version(
    file: str, dbt_version: str | None, readable: Callable[[str], bool], allowed: Collection[str]
) -> None:
    """
    A dbt of another major version compares otherwise; one that does not know the schema cannot read it at all.

    readable: tells of a schema version whether the dbt here can read it
    """
    schema, version = state_header(file, "dbt_schema_version", "dbt_version")
    wrote = f"The production manifest was written by dbt {version or '(unknown)'}"
    if schema and not readable(schema):
        number = re.sub(r"^.*/(v\d+)\.json$", r"\1", schema)
        raise UserError(
            f"{wrote} in schema {number}, which dbt {dbt_version} here cannot read: use the same dbt here as in"
            " production."
        )
    if version and dbt_version and version.split(".")[0] != dbt_version.split(".")[0]:
        refuse(
            VERSION,
            allowed,
            f"{wrote} and dbt {dbt_version} here would compare with it by other rules: use the same dbt here as in"
            " production",
        )


def check_readable(file: str, dbt_version: str, read: Callable[[str], object]) -> None:
    """
    The schema's number stays the same where a newer dbt writes what an older one does not take, which that tells with
    the whole file.

    read: as the dbt here does; done only where the other is newer, because it takes its time
    """
    [version] = state_header(file, "dbt_version")
    if minor(version) <= minor(dbt_version):
        return
    try:
        read(file)
    except Exception as e:
        raise UserError(
            f"The production manifest was written by dbt {version}, which dbt {dbt_version} here cannot read: use the"
            " same dbt here as in production."
        ) from e


def minor(version: str | None) -> tuple[int, ...]:
    found = re.match(r"(\d+)\.(\d+)", version or "")
    return tuple(int(number) for number in found.groups()) if found else ()


# What a selection does to what is there


class Node:
    """What the guards ask of a resource of a graph."""

    def __init__(self, unique_id: str, materialized: str | None, relation: str | None, parents: Sequence[str]) -> None:
        self.unique_id = unique_id
        self.materialized = materialized
        self.relation = relation
        self.parents = parents


def nodes_of(manifest: Any) -> dict[str, Node]:
    """The nodes of a manifest as dbt's objects have them."""
    return {
        i: Node(i, getattr(n.config, "materialized", None), getattr(n, "relation_name", None), n.depends_on_nodes)
        for i, n in manifest.nodes.items()
        if not i.startswith(("test.", "unit_test."))
    }


def read(file: str) -> dict[str, Any]:
    """A manifest.json; {} if there is none."""
    if not os.path.isfile(file):
        return {}
    with open(file, encoding="utf-8") as text:
        manifest: dict[str, Any] = json.load(text)
    return manifest


def nodes_of_json(manifest: Mapping[str, Any]) -> dict[str, Node]:
    """The nodes of a manifest as its file has them."""
    return {
        i: Node(
            i, n.get("config", {}).get("materialized"), n.get("relation_name"), n.get("depends_on", {}).get("nodes", [])
        )
        for i, n in manifest.get("nodes", {}).items()
        if not i.startswith(("test.", "unit_test."))
    }


def names(nodes: Collection[str]) -> str:
    shown = sorted(nodes)[:SHOWN]
    more = f" and {len(nodes) - len(shown)} more" if len(nodes) > len(shown) else ""
    return ", ".join(shown) + more


def check_selection(
    selected: Collection[str], now: Mapping[str, Node], state: Mapping[str, Node], allowed: Collection[str]
) -> None:
    """
    What Materialize would lose: dbt-materialize drops each selected object with all that reads from it, and then makes
    only the selected ones again.

    selected: unique_ids; now, state: nodes of the project and of production. Only where both name the same relation
    does something of production go.
    """
    replaced = {i for i in selected if i in state and i in now and now[i].relation == state[i].relation is not None}
    fragile = [i for i in replaced if now[i].materialized in ("source", "source_table", "sink")]
    if fragile:
        refuse(
            RECREATE,
            allowed,
            f"The selection drops and creates again {names(fragile)} in production, with what they have taken in or"
            " sent: exclude them (config.materialized:source config.materialized:source_table"
            " config.materialized:sink)",
        )
    lost = lost_downstream(replaced, set(selected), now, state)
    if lost:
        refuse(
            DOWNSTREAM,
            allowed,
            f"The selection would drop {names(lost)} in production without building"
            f" {'it' if len(lost) == 1 else 'them'} again, because Materialize drops what depends on a selected object:"
            " select what is downstream too (such as state:modified+)",
        )


def check_own_environment(
    selected: Collection[str], now: Mapping[str, str], state: Mapping[str, str], allowed: Collection[str]
) -> None:
    """
    A change request builds in an environment of its own: where a name is the same for all targets (a fixed schema, a
    macro that ignores the target), it would write into production.

    now, state: relations by unique_id, see relations_of
    """
    production = {plain(relation) for relation in state.values()}
    written = [f"{i} ({now[i]})" for i in selected if i in now and plain(now[i]) in production]
    if written:
        refuse(
            PRODUCTION,
            allowed,
            f"This build is for a change request and would write into production: {names(written)}"
            f" {'is' if len(written) == 1 else 'are'} where production's manifest has"
            f" {'it' if len(written) == 1 else 'them'}. Let the target or CI_TAG decide the schema"
            " (generate_schema_name, the snapshot's or seed's schema), or exclude what has no place of its own",
        )


def plain(relation: str) -> str:
    """Without quotes and case: where a database tells names by them, two that differ by nothing else are a slip too."""
    return re.sub(r"[\"`\[\]]", "", relation).casefold()


def relations_of(nodes: Mapping[str, Any]) -> dict[str, str]:
    """What a build writes: models, seeds, snapshots, and tests that store their failures; of objects or JSON."""
    relations = {}
    for i, node in nodes.items():
        if isinstance(node, dict):
            relation, config = node.get("relation_name"), node.get("config", {})
            materialized, stores = config.get("materialized"), config.get("store_failures")
        else:
            relation, config = getattr(node, "relation_name", None), node.config
            materialized, stores = getattr(config, "materialized", None), getattr(config, "store_failures", None)
        if relation and materialized != "ephemeral" and (stores or not i.startswith("test.")):
            relations[i] = relation
    return relations


def stays(node: Node, now: Mapping[str, Node]) -> bool:
    """Whether the project still wants the relation; what was deleted from it may go."""
    return bool(node.relation) and node.unique_id in now and now[node.unique_id].relation == node.relation


def lost_downstream(
    replaced: Collection[str], selected: Collection[str], now: Mapping[str, Node], state: Mapping[str, Node]
) -> set[str]:
    children: dict[str, list[Node]] = {}
    for node in state.values():
        for parent in node.parents:
            children.setdefault(parent, []).append(node)
    lost: set[str] = set()
    seen, todo = set(replaced), list(replaced)
    while todo:
        for child in children.get(todo.pop(), ()):
            if child.unique_id not in seen:
                seen.add(child.unique_id)
                todo.append(child.unique_id)
                if stays(child, now) and child.unique_id not in selected:
                    lost.add(child.unique_id)
    return lost
