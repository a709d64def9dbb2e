"""Cases for gen.py that nobody thought of: a random project, random changes, random selectors.

usage: ORACLE_CASES=random_cases ORACLE_SEEDS=1-40 ORACLE_CURRENT=v111 ORACLE_ONCE=1 python gen.py OUT_DIR

The seed alone decides a case (for one version of dbt). A project is a tree of plain values (see new_project); changes work
on that tree, render() writes it as files. A change can make a project that dbt refuses: such a case is reported and
left out by gen.py.
"""
import copy
import json
import os
import random

CURRENT = int(os.environ.get("ORACLE_CURRENT", "v112")[2:])
FLAG = "state_modified_compare_more_unrendered_values"
FOLDERS = ["", "staging", "marts", "marts/core", "inter.mediate"]
TAGS = ["nightly", "daily", "a", "b-c", "x y"]
GROUPS = ["finance", "ops"]
TYPES = ["integer", "varchar", "varchar(10)", "VARCHAR(20)", "numeric(10,2)", "date"]
CONSTRAINTS = [{"type": "not_null"}, {"type": "unique"}, {"type": "check", "expression": "id > 0"}, {"type": "primary_key"},
               {"type": "not_null", "name": "nn"}, {"type": "foreign_key", "expression": "other (id)"}, {"type": "custom", "expression": "masked"}]
CUSTOM = [1, 1.0, "1", True, False, None, [1, 2], ["b", "a"], {"k": 1, "l": [1, {"m": None}]}, "text", "Text", "true", 0, "", 2.5,
          "{{ var('region') }}", "{{ env_var('SHOP_CHANNEL', 'web') }}", "{{ 'p' if target.name == 'prod' else 'd' }}", "ä € 😀", "2024-01-01"]
YAML_CONFIGS = {
    "materialized": ["view", "table", "incremental", "{{ 'table' if target.name == 'prod' else 'view' }}"],
    "tags": [["nightly"], "daily", ["a", "b-c"], [], ["{{ var('region') }}"]],
    "schema": ["sx", "{{ target.name }}_s", "{{ var('region') }}"],
    "alias": ["al_1", "al_2", "{{ env_var('SHOP_CHANNEL', 'web') }}_al"],
    "database": ["db1", "{{ target.name }}_db"],
    "meta": [{"owner": "x"}, {"owner": "y", "pii": True}, {"level": 1}, {"level": 1.0}, {"list": ["p", "q", True]}, {"deep": {"er": "v", "n": None}}, {}],
    "enabled": [True, "{{ target.name in ['dev', 'prod'] }}"],
    "docs": [{"show": False}, {"show": True, "node_color": "red"}],
    "persist_docs": [{"relation": True}, {"columns": True}, {"relation": True, "columns": True}, {"relation": False}],
    "grants": [{"select": ["bi"]}, {"select": "bi"}, {"+select": ["ops"]}],
    "pre_hook": ["select 1", ["select 1", "select 2"]],
    "post_hook": ["select '{{ this }}'", [{"sql": "select 3", "transaction": False}]],
    "post-hook": ["select 4"],
    "unique_key": ["id", ["id", "b"], ["b", "id"]],
    "on_schema_change": ["ignore", "fail"],
    "full_refresh": [True, False],
    "event_time": ["loaded_at"],
    "group": GROUPS,
    "access": ["public", "protected"],
    "custom_key": CUSTOM,
    "other_key": CUSTOM,
    "lookback": [1, 2],
    "sql_header": ["-- head"],
    "packages": [["x"]],
    "quoting": [{"identifier": True}, {"schema": False, "identifier": False}],
    "column_types": [{"id": "bigint"}],
    "static_analysis": ["off"],
}
SQL_CONFIGS = {
    "materialized": ["'view'", '"table"', "'incremental'", "('table' if target.name == 'prod' else 'view')", "var('mat', 'view')"],
    "tags": ["['nightly']", "'daily'", "['a', var('region')]", "[]"],
    "schema": ["'sx'", "target.name ~ '_s'", "var('region')"],
    "alias": ["'al_1'", "'al_' ~ target.name", "env_var('SHOP_CHANNEL', 'web')"],
    "meta": ["{'owner': 'x'}", "{'owner': 'y', 'n': 1, 'list': [1, 2.0, none, true]}", "dict(a=1)"],
    "persist_docs": ["{'relation': true}", "{'columns': true, 'relation': true}"],
    "pre_hook": ["'select 1'", "['select 1', \"select 'q'\"]"],
    "post_hook": ["['select 2']", "\"{{ 'select 5' }}\""],
    "unique_key": ["'id'", "['id', 'b']"],
    "grants": ["{'select': ['bi']}"],
    "full_refresh": ["true", "False", "none"],
    "enabled": ["true", "target.name == 'dev' or true", "not false"],
    "custom_key": ["1", "-1.5", "1 + 2", "'a' 'b'", "'it''s'", "\"it's\"", "none", "'x' | upper", "[1, [2, {'a': none}]]", "target['name']", "target.name", "var('n', 3) > 2", "modules.datetime.date(2024, 1, 1) | string",
                   "{'a': var('region')}", "(1, 2)", "'%s' % 1", "range(3) | list", "1 is odd", "[1,2][0]", "'abc'[0:2]", "1 if true", "'q\"q'", "'new\\nline'", "1_000", "1e3", "not var('region') == 'eu'", "'a' in ['a']", "2 ** 3 // 2", "env_var('SHOP_CHANNEL', 'web')", "var('region') and 'y' or 'n'"],
    "group": ["'finance'"],
    "access": ["'public'"],
}
TEST_CONFIGS = {"severity": ["warn", "error", "ERROR"], "where": ["id > 0", "1=1"], "limit": [5], "fail_calc": ["count(*)"], "warn_if": ["> 1"], "error_if": ["> 10"],
                "store_failures": [True, False], "store_failures_as": ["view", "table"], "tags": [["nightly"], "daily"], "meta": [{"owner": "x"}], "enabled": [True], "schema": ["tsx"],
                "alias": ["tal"], "database": ["tdb"], "custom_key": CUSTOM, "group": GROUPS, "sql_header": ["-- h"]}
SEED_CONFIGS = {k: YAML_CONFIGS[k] for k in ("tags", "schema", "alias", "meta", "docs", "persist_docs", "grants", "post-hook", "full_refresh", "custom_key", "column_types", "database", "group")}
SEED_CONFIGS.update({"quote_columns": [True, False], "delimiter": [",", ";"]})
SNAP_CONFIGS = {k: YAML_CONFIGS[k] for k in ("tags", "schema", "alias", "meta", "docs", "persist_docs", "post-hook", "custom_key", "database", "event_time", "group")}
SNAP_CONFIGS.update({"target_schema": ["snaps", "{{ target.name }}"], "invalidate_hard_deletes": [True], "check_cols": ["all", ["id"]], "unique_key": ["id", "b"]})
SOURCE_CONFIGS = {"enabled": [True, "{{ target.name in ['dev', 'prod'] }}"], "meta": YAML_CONFIGS["meta"], "custom_key": CUSTOM, "tags": [["nightly"], "daily"], "event_time": ["t"]}
PLAIN_CONFIGS = {"enabled": [True], "meta": YAML_CONFIGS["meta"], "tags": [["nightly"], "daily"], "custom_key": CUSTOM}
METRIC_CONFIGS = {"enabled": [True], "meta": YAML_CONFIGS["meta"], "group": GROUPS}
FRESHNESS = [{"warn_after": {"count": 12, "period": "hour"}}, {"warn_after": {"count": 1, "period": "day"}, "error_after": {"count": 2, "period": "day"}},
             {"error_after": {"count": 24, "period": "hour"}, "filter": "x > 1"}, None]


def pick(rng, configs):
    key = rng.choice(sorted(configs))
    return key, copy.deepcopy(rng.choice(configs[key]))


def configs(rng, table, most):
    return dict(pick(rng, table) for _ in range(rng.randint(0, most)))


def test_of(rng, model):
    kind = rng.choice(["not_null", "unique", "accepted_values", "relationships", "is_positive", "util_pkg.pkg_test"])
    values = {"accepted_values": {"values": ["a", "b"]}, "relationships": {"to": "ref('seed_a')", "field": "id"}}.get(kind, {})
    test = {"arguments": dict(values)} if values else {}
    if rng.random() < 0.5:
        test["config"] = configs(rng, TEST_CONFIGS, 2)
    if rng.random() < 0.15:
        test["name"] = f"named_{model}_{kind.replace('.', '_')}_{rng.randint(1, 999)}"
    if CURRENT >= 9 and rng.random() < 0.1:
        test["description"] = "a test"
    return {kind: test} if test else kind


