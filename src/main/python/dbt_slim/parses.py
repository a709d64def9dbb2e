"""
dbt's partial parse, which travels with the manifest: an agent that has none parses only what changed since a deploy.

It goes by the target and is signed with a key that only those have who run these builds, so that nothing that another
wrote is read. dbt's own checks decide what of it holds; what they go by and an environment variable's value could be
guessed from is keyed, too. What is of the other agent, such as folders and times of files, is put right.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from typing import Any

from dbt_slim.errors import UserError
from dbt_slim.inputs import Digests
from dbt_slim.keep import Keep

DBT_FILE = "partial_parse.msgpack"
MAGIC = b"dbt-slim parse 1\n"
MAX_BYTES = 1 << 30
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
HASHES = ("vars_hash", "profile_hash", "project_env_vars_hash", "profile_env_vars_hash")
NO_KEY = (
    "The parse is not kept for the next builds, because it holds values of environment variables and nothing keeps them"
    " secret: set DBT_SLIM_SECRET_KEY to the same secret in all builds of this project."
)


def file_of(folder: str, target: str) -> str:
    return os.path.join(folder, f"partial_parse-{target}.msgpack")


class Parses:
    """Those that came with the state, and those that are left for a publication."""

    def __init__(self, digests: Digests, state: str | None, say: Callable[[str], None]) -> None:
        self.digests = digests
        self.state = state
        self.say = say
        self.laid = False
        self.config: Any = None  # of the project that dbt read last

    # What comes

    def lay(self, loader: Any, goal: str) -> None:
        """
        Puts the one that came for this target where dbt looks, if it is for this project, dbt and adapter.

        loader: dbt's, which knows by now what it would take
        goal: dbt's own file; one that is there is better
        """
        target = loader.root_project.target_name
        self.config, self.laid = loader.root_project, False
        if not (self.state and self.digests.key and NAME.fullmatch(target)) or os.path.exists(goal):
            return
        came = file_of(self.state, target)
        try:
            if os.path.getsize(came) > MAX_BYTES:
                return
            with open(came, "rb") as packed:
                data = packed.read()
            body = self.opened(data, head(loader.root_project, self.digests))
            if body is None:
                return self.say("the parse that came with the manifest is of another project, dbt, adapter or key")
            os.makedirs(os.path.dirname(goal), exist_ok=True)
            with open(goal, "wb") as out:
                out.write(self.revealed(body, loader.manifest.state_check))
            self.laid = True
        except FileNotFoundError:
            return
        except Exception as e:  # it costs nothing but its download
            self.say(f"the parse that came with the manifest cannot be read: {' '.join(str(e).split())}")

    def opened(self, data: bytes, wanted: bytes) -> bytes | None:
        """What it holds, if it says what is wanted and who wrote it had the key."""
        start = len(MAGIC) + len(wanted)
        if data[:start] != MAGIC + wanted:
            return None
        end = data.find(b"\n", start)
        signature, body = data[start:end], data[end + 1 :]
        return body if signature == self.signature(wanted, body) else None

    def signature(self, said: bytes, body: bytes) -> bytes:
        return self.digests.mac(said + body).encode()

    def revealed(self, body: bytes, current: Any) -> bytes:
        """With what dbt compares as it would be here: what differs stays what nothing equals."""
        return spliced(
            body, {"env_vars": self.known_variables, "state_check": lambda check: self.known(check, current)}
        )

    def known_variables(self, noted: Mapping[str, str]) -> dict[str, str]:
        from dbt.constants import DEFAULT_ENV_PLACEHOLDER

        here = {name: os.environ.get(name, DEFAULT_ENV_PLACEHOLDER) for name in noted}
        return {
            name: here[name] if note == self.digests.note(name, here[name]) else note for name, note in noted.items()
        }

    def known(self, check: dict[str, Any], current: Any) -> dict[str, Any]:
        for name in HASHES:
            now = getattr(getattr(current, name, None), "checksum", None)
            if name in check and now is not None and check[name]["checksum"] == self.digests.note(name, now):
                check[name]["checksum"] = now
        return check

    def settle(self, loader: Any, manifest: Any, goal: str) -> None:
        """Takes the file away again, which is another's, and puts right in what dbt read of it where things are."""
        if not self.laid:
            return
        os.remove(goal)
        if manifest is None:
            return
        roots = {name: str(project.project_root) for name, project in loader.all_projects.items()}
        for file in manifest.files.values():
            if file.project_name in roots:
                file.path.project_root = roots[file.project_name]
            file.path.modification_time = modified_at(file)
        for node in manifest.nodes.values():
            if getattr(node, "root_path", None) and node.package_name in roots:
                node.root_path = roots[node.package_name]
        self.say("dbt goes on from the parse that came with the manifest")

    # What is left

    def keep(self, config: Any, folder: str, keep: Keep) -> None:
        """
        Leaves what dbt wrote for the next builds; it writes nothing where nothing changed since the parse that came.

        config: of the project that was parsed
        folder: where dbt wrote it
        """
        written = os.path.join(folder, DBT_FILE)
        if not self.digests.key:
            raise UserError(NO_KEY)
        if not NAME.fullmatch(config.target_name):
            raise UserError(f"The parse of the target {config.target_name} is not kept: its name is no file's.")
        if not os.path.exists(written):
            return
        with open(written, "rb") as packed:
            body = spliced(packed.read(), {"env_vars": self.hidden_variables, "state_check": self.hidden})
        if any(secret.encode() in body for secret in keep.secrets):
            raise UserError("The parse is not kept for the next builds, because it holds a secret's value.")
        said = head(config, self.digests)
        goal = file_of(keep.folder, config.target_name)
        with open(goal + ".part", "wb") as out:
            out.write(MAGIC + said + self.signature(said, body) + b"\n" + body)
        os.replace(goal + ".part", goal)

    def hidden_variables(self, values: Mapping[str, str]) -> dict[str, str]:
        return {name: self.digests.note(name, value) for name, value in values.items()}

    def hidden(self, check: dict[str, Any]) -> dict[str, Any]:
        for name in HASHES:
            if name in check:
                check[name]["checksum"] = self.digests.note(name, check[name]["checksum"])
        return check


