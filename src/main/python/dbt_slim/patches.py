"""What is changed in dbt, and what is read of its inner parts, where it offers no other way. All of it is here:

  BuildTask._runtime_initialize   ends with dbt's choice; it is looked at, and told, before anything runs
  ModelRunner.execute             builds one model or seed; is followed by a look, or done otherwise
  BuildTask.get_node_selector     gives dbt's selector; leaves out what need not be built
  BuildTask.after_run             ends a build; is followed by a look
  BuildTask.execute_with_hooks    is the build itself, before its files are written; what it needs is taken back then
  StateSelectorMethod.check_modified_content   of dbt.graph; tells whether a node is modified, which more may be
  ManifestLoader.read_manifest_for_partial_parse   of dbt.parser; finds a parse that another agent left
  RunOperationTask._run_unsafe    has a connection and the parsed project; a function of ours runs in the macro's place
  Manifest.deepcopy               is what another command than the build gets; copies parts by _deepcopy, which fails
                                  where a saved query has no filter, and is Python's for that long
  DepsTask.run                    installs packages; copies of ours may come in their place
  git.clone_and_checkout          of dbt.clients; gets addresses and revisions of packages, which must be no options
  fire_event                      of dbt.cli.requires and dbt.adapters.factory; says version and adapter once
  warn_or_error                   of dbt.graph.selector and dbt.task.runnable; tells that nothing was selected
  adapter.generate_final_cluster_name   likewise; names the cluster itself where none is staged
  adapter.try_atomic_swap         of dbt-materialize; is asked before each attempt, whether the swap is still to be made
  JSONEncoder.iterencode          of dbt_common; encodes in one go
  fire_event                      of dbt.cli.requires; keeps the traceback of an interrupt to itself
  Connection._handle              of dbt-adapters; psycopg2's connection, which can be asked to cancel its statement

They are the same in dbt-core 1.8 to 1.11, and in dbt-materialize 1.9; each is looked for before it is changed, so that
another dbt is refused with a sentence.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import json
import os
import re
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Callable

from dbt_slim.errors import UserError


def function_of(owner: Any, name: str) -> Any:
    function = getattr(owner, name, None)
    if function is None:
        from dbt.version import get_installed_version

        version = get_installed_version().to_version_string(skip_matcher=True)
        raise UserError(
            f"dbt {version} is not one that dbt-slim can run, because its {owner.__name__} has no {name}: use dbt-core"
            " 1.8 to 1.11 (pip install 'dbt-core<1.12')."
        )
    return function


def around_selection(
    prepare: Callable[[Any], Callable[[], None]],
    look: Callable[[Any], None],
    narrow: Callable[[Any], Collection[str]] = lambda _: (),
) -> None:
    """
    Calls `look` with dbt's task as soon as a build has chosen what it builds.

    prepare: is called before, with the task too; gives what takes back what it did, as soon as dbt has chosen
    narrow: is called in between; gives what of the choice is left out
    """
    from dbt.task.build import BuildTask

    initialize = function_of(BuildTask, "_runtime_initialize")

    def initialize_and_look(task: Any) -> None:
        take_back = prepare(task)
        try:
            initialize(task)
            left_out = set(narrow(task))
            if left_out:
                leave_out(task, left_out)
                initialize(task)
        finally:
            take_back()
        look(task)

    BuildTask._runtime_initialize = initialize_and_look


def read_state(task: Any, folder: str) -> None:
    """For a task that reads none by itself."""
    from pathlib import Path

    from dbt.contracts.state import PreviousState

    project = task.config
    task.previous_state = PreviousState(Path(folder), Path(project.project_target_path), Path(project.project_root))


def differing(task: Any, kinds: Collection[str], among: Collection[str] = ()) -> dict[str, set[str]]:
    """
    Ids of what differs from the state, by dbt's kinds of difference.

    among: to look at; all if there are none
    """
    from dbt.graph.selector_methods import StateSelectorMethod

    manifest = task.manifest
    method = StateSelectorMethod(manifest, task.previous_state, [])
    ids = set(among) or {*manifest.nodes, *manifest.sources, *getattr(manifest, "unit_tests", {})}
    return {kind: set(method.search(ids, kind)) for kind in kinds}


def also_modified(ids: Collection[str]) -> None:
    """Lets dbt take these for modified, too."""
    from dbt.graph.selector_methods import StateSelectorMethod

    check = function_of(StateSelectorMethod, "check_modified_content")

    @functools.wraps(check)  # dbt goes by its name
    def is_modified(method: Any, old: Any, new: Any, adapter_type: str) -> bool:
        return getattr(new, "unique_id", None) in ids or bool(check(method, old, new, adapter_type))

    StateSelectorMethod.check_modified_content = is_modified


def around_partial_parse(lay: Callable[[Any, str], None], settle: Callable[[Any, Any, str], None]) -> None:
    """
    Calls `lay` with dbt's loader and the file in which it looks for a parse, before it does; and `settle` with what it
    read.
    """
    from dbt.parser.manifest import ManifestLoader

    read = function_of(ManifestLoader, "read_manifest_for_partial_parse")

    def lay_and_read(loader: Any) -> Any:
        from dbt.constants import PARTIAL_PARSE_FILE_NAME
        from dbt.flags import get_flags

        if not get_flags().PARTIAL_PARSE or get_flags().PARTIAL_PARSE_FILE_PATH:
            return read(loader)
        goal = os.path.join(loader.root_project.project_target_path, PARTIAL_PARSE_FILE_NAME)
        lay(loader, goal)
        found = None
        try:
            found = read(loader)
        finally:
            settle(loader, found, goal)
        return found

    ManifestLoader.read_manifest_for_partial_parse = lay_and_read


def leave_out(task: Any, ids: Collection[str]) -> None:
    selector_of = task.get_node_selector

    def narrowed(*words: Any, **named: Any) -> Any:
        selector = selector_of(*words, **named)
        get_selected = selector.get_selected
        selector.get_selected = lambda *w, **n: get_selected(*w, **n) - ids
        return selector

    task.get_node_selector = narrowed


def around_models(
    instead: Callable[[Any, Any], str | None], ran: Callable[[Any, Any, bool], None], ended: Callable[[Any], None]
) -> None:
    """
    Follows a build, where its connections are.

    instead: gets dbt's adapter and a node that is to be built; gives a message if it did so itself
    ran: gets dbt's adapter, a node that was built and whether that went well, in the thread that did
    ended: gets the adapter
    """
    from dbt.task.build import BuildTask
    from dbt.task.run import ModelRunner

    execute, after_run = function_of(ModelRunner, "execute"), function_of(BuildTask, "after_run")

    def execute_and_look(runner: Any, model: Any, manifest: Any) -> Any:
        message = instead(runner.adapter, model)
        if message:
            return success(model, message)
        is_good = False
        try:
            result = execute(runner, model, manifest)
            is_good = str(result.status) == "success"
            return result
        finally:
            ran(runner.adapter, model, is_good)

    def after_run_look(task: Any, adapter: Any, results: Any) -> None:
        after_run(task, adapter, results)
        with adapter.connection_named("master"):
            ended(adapter)

    ModelRunner.execute = execute_and_look
    BuildTask.after_run = after_run_look


def success(node: Any, message: str) -> Any:
    """As dbt gives it for a node that it built."""
    from dataclasses import fields

    from dbt.artifacts.schemas.results import RunStatus
    from dbt.artifacts.schemas.run import RunResult

    known = {field.name for field in fields(RunResult)}
    values = {
        "node": node,
        "status": RunStatus.Success,
        "timing": [],
        "thread_id": threading.current_thread().name,
        "execution_time": 0.0,
        "message": message,
        "adapter_response": {"_message": message},
        "failures": None,
        "batch_results": None,
    }
    return RunResult(**{name: value for name, value in values.items() if name in known})


def after_build(task: Any, take_back: Callable[[], None]) -> None:
    """Calls `take_back` when this build is over, however it ended, and before dbt writes its files."""
    build = function_of(type(task), "execute_with_hooks")

    def build_and_take_back(*selected: Any) -> Any:
        try:
            return build(task, *selected)
        finally:
            take_back()

    task.execute_with_hooks = build_and_take_back


DIFFERS = re.compile(r"\b(state|result|source_status):")


def may_select_nothing(selection: Sequence[str]) -> None:
    """
    Lets a criterion that asks what differs find nothing: that is how things should be, and no error although warnings
    are errors (--warn-error, warn_error_options). Anything else that matches nothing is still dbt's to judge.
    """
    from dbt.graph import selector
    from dbt.task import runnable
    from dbt_common.events.functions import fire_event

    asked = any(DIFFERS.search(word) for word in selection)

    def lenient(original: Callable[..., Any]) -> Callable[..., Any]:
        def warn(event: Any, *more: Any, **named: Any) -> Any:
            nonlocal asked
            kind = type(event).__name__
            pardoned = kind == "NoNodesForSelectionCriteria" and bool(DIFFERS.search(event.spec_raw))
            asked = asked or pardoned  # a named selector may ask it
            if pardoned or (kind == "NothingToDo" and asked):
                return fire_event(event)
            return original(event, *more, **named)

        return warn

    for module in (selector, runnable):
        module.warn_or_error = lenient(function_of(module, "warn_or_error"))


def lone_unit_tests(task: Any) -> set[str]:
    """Those that were chosen and do not run, because their model was not."""
    models = {node.unique_id for node in task._flattened_nodes}
    tests = getattr(task, "model_to_unit_test_map", {})
    return {test for model, its in tests.items() if model not in models for test in its}


def selected(task: Any) -> set[str]:
    """The unique_ids that a build chose, also of what does not run, such as ephemeral models."""
    return {node.unique_id for node in task._flattened_nodes} | set(task.selected_unit_tests)


def modified(task: Any) -> set[str]:
    """The unique_ids that dbt itself calls modified, of those that a build can choose."""
    from dbt.graph import parse_difference

    selector, spec = task.get_node_selector(), parse_difference(["state:modified"], None)
    try:
        return set(selector.get_selected(spec, warn_on_no_nodes=False))
    except TypeError:  # before 1.9
        return set(selector.get_selected(spec))


def with_connection(
    invoke: Callable[[list[str]], Any], common: Sequence[str], work: Callable[[Any, Any], None], *more: str
) -> BaseException | None:
    """Does something with a connection of dbt's, in the place of a macro; gives what went wrong."""
    from dbt.adapters.factory import get_adapter

    problems: list[BaseException] = []
    done: list[bool] = []

    def instead(task: Any) -> None:
        adapter = get_adapter(task.config)
        with adapter.connection_named("dbt_slim"):
            try:
                work(task, adapter)
                done.append(True)
            except Exception as e:
                problems.append(e)

    with instead_of_operation(instead):
        # A macro that every project has: dbt asks for one, and ours runs in its place.
        result = invoke(["run-operation", "is_incremental", *common, "--no-write-json", *more])
    problem: BaseException | None = problems[0] if problems else result.exception
    return problem or (None if done else RuntimeError("dbt did not start"))


