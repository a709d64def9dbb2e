"""A blue/green deployment by the macros of dbt-materialize: what comes next, what is done, and what to say of it.

Nothing here knows how dbt is run: a Site (see blue_green.py) runs macros and reads the catalogue (see catalogue.py).
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NoReturn, Protocol

from dbt_slim import attached
from dbt_slim.catalogue import (
    AFTER,
    BEFORE,
    BUILT,
    HELD,
    OTHER,
    PREPARING,
    PROMOTING,
    REPLACED,
    SINKS_LEFT,
    Database,
    Facts,
    Mark,
    Setup,
    Token,
    ddl_of_others,
    dependents,
    environment_of,
    hydration,
    identifier,
    literal,
    look,
    mark,
    names,
    objects,
    owned_by_others,
)
from dbt_slim.errors import UserError
from dbt_slim.plan import DeploymentOrder

FAILING_POLLS = 3  # a cluster that starts may have no replica for a moment
LOOKS = 3  # how often the catalogue is asked after something went wrong
MAX_LISTED = 200
LAG = "5 minutes"  # Materialize notes it once a minute, and a busy cluster is some seconds behind
PAUSES = (0.5, 30.0)  # seconds before the swap is tried again: the first, which doubles each time, and the longest
MANY = 9_999


class Stopped(Exception):
    """It did not go on; the text says how things stand and what to do."""

    def __init__(self, result: str, text: str) -> None:
        super().__init__(text)
        self.result = result


class Site(Database, Protocol):
    """The database with the macros of dbt-materialize."""

    def clock(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...

    def target(self) -> str: ...

    def deployment(self) -> object:
        """The project's variable of that name, as its macros see it."""

    def database(self) -> str: ...

    def cluster_names(self, name: str) -> tuple[str, str]:
        """In production and prepared."""

    def macro(self, name: str, **arguments: object) -> Any: ...

    def macro_lines(self, name: str, **arguments: object) -> list[str]:
        """What the macro logged."""

    def swap(self, before: Callable[[], None], **arguments: object) -> None:
        """deploy_promote; each attempt of the swap first asks `before`."""

    def commit(self) -> str | None:
        """Of the project's checkout."""

    def reconnect(self) -> None: ...

    def log(self, text: str) -> None: ...

    def tell(self, stage: str) -> None:
        """Those who watch."""


def words(problem: object) -> str:
    """What dbt says of a problem, in one line and without its way through macros."""
    return " ".join(str(problem).split()).split(" > in macro ")[0].rstrip(".")


# What comes next

INIT, BUILD, AWAIT, DROP = "init", "build", "await", "drop"


def first_stage(facts: Facts, project: str, drop_existing: bool) -> tuple[str, Mark | None, str | None]:
    """Where Prepare begins: (INIT | BUILD | AWAIT | DROP, mark to go on with or None, why)."""
    for kind, pairs in (("schema", facts.schemas), ("cluster", facts.clusters)):
        missing = [name for name, (production, _) in pairs.items() if not production]
        if missing:
            raise UserError(
                f"There is no {kind} {names(missing)} in production to be swapped: build production once without"
                " blue/green, or correct vars: deployment in dbt_project.yml."
            )
    unfinished = [production.mark for production, _ in facts.schemas.values() if production and production.mark]
    if unfinished:
        raise UserError(
            f"Deployment {unfinished[0].deployment} was swapped into production, but what follows was not finished: run"
            " dbtBlueGreenPromote again with its token."
        )
    prepared, marks = facts.prepared(), facts.marks()
    states = {each.state for each in marks}
    if SINKS_LEFT in states:
        raise UserError(
            f"{names(list(prepared))} hold the former production, and sinks may still read from it: run"
            f" dbtBlueGreenPromote again with the token of deployment {marks[0].deployment}."
        )
    filled = [name for name, entry in prepared.items() if entry.objects and not entry.mark]
    filled_clusters = [
        facts.setup.clusters[n] for n, (_, deploy) in facts.clusters.items() if deploy and deploy.objects
    ]
    if states & {REPLACED, HELD}:
        found = f"{names(list(prepared))} hold the former production, which deployment {marks[0].deployment} replaced"
    elif filled or (filled_clusters and not marks):
        found = f"{names([*filled, *filled_clusters])} hold objects that no dbtBlueGreenPrepare made"
    elif len({each.deployment for each in marks}) > 1:
        found = f"{names(list(prepared))} are of different deployments"
    else:
        return our_stage(facts, project, marks)
    if not drop_existing and HELD not in states:
        raise UserError(found + ": remove them with dbtBlueGreenCleanup, or let this step do so with dropExisting.")
    return DROP, None, found


