"""
Seeds that are too big for dbt to hash (above 1 MiB): dbt compares their path alone, so a changed row goes unnoticed.
Here their content is noted in the manifest that the run leaves, and is what dbt compares if the state has a note too.
"""

from __future__ import annotations

import hashlib
import os
from typing import Any, Callable

NOTE = "dbt_slim_content"  # key of the seed's meta, which no dbt compares


def compare_contents(task: Any) -> Callable[[], None]:
    """
    Notes what the project's big seeds are, and lets dbt compare that where it is noted in the state, too.

    task: of a build that has not chosen its nodes yet. Gives what takes back what only the comparison needs.
    """
    state = task.previous_state and task.previous_state.manifest
    compared: list[tuple[Any, Any]] = []
    for seed in big_seeds(task.manifest):
        content = content_of(os.path.join(seed.root_path or task.config.project_root, seed.original_file_path))
        if content is None:
            continue
        seed.meta = {**seed.meta, NOTE: content}
        former = state.nodes.get(seed.unique_id) if state else None
        if former is not None and is_big(former) and NOTE in former.meta:
            for node in (seed, former):
                compared.append((node, node.checksum))
                node.checksum = type(node.checksum)(name="sha256", checksum=node.meta[NOTE])

    def take_back() -> None:
        for node, checksum in compared:
            node.checksum = checksum

    return take_back


def big_seeds(manifest: Any) -> list[Any]:
    return [node for unique_id, node in manifest.nodes.items() if unique_id.startswith("seed.") and is_big(node)]


def is_big(seed: Any) -> bool:
    return getattr(seed.checksum, "name", None) == "path"


def content_of(file: str) -> str | None:
    """Size and digest; how lines end is no difference, as with seeds that dbt compares. None: it cannot be read."""
    digest, size = hashlib.sha256(), 0
    try:
        with open(file, "rb") as lines:
            for line in lines:
                plain = line.rstrip(b"\r\n") + b"\n"
                digest.update(plain)
                size += len(plain)
    except OSError:
        return None
    return f"{size} bytes with SHA-256 {digest.hexdigest()}"