@contextlib.contextmanager
def instead_of_operation(work: Callable[[Any], None]) -> Iterator[None]:
    """Calls `work` with dbt's task in the place of the macro that run-operation runs."""
    from dbt.task.run_operation import RunOperationTask

    original = function_of(RunOperationTask, "_run_unsafe")
    RunOperationTask._run_unsafe = lambda task, package, macro: work(task)
    try:
        yield
    finally:
        RunOperationTask._run_unsafe = original


def copy_of(manifest: Any) -> Any:
    """Of a parsed project, for a command that is to leave no trace in it."""
    from dbt.contracts.graph import manifest as owner

    original = function_of(owner, "_deepcopy")
    owner._deepcopy = copy.deepcopy
    try:
        return function_of(type(manifest), "deepcopy")(manifest)
    finally:
        owner._deepcopy = original


@contextlib.contextmanager
def instead_of_deps(work: Callable[[Any, Callable[[], None], Callable[[Any], bool]], None]) -> Iterator[None]:
    """
    Calls `work` in the place of the installation of packages: with dbt's project, with that installation, and with what
    tells whether dbt takes what a lock says.
    """
    from dbt.clients import git
    from dbt.task import deps
    from dbt_common.exceptions import DbtRuntimeError

    install, checkout = function_of(deps.DepsTask, "run"), function_of(git, "clone_and_checkout")
    digest = function_of(deps, "_create_sha1_hash")

    def run(task: Any) -> None:
        wanted = digest(task.project.packages.packages)
        work(task.project, lambda: install(task), lambda lock: bool(lock.get("sha1_hash") == wanted))

    def checked(repo: str, *more: Any, **named: Any) -> Any:
        for word in (repo, named.get("revision"), named.get("subdirectory")):
            if str(word).startswith("-"):
                raise DbtRuntimeError(f"A package's git address, revision or subdirectory is no {word}: correct it.")
        return checkout(repo, *more, **named)

    deps.DepsTask.run, git.clone_and_checkout = run, checked
    try:
        yield
    finally:
        deps.DepsTask.run, git.clone_and_checkout = install, checkout