def our_stage(facts: Facts, project: str, marks: list[Mark]) -> tuple[str, Mark | None, str | None]:
    if not marks:
        return INIT, None, None
    ours = marks[0]
    if any(each.project != project for each in marks):
        return (
            DROP,
            None,
            f"Deployment {ours.deployment} was prepared from another state of the project and not promoted",
        )
    whole = all(deploy for _, (_, deploy) in facts.pairs()) and len(marks) == len(facts.schemas)
    if whole and all(each.state in (BUILT, PROMOTING) for each in marks):
        return AWAIT, ours, f"Deployment {ours.deployment} was built from this state of the project before"
    return BUILD, ours, f"Deployment {ours.deployment} was begun before"


Readers = Sequence[tuple[str, str]]


def strangers(readers: Readers, environments: Collection[str]) -> list[str]:
    """Those of no open change request."""
    return [f"{schema}.{name}" for schema, name in readers if not environment_of(schema, environments)]


def told(readers: Readers, environments: Collection[str]) -> list[str]:
    """All, with the change request's environment that they are of."""

    def one(schema: str, name: str) -> str:
        tag = environment_of(schema, environments)
        return f"{schema}.{name}" + (f" (of the open change request's environment {tag})" if tag else "")

    return [one(*reader) for reader in readers][:MAX_LISTED]


def would_go(readers: Collection[str], facts: Facts) -> str:
    return f"{names(readers)} read from {names(list(facts.prepared()))} and would be dropped with them"


def check_cleanup(facts: Facts, token: Token | None, force: bool, elsewhere: Collection[str]) -> None:
    """
    Whether what bears the suffix may go.

    elsewhere: what lies in other schemas and would be dropped too
    """
    prepared, marks = facts.prepared(), facts.marks()
    states = {each.state for each in marks}
    where = token.where(facts) if token else None
    if token and where == OTHER:
        raise UserError(
            f"What is there now is not what deployment {token.id} left, so nothing is dropped: look at it, and clean up"
            " without a token if it may go."
        )
    if not force:
        done = all(entry.mark and entry.mark.state in (REPLACED, HELD) for entry in prepared.values())
        if SINKS_LEFT in states or (where == AFTER and prepared and not done):
            raise UserError(
                f"Sinks may still read from {names(list(prepared))}, and dropping those would drop them: run"
                " dbtBlueGreenPromote again with the same token, or set force."
            )
        if not token and states - {REPLACED, HELD}:
            raise UserError(
                f"{names(list(prepared))} are prepared and not promoted (deployment {marks[0].deployment}): give its"
                " token to drop them, or set force."
            )
        unknown = [name for name, entry in prepared.items() if entry.objects and not entry.mark]
        if unknown and where != BEFORE:
            raise UserError(
                f"{names(unknown)} hold objects that no dbtBlueGreenPrepare made: look at them, and set force to drop"
                " them."
            )
        if elsewhere:
            raise UserError(would_go(elsewhere, facts) + ": let them read from production first, or set force.")


def own_objects(
    statuses: Mapping[str, Mapping[str, Any]], counts: Mapping[str, tuple[int, int]]
) -> dict[str, dict[str, Any]]:
    """What are_clusters_ready said, with the objects of the deployment instead of what it counts."""

    def one(name: str, status: Mapping[str, Any]) -> dict[str, Any]:
        hydrated, total = counts.get(name, (0, 0))
        early = status["ready"] and hydrated < total
        more = {"ready": False, "status": "hydrating"} if early else {}
        return {**status, "hydrated_count": hydrated, "total_count": total, **more}

    return {name: one(name, status) for name, status in statuses.items()}


