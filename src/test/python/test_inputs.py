"""Tests of what is noted and compared of vars and environment variables, as far as that needs no dbt."""

import os
import unittest
from types import SimpleNamespace as Some
from unittest import mock

import agent_file  # noqa: F401
from dbt_slim import inputs
from dbt_slim.inputs import Change, Digests, Inputs, differ


def node(name, code="", config=None, parents=(), macros=(), meta=None, kind="model", ephemeral=False):
    return Some(
        unique_id=f"{kind}.p.{name}",
        package_name="p",
        language="sql",
        raw_code=code,
        unrendered_config=config or {},
        depends_on=Some(macros=list(macros)),
        depends_on_nodes=list(parents),
        is_ephemeral_model=ephemeral,
        file_id=f"p://{name}",
        meta=meta or {},
    )


def macro(text, *called):
    return Some(macro_sql=text, depends_on=Some(macros=list(called)))


class InputsTest(unittest.TestCase):
    def inputs(self, *nodes, values=None, macros=None, key="k", secrets=(), then=(), files=None):
        manifest = Some(nodes={n.unique_id: n for n in nodes}, sources={}, macros=macros or {}, files=files or {})
        state = Some(manifest=Some(nodes={n.unique_id: n for n in then}))
        config = Some(target_name="ci", load_dependencies=lambda: {"p": None, "q": None})
        made = Inputs(Some(manifest=manifest, previous_state=state, config=config), Digests(key), secrets)
        made.values["p"] = values or {}
        return made

    def of(self, one, **more):
        return self.inputs(one, **more).of(one)

    def test_names_are_found_in_code_and_not_in_comments(self):
        text = "{{ var('a') }} {{ env_var( \"B\", 'x') }} {# var('no') #} {% if var('c', 1) %}"
        self.assertEqual({("var", "a"), ("env", "B"), ("var", "c")}, inputs.uses(text))
        self.assertEqual(set(), inputs.uses("select 1"))

    def test_values_of_vars_are_noted_as_they_are(self):
        found = self.of(node("m", "{{ var('a') }}{{ var('b') }}{{ var('c', 1) }}"), values={"a": 5, "b": {"y": [1]}})
        self.assertEqual({"var a": "5", "var b": '{"y": [1]}', "var c": "-"}, found)

    def test_vars_of_one_package_are_no_var_of_its_name(self):
        values = {"p": {"a": 5}, "q": {"a": 6}, "a": 5, "b": {"y": [1]}}
        with mock.patch.object(inputs, "uses", return_value=frozenset({("var", None)})):
            found = self.of(node("m", "{{ var(name) }}"), values=values)
        self.assertEqual({"var? a": "5", "var? b": '{"y": [1]}'}, found)

    def test_what_is_called_or_inlined_is_read_too(self):
        macros = {"m.a": macro("", "m.b"), "m.b": macro("{{ var('a') }}", "m.a")}
        inner = node("inner", "{{ env_var('E') }}", ephemeral=True)
        outer = node(
            "outer", parents=["model.p.inner"], macros=["m.a"], config={"pre-hook": [{"sql": "{{ var('h') }}"}]}
        )
        found = self.inputs(inner, outer, macros=macros).of(outer)
        self.assertEqual({"var a", "var h", "env E"}, set(found))

    def test_what_dbt_saw_is_read(self):
        found = self.of(node("m"), files={"p://m": Some(env_vars=["REGION", "DBT_ENV_SECRET_X"])})
        self.assertEqual({"env REGION"}, set(found))

    def test_nothing_of_an_environment_variable_can_be_guessed_without_the_key(self):
        with mock.patch.dict(os.environ, {"E": "true"}):
            one, other = (self.of(node("m", "{{ env_var('E') }}"), key=key)["env E"] for key in ("k", "other"))
        self.assertRegex(one, "^[0-9a-f]{8}:[0-9a-f]{24}$")
        self.assertNotEqual(one.partition(":")[2], other.partition(":")[2])
        self.assertEqual("", self.of(node("m", "{{ env_var('E') }}"), key=None)["env E"])

    def test_secrets_among_vars_are_not_noted(self):
        values = {"a": "hunter22", "api_key": "abc", "DBT_ENV_SECRET_V": "v", "long": "x" * 300}
        code = "{{ var('a') }}{{ var('api_key') }}{{ var('DBT_ENV_SECRET_V') }}{{ var('long') }}"
        found = self.of(node("m", code), values=values, secrets=["hunter22"])
        self.assertEqual({"var api_key", "var long"}, set(found))
        self.assertRegex(found["var api_key"], "^[0-9a-f]{8}:")
        self.assertRegex(found["var long"], "^#[0-9a-f]{64}$")
        self.assertEqual("", self.of(node("m", code), values=values, key=None)["var api_key"])

    def test_what_cannot_be_compared_does_not_differ(self):
        keyed, same_key, other_key = (
            Digests("k").note("E", "1"),
            Digests("k").note("E", "2"),
            Digests("o").note("E", "2"),
        )
        self.assertTrue(differ("5", "8"))
        self.assertTrue(differ("-", "8"))
        self.assertTrue(differ(keyed, same_key))
        self.assertNotEqual(keyed, Digests("k").note("E", None))
        for then, now in (("5", "5"), ("", "8"), (keyed, keyed), (keyed, other_key), (keyed, "5"), ("", "")):
            self.assertFalse(differ(then, now), (then, now))

    def test_changes_are_told_by_what_they_reach(self):
        then = [node(n, meta={inputs.NOTE: {"var a": "5", "env E": Digests("k").note("E", "1")}}) for n in "xyz"]
        now = [node(n, "{{ var('a') }}{{ env_var('E') }}") for n in "xyz"]
        with mock.patch.dict(os.environ, {"E": "2"}):
            made = self.inputs(*now, values={"a": 8}, then=then[:2])
            made.note()
            changes = made.changes()
        self.assertEqual(
            ["variable E has another value, used by 2 models", "var a 5 → 8, used by 2 models"],
            [change.words() for change in changes],
        )
        self.assertEqual({"model.p.x", "model.p.y"}, inputs.chosen(changes, ["vars"]))
        self.assertEqual(set(), inputs.chosen(changes, []))
        self.assertEqual("var a not set → 8, may be used by 1 model", Change("var? a", "-", "8", ["model.p.x"]).words())

    def test_the_target_is_noted_where_the_configuration_asks_for_it(self):
        code = "{{ config(\n  materialized='table' if target.name == 'x' else 'view'\n) }} select 1"
        then = node("m", meta={inputs.NOTE: {"target": "production"}})
        made = self.inputs(node("m", code), then=[then])
        made.note()
        self.assertEqual({"target": "ci"}, made.manifest.nodes["model.p.m"].meta[inputs.NOTE])
        self.assertEqual([], made.changes())
        self.assertEqual({}, self.of(node("m", "select '{{ target.name }}'")))
        self.assertEqual({}, self.of(node("m", code), secrets=["ci"]))

    def test_a_note_goes_with_what_it_is_of(self):
        one = node("m", "select 1", meta={inputs.NOTE: {"var a": "5"}, "owner": "me"})
        self.inputs(one).note()
        self.assertEqual({"owner": "me"}, one.meta)


if __name__ == "__main__":
    unittest.main()