def add_test(rng, model, col):
    """At most one of a kind: two would have the same id."""
    test = test_of(rng, model)
    kind = test if isinstance(test, str) else next(iter(test))
    others = col.setdefault("data_tests", [])
    if kind not in [o if isinstance(o, str) else next(iter(o)) for o in others]:
        others.append(test)


def column(rng, name, model, contract):
    col = {"name": name}
    if contract or rng.random() < 0.5:
        col["data_type"] = rng.choice(TYPES)
    if rng.random() < 0.5:
        col["description"] = rng.choice(["key", "a column", "{{ doc('orders_doc') }}", ""])
    if contract and rng.random() < 0.4:
        col["constraints"] = [copy.deepcopy(rng.choice(CONSTRAINTS))]
    if rng.random() < 0.4:
        add_test(rng, model, col)
        add_test(rng, model, col)
    if rng.random() < 0.1:
        col["meta"] = {"a": 1}
    return col


def new_model(rng, project, name):
    earlier = [m for m in project["models"]]
    refs = rng.sample(earlier, min(len(earlier), rng.choice([0, 1, 1, 2, 3])))
    contract = rng.random() < 0.25
    model = {"folder": rng.choice(FOLDERS), "refs": refs, "body": rng.randint(1, 99), "python": rng.random() < 0.07, "sources": [], "macros": [], "functions": [],
             "sql": configs(rng, SQL_CONFIGS, 3) if rng.random() < 0.6 else {}, "props": {}}
    if not refs or rng.random() < 0.3:
        model["sources"] = [rng.choice([("raw", "t1"), ("raw", "t2"), ("ext", "e1")])]
    if rng.random() < 0.2:
        model["seed"] = rng.choice(sorted(project["seeds"]))
    if rng.random() < 0.4:
        model["macros"] = [rng.choice(["m0('id')", "m1('id')", "util_pkg.dispatched('id')", "util_pkg.plain()", "m_dispatch()", "shop.m2('id')"])]
    if CURRENT >= 11 and rng.random() < 0.1 and project["functions"]:
        model["functions"] = ["half_of"]
    if rng.random() < 0.7:
        props = model["props"] = {}
        if rng.random() < 0.7:
            props["description"] = rng.choice(["one row", "many rows", "{{ doc('orders_doc') }}"])
        props["config"] = configs(rng, YAML_CONFIGS, 3)
        props["columns"] = [column(rng, c, name, contract) for c in rng.sample(["id", "b", "c", "loaded_at"], rng.randint(1, 3))]
        if contract:
            props["config"]["contract"] = {"enforced": True}
            props["config"]["materialized"] = rng.choice(["table", "view", "incremental"])
            model["sql"].pop("materialized", None)
            if rng.random() < 0.3:
                props["constraints"] = [{"type": rng.choice(["unique", "custom"]), "columns": ["id"], "expression": "x"}]
        if rng.random() < 0.3:
            props["access"] = rng.choice(["public", "protected"])
        if rng.random() < 0.2:
            props["group"] = rng.choice(GROUPS)
        if rng.random() < 0.2:
            props["tags"] = rng.choice([["nightly"], "daily"])
        if rng.random() < 0.2:
            props["meta"] = copy.deepcopy(rng.choice(YAML_CONFIGS["meta"]))
        if rng.random() < 0.15:
            props["docs"] = {"show": False}
        if rng.random() < 0.2:
            props["deprecation_date"] = rng.choice(["2020-01-01", "2099-01-01", "2099-01-01T00:00:00+02:00"])
        if rng.random() < 0.3:
            props["data_tests"] = [{"expression_holds": {"arguments": {"e": "1=1"}}}]
        if rng.random() < 0.15 and not model["python"]:
            props["versions"] = [{"v": v} for v in rng.choice([[1, 2], [1, 2, 3], ["a", "b"], [1.5, 2]])]
            if rng.random() < 0.5:
                props["latest_version"] = props["versions"][0]["v"]
            if rng.random() < 0.4:
                props["versions"][1]["config"] = configs(rng, YAML_CONFIGS, 1)
    project["models"][name] = model


def new_source(rng, name, tables):
    source = {"name": name, "description": "landing", "tables": []}
    if rng.random() < 0.8:
        source["schema"] = rng.choice(["landing", "{{ target.name }}_landing", "{{ var('region') }}"])
    if rng.random() < 0.3:
        source["database"] = rng.choice(["db1", "{{ target.name }}_db"])
    if rng.random() < 0.5:
        source["loader"] = "airbyte"
    if rng.random() < 0.3:
        source["quoting"] = {"identifier": True}
    for t in tables:
        source["tables"].append({"name": t, "description": "t", "columns": [{"name": "id", "data_tests": ["not_null"]}]})
    for thing in [source] + source["tables"]:
        source_extras(rng, thing)
    return source


def source_extras(rng, thing):
    table = "schema" not in thing and "tables" not in thing
    if rng.random() < 0.3:
        thing["freshness"] = copy.deepcopy(rng.choice(FRESHNESS))
    if rng.random() < 0.3:
        thing["loaded_at_field"] = rng.choice(["loaded_at", "ts"])
    if rng.random() < 0.3:
        thing["tags"] = rng.choice([["nightly"], ["daily", "a"]])
    if rng.random() < 0.3:
        thing["meta"] = copy.deepcopy(rng.choice(YAML_CONFIGS["meta"]))
    if rng.random() < 0.3:
        thing["config"] = configs(rng, SOURCE_CONFIGS, 2)
    if table and rng.random() < 0.2:
        thing["identifier"] = rng.choice(["ident", "{{ var('region') }}_t"])
    if table and rng.random() < 0.2:
        thing["external"] = rng.choice([{"location": "s3://x"}, {"location": "s3://y", "partitions": [{"name": "p", "data_type": "date"}]}])
    if table and rng.random() < 0.2:
        thing["quoting"] = {"schema": True}
    if table and rng.random() < 0.2:
        thing["data_tests"] = ["has_rows"]