def banner_once() -> None:
    """Lets each further command of dbt in this process say version and adapter to the log file only."""
    with contextlib.suppress(ImportError):
        from dbt.adapters import factory
        from dbt.cli import requires
        from dbt_common.events.base_types import EventLevel

        for module, kind in ((requires, "MainReportVersion"), (factory, "AdapterRegistered")):
            module.fire_event = quieter(module.fire_event, kind, EventLevel.DEBUG)


def quieter(fire: Callable[..., Any], kind: str, level: Any) -> Callable[..., Any]:
    said: set[str] = set()

    def fire_event(event: Any, *more: Any, **named: Any) -> Any:
        if type(event).__name__ != kind:
            return fire(event, *more, **named)
        text = event.message()
        again = text in said
        said.add(text)
        return fire(event, level) if again else fire(event, *more, **named)

    return fire_event


def before_swap(adapter: Any, look: Callable[[], None]) -> bool:
    """Calls `look` before each attempt of a swap; tells whether the adapter makes attempts (dbt-materialize 1.9)."""
    swap = getattr(adapter, "try_atomic_swap", None)
    if swap is None:
        return False

    def look_and_swap(sql: str) -> Any:
        look()
        return swap(sql)

    adapter.try_atomic_swap = look_and_swap
    return True


def without_twins(task: Any) -> None:
    """Lets dbt-materialize take clusters by their own names although it builds for a deployment: none is staged."""
    from dbt.adapters.factory import get_adapter

    adapter: Any = get_adapter(task.config)
    adapter.generate_final_cluster_name = lambda name, force_deploy_suffix=False: adapter.execute_macro(
        "generate_cluster_name", kwargs={"custom_cluster_name": name}, macro_resolver=task.manifest
    )


