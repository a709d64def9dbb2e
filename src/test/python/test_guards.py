"""Tests of the guards: what they refuse, what they let through, and what they say."""

import json
import os
import sys
import tempfile
import unittest
from types import SimpleNamespace

import agent_file
from dbt_slim import guards, patches, profiles
from dbt_slim.errors import UserError


def node(name, materialized, *parents, schema="public"):
    relation = None if materialized == "ephemeral" else f'"mz"."{schema}"."{name}"'
    return guards.Node(name, materialized, relation, parents)


def graph(*nodes):
    return {each.unique_id: each for each in nodes}


CHAIN = (
    node("a", "view"),
    node("inline", "ephemeral", "a"),
    node("b", "materialized_view", "inline"),
    node("c", "view", "b"),
)


class OwnEnvironmentTest(unittest.TestCase):
    """A change request's build, whatever the adapter."""

    NODES = {
        "model.a": {"relation_name": '"db"."mart"."a"', "config": {"materialized": "table"}},
        "snapshot.h": {"relation_name": '"db"."hist"."h"', "config": {"materialized": "snapshot"}},
        "model.e": {"relation_name": None, "config": {"materialized": "ephemeral"}},
        "test.t": {"relation_name": '"db"."audit"."t"', "config": {"store_failures": True}},
        "test.u": {"relation_name": '"db"."audit"."u"', "config": {"store_failures": False}},
    }

    def check(self, selected, now, *allowed):
        guards.check_own_environment(selected, guards.relations_of(now), guards.relations_of(self.NODES), allowed)

    def test_what_lies_where_production_has_it_is_refused(self):
        for one in ("model.a", "snapshot.h", "test.t"):
            with self.assertRaises(UserError) as refused:
                self.check([one], self.NODES)
            self.assertIn(f"would write into production: {one} (", str(refused.exception))
            self.assertTrue(str(refused.exception).endswith("; or allow writesProduction."))
            self.check([one], self.NODES, "writesProduction")
        self.check(["model.e", "test.u"], self.NODES)
        self.check([], self.NODES)

    def test_an_environment_of_its_own_is_fine(self):
        own = {
            i: {**n, "relation_name": (n["relation_name"] or "").replace("mart", "pr_9")} for i, n in self.NODES.items()
        }
        self.check(["model.a"], own)

    def test_quotes_and_case_make_no_other_place(self):
        now = {"model.b": {"relation_name": "DB.MART.A", "config": {"materialized": "view"}}}
        with self.assertRaises(UserError):
            self.check(["model.b"], now)

    def test_reads_the_same_from_objects(self):
        objects = {
            "model.a": SimpleNamespace(relation_name="db.mart.a", config=SimpleNamespace(materialized="table")),
            "model.e": SimpleNamespace(relation_name="x", config=SimpleNamespace(materialized="ephemeral")),
        }
        self.assertEqual({"model.a": "db.mart.a"}, guards.relations_of(objects))


class NothingSelectedTest(unittest.TestCase):
    """Where warnings are errors."""

    def setUp(self):
        sys.path.insert(0, agent_file.FAKE)
        self.addCleanup(sys.path.remove, agent_file.FAKE)
        before = set(sys.modules)
        self.addCleanup(lambda: [sys.modules.pop(n) for n in set(sys.modules) - before if n.startswith("dbt")])

    def told(self, selection, criterion):
        from dbt.graph import selector
        from dbt.task import runnable
        from dbt_common.events.functions import warn_or_error

        selector.warn_or_error = runnable.warn_or_error = warn_or_error
        patches.may_select_nothing(selection)
        told = []
        for work in (lambda: selector.select(criterion), runnable.run):
            try:
                work()
            except RuntimeError as e:
                told.append(str(e))
        return told

    def test_nothing_that_differs_is_no_fault(self):
        self.assertEqual([], self.told(["--select", "state:modified+"], "state:modified+"))
        self.assertEqual([], self.told(["--selector", "slim"], "result:error"))

    def test_a_name_that_matches_nothing_is_dbts_to_judge(self):
        self.assertEqual(["NoNodesForSelectionCriteria", "NothingToDo"], self.told(["--select", "odrers"], "odrers"))