def new_project(rng):
    project = {"models": {}, "sources": [], "functions": {}, "hooks": ["select 1 -- {{ var('region') }}"], "selectors": [], "flags": {}, "config": {}}
    project["seeds"] = {"seed_a": {"rows": 2}, "seed_b": {"rows": 3}}
    for seed in project["seeds"].values():
        seed["props"] = {"description": "s", "config": configs(rng, SEED_CONFIGS, 2)}
    if rng.random() < 0.15:
        project["seeds"]["seed_b"]["rows"] = 60000
    project["sources"] = [new_source(rng, "raw", ["t1", "t2"]), new_source(rng, "ext", ["e1"])]
    if CURRENT >= 11:
        project["functions"] = {"half_of": {"body": "x / 2", "props": {"name": "half_of", "description": "halves", "config": {"type": "scalar"}, "arguments": [{"name": "x", "data_type": "float"}], "returns": {"data_type": "float"}}}}
    for i in range(rng.randint(5, 12)):
        new_model(rng, project, f"{rng.choice(['stg', 'int', 'fct', 'dim'])}_{i}")
    names = list(project["models"])
    unversioned = [n for n in names if not project["models"][n]["props"].get("versions")]
    project["macros"] = {"m0": "{{ m1(c) }}", "m1": "trim({{ c }})", "m2": "{{ m0(c) }} || {{ m1(c) }}", "unused": "1"}
    project["dispatch"] = "1"
    project["pkg"] = {"plain": "'plain'", "default__dispatched": "({{ c }} / 100)", "test": "select * from {{ model }} where {{ column_name }} is null", "model": "select 1 as d", "description": "calendar"}
    project["tests"] = {"is_positive": "select * from {{ model }} where {{ column_name }} < 0", "has_rows": "{{ config(severity='warn') }} select 1 where not exists (select 1 from {{ model }})",
                        "expression_holds": "select * from {{ model }} where not ({{ e }})"}
    project["singular"] = {f"assert_{i}": {"refs": rng.sample(names, 1), "sql": {k: v for k, v in {"severity": "'warn'", "tags": "['nightly']"}.items() if rng.random() < 0.5}, "body": i} for i in range(2)}
    project["analyses"] = {"adhoc": {"refs": rng.sample(names, 1), "body": 1}}
    project["snapshots"] = {"snap_block": {"yaml": False, "ref": rng.choice(names), "config": configs(rng, {k: v for k, v in SNAP_CONFIGS.items() if k != "unique_key"}, 1)}}
    if CURRENT >= 9:
        project["snapshots"]["snap_yaml"] = {"yaml": True, "ref": rng.choice(unversioned or names), "config": configs(rng, SNAP_CONFIGS, 2)}
    project["exposures"] = [{"name": f"exp_{i}", "type": rng.choice(["dashboard", "application", "notebook"]), "owner": {"name": "Ann", "email": "a@example.com"}, "description": "d",
                             "depends_on": [f"ref('{n}')" for n in rng.sample(names, 1)] + (["source('raw', 't1')"] if i else [])} for i in range(2)]
    for exposure in project["exposures"]:
        if rng.random() < 0.5:
            exposure["config"] = configs(rng, PLAIN_CONFIGS, 2)
        if rng.random() < 0.3:
            exposure.update({"tags": ["nightly"], "meta": {"a": 1}})
    if unversioned:
        sem = rng.choice(unversioned)
        project["models"][sem]["python"] = False
        project["semantic"] = {"semantic_models": [{"name": "sem_a", "model": f"ref('{sem}')", "description": "sem", "defaults": {"agg_time_dimension": "ordered_at"},
                                                    "entities": [{"name": "order", "type": "primary", "expr": "id"}, {"name": "cust", "type": "foreign", "expr": "b"}],
                                                    "dimensions": [{"name": "ordered_at", "type": "time", "type_params": {"time_granularity": "day"}}, {"name": "status", "type": "categorical"}],
                                                    "measures": [{"name": "revenue", "agg": "sum", "expr": "b"}, {"name": "cnt", "agg": "count", "expr": "id"}]}],
                               "metrics": [{"name": "total", "label": "Total", "description": "t", "type": "simple", "type_params": {"measure": "revenue"}},
                                           {"name": "cnt_m", "label": "Count", "description": "c", "type": "simple", "type_params": {"measure": "cnt"}},
                                           {"name": "ratio_m", "label": "Ratio", "description": "r", "type": "ratio", "type_params": {"numerator": "total", "denominator": "cnt_m"}}],
                               "saved_queries": [{"name": "sq_a", "label": "SQ", "description": "q", "query_params": {"metrics": ["total"], "group_by": ["TimeDimension('metric_time', 'day')"], "where": ["{{ Dimension('order__status') }} = 'x'"]},
                                                  "exports": [{"name": "ex", "config": {"export_as": "table", "alias": "ex_a", "schema": "exp"}}]}]}
    target = rng.choice([n for n in unversioned if not project["models"][n]["python"]] or names)
    project["unit_tests"] = []
    if target in unversioned and project["models"][target]["refs"]:
        given = [{"input": f"ref('{r}')", "rows": [{"id": 1}]} for r in project["models"][target]["refs"]]
        project["unit_tests"] = [{"name": "ut_a", "model": target, "description": "u", "given": given, "expect": {"rows": [{"id": 1}]}, "config": {"tags": ["nightly"]}}]
    project["groups"] = {g: {"name": g, "email": "g@example.com"} for g in GROUPS}
    project["config"] = {"models": {"": configs(rng, YAML_CONFIGS, 1)}, "seeds": {"": configs(rng, SEED_CONFIGS, 1)}, "data_tests": {"": configs(rng, TEST_CONFIGS, 1)}, "sources": {"": {}}, "snapshots": {"": {"target_schema": "snaps"}}}
    for folder in rng.sample(["staging", "marts", "marts/core"], 2):
        project["config"]["models"][folder] = configs(rng, YAML_CONFIGS, 2)
    project["selectors"] = [selector(rng, names, i) for i in range(5)]
    if rng.random() < 0.15:
        rng.choice(project["selectors"])["default"] = rng.choice([True, "{{ target.name == 'dev' }}"])
    if CURRENT >= 9 and rng.random() < 0.5:
        project["flags"][FLAG] = rng.random() < 0.6
    extras(rng, project)
    return project


def extras(rng, p):
    """What not every project has."""
    p["project"], p["files"], p["pkg_files"] = {}, {}, {}
    if rng.random() < 0.3:
        p["pkg_files"]["seeds/pkg_seed.csv"] = "id\n1\n"
        p["pkg_files"]["models/pkg_more.sql"] = "select * from {{ ref('pkg_seed') }} -- {{ plain() }}\n"
        p["pkg_files"]["models/pkg_more.yml"] = dump({"version": 2, "sources": [{"name": "pkg_src", "schema": "ps", "tables": [{"name": "pt", "columns": [{"name": "id", "data_tests": ["pkg_test"]}]}]}],
                                                      "exposures": [{"name": "pkg_exp", "type": "ml", "owner": {"name": "P"}, "depends_on": ["ref('pkg_more')", "source('pkg_src', 'pt')"]}]})
    if rng.random() < 0.2:
        p["project"]["dispatch"] = [{"macro_namespace": "util_pkg", "search_order": rng.choice([["shop", "util_pkg"], ["util_pkg"], ["util_pkg", "shop"]])}]
    if rng.random() < 0.3:
        p["project"]["on-run-end"] = ["select 9 -- {{ m0('x') }}"]
    for block in ("exposures", "metrics", "semantic-models", "saved-queries"):
        if rng.random() < 0.15:
            p["project"][block] = {"shop": {"+" + k: v for k, v in [pick(rng, METRIC_CONFIGS if block != "exposures" else {"enabled": [True]})]}}
    if "semantic" in p:
        semantic_extras(rng, p["semantic"])
    for test in p["unit_tests"]:
        if rng.random() < 0.3:
            p["files"]["tests/fixtures/fx_a.csv"] = "id\n1\n"
            test["given"][0] = {"input": test["given"][0]["input"], "format": "csv", "fixture": "fx_a"}
        elif rng.random() < 0.3:
            test["expect"] = {"format": "csv", "rows": "id\n1"}
    if CURRENT >= 12 and p["functions"] and rng.random() < 0.5:
        p["functions"]["half_int"] = {"body": "x // 2"}
        p["functions"]["half_of"]["props"]["overloads"] = [{"defined_in": "half_int", "description": "o", "arguments": [{"name": "x", "data_type": "integer"}], "returns": {"data_type": "integer"}}]
    for name, model in p["models"].items():
        if rng.random() < 0.1 and model["props"].get("columns"):
            rng.choice(model["props"]["columns"]).setdefault("data_tests", []).append(rng.choice(["was_there", {"dbt_missing": {"config": {"severity": "warn"}}}]) if rng.random() < 0.15 else {"not_null": {"config": {"enabled": False}}})
        if CURRENT >= 10 and rng.random() < 0.1 and model["props"]:
            model["props"].setdefault("config", {})["freshness"] = {"build_after": {"count": 1, "period": "day"}}
        if CURRENT >= 9 and rng.random() < 0.06 and model["props"] and not model["python"]:
            model["sql"].pop("materialized", None)
            model["props"].setdefault("config", {}).update({"materialized": "incremental", "incremental_strategy": "microbatch", "event_time": "id", "batch_size": "day", "begin": "2024-01-01"})
        if model["props"].get("versions") and rng.random() < 0.4:
            model["props"]["versions"][0].update(rng.choice([{"columns": [{"include": "all", "exclude": ["id"]}]}, {"description": "first"}, {"columns": [{"include": "all"}, {"name": "more", "description": "m"}]}, {"deprecation_date": "2031-01-01"}, {"access": "public"}]))
    if rng.random() < 0.2:
        p["files"]["macros/macros.yml"] = dump({"version": 2, "macros": [{"name": "m0", "description": "zero", "arguments": [{"name": "c", "type": "string"}]}]})