class Waiting:
    """Looks at the clusters until all are ready, one fails, or the time is over."""

    def __init__(self, limit: float, again: str, clock: Callable[[], float] = time.monotonic) -> None:
        """again: what to run to go on waiting"""
        self.clock = clock
        self.began = clock()
        self.limit = limit
        self.again = again
        self.failing: dict[str, int] = {}
        self.ready_after: dict[str, float] = {}
        self.last: Mapping[str, Mapping[str, Any]] = {}

    def waited(self) -> float:
        return round(self.clock() - self.began, 1)

    def see(self, statuses: Mapping[str, Mapping[str, Any]]) -> bool:
        """Takes what are_clusters_ready said; tells whether all are ready."""
        self.last = statuses
        now = self.waited()
        for name, status in statuses.items():
            self.failing[name] = self.failing.get(name, 0) + 1 if status["status"] == "failing" else 0
            if status["ready"]:
                self.ready_after.setdefault(name, now)
            else:
                self.ready_after.pop(name, None)
        if all(status["ready"] for status in statuses.values()):
            return True
        broken = [name for name, count in self.failing.items() if count >= FAILING_POLLS]
        if broken:
            why = ", ".join(f"{name} ({self.last[name].get('failure_reason') or 'unknown reason'})" for name in broken)
            raise Stopped(
                "CLUSTER_FAILING",
                f"The cluster {why} is failing, so its objects will not get ready. Production is untouched. Give the"
                f" cluster a bigger size (replicas that run out of memory are killed), then run {self.again}: it goes"
                " on waiting. dbtBlueGreenCleanup with force drops what was prepared.",
            )
        if now >= self.limit:
            raise Stopped(
                "NOT_READY",
                f"After {now:.0f} s the clusters were not ready: {self.describe()}. Production is untouched and what"
                f" was prepared stays: run {self.again} to go on waiting, with a longer timeLimit if need be.",
            )
        return False

    def describe(self) -> str:
        def one(name: str, status: Mapping[str, Any]) -> str:
            if status["status"] == "hydrating":
                return f"{name} hydrating ({status['hydrated_count']} of {status['total_count']} objects)"
            return f"{name} {status['status']}" + (
                f" ({status['max_lag_secs']} s)" if status["status"] == "lagging" else ""
            )

        return ", ".join(one(name, status) for name, status in self.last.items())

    def clusters(self) -> list[dict[str, object]]:
        """For the report."""
        return [
            {
                "name": name,
                "status": status["status"],
                "hydrated": int(status["hydrated_count"]),
                "total": int(status["total_count"]),
                "lag": int(status["max_lag_secs"]),
                "reason": status.get("failure_reason"),
                "seconds": self.ready_after.get(name, -1),
            }
            for name, status in self.last.items()
        ]


# The three steps