class SelectionTest(unittest.TestCase):
    def refusal(self, selected, now, state, *allowed):
        with self.assertRaises(UserError) as refused:
            guards.check_selection(selected, now, state, allowed)
        return str(refused.exception)

    def test_what_is_downstream_must_be_selected_too(self):
        text = self.refusal(["a"], graph(*CHAIN), graph(*CHAIN))
        self.assertIn("would drop b, c in production without building them again", text)
        self.assertTrue(text.endswith("; or allow unselectedDownstream."))
        self.assertIn(
            "would drop c in production without building it again",
            self.refusal(["a", "b"], graph(*CHAIN), graph(*CHAIN)),
        )
        guards.check_selection(["a", "b", "c"], graph(*CHAIN), graph(*CHAIN), [])
        guards.check_selection(["c"], graph(*CHAIN), graph(*CHAIN), [])
        guards.check_selection(["a"], graph(*CHAIN), graph(*CHAIN), ["unselectedDownstream"])

    def test_an_environment_of_its_own_loses_nothing(self):
        own = graph(*(node(n.unique_id, n.materialized, *n.parents, schema="gh_ci_42") for n in CHAIN))
        guards.check_selection(["a"], own, graph(*CHAIN), [])

    def test_what_is_new_or_was_deleted_is_no_loss(self):
        guards.check_selection(["a"], graph(*CHAIN), graph(), [])
        guards.check_selection(["a"], graph(*CHAIN[:1]), graph(*CHAIN), [])

    def test_sinks_downstream_go_too(self):
        chain = (*CHAIN[:1], node("k", "sink", "a"))
        self.assertIn("would drop k", self.refusal(["a"], graph(*chain), graph(*chain)))

    def test_sources_and_sinks_are_named(self):
        for kind in ("source", "source_table", "sink"):
            chain = graph(node("a", kind))
            self.assertIn("drops and creates again a in production", self.refusal(["a"], chain, chain))
            guards.check_selection(["a"], chain, chain, ["recreatedSources"])
            guards.check_selection(["a"], chain, graph(), [])

    def test_many_are_counted(self):
        many = graph(node("a", "view"), *(node(f"b{i}", "view", "a") for i in range(9)))
        self.assertIn("would drop b0, b1, b2, b3, b4 and 4 more in", self.refusal(["a"], many, many))

    def test_reads_the_same_from_a_file(self):
        file = {
            "nodes": {
                "model.a": {
                    "config": {"materialized": "view"},
                    "relation_name": "r",
                    "depends_on": {"nodes": ["model.b"]},
                },
                "test.a": {"config": {"materialized": "test"}},
            }
        }
        (only,) = guards.nodes_of_json(file).values()
        self.assertEqual(
            ("model.a", "view", "r", ["model.b"]), (only.unique_id, only.materialized, only.relation, only.parents)
        )