def semantic_extras(rng, semantic):
    model = semantic["semantic_models"][0]
    if rng.random() < 0.3:
        model["dimensions"].append({"name": "shipped_at", "type": "time", "type_params": {"time_granularity": "day"}})
    if rng.random() < 0.2:
        model["entities"] = [e for e in model["entities"] if e["type"] != "primary"]
        model["primary_entity"] = "order"
    if rng.random() < 0.3:
        model["measures"].append({"name": "p90", "agg": "percentile", "expr": "id", "agg_params": {"percentile": 0.9}})
    if rng.random() < 0.3:
        semantic["metrics"].append({"name": "cumulated", "label": "C", "description": "c", "type": "cumulative", "type_params": {"measure": "revenue"}})
    if rng.random() < 0.3:
        semantic["metrics"].append({"name": "derived_m", "label": "D", "description": "d", "type": "derived", "type_params": {"expr": "total - cnt_m", "metrics": [{"name": "total", "filter": "{{ Dimension('order__status') }} = 'x'"}, {"name": "cnt_m"}]}})
    if rng.random() < 0.3:
        semantic["saved_queries"].append({"name": "sq_b", "description": "b", "query_params": {"metrics": ["total", "cnt_m"], "group_by": ["Dimension('order__status')"]}, **rng.choice([{}, {"group": "finance"}, {"config": {"group": "ops"}}, {"tags": ["a"]}])})


# ---- selectors.yml
def criterion(rng, names):
    method, value = rng.choice([("tag", rng.choice(TAGS)), ("fqn", rng.choice(names)), ("path", "models/staging"), ("config.materialized", "table"), ("state", "modified"), ("state", "new"), ("package", "shop"),
                                ("resource_type", "model"), ("config.meta.level", 1), ("config.meta.pii", True), ("config.custom_key", 1), ("test_type", "generic"), ("source", "raw"), ("access", "public"), ("fqn", "*"), ("state", "modified.configs")])
    text = f"{method}:{value}"
    form = rng.randint(0, 3)
    if form == 0 and isinstance(value, str):
        return rng.choice(["", "+", "1+", "@", "2+", "0+"]) + text if rng.random() < 0.5 else text + rng.choice(["", "+", "+1", "+0"])
    if form == 1:
        return {method: value}
    full = {"method": method, "value": value}
    if rng.random() < 0.3:
        full["parents"] = rng.choice([True, False])
        if rng.random() < 0.5:
            full["parents_depth"] = rng.choice([0, 1, 2])
    if rng.random() < 0.3:
        full["children"] = rng.choice([True, False, "true"])
        if rng.random() < 0.5:
            full["children_depth"] = rng.choice([0, 1, 2])
    elif rng.random() < 0.2:
        full["childrens_parents"] = True
    if rng.random() < 0.3:
        full["indirect_selection"] = rng.choice(["eager", "cautious", "buildable", "empty"])
    if rng.random() < 0.25:
        full["exclude"] = [criterion(rng, names) for _ in range(rng.randint(1, 2))]
    return full


def definition(rng, names, number, depth):
    if depth and rng.random() < 0.7:
        parts, excluding = [], False
        for _ in range(rng.randint(1, 3)):
            part = definition(rng, names, number, depth - 1)
            if isinstance(part, dict) and "exclude" in part:  # dbt allows one at a level
                if excluding:
                    part.pop("exclude")
                excluding = True
            parts.append(part)
        if not excluding and rng.random() < 0.4:
            parts.append({"exclude": [definition(rng, names, number, depth - 1) for _ in range(rng.randint(1, 2))]})
        return {rng.choice(["union", "intersection"]): parts}
    if number and rng.random() < 0.3:
        inherited = {"method": "selector", "value": f"sel_{rng.randrange(number)}"}
        if CURRENT >= 12:
            if rng.random() < 0.3:
                inherited["children"] = True
            if rng.random() < 0.2:
                inherited["exclude"] = [criterion(rng, names)]
            if rng.random() < 0.2:
                inherited["value"] = "sel_[01]"
        return inherited
    return criterion(rng, names)


def selector(rng, names, number):
    return {"name": f"sel_{number}", "definition": definition(rng, names, number, 2)}


# ---- changes
CHANGES = []


def change(weight=1):
    def register(function):
        CHANGES.extend([function] * weight)
        return function
    return register


def some_model(rng, p):
    return rng.choice(sorted(p["models"]))


def props_of(rng, p):
    model = p["models"][some_model(rng, p)]
    model["props"].setdefault("config", {})
    model["props"].setdefault("columns", [{"name": "id"}])
    return model["props"]


@change(2)
def body(rng, p):
    p["models"][some_model(rng, p)]["body"] += 1


@change(3)
def sql_config(rng, p):
    sql = p["models"][some_model(rng, p)]["sql"]
    if sql and rng.random() < 0.4:
        sql.pop(rng.choice(sorted(sql)))
    else:
        sql.update([pick(rng, SQL_CONFIGS)])


@change(4)
def yaml_config(rng, p):
    config = props_of(rng, p)["config"]
    if config and rng.random() < 0.3:
        config.pop(rng.choice(sorted(config)))
    else:
        config.update([pick(rng, YAML_CONFIGS)])


@change(3)
def project_config(rng, p):
    section = rng.choice(sorted(p["config"]))
    table = {"models": YAML_CONFIGS, "pkg_models": YAML_CONFIGS, "seeds": SEED_CONFIGS, "data_tests": TEST_CONFIGS, "sources": SOURCE_CONFIGS, "snapshots": SNAP_CONFIGS}[section]
    folder = rng.choice(sorted(p["config"][section]) + ["staging"])
    p["config"][section].setdefault(folder, {}).update([pick(rng, table)])


@change()
def moved_config(rng, p):
    config = props_of(rng, p)["config"]
    if config:
        key = rng.choice(sorted(config))
        p["config"]["models"][""][key] = config.pop(key)


@change(2)
def description(rng, p):
    props = props_of(rng, p)
    (props if rng.random() < 0.5 else rng.choice(props["columns"]))["description"] = "changed " + str(rng.randint(1, 9))


@change()
def persist(rng, p):
    props = props_of(rng, p)
    props["config"]["persist_docs"] = {"relation": True, "columns": True}
    props["description"] = "persisted"


@change(2)
def columns(rng, p):
    cols = props_of(rng, p)["columns"]
    act = rng.randint(0, 4)
    if act == 0 and len(cols) > 1:
        cols.pop(rng.randrange(len(cols)))
    elif act == 1:
        cols.append({"name": f"new_{rng.randint(1, 9)}", "data_type": rng.choice(TYPES)})
    elif act == 2:
        rng.choice(cols)["data_type"] = rng.choice(TYPES)
    elif act == 3:
        rng.choice(cols)["constraints"] = [copy.deepcopy(rng.choice(CONSTRAINTS))]
    else:
        rng.choice(cols).pop("constraints", None)


@change(3)
def contract(rng, p):
    contracted = [m for m in p["models"].values() if m["props"].get("config", {}).get("contract")]
    if not contracted:
        return
    props = rng.choice(contracted)["props"]
    act = rng.randint(0, 7)
    col = rng.choice(props["columns"])
    if act == 0:
        props["config"]["contract"]["enforced"] = False
    elif act == 1 and len(props["columns"]) > 1:
        props["columns"].remove(col)
    elif act == 2:
        col["data_type"] = rng.choice(TYPES)
    elif act == 3:
        col.pop("constraints", None)
    elif act == 4:
        col["constraints"] = [copy.deepcopy(rng.choice(CONSTRAINTS))]
    elif act == 5:
        props["config"]["materialized"] = rng.choice(["view", "table", "incremental"])
    elif act == 6:
        props.pop("constraints", None)
    else:
        props["constraints"] = [{"type": "unique", "columns": ["id"]}]


@change(2)
def property_(rng, p):
    props = props_of(rng, p)
    key, values = rng.choice([("access", ["public", "protected"]), ("group", GROUPS), ("deprecation_date", ["2021-01-01", "2098-01-01"]), ("tags", [["z"], "z"]), ("meta", [{"z": 1}]), ("docs", [{"show": True}]), ("latest_version", [1, 2])])
    if key == "latest_version":
        if props.get("versions"):
            props[key] = rng.choice(props["versions"])["v"]
    elif key in props and rng.random() < 0.4:
        props.pop(key)
    else:
        props[key] = rng.choice(values)


@change(2)
def macro(rng, p):
    place, name = rng.choice([(p["macros"], "m0"), (p["macros"], "m1"), (p["macros"], "unused"), (p["pkg"], "plain"), (p["pkg"], "default__dispatched"), (p, "dispatch"), (p["pkg"], "test")] + [(p["tests"], t) for t in p["tests"]])
    place[name] = str(place[name]) + " -- changed"


