"""What a slim build must not do unawares: each guard stops the run with one sentence, unless the plan allows it by name.

Standard library only. The guards look at facts that dbt gives: the environment, the profile, the state's header, and the
two graphs. They know nothing of how dbt is run.
"""

import json
import os
import re

HEADER = 65_536  # bytes of a manifest in which dbt writes its metadata first
SHOWN = 5
CREDENTIALS = "unboundCredentials"
TARGET = "stateInTarget"
VERSION = "otherDbtVersion"
DOWNSTREAM = "unselectedDownstream"
RECREATE = "recreatedSources"


class Refusal(Exception):
    """Why the run does not go on; one sentence for the user."""


def refuse(guard, allowed, sentence):
    if guard not in allowed:
        raise Refusal(f"{sentence}; or allow {guard}.")


# What the profile reads from the environment


def env_vars(value):
    """Names that a value of the profile reads with env_var and no default."""
    if isinstance(value, dict):
        return [name for each in value.values() for name in env_vars(each)]
    return re.findall(r"""env_var\(\s*['"](\w+)['"]\s*\)""", value) if isinstance(value, str) else []


def profile_output(profiles, profile, target):
    """The output of a profile, or {} where names are templates or do not exist: dbt tells that better."""
    chosen = profiles.get(profile) or {}
    outputs = chosen.get("outputs") or {}
    if target is None:
        target = chosen.get("target", "default")
        default = re.fullmatch(r"""\s*\{\{\s*env_var\(\s*['"](\w+)['"]\s*,\s*['"]([^'"]*)['"]\s*\)\s*\}\}\s*""", str(target))
        if default:
            target = os.environ.get(default.group(1), default.group(2))
    return outputs.get(target) or {}


def check_credentials(output, allowed):
    """dbt sends the text of the template as the password where the password's variable is not set."""
    missing = sorted({name for name in env_vars(output) if not os.environ.get(name)})
    if missing:
        refuse(
            CREDENTIALS,
            allowed,
            f"The profile reads {', '.join(missing)} from the environment, but {'that is' if len(missing) == 1 else 'those are'}"
            " not set: set them (in Jenkins: credentialsId, or bind them around the step)",
        )


# What wrote the state


def state_header(file):
    """(schema version, dbt version) of a manifest, None where it does not say; without reading all of it."""
    with open(file, encoding="utf-8", errors="replace") as manifest:
        start = manifest.read(HEADER)
    schema = re.search(r'"dbt_schema_version":\s*"([^"]*)"', start)
    version = re.search(r'"dbt_version":\s*"([^"]*)"', start)
    return schema and schema.group(1), version and version.group(1)


def check_state_version(file, dbt_version, readable, allowed):
    """
    A dbt of another major version compares otherwise; one that does not know the schema cannot read it at all.

    readable: tells of a schema version whether the dbt here can read it
    """
    schema, version = state_header(file)
    wrote = f"The production manifest was written by dbt {version or '(unknown)'}"
    if schema and not readable(schema):
        number = re.sub(r"^.*/(v\d+)\.json$", r"\1", schema)
        raise Refusal(
            f"{wrote} in schema {number}, which dbt {dbt_version} here cannot read: use the same dbt here as in production."
        )
    if version and dbt_version and version.split(".")[0] != dbt_version.split(".")[0]:
        refuse(
            VERSION,
            allowed,
            f"{wrote} and dbt {dbt_version} here would compare with it by other rules: use the same dbt here as in production",
        )


# What a selection does to what is there


class Node:
    """What the guards ask of a resource of a graph."""

    def __init__(self, unique_id, materialized, relation, parents):
        self.unique_id = unique_id
        self.materialized = materialized
        self.relation = relation
        self.parents = parents


def nodes_of(manifest):
    """The nodes of a manifest as dbt's objects have them."""
    return {
        i: Node(i, getattr(n.config, "materialized", None), getattr(n, "relation_name", None), n.depends_on_nodes)
        for i, n in manifest.nodes.items()
        if not i.startswith(("test.", "unit_test."))
    }


def read(file):
    """A manifest.json; {} if there is none."""
    if not os.path.isfile(file):
        return {}
    with open(file, encoding="utf-8") as text:
        return json.load(text)


def nodes_of_json(manifest):
    """The nodes of a manifest as its file has them."""
    return {
        i: Node(i, n.get("config", {}).get("materialized"), n.get("relation_name"), n.get("depends_on", {}).get("nodes", []))
        for i, n in manifest.get("nodes", {}).items()
        if not i.startswith(("test.", "unit_test."))
    }


def names(nodes):
    shown = sorted(nodes)[:SHOWN]
    more = f" and {len(nodes) - len(shown)} more" if len(nodes) > len(shown) else ""
    return ", ".join(shown) + more


def check_selection(selected, now, state, allowed):
    """
    What Materialize would lose: dbt-materialize drops each selected object with all that reads from it, and then makes
    only the selected ones again.

    selected: unique_ids; now, state: nodes of the project and of production. Only where both name the same relation does
    something of production go.
    """
    replaced = {i for i in selected if i in state and i in now and now[i].relation == state[i].relation is not None}
    fragile = [i for i in replaced if now[i].materialized in ("source", "source_table", "sink")]
    if fragile:
        refuse(
            RECREATE,
            allowed,
            f"The selection drops and creates again {names(fragile)} in production, with what they have taken in or sent:"
            " exclude them (config.materialized:source config.materialized:source_table config.materialized:sink)",
        )
    lost = lost_downstream(replaced, set(selected), now, state)
    if lost:
        refuse(
            DOWNSTREAM,
            allowed,
            f"The selection would drop {names(lost)} in production without building {'it' if len(lost) == 1 else 'them'}"
            " again, because Materialize drops what depends on a selected object: select what is downstream too"
            " (such as state:modified+)",
        )


def stays(node, now):
    """Whether the project still wants the relation; what was deleted from it may go."""
    return bool(node.relation) and node.unique_id in now and now[node.unique_id].relation == node.relation


def lost_downstream(replaced, selected, now, state):
    children = {}
    for node in state.values():
        for parent in node.parents:
            children.setdefault(parent, []).append(node)
    lost, seen, todo = set(), set(replaced), list(replaced)
    while todo:
        for child in children.get(todo.pop(), ()):
            if child.unique_id not in seen:
                seen.add(child.unique_id)
                todo.append(child.unique_id)
                if stays(child, now) and child.unique_id not in selected:
                    lost.add(child.unique_id)
    return lost