class ProfileTest(unittest.TestCase):
    def test_finds_variables_without_a_default_at_any_depth(self):
        output = {"host": "{{ env_var('MZ_HOST') }}", "options": {"x": 'a{{ env_var( "DEEP" ) }}'}, "port": 6875}
        self.assertEqual({"MZ_HOST", "DEEP"}, profiles.unset({**output, "db": "{{ env_var('MZ_DB', 'materialize') }}"}))

    def test_what_dbt_would_not_miss_is_not_missed(self):
        os.environ["DBT_SLIM_EMPTY"] = ""
        self.addCleanup(os.environ.pop, "DBT_SLIM_EMPTY")
        for value in (
            "prod{{ env_var('DBT_SLIM_EMPTY') }}",
            "{{ env_var('NO_SUCH', env_var('DBT_SLIM_EMPTY')) }}",
            "{{ env_var('NO_SUCH',\n 'x') | as_number }}",
            "{{ env_var('NO_SUCH') if env_var('DBT_SLIM_EMPTY') else 'x' }}",
            "{# env_var('NO_SUCH') #}env_var('NO_SUCH')",
        ):
            with self.subTest(value):
                self.assertEqual(set(), profiles.unset({"schema": value}))
        self.assertEqual({"NO_SUCH"}, profiles.unset({"schema": "{{ 'x' ~ env_var('NO' ~ '_SUCH') | upper }}"}))
        self.assertEqual(set(), profiles.unset({"password": "a{%b env_var('NO_SUCH')"}))  # no template: dbt takes it

    def test_an_empty_value_is_not_bound(self):
        os.environ["DBT_SLIM_TEST"] = ""
        self.addCleanup(os.environ.pop, "DBT_SLIM_TEST")
        with self.assertRaises(UserError) as refused:
            profiles.check_credentials({"password": "{{ env_var('DBT_SLIM_TEST') }}"}, [])
        self.assertIn("DBT_SLIM_TEST", str(refused.exception))

    def test_only_the_chosen_output_counts(self):
        both = {"p": {"target": "{{ env_var('NO_SUCH', 'b') }}", "outputs": {"a": {"x": 1}, "b": {"x": 2}}}}
        self.assertEqual({"x": 2}, self.output(both, "p"))
        self.assertEqual({"x": 1}, self.output(both, "p", "--target", "a"))
        self.assertEqual({}, self.output(both, "q"))
        self.assertEqual({}, self.output(both, "p", "--target", "staging"))
        with self.assertRaisesRegex(UserError, r"no target staging, which the mode takes where none .* of a, b, or"):
            self.output(both, "p", "--target", "staging", defaulted="the mode")

    def output(self, profile, name, *words, defaulted=None):
        with tempfile.TemporaryDirectory() as folder:
            for file, content in (("profiles.yml", profile), ("dbt_project.yml", {"profile": name})):
                with open(os.path.join(folder, file), "w", encoding="utf-8") as text:
                    json.dump(content, text)
            plan = {"project_dir": folder, "common": ["--profiles-dir", folder, *words], "build": []}
            return profiles.output_of(plan, json.load, defaulted)


class StateTest(unittest.TestCase):
    def test_the_header_is_enough(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(
                '{"metadata": {"dbt_schema_version": "u/v12.json", "dbt_version": "1.9.1"}, "nodes": {' + " " * 99_999
            )
            file.flush()
            words = ("dbt_schema_version", "dbt_version", "project_name")
            self.assertEqual(["u/v12.json", "1.9.1", None], guards.state_header(file.name, *words))
            guards.check_state_version(file.name, "1.11.0", lambda schema: True, [])
            guards.check_state_version(file.name, None, lambda schema: True, [])

    def test_what_a_newer_dbt_wrote_is_tried_and_refused_with_a_sentence(self):
        def read(file):
            raise ValueError(f"macros of {file} have invalid values, and here they all are")

        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write('{"metadata": {"dbt_version": "1.11.16"}}')
            file.flush()
            for here in ("1.11.3", "1.12.0", "2.0.1"):
                guards.check_readable(file.name, here, read)
            guards.check_readable(file.name, "1.8.10", lambda file: None)
            with self.assertRaisesRegex(UserError, "written by dbt 1.11.16, which dbt 1.8.10 here cannot read: use "):
                guards.check_readable(file.name, "1.8.10", read)

    def test_variables_are_a_map(self):
        guards.check_variables(["--target", "prod"], json.loads)
        guards.check_variables(["--vars", "{}"], json.loads)
        for given in ("x", "[1]", '{"a": ', "null"):
            with self.assertRaisesRegex(UserError, r"\(vars, --vars\) are no map in YAML or JSON: write them as"):
                guards.check_variables(["--vars", given], json.loads)


if __name__ == "__main__":
    unittest.main()