@change()
def override(rng, p):
    p["macros_text"] = p.get("macros_text", "") + rng.choice([
        "{% macro generate_alias_name(custom_alias_name=none, node=none) %}{{ custom_alias_name or node.name }}{% endmacro %}\n",
        "{% test not_null(model, column_name) %}select 1 from {{ model }} where {{ column_name }} is null{% endtest %}\n",
        "{% macro duckdb__dispatched(c) %}{{ c }}{% endmacro %}\n", "{% macro brand_new() %}1{% endmacro %}\n",
        "{% macro default__m_dispatch() %}7{% endmacro %}\n"])


@change(2)
def tests(rng, p):
    cols = props_of(rng, p)["columns"]
    col = rng.choice(cols)
    old = col.get("data_tests")
    if old and rng.random() < 0.5:
        test = rng.choice(old)
        if isinstance(test, dict):
            next(iter(test.values())).setdefault("config", {}).update([pick(rng, TEST_CONFIGS)])
        else:
            old.remove(test)
    else:
        add_test(rng, "m", col)


@change()
def singular(rng, p):
    test = rng.choice(list(p["singular"].values()))
    if rng.random() < 0.5:
        test["body"] += 10
    else:
        test["sql"][rng.choice(["severity", "tags", "where", "custom_key"])] = "'warn'"


@change(3)
def source(rng, p):
    source = rng.choice(p["sources"])
    thing = rng.choice([source] + source["tables"])
    if rng.random() < 0.3:
        key = rng.choice([k for k in thing if k not in ("name", "tables")] or ["x"])
        thing.pop(key, None)
    elif rng.random() < 0.3:
        thing[rng.choice(["description", "loader" if "tables" in thing else "identifier"])] = "changed"
    elif rng.random() < 0.2:
        source["tables"].append({"name": f"t_new{rng.randint(1, 3)}"})
    else:
        source_extras(rng, thing)


@change(2)
def seed(rng, p):
    seed = p["seeds"][rng.choice(sorted(p["seeds"]))]
    act = rng.randint(0, 3)
    if act == 0:
        seed["rows"] += 1
    elif act == 1:
        seed["props"]["config"].update([pick(rng, SEED_CONFIGS)])
    elif act == 2:
        seed["rows"] = rng.choice([60000, 60001, 2])
    else:
        seed["props"]["description"] = "changed"


@change()
def seed_moved(rng, p):
    p["seeds"][rng.choice(sorted(p["seeds"]))]["folder"] = "sub/"


@change(2)
def snapshot(rng, p):
    snap = p["snapshots"][rng.choice(sorted(p["snapshots"]))]
    if rng.random() < 0.6:
        snap["config"].update([pick(rng, SNAP_CONFIGS)])
    elif rng.random() < 0.5:
        snap["salt"] = rng.randint(1, 9)
    else:
        snap["description"] = "changed"


@change(2)
def exposure(rng, p):
    exposure = rng.choice(p["exposures"])
    key, value = rng.choice([("type", "ml"), ("owner", {"name": "Bob"}), ("maturity", "low"), ("url", "https://x.example.com"), ("description", "z"), ("label", "L"), ("config", {"meta": {"q": 1}}),
                             ("tags", ["zz"]), ("meta", {"q": 2}), ("config", {"tags": ["zz"]}), ("owner", {"name": "Ann", "email": "a@example.com", "team": "x"})])
    if rng.random() < 0.2:
        exposure["depends_on"].append("ref('seed_a')")
    else:
        exposure[key] = value


@change(3)
def semantic(rng, p):
    if "semantic" not in p:
        return
    section = rng.choice(sorted(p["semantic"]))
    thing = rng.choice(p["semantic"][section])
    options = {"semantic_models": [("description", "z"), ("label", "L"), ("config", {"meta": {"a": 1}}), ("config", {"group": "finance"}), ("entities", [{"name": "order", "type": "primary", "expr": "id"}]),
                                   ("dimensions", [{"name": "ordered_at", "type": "time", "type_params": {"time_granularity": "month"}}, {"name": "status", "type": "categorical", "description": "s"}]),
                                   ("measures", [{"name": "revenue", "agg": "max", "expr": "b"}, {"name": "cnt", "agg": "count", "expr": "id"}])],
               "metrics": [("description", "z"), ("label", "L2"), ("filter", "{{ Dimension('order__status') }} = 'y'"), ("config", {"meta": {"a": 1}}), ("config", {"group": "finance"}), ("meta", {"b": 1}), ("tags", ["nightly"]), ("config", {"enabled": True}), ("time_granularity", "month")],
               "saved_queries": [("description", "z"), ("label", "L3"), ("config", {"meta": {"a": 1}}), ("config", {"group": "ops"}), ("tags", ["nightly"]), ("config", {"tags": ["nightly"]}), ("config", {"cache": {"enabled": True}}),
                                 ("exports", [{"name": "ex", "config": {"export_as": "view"}}]), ("exports", [{"name": "ex2", "config": {"export_as": "table", "schema": "{{ target.name }}"}}]), ("exports", []),
                                 ("query_params", {"metrics": ["total", "cnt_m"], "group_by": ["Dimension('order__status')"]}), ("query_params", {"metrics": ["total"], "group_by": ["TimeDimension('metric_time', 'day')"], "where": ["{{ Dimension('order__status') }} = 'x'"], "limit": 3})]}[section]
    key, value = rng.choice(options)
    thing[key] = copy.deepcopy(value)


@change()
def semantic_new(rng, p):
    if "semantic" in p:
        kind = rng.randint(0, 1)
        if kind == 0:
            p["semantic"]["metrics"].append({"name": f"m_new{rng.randint(1, 3)}", "label": "N", "type": "simple", "type_params": {"measure": "cnt"}})
        else:
            p["semantic"]["saved_queries"].append({"name": f"sq_new{rng.randint(1, 3)}", "query_params": {"metrics": ["cnt_m"]}})


@change()
def unit_test(rng, p):
    for test in p["unit_tests"]:
        key, value = rng.choice([("description", "z"), ("expect", {"rows": [{"id": 2}]}), ("config", {"tags": ["q"]}), ("config", {"meta": {"a": 1}}), ("overrides", {"vars": {"region": "us"}})])
        test[key] = value


@change()
def group(rng, p):
    p["groups"][rng.choice(GROUPS)]["name"] = "Other"


@change()
def doc(rng, p):
    p["doc"] = "changed"


@change()
def hook(rng, p):
    p["hooks"] = rng.choice([["select 2"], ["select 1 -- {{ var('region') }}", "select 3"], []])


@change()
def analysis(rng, p):
    p["analyses"]["adhoc"]["body"] += 1


@change()
def functions(rng, p):
    for function in [f for f in p["functions"].values() if "props" in f]:
        act = rng.randint(0, 4)
        if act == 0:
            function["body"] += " -- c"
        elif act == 1:
            function["props"]["arguments"][0]["data_type"] = "integer"
        elif act == 2:
            function["props"]["description"] = "c"
        elif act == 3:
            function["props"]["returns"]["data_type"] = "integer"
        else:
            function["props"]["config"].update(dict([pick(rng, {"tags": [["nightly"]], "meta": [{"a": 1}], "schema": ["fx"], "volatility": ["deterministic"]})]))


@change(2)
def new(rng, p):
    new_model(rng, p, f"added_{rng.randint(1, 99)}")


@change()
def new_exposure(rng, p):
    p["exposures"].append({"name": "exp_new", "type": "dashboard", "owner": {"name": "N"}, "depends_on": ["source('ext', 'e1')"]})


def leaves(p):
    text = json.dumps([p["exposures"], p.get("semantic"), p["unit_tests"], p["snapshots"], p["singular"], p["analyses"]])
    used = {r for m in p["models"].values() for r in m["refs"]}
    return [n for n in p["models"] if n not in used and f"'{n}'" not in text and f'"{n}"' not in text]


@change(2)
def delete(rng, p):
    if leaves(p):
        p["models"].pop(rng.choice(leaves(p)))


@change(2)
def disable(rng, p):
    if leaves(p):
        p["models"][rng.choice(leaves(p))]["props"].setdefault("config", {})["enabled"] = False


@change()
def rename(rng, p):
    if leaves(p):
        name = rng.choice(leaves(p))
        p["models"][name + "_renamed"] = p["models"].pop(name)


@change()
def move(rng, p):
    p["models"][some_model(rng, p)]["folder"] = rng.choice(FOLDERS)


@change()
def version_added(rng, p):
    props = props_of(rng, p)
    if props.get("versions") and isinstance(props["versions"][0]["v"], int):
        props["versions"].append({"v": max(v["v"] for v in props["versions"]) + 1})


