"""Two builds in one project folder would each keep what the other's dbt wrote."""

from __future__ import annotations

import os
import sys
from typing import IO

from dbt_slim.errors import UserError

NAME = ".dbt-slim.lock"
FAR = 1 << 30  # Windows does not let others read a byte that is locked

if sys.platform == "win32":
    import msvcrt

    def lock(file: IO[str]) -> None:
        file.seek(FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

else:
    import fcntl

    def lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


TARGET = "a target folder of its own (the further argument --target-path=FOLDER)"
KEEP = "a folder of its own for what it keeps (--keep FOLDER)"


def hold(target: str, other: str = TARGET) -> IO[str] | None:
    """
    Locks dbt's target folder, or the one of what is kept, until this process ends, however it ends: the system lets go
    then, so that no lock of a killed run is ever left. None where the file system knows no locks.

    other: what to give to a run that is not to wait
    """
    path = os.path.join(target, NAME)
    try:
        os.makedirs(target, exist_ok=True)
        file = open(path, "a+", encoding="utf-8")
    except OSError as e:
        raise unwritable(target, e) from e
    try:
        lock(file)
    except (BlockingIOError, PermissionError) as e:
        file.seek(0)
        by = file.read(200).strip()
        file.close()
        raise UserError(
            f"Another run of dbt-slim{f' ({by})' if by else ''} is at work in {target}: wait for its end, or give this"
            f" one {other}."
        ) from e
    except OSError:
        return file
    file.truncate(0)
    file.write(f"process {os.getpid()}")
    file.flush()
    return file


def unwritable(folder: str, e: OSError) -> UserError:
    return UserError(f"Cannot write into {folder}: {e.strerror or e}; {anothers(folder)}choose another folder.")


def anothers(folder: str) -> str:
    """Whose the folder is, where it is not this process': as in a container that runs as another user."""
    there = folder
    while not os.path.exists(there):
        there = os.path.dirname(os.path.abspath(there))
    owner = os.stat(there).st_uid
    if not hasattr(os, "getuid") or owner == os.getuid():
        return ""
    return (
        f"it belongs to user {owner}, and dbt runs as user {os.getuid()}: let the container run as the agent's user"
        " (in a pod: runAsUser), or "
    )