class Deployment:
    """One of the three steps at work. It writes down what it knows whenever that changes: it may be killed."""

    def __init__(self, order: DeploymentOrder, save: Callable[[dict[str, Any]], None]) -> None:
        self.order = order
        self.save = save
        self.record: dict[str, Any] = {
            "action": order["action"],
            "result": None,
            "stage": "start",
            "deployment": None,
            "target": None,
            "clusters": [],
            "staged": [],  # where only a part is: how much, and why
            "statements": [],
            "lost": [],
            "dependents": [],
            "left": [],
            "attempts": 0,
            "stages": [],
            "token": None,
            "waited": -1,
            "wait_limit": order["time_limit"],
            "standing": self.standing(),
        }

    def note(self, **values: object) -> None:
        self.record.update(values)
        self.save(self.record)

    def stage(self, name: str, site: Site) -> None:
        self.note(stage=name)
        site.tell(name)

    def begin(self, site: Site) -> None:
        self.setup = Setup.of(site.deployment(), site.target(), site.cluster_names)
        self.note(target=self.setup.target)

    def facts(self, site: Site) -> Facts:
        facts = look(site, self.setup)
        self.note(left=facts.left())
        return facts

    # Prepare

    def start(self, site: Site, project: str) -> bool:
        """Up to the build; gives whether it is needed."""
        self.begin(site)
        self.project = project
        self.stage("look", site)
        facts = self.facts(site)
        stage, ours, why = first_stage(facts, project, self.order["drop_existing"])
        others = owned_by_others(site, self.setup)
        if others:
            raise UserError(
                f"The role of this target cannot swap {names(others)}, because Materialize lets only owners do that:"
                " let the target's role be the owner, or a member of it (GRANT owner TO role). Nothing was prepared."
            )
        if why:
            site.log(f"{why}: {'it is dropped' if stage == DROP else 'it goes on'}")
        if stage == DROP:
            self.drop(site, facts, self.order["drop_existing"])
        ident = ours.deployment if ours else secrets.token_hex(6)
        self.mark = Mark(ident, project, PREPARING)
        self.note(deployment=ident)
        if stage != AWAIT:
            self.stage("init", site)
            site.macro("deploy_init", ignore_existing_objects=stage == BUILD)
            mark(site, self.setup.schemas.values(), self.mark)
        token = Token.of(ident, project, site.database(), self.facts(site), self.order)
        self.note(token=str(token))
        return stage != AWAIT

    @staticmethod
    def check_left(site: Site, setup: Setup, schemas: Collection[str], clusters: Collection[str]) -> None:
        """Where only these are staged, what lies beside others is of another deployment, and would stay for ever."""
        facts = look(site, setup)
        inside = {*(setup.schemas[name] for name in schemas), *(setup.clusters[name] for name in clusters)}
        left = [name for name in facts.left() if name not in inside]
        if left:
            raise UserError(
                f"{names(left)} are of another deployment, which staged more than this one needs: remove them with"
                " dbtBlueGreenCleanup (with force, if they were not promoted)."
            )

    def drop(self, site: Site, facts: Facts, also_held: bool) -> None:
        """also_held: with what open change requests built, which their next build makes again"""
        readers = self.readers(site, facts)
        others = strangers(readers, self.order["environments"])
        if others:
            raise UserError(would_go(others, facts) + ": let them read from production first, or clean up with force.")
        if readers and not also_held:
            raise UserError(
                would_go(told(readers, self.order["environments"]), facts)
                + ": build those change requests again, close them, or let this step drop both with dropExisting."
            )
        self.stage("drop", site)
        site.macro("deploy_cleanup")

    def readers(self, site: Site, facts: Facts) -> Readers:
        readers = dependents(site, [entry.id for entry in facts.prepared().values()], True)
        self.note(dependents=told(readers, self.order["environments"]))
        return readers

    def finish(self, site: Site) -> None:
        """After the build: wait, and say what a swap would do."""
        mark(site, self.setup.schemas.values(), Mark(self.mark.deployment, self.project, BUILT))
        self.wait(site, self.order["lag_threshold"])
        self.stage("dry run", site)
        lines = site.macro_lines("deploy_promote", dry_run=True)
        statements = [line.split("DRY RUN: ", 1)[1] for line in lines if "DRY RUN: ALTER" in line]
        facts = self.facts(site)
        losses = self.losses(site, facts)
        losses["lost"] = (losses["lost"] + self.attach(site, facts, self.order["copy_privileges"]))[:MAX_LISTED]
        self.note(statements=statements, **losses)
        self.note(result="PREPARED", stage="prepared")

    def attach(self, site: Site, facts: Facts, copies: bool) -> list[str]:
        """Gives the new objects the privileges and comments of the old; tells what is left to do, as statements."""
        pairs = [(blue, green, self.setup.schemas[name]) for name, (blue, green) in facts.schemas.items()]
        ids = [entry.id for blue, green, _ in pairs for entry in (blue, green) if entry]
        found = attached.read(site, ids)
        kinds: dict[str, dict[str, str]] = {}
        for schema, name, kind in objects(site, [green.id for _, green, _ in pairs if green]):
            kinds.setdefault(schema, {})[name] = kind
        left, done = [], 0
        for blue, green, schema in pairs:
            if not (blue and green):
                continue
            there = kinds.get(green.id, {})
            for each in attached.lacking(found.get(blue.id, ()), found.get(green.id, ()), there):
                statement = each.statement(schema)
                try:
                    if copies:
                        site.query(statement)
                        done += 1
                        continue
                except Exception as e:
                    site.log(f"not done: {statement} ({words(e)})")
                left.append(f"{each} ({statement})")
        if done:
            site.log(f"{done} privileges and comments of production's objects were given to their successors")
        return left

    def losses(self, site: Site, facts: Facts) -> dict[str, list[str]]:
        """What production has and the prepared schemas lack, and what would go on reading from the old objects."""
        blue = {production.id: name for name, (production, _) in facts.schemas.items() if production}
        green = {prepared.id: name for name, (_, prepared) in facts.schemas.items() if prepared}
        now: set[tuple[str, str, str]] = set()
        then: set[tuple[str, str, str]] = set()
        for schema, name, kind in objects(site, [*blue, *green]):
            (now if schema in blue else then).add((blue.get(schema) or green[schema], name, kind))
        lost = sorted(f"{schema}.{name} ({kind})" for schema, name, kind in now - then)
        readers = dependents(site, list(blue), False)
        return {"lost": lost[:MAX_LISTED], "dependents": told(readers, self.order["environments"])}

    def wait(self, site: Site, lag: str | None) -> None:
        self.stage("await", site)
        clusters = list(self.setup.clusters.values())
        promotes = self.order["action"] == "promote"
        again = "dbtBlueGreenPromote again with the same token" if promotes else "dbtBlueGreenPrepare again"
        waiting = Waiting(self.order["time_limit"], again, site.clock)
        said = ""
        while clusters:
            statuses = site.macro("are_clusters_ready", clusters=clusters, lag_threshold=lag or LAG)
            try:
                ready = waiting.see(own_objects(statuses, hydration(site, clusters)))
            finally:
                self.note(clusters=waiting.clusters(), waited=waiting.waited())
            if waiting.describe() != said:
                said = waiting.describe()
                site.log(said)
            if ready:
                return
            site.sleep(min(self.order["poll_seconds"], max(0.1, self.order["time_limit"] - waiting.waited())))

    # Promote

    def promote(self, site: Site, project: str) -> None:
        token = Token.parse(self.order["token"] or "")
        self.begin(site)
        self.note(deployment=token.id)
        self.check_token(token, site, project)
        self.stage("look", site)
        facts = self.facts(site)
        where = token.where(facts)
        if where == AFTER:
            return self.complete(site, token, facts)
        if where == OTHER:
            raise Stopped("STOPPED", self.elsewhere(token, facts))
        if self.order["objection"]:
            raise UserError(self.order["objection"])
        unbuilt = [
            name
            for name, entry in facts.prepared().items()
            if not entry.mark or entry.mark.state not in (BUILT, PROMOTING)
        ]
        if unbuilt:
            raise Stopped(
                "NOT_PREPARED",
                f"Deployment {token.id} is not swapped, because {names(unbuilt)} is not completely built: run"
                " dbtBlueGreenPrepare again.",
            )
        until = site.clock() + self.order["time_limit"]
        self.wait(site, self.order["lag_threshold"] or token.lag)
        if token.copies:
            self.note(lost=self.attach(site, self.facts(site), True))
        mark(site, self.setup.schemas.values(), Mark(token.id, token.project, PROMOTING))
        self.stage("swap", site)
        self.since = site.clock()
        retries = self.order["max_retries"]
        try:
            site.swap(
                lambda: self.before_swap(site, token, until),
                max_retries=MANY if retries is None else retries,
                retry_backoff=0,
            )
        except BaseException as e:
            self.after_failure(site, token, e)
        self.confirm(site, token)
        self.note(result="PROMOTED", stage="promoted")

    def in_production(self, site: Site) -> set[tuple[str, str]]:
        """(schema, name) of what the swap brought there: nothing else lies in the schemas that were prepared."""
        named = {prepared: name for name, (_, prepared) in Token.parse(self.order["token"] or "").schemas.items()}
        return {(named[str(schema)], str(name)) for schema, name, _ in objects(site, named)}

    def check_token(self, token: Token, site: Site, project: str) -> None:
        if token.target != self.setup.target or token.database != site.database():
            raise UserError(
                f"The token is for the target {token.target} and the database {token.database}, and this step runs the"
                f" target {self.setup.target} on {site.database()}: let both steps have the same target and host."
            )
        if token.project != project:
            raise UserError(
                "The project here is not in the state from which this deployment was prepared, so its manifest and"
                " sinks may differ: check out the same commit (and give the same variables) as in dbtBlueGreenPrepare."
            )

    def before_swap(self, site: Site, token: Token, until: float) -> None:
        """Just before each attempt: another one may have come first, and a second swap would undo it."""
        tried = self.record["attempts"]
        if tried:
            pause = min(PAUSES[0] * 2.0 ** (tried - 1), PAUSES[1])
            if self.order["max_retries"] is None and site.clock() + pause > until:
                raise UserError("concurrent-DDL conflicts until the time limit")
            site.sleep(pause)
        self.note(attempts=tried + 1)
        if token.where(look(site, self.setup)) != BEFORE:
            raise UserError("somebody else swapped meanwhile")

    def look_again(self, site: Site, token: Token) -> str | None:
        """Where things stand after something went wrong; None when the catalogue does not answer."""
        for number in range(LOOKS):
            try:
                site.reconnect()
                return token.where(self.facts(site))
            except Exception:
                if number + 1 < LOOKS:
                    site.sleep(2)
        return None

    def after_failure(self, site: Site, token: Token, problem: BaseException) -> NoReturn:
        """Says what it left; it never swaps again, because a second swap would undo the first."""
        where, why = self.look_again(site, token), words(problem) or "it was aborted"
        again = "run dbtBlueGreenPromote again with the same token"
        if where is None:
            raise Stopped(
                "UNKNOWN",
                f"Whether production was swapped is not known, because the database does not answer any more ({why})."
                f" As soon as it does, {again}: it looks first, and swaps only if that has not happened.",
            ) from problem
        if where == BEFORE:
            if "concurrent-DDL" in why:
                raise Stopped(
                    "CONFLICT",
                    f"Production was not swapped: all {self.record['attempts']} attempts met other changes of the"
                    f" catalogue{self.others(site)}. Any DDL counts, on other schemas and databases too. Nothing"
                    f" changed: ask for a pause, and {again}, with a longer timeLimit or a greater maxRetries if need"
                    " be.",
                ) from problem
            raise Stopped("NOT_SWAPPED", f"Production was not swapped: {why}. Nothing changed; {again}.") from problem
        if where == OTHER:
            raise Stopped("STOPPED", self.elsewhere(token, self.facts(site))) from problem
        try:
            mark(site, self.setup.schemas.values(), Mark(token.id, token.project, SINKS_LEFT))
        except Exception:
            pass  # the sentence says it too
        raise Stopped(
            "SINKS_FAILED",
            f"Production was swapped, but what follows the swap failed: {why}. Sinks may still read from the old"
            f" objects, so do not clean up yet: correct the cause and {again}. It does not swap again.",
        ) from problem

    def others(self, site: Site) -> str:
        try:
            events = ddl_of_others(site, site.clock() - self.since)
        except Exception:
            return ""
        return f" ({names(events)})" if events else ""

    def confirm(self, site: Site, token: Token) -> None:
        facts = self.facts(site)
        if token.where(facts) != AFTER:
            raise Stopped("STOPPED", self.elsewhere(token, facts))
        self.sign(site, token)
        mark(site, facts.prepared(), Mark(token.id, token.project, REPLACED))

    def sign(self, site: Site, token: Token) -> None:
        """dbt-materialize's own comment on what is production now has neither time nor commit."""
        try:
            ((user, when),) = site.query("select current_user, now()::text")
            commit = site.commit()
            text = f"Deployment {token.id} by {user} on {when}" + (f" | Commit SHA: {commit}" if commit else "")
            for schema in self.setup.schemas:
                site.query(f"comment on schema {identifier(schema)} is {literal(text)}")
        except Exception as e:
            site.log(f"the schemas bear no comment on this deployment: {words(e)}")

    def complete(self, site: Site, token: Token, facts: Facts) -> None:
        """The swap happened before: what follows it may not have."""
        prepared = facts.prepared()
        done = all(
            entry.mark and entry.mark.deployment == token.id and entry.mark.state in (REPLACED, HELD)
            for entry in prepared.values()
        )
        site.log(f"Deployment {token.id} was swapped before: it is not swapped again")
        if not done:
            self.stage("sinks", site)
            schemas = list(self.setup.schemas)
            try:
                if any(production and production.mark for production, _ in facts.schemas.values()):
                    site.macro("tag_deployed_schemas", schemas=schemas)
                site.macro("process_sinks", sinks=site.macro("discover_sinks", schemas=schemas), dry_run=False)
            except Exception as e:
                self.after_failure(site, token, e)
            self.sign(site, token)
            mark(site, prepared, Mark(token.id, token.project, REPLACED))
        self.note(result="ALREADY_PROMOTED", stage="promoted")

    def failed(self, why: str) -> str:
        """What it means that a stage failed by something unforeseen."""
        action, stage = self.order["action"].capitalize(), self.record["stage"]
        return f'{action} of the deployment failed at "{stage}": {why}. {self.standing()}'

    def aborted(self) -> str:
        return f'Aborted at "{self.record["stage"]}". {self.standing()}'

    def standing(self) -> str:
        """How things stand after a step that came to no end of its own, and what to do."""
        action = self.order["action"]
        if action == "prepare":
            return (
                "Production is untouched. What was prepared stays: run dbtBlueGreenPrepare again to go on, or"
                " dbtBlueGreenCleanup with force to drop it."
            )
        if action == "promote":
            return (
                "Run dbtBlueGreenPromote again with the same token: it looks whether production was swapped, and never"
                " swaps twice."
            )
        return "Run dbtBlueGreenCleanup again: it drops what is still there."

    def elsewhere(self, token: Token, facts: Facts) -> str:
        """How production came to be neither before nor after the swap of this token."""
        known = {**token.schemas, **token.clusters}
        if set(known) != {name for name, _ in facts.pairs()}:
            return (
                f"vars: deployment: {token.target} names other schemas or clusters than when deployment {token.id} was"
                " prepared: nothing was swapped; prepare it again."
            )
        if all(production and production.id == known[name][0] for name, (production, _) in facts.pairs()):
            return (
                f"What was prepared as deployment {token.id} is not there any more: it was cleaned up, or prepared anew"
                " since. Nothing was swapped; prepare it again."
            )
        return (
            f"Whether deployment {token.id} was swapped cannot be told: production is neither what it was when that was"
            " prepared nor what was prepared, so somebody changed it since. Nothing is swapped; compare the ids in"
            " mz_schemas and mz_clusters with the token, and prepare again."
        )

    # Clean-up

    def clean_up(self, site: Site) -> None:
        token = Token.parse(self.order["token"]) if self.order["token"] else None
        self.begin(site)
        self.stage("look", site)
        facts = self.facts(site)
        left = facts.left()
        if not left:
            site.log("There is nothing to clean up")
            return self.note(result="CLEAN", stage="clean")
        self.note(deployment=token.id if token else None)
        readers = self.readers(site, facts)
        check_cleanup(facts, token, self.order["force"], strangers(readers, self.order["environments"]))
        if self.order["dry_run"]:
            site.log(f"Would drop {', '.join(left)}")
            return self.note(result="WOULD_CLEAN", stage="dry run")
        if readers and not self.order["force"]:
            held = told(readers, self.order["environments"])
            site.log(
                f"{names(list(facts.prepared()))} stay, because {names(held)} read from them: they go with the next"
                " clean-up after those change requests were built again or closed"
            )
            for name, entry in facts.prepared().items():
                if entry.mark and entry.mark.state == REPLACED:
                    mark(site, [name], Mark(entry.mark.deployment, entry.mark.project, HELD))
            return self.note(result="HELD", stage="held")
        self.stage("drop", site)
        site.macro("deploy_cleanup")
        still = self.facts(site).left()
        if still:
            raise Stopped(
                "NOT_CLEAN", f"{names(still)} are still there although dbt dropped them: run dbtBlueGreenCleanup again."
            )
        self.note(result="CLEANED", stage="clean", statements=[f"dropped {name}" for name in left])