@change()
def package(rng, p):
    key = rng.choice(["model", "description"])
    p["pkg"][key] += " -- c"


@change()
def package_config(rng, p):
    p["config"].setdefault("pkg_models", {"": {}})[""].update([pick(rng, YAML_CONFIGS)])


@change()
def flag(rng, p):
    if CURRENT >= 9:
        p["flags"][FLAG] = rng.random() < 0.5
        p["flags"]["state_modified_compare_vars"] = rng.random() < 0.5


@change()
def call_macro(rng, p):
    p["models"][some_model(rng, p)]["macros"].append(rng.choice(["m0('b')", "util_pkg.plain()", "m_dispatch()"]))


@change(2)
def enable(rng, p):
    """Switches something off or on again."""
    things = [t for s in p["sources"] for t in s["tables"] if t["name"] == "t2"] + p["exposures"] + p["unit_tests"] + [p["snapshots"]["snap_block"]] + p.get("semantic", {}).get("saved_queries", [])
    thing = rng.choice(things)
    config = thing.setdefault("config", {})
    config["enabled"] = not config.get("enabled", True) is True


@change(2)
def semantic_more(rng, p):
    if "semantic" not in p:
        return
    model = p["semantic"]["semantic_models"][0]
    act = rng.randint(0, 7)
    if act == 0:
        model["defaults"] = {"agg_time_dimension": "shipped_at"}
    elif act == 1 and "primary_entity" in model:
        model["primary_entity"] = "purchase"
    elif act == 2:
        model["measures"][0]["description"] = rng.choice(["m", ""])
    elif act == 3:
        model["measures"][-1]["agg_params"] = {"percentile": 0.5}
    elif act == 4:
        model["dimensions"][0]["label"] = "Ordered"
    elif act == 5:
        rng.choice(p["semantic"]["metrics"])["type_params"]["measure"] = {"name": "cnt", "fill_nulls_with": 0}
    elif act == 6:
        rng.choice(p["semantic"]["saved_queries"])["query_params"]["order_by"] = ["total"]
    else:
        rng.choice(p["semantic"]["metrics"])["config"] = {"enabled": True, "meta": {"z": rng.randint(1, 2)}}


@change(2)
def more_project(rng, p):
    act = rng.randint(0, 5)
    if act == 0:
        p["project"]["dispatch"] = [{"macro_namespace": "util_pkg", "search_order": rng.choice([["shop", "util_pkg"], ["util_pkg", "shop"]])}]
    elif act == 1:
        p["project"]["on-run-end"] = rng.choice([["select 10"], ["select 9 -- {{ m1('x') }}"]])
    elif act == 2:
        p["project"][rng.choice(["exposures", "metrics", "semantic-models", "saved-queries"])] = {"shop": {"+enabled": True}}
    elif act == 3 and "tests/fixtures/fx_a.csv" in p["files"]:
        p["files"]["tests/fixtures/fx_a.csv"] += "2\n"
    elif act == 4:
        for path in p["pkg_files"]:
            if path.endswith(".sql") or path.endswith(".csv"):
                p["pkg_files"][path] += "7\n"
    else:
        p["project"].setdefault("query-comment", "hello")


@change()
def overload(rng, p):
    if "half_int" in p["functions"]:
        function = p["functions"]["half_of"]["props"]["overloads"][0]
        act = rng.randint(0, 3)
        if act == 0:
            function["description"] = "changed"
        elif act == 1:
            p["functions"]["half_int"]["body"] += " -- c"
        elif act == 2:
            function["arguments"][0]["data_type"] = "bigint"
        else:
            function["returns"] = {"data_type": "integer", "description": "r"}


@change()
def test_gone(rng, p):
    if rng.random() < 0.3:
        p["tests"].pop("expression_holds", None)


@change()
def python_config(rng, p):
    for model in p["models"].values():
        if model["python"]:
            model["body"] += 1


# ---- files
def dump(value):
    """JSON is YAML."""
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def sql_text(name, model, salt=""):
    config = ", ".join(f"{k}={v}" for k, v in model["sql"].items())
    lines = ["{{ config(" + config + ") }}"] if config else []
    lines.append(f"select {model['body']} as id, 'b' as b, {', '.join('{{ ' + m + ' }} as m' + str(i) for i, m in enumerate(model.get('macros', []))) or '1 as c'}{salt}")
    for r in model.get("refs", []):
        lines.append(f"-- {{{{ ref('{r}') }}}}")
    for s, t in model.get("sources", []):
        lines.append(f"-- {{{{ source('{s}', '{t}') }}}}")
    if model.get("seed"):
        lines.append(f"-- {{{{ ref('{model['seed']}') }}}}")
    for f in model.get("functions", []):
        lines.append(f"-- {{{{ function('{f}') }}}}")
    return "\n".join(lines) + "\n"


def project_block(by_folder):
    block = {}
    for folder, config in by_folder.items():
        config.pop("alias", None)  # all would have the same
        at = block
        for part in [x for x in folder.split("/") if x]:
            at = at.setdefault(part, {})
        at.update({"+" + k: v for k, v in config.items()})
    return block


def port(value, ver):
    """What only newer versions of dbt know is written in the old way."""
    if isinstance(value, list):
        return [port(v, ver) for v in value]
    if not isinstance(value, dict):
        return value
    value = {k: port(v, ver) for k, v in value.items()}
    if ver < 11:
        value.update(value.pop("arguments") if isinstance(value.get("arguments"), dict) else {})
        if "functions" in value:
            value["functions"] = type(value["functions"])()
    if ver < 9 and "snapshots" in value:
        value["snapshots"] = {n: s for n, s in value["snapshots"].items() if not isinstance(s, dict) or not s.get("yaml")}
    return value


def repair(p):
    """Takes out what dbt refuses to parse."""
    for name, model in p["models"].items():
        props = model["props"]
        config = props.get("config", {})
        for key in ("access", "group", "docs", "tags", "meta"):
            if key in config:
                props.pop(key, None)
        for place, alias in ((config, lambda a: a + "_" + name), (model["sql"], lambda a: a + " ~ '_" + name + "'")):
            if "alias" in place:
                place["alias"] = alias(place["alias"])
                if props.get("versions"):
                    place.pop("alias")
        for version in props.get("versions", []):
            version.get("config", {}).pop("alias", None)
        if config.get("contract"):
            config["on_schema_change"] = "fail"
            model["python"] = False
        if config.get("access") == "private" and not (config.get("group") or props.get("group")):
            config.pop("access")