def head(config: Any, digests: Digests) -> bytes:
    """What it is for; another one is not looked into."""
    from dbt.version import get_installed_version

    said = {
        "project": config.project_name,
        "dbt": get_installed_version().to_version_string(skip_matcher=True),
        "adapter": config.credentials.type,
        "target": config.target_name,
        "key": digests.id,
    }
    return json.dumps(said, sort_keys=True).encode() + b"\n"


def spliced(packed: bytes, changes: Mapping[str, Callable[[Any], Any]]) -> bytes:
    """Of a packed map, with some of its values changed; the others are not even read."""
    import msgpack

    unpacker = msgpack.Unpacker(None, raw=False, strict_map_key=False, max_buffer_size=MAX_BYTES)
    unpacker.feed(packed)
    parts, done = [], 0
    for _ in range(unpacker.read_map_header()):
        key = unpacker.unpack()
        start = unpacker.tell()
        if key in changes:
            value = msgpack.packb(changes[key](unpacker.unpack()), use_bin_type=True)
            parts += [packed[done:start], value]
            done = unpacker.tell()
        else:
            unpacker.skip()
    return b"".join([*parts, packed[done:]])


def modified_at(file: Any) -> float:
    """
    When the file was written, if it holds what it held; else no time at all.

    dbt does not read a YAML file anew that has the time it had. That of another checkout says nothing.
    """
    from dbt.contracts.files import FileHash
    from dbt_common.clients.system import load_file_contents

    try:
        if file.parse_file_type == "schema":
            path = file.path.absolute_path
            if FileHash.from_contents(load_file_contents(path, strip=True)) == file.checksum:
                return os.path.getmtime(path)
    except (OSError, UnicodeError):
        pass  # it is not there any more, or dbt will say what is wrong with it
    return -1.0
