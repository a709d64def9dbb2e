"""Drops a former production that a clean-up had to keep, because objects of open change requests read from it."""

from __future__ import annotations

from dbt_slim.catalogue import HELD, SUFFIX, Database, Mark, dependents, identifier, in_list, literal, names


def drop_free(site: Database) -> list[str]:
    """Those from which nothing reads any more, with their clusters; gives what was dropped and what stays, in words."""
    rows = site.query(
        "select s.id, s.name, c.comment from mz_internal.mz_comments c join mz_schemas s on s.id = c.id"
        " join mz_databases d on d.id = s.database_id where d.name = current_database()"
        f" and c.object_type = 'schema' and c.comment like 'dbt-slim deployment %: {HELD}' order by 2"
    )
    deployments: dict[str, dict[str, str]] = {}
    for ident, name, comment in rows:
        found = Mark.parse(comment)
        if found and found.state == HELD:
            deployments.setdefault(found.deployment, {})[ident] = name
    told = []
    for deployment, schemas in deployments.items():
        of = f"the former production of deployment {deployment}"
        readers = dependents(site, list(schemas), True)
        if readers:
            told.append(f"{of} stays, because {names(['.'.join(each) for each in readers])} read from it")
            continue
        clusters = clusters_of(site, list(schemas))
        for name in schemas.values():
            site.query(f"drop schema {identifier(name)} cascade")
        for name in clusters:
            site.query(f"drop cluster {identifier(name)}")  # which the server refuses where others use it
        told.append(f"{of} is dropped, because nothing reads from it any more: {names([*schemas.values(), *clusters])}")
    return told


def clusters_of(site: Database, schema_ids: list[str]) -> list[str]:
    """Those that the deployment brought: what lies on them are objects of these schemas."""
    rows = site.query(
        "select distinct c.name from mz_clusters c join (select m.cluster_id, m.schema_id from mz_materialized_views m"
        " union all select i.cluster_id, o.schema_id from mz_indexes i join mz_objects o on o.id = i.on_id) x"
        f" on x.cluster_id = c.id where x.schema_id in {in_list(schema_ids)} and right(c.name, {len(SUFFIX)}) ="
        f" {literal(SUFFIX)} order by 1"
    )
    return [row[0] for row in rows]