def write_json_at_once() -> None:
    """
    Lets dbt's files be encoded by Python's C code, to the same bytes in a quarter of the time: json.dump asks for
    pieces, and only Python's own code gives pieces. The text takes little beside the objects that dbt makes of a
    manifest to write it.
    """
    from dbt_common.utils.encoding import JSONEncoder

    def iterencode(encoder: Any, value: object, _one_shot: bool = False) -> Iterator[str]:
        return json.JSONEncoder.iterencode(encoder, value, _one_shot=True)

    JSONEncoder.iterencode = iterencode


def interrupt_quietly() -> None:
    """dbt takes an interrupt for a crash of its own, and prints how it came to be interrupted in a hundred lines."""
    from dbt.cli import requires

    fire_event = function_of(requires, "fire_event")
    crash = ("MainEncounteredError", "MainStackTrace")

    def fire(event: Any, *more: Any, **named: Any) -> None:
        if not (type(event).__name__ in crash and isinstance(sys.exc_info()[1], KeyboardInterrupt)):
            fire_event(event, *more, **named)

    requires.fire_event = fire


PSYCOPG = ("materialize", "postgres")  # adapters whose connections are psycopg2's


def cancel_statements(spared: int | None = None) -> None:
    """
    Asks the server to end what runs on dbt's connections, from another thread than theirs.

    dbt-materialize cancels by closing a connection, and psycopg2 closes none before its statement has ended.

    spared: thread whose connection is left alone
    """
    factory = sys.modules.get("dbt.adapters.factory")
    for name, adapter in list(factory.FACTORY.adapters.items()) if factory else ():
        for (_, thread), connection in list(adapter.connections.thread_connections.items()) if name in PSYCOPG else ():
            cancel = getattr(connection._handle, "cancel", None)  # `handle` would open one that is not yet
            with contextlib.suppress(Exception):  # it is closed, or the server is gone
                if cancel and thread != spared:
                    cancel()


def notices_of(adapter: Any) -> list[str]:
    """What the server said besides its answers on this thread's connection, each once."""
    notices = getattr(adapter.connections.get_thread_connection()._handle, "notices", [])
    told = list(notices)
    del notices[:]
    return told


def cancel_of(adapter: Any) -> Callable[[], None]:
    """Ends the statement of this thread's connection, from another thread."""
    handle = adapter.connections.get_thread_connection().handle
    return lambda: handle.cancel()