def render(p, ver):
    p = port(copy.deepcopy(p), ver)
    repair(p)
    files = {}
    project = {"name": "shop", "version": "1.0.0", "config-version": 2, "profile": "shop", "vars": {"region": "eu", "min_amount": 10}, "on-run-start": p["hooks"], "flags": {"send_anonymous_usage_stats": False, **p["flags"]}}
    for section in ("models", "seeds", "sources", "snapshots", "data_tests"):
        project[section] = {"shop": project_block(p["config"].get(section, {}))}
    project.update(p["project"])
    if "pkg_models" in p["config"]:
        project["models"]["util_pkg"] = project_block(p["config"]["pkg_models"])
    if p["functions"]:
        project["function-paths"] = ["functions"]
    files["dbt_project.yml"] = dump(project)
    files["profiles.yml"] = dump({"shop": {"target": "dev", "outputs": {"dev": {"type": "duckdb", "path": "dev.duckdb", "schema": "dbt_dev"}, "prod": {"type": "duckdb", "path": "prod.duckdb", "schema": "analytics"}}}})
    by_folder = {}
    for name, model in p["models"].items():
        path = f"models/{model['folder']}/{name}".replace("//", "/")
        if model["python"]:
            files[path + ".py"] = "def model(dbt, session):\n    dbt.config(materialized='table')\n" + "".join(f"    dbt.ref('{r}')\n" for r in model["refs"]) + f"    return {model['body']}\n"
        elif model["props"].get("versions"):
            for version in model["props"]["versions"]:
                files[f"{path}_v{version['v']}.sql"] = sql_text(name, model, f" -- {version['v']}")
        else:
            files[path + ".sql"] = sql_text(name, model)
        if model["props"]:
            by_folder.setdefault(model["folder"], []).append({"name": name, **model["props"]})
    for folder, models in by_folder.items():
        files[f"models/{folder}/schema.yml".replace("//", "/")] = dump({"version": 2, "models": models})
    files["models/sources.yml"] = dump({"version": 2, "sources": p["sources"]})
    files["models/groups.yml"] = dump({"version": 2, "groups": [{"name": n, "owner": o} for n, o in p["groups"].items()]})
    files["models/docs.md"] = "{% docs orders_doc %}\nOrders " + p.get("doc", "") + "\n{% enddocs %}\n"
    files["models/exposures.yml"] = dump({"version": 2, "exposures": p["exposures"]})
    if "semantic" in p:
        files["models/semantic.yml"] = dump({"version": 2, **p["semantic"]})
        files["models/metricflow_time_spine.sql"] = "select cast('2024-01-01' as date) as date_day\n"
        if ver >= 9:
            files["models/spine.yml"] = dump({"version": 2, "models": [{"name": "metricflow_time_spine", "time_spine": {"standard_granularity_column": "date_day"}, "columns": [{"name": "date_day", "granularity": "day"}]}]})
    if p["unit_tests"]:
        files["models/unit_tests.yml"] = dump({"version": 2, "unit_tests": p["unit_tests"]})
    for name, seed in p["seeds"].items():
        files[f"seeds/{seed.get('folder', '')}{name}.csv"] = "id,b\n" + "".join(f"{i},some text {i}\n" for i in range(seed["rows"]))
    files["seeds/seeds.yml"] = dump({"version": 2, "seeds": [{"name": n, **s["props"]} for n, s in p["seeds"].items()]})
    yaml_snaps = []
    for name, snap in p["snapshots"].items():
        config = {"unique_key": "id", "strategy": "check", "check_cols": "all", **snap["config"]}
        if snap["yaml"]:
            yaml_snaps.append({"name": name, "relation": f"ref('{snap['ref']}')", "config": config, **({"description": snap["description"]} if "description" in snap else {})})
        else:
            call = ", ".join(f"{k.replace('-', '_')}={v!r}" for k, v in config.items())
            files[f"snapshots/{name}.sql"] = f"{{% snapshot {name} %}}\n{{{{ config({call}) }}}}\nselect {snap.get('salt', 0)} as id, * from {{{{ ref('{snap['ref']}') }}}}\n{{% endsnapshot %}}\n"
            if "description" in snap:
                yaml_snaps.append({"name": name, "description": snap["description"]})
    if yaml_snaps:
        files["snapshots/snaps.yml"] = dump({"version": 2, "snapshots": yaml_snaps})
    for name, macro_body in p["macros"].items():
        files[f"macros/{name}.sql"] = f"{{% macro {name}(c) %}}{macro_body}{{% endmacro %}}\n"
    files["macros/dispatch.sql"] = "{% macro m_dispatch() %}{{ return(adapter.dispatch('m_dispatch')()) }}{% endmacro %}\n{% macro duckdb__m_dispatch() %}" + p["dispatch"] + "{% endmacro %}\n" + p.get("macros_text", "")
    for name, test_body in p["tests"].items():
        arguments = {"is_positive": "model, column_name", "has_rows": "model", "expression_holds": "model, e"}[name]
        files[f"tests/generic/{name}.sql"] = f"{{% test {name}({arguments}) %}}{test_body}{{% endtest %}}\n"
    for name, test in p["singular"].items():
        files[f"tests/{name}.sql"] = sql_text(name, test)
    for name, analysis_ in p["analyses"].items():
        files[f"analyses/{name}.sql"] = sql_text(name, {"sql": {}, **analysis_})
    for name, function in p["functions"].items():
        files[f"functions/{name}.sql"] = function["body"] + "\n"
    if p["functions"]:
        files["functions/functions.yml"] = dump({"functions": [f["props"] for f in p["functions"].values() if "props" in f]})
    files["selectors.yml"] = dump({"selectors": p["selectors"]})
    files["packages.yml"] = dump({"packages": [{"local": "packages/util_pkg"}]})
    pkg = "dbt_packages/util_pkg/"
    files[pkg + "dbt_project.yml"] = dump({"name": "util_pkg", "version": "0.1.0", "config-version": 2, "models": {"util_pkg": {"+materialized": "table"}}})
    files[pkg + "macros/m.sql"] = ("{% macro dispatched(c) %}{{ return(adapter.dispatch('dispatched', 'util_pkg')(c)) }}{% endmacro %}\n{% macro default__dispatched(c) %}" + p["pkg"]["default__dispatched"]
                                   + "{% endmacro %}\n{% macro plain() %}" + p["pkg"]["plain"] + "{% endmacro %}\n{% test pkg_test(model, column_name) %}" + p["pkg"]["test"] + "{% endtest %}\n")
    files[pkg + "models/pkg_calendar.sql"] = p["pkg"]["model"] + "\n"
    files.update(p["files"])
    files.update({pkg + path: text for path, text in p["pkg_files"].items()})
    files[pkg + "models/pkg.yml"] = dump({"version": 2, "models": [{"name": "pkg_calendar", "description": p["pkg"]["description"], "columns": [{"name": "d", "data_tests": ["not_null"]}]}]})
    return files


# ---- lines
def atom(rng, names):
    name = rng.choice(names)
    wild = rng.choice([name[:3] + "*", "*" + name[-2:], name[:-1] + "?", name[:-1] + "[0-9]", name[:-1] + "[!9]", "*_*", "*"])
    state = "state:" + rng.choice(["modified"] * 4 + ["new", "old", "unmodified", "modified.body", "modified.configs", "modified.relation", "modified.persisted_descriptions", "modified.contract", "modified.macros"])
    folder = rng.choice(["staging", "marts", "marts/core", "inter.mediate"])
    value = rng.choice([
        name, wild, state, state, "tag:" + rng.choice(TAGS[:4] + ["n*", "*", "[ab]*"]), "source:" + rng.choice(["raw", "raw.t1", "shop.raw.t2", "r*", "*.e1", "ext.*", "*", "shop.*.*"]),
        "path:" + rng.choice(["models", "models/" + folder, "models/*", "models/**/*", "models/" + folder + "/*.sql", "models/" + folder + "/schema.yml", f"models/**/{wild}.sql", "seeds", "seeds/*.csv", "tests", "snapshots", "models/exposures.yml", "./models/" + folder, "models/" + folder + "/", "**/*.sql", "models/sources.yml", "models/*/*", "functions", "analyses"]),
        "models/" + folder, f"models/{folder}/{name}.sql", "file:" + rng.choice([name + ".sql", name, "schema.yml", "*.csv", "s*", wild]), name + ".sql", wild + ".SQL",
        "package:" + rng.choice(["shop", "util_pkg", "this", "*", "util*"]), "fqn:" + rng.choice([name, "shop." + name, "shop.*", wild, "shop.staging", "staging", f"marts.{wild}", "*.v1", "marts.core.*", "inter.mediate", "shop.inter", "util_pkg", "shop.marts.core." + name, "shop*", "*.*"]),
        "config." + rng.choice(["materialized:table", "materialized:view", "enabled:true", "enabled:False", "tags:nightly", "meta.owner:x", "meta.pii:true", "meta.level:1", "meta.list:p", "meta.list:true", "meta.deep.er:v", "custom_key:true", "custom_key:1", "custom_key:a", "custom_key:Text", "custom_key.k:1", "custom_key:", "severity:WARN",
                                 "severity:error", "schema:sx", "alias:al_1", "persist_docs.relation:true", "grants.select:bi", "docs.show:false", "contract.enforced:true", "access:public", "group:finance", "unique_key:id", "pre_hook:x", "full_refresh:true", "store_failures:true", "where:1=1", "limit:5", "event_time:t", "strategy:check", "check_cols:all", "quoting.identifier:true", "nothing:None", "materialized:None", "freshness.warn_after.period:hour", "column_types.id:bigint", "quote_columns:true", "static_analysis:off", "on_schema_change:fail", "batch_size:None", "delimiter:,"]),
        "resource_type:" + rng.choice(["model", "test", "source", "seed", "snapshot", "exposure", "metric", "semantic_model", "saved_query", "unit_test", "analysis", "operation"] + (["function"] if CURRENT >= 11 else [])),
        "test_type:" + rng.choice(["generic", "singular", "data", "unit", "schema"]), "test_name:" + rng.choice(["not_null", "unique", "is_positive", "pkg_test", "*", "ut_*", "accepted*", "relationships"]),
        "group:" + rng.choice(GROUPS + ["*", "f*"]), "access:" + rng.choice(["public", "protected", "private"]), "version:" + rng.choice(["latest", "old", "prerelease", "none"]),
        "exposure:" + rng.choice(["*", "exp_0", "shop.exp_1", "e*"]), "metric:" + rng.choice(["*", "total", "shop.ratio_m"]), "semantic_model:" + rng.choice(["*", "sem_a"]), "saved_query:" + rng.choice(["*", "sq_a", "shop.sq*"]),
        "unit_test:" + rng.choice(["*", "ut_a", "shop.ut_a"]), "result:" + rng.choice(["success", "error", "fail", "skipped", "warn", "pass"]), "source_status:" + rng.choice(["fresher", "fresher", "pass"]), "sel_0",
        name + "." + rng.choice(["v1", "v2", "1", "a", "va"]), name + "_v1"] + (["selector:" + rng.choice(["sel_0", "sel_*", "sel_1", "sel_[12]"])] * 2 if CURRENT >= 12 else []))
    return rng.choice(["", "", "", "", "+", "1+", "2+", "@"]) + value if rng.random() < 0.5 else value + rng.choice(["", "", "+", "+1", "+2"])


