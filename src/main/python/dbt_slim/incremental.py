"""
Incremental models that changed: rows that are there already keep what the former version made of them, unless the model
is made anew. Here such models are found, and on demand just those are.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dbt_slim import patches

WHAT_CHANGED = ("modified.body", "modified.macros")  # what makes other rows; a description does not


def changed(task: Any, chosen: Collection[str], also: Collection[str] = ()) -> list[Any]:
    """
    The chosen incremental models whose SQL changed, or that of a macro or ephemeral model in it.

    task: of a build that compares with a state and has chosen its nodes
    also: ids of those that changed by what dbt does not see
    """
    models = {i: node for i, node in task.manifest.nodes.items() if i.startswith("model.")}
    incremental = [models[i] for i in sorted(chosen) if i in models and is_incremental(models[i])]
    if not incremental:
        return []
    others = set(also).union(*patches.differing(task, WHAT_CHANGED, models).values())

    def is_changed(node: Any) -> bool:
        inlined = (models[i] for i in node.depends_on_nodes if i in models)
        return node.unique_id in others or any(i.is_ephemeral_model and is_changed(i) for i in inlined)

    return [node for node in incremental if is_changed(node)]


def is_incremental(node: Any) -> bool:
    return bool(node.config.materialized == "incremental")


def is_refreshed(node: Any, task: Any) -> bool:
    """By dbt's rule: what the model says, else the option."""
    own = node.config.full_refresh
    return bool(getattr(task.args, "FULL_REFRESH", False) if own is None else own)


def refresh(task: Any, models: Collection[Any]) -> None:
    """Lets dbt make these anew where they do not say themselves whether it may; its files say nothing of it."""
    mine = [node for node in models if node.config.full_refresh is None]

    def say(refreshed: bool | None) -> None:
        for node in mine:
            node.config.full_refresh = refreshed

    say(True)
    patches.after_build(task, lambda: say(None))