def words(rng, names, most):
    return " ".join(",".join(atom(rng, names) for _ in range(rng.choice([1, 1, 1, 2, 2, 3]))) for _ in range(rng.randint(1, most)))


ODD = ["bogus", "foo:bar", "state:foo", "@fct_1+", "resource_type:nonsense", "test_type:x", "version:x", "source:a.b.c.d", "exposure:a.b.c", "metric:a.b.c", "unit_test:a.b.c", "saved_query:a.b.c", "semantic_model:a.b.c", "tag:", "state:", "fqn:", "path:", "path:.", "path:..",
       "path:/models", "path:models/**x", "path:**", "file:", "package:", "config:", "config.:x", "config.a.:x", "config.meta..:x", "source:", "source:.", "source:..t1", "exposure:.", "group:", "access:", "version:", "result:", "source_status:", "test_name:", "test_type:", "resource_type:", "+", "++", "@", "@+", "1+", "+1", ",", "a,", "@@x", "+@x",
       "1+1", "x+1+", "fqn:a:b", "a b:c", "tag:[", "tag:[]", "tag:[!]", "tag:[a-", "tag:[z-a]", "tag:[]a]", "tag:[!]a]*", "fqn:[", "*[*", "selector:", "selector:nope", "selector:no*", "tag.x:nightly", "state.modified:body", "fqn.x:*", "path.x:models", "source.x:raw", "test_type.x:generic", "config.materialized.x:table", "config.tags.0:nightly",
       "METRIC:total", "Tag:nightly", "--selector nope", "--selector sel_0 --exclude tag:nightly", "--selector sel_0 --select tag:nightly", "--selector sel_*", "* --resource-type nonsense", "* --resource-type Model", "* --exclude-resource-type default", "* --exclude-resource-type all", "* --resource-type operation", "* --indirect-selection Cautious", "* --indirect-selection nope",
       "--exclude state:modified", "--exclude *", "--exclude bogus", "--resource-type model", "--resource-type all --exclude-resource-type test", "tag:a--b", "-x", "fqn:-x", "config.severity:null", "config.meta:x", "config.meta.items:x", "config.get:x", "unit_test:*+", "+unit_test:*", "source:*+1", "+exposure:*", "1+saved_query:*", "@source:raw", "@seed_a", "@state:new", "test_name:not_null+",
       "state:modified.macros+", "models//staging", "models/./staging", "models/staging/../marts", "./models", "../models", "*.sql", "*/schema.yml", "**/schema.yml", "models/*/", "models/staging*/", "shop.staging.*", "shop.*.*.*", "shop", "shop.", ".shop", "shop..x", "v1", "*.v*", "v*", "seed_a.csv", "seed_?", "SEED_A", "file:SEED_A.csv"]


def lines(rng, p, both):
    names = sorted(set(both)) + ["seed_a", "assert_0", "snap_block", "snap_yaml", "half_of", "pkg_calendar"]
    out = []
    for _ in range(int(os.environ.get("ORACLE_LINES", "60"))):
        line = words(rng, names, 3)
        if rng.random() < 0.3:
            line += " --exclude " + words(rng, names, 2)
        if rng.random() < 0.35:
            line += " --indirect-selection " + rng.choice(["cautious", "buildable", "empty", "eager"])
        if rng.random() < 0.15:
            line += " --resource-type " + rng.choice(["model", "test", "all", "unit_test", "default", "source exposure", "test unit_test", "saved_query", "analysis"])
        if rng.random() < (0.3 if "--resource-type" in line else 0.1):
            line += " --exclude-resource-type " + rng.choice(["test", "model", "unit_test source"])
        out.append(line)
    for i in range(len(p["selectors"])):
        out.append(f"--selector sel_{i}" + rng.choice(["", "", " --indirect-selection cautious", " --indirect-selection empty", " --indirect-selection buildable", " --resource-type model"]))
    out += ["--resource-type all", "--indirect-selection cautious"]
    return out + rng.sample(ODD, min(len(ODD), int(os.environ.get("ORACLE_ODD", "12"))))


def results(rng, names):
    rows = [{"status": rng.choice(["success", "error", "skipped", "fail", "warn", "pass"]), "timing": [], "thread_id": "t", "execution_time": 0.1, "adapter_response": {}, "message": None, "failures": None,
             "unique_id": i, "compiled": True, "compiled_code": "", "relation_name": None} for i in ["model.shop." + n for n in names] + ["seed.shop.seed_a", "test.shop.assert_0"] if rng.random() < 0.6]
    return json.dumps({"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json", "dbt_version": "1.12.6", "generated_at": "2026-01-01T00:00:00Z", "invocation_id": "x", "env": {}},
                       "results": rows, "elapsed_time": 1.0, "args": {}})


def freshness(rng):
    rows = []
    for table in ("raw.t1", "raw.t2", "ext.e1"):
        kind = rng.random()
        if kind < 0.2:
            continue
        row = {"unique_id": "source.shop." + table}
        if kind < 0.35:
            row.update({"error": "boom", "status": "runtime error"})
        else:
            row.update({"max_loaded_at": f"2026-01-0{rng.randint(1, 3)}T00:00:00Z", "snapshotted_at": "2026-01-05T00:00:00Z", "max_loaded_at_time_ago_in_s": 1.0, "status": "pass", "criteria": {"warn_after": {"count": None, "period": None}, "error_after": {"count": None, "period": None}, "filter": None},
                        "adapter_response": {}, "timing": [], "thread_id": "t", "execution_time": 0.1})
        rows.append(row)
    return json.dumps({"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/sources/v3.json", "dbt_version": "1.12.6", "generated_at": "2026-01-05T00:00:00Z", "invocation_id": "x", "env": {}}, "results": rows, "elapsed_time": 1.0})


def case(seed):
    rng = random.Random(f"{seed}")
    before = new_project(rng)
    now = copy.deepcopy(before)
    done = []
    for _ in range(rng.choice([0, 1, 2, 3, 5, 8, 12])):
        chosen = rng.choice(CHANGES)
        chosen(rng, now)
        done.append(chosen.__name__)
    opts = {}
    for side in ("state_", ""):
        if rng.random() < 0.2:
            opts[side + "target"] = "prod"
        if rng.random() < 0.15:
            opts[side + "vars"] = {"region": "us"}
        if rng.random() < 0.15:
            opts[side + "env"] = {"SHOP_CHANNEL": "app"}
    if rng.random() < 0.4:
        opts["run_results"] = results(rng, sorted(now["models"]))
    if rng.random() < 0.4:
        opts["sources"] = {"state": freshness(rng), "current": freshness(rng)}
    versions = [v for v in os.environ.get("ORACLE_STATES", "").split() if int(v[2:]) <= CURRENT]
    if versions and rng.random() < 0.5:
        opts["state_dbt"] = rng.choice(versions)
        before["selectors"] = []  # an older dbt may not know what they say, and nobody asks for those of a state
    return dict(name=f"r{seed}", kind="random", title=f"seed {seed}: " + " ".join(done), edits=[lambda files: (files.clear(), files.update(render(now, CURRENT)))],
                state_edits=[lambda files: (files.clear(), files.update(render(before, int(opts.get("state_dbt", "v1" + str(CURRENT))[2:]))))], select=lines(rng, now, list(before["models"]) + list(now["models"])), **opts)


def seeds():
    for part in os.environ.get("ORACLE_SEEDS", "1-10").split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


CASES = [case(seed) for seed in seeds()]
