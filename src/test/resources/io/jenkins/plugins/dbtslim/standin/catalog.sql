-- Catalog stand-in: enough of Materialize's system catalog on PostgreSQL 15 for dbt-materialize 1.9.x.
-- Load as superuser into the database dbt connects to, whose search_path must be public, mz_catalog. For tests only.
-- What a test can set in mz_shim.settings: milliseconds until a replica tells of an object, until that is hydrated, and of
-- its lag, a cluster that runs out of memory, how many swaps fail with a conflict first.
create schema mz_shim; create schema mz_catalog; create schema mz_internal;

create table mz_shim.settings (key text primary key, value text);
insert into mz_shim.settings values ('hydrate_after_ms','0'), ('report_after_ms','0'), ('no_replacements',''), ('lag_ms','0'), ('oom_cluster',''), ('swap_conflicts','0');

create table mz_shim.clusters (
  id text primary key default 'u'||floor(random()*1e9)::bigint, name text unique not null,
  managed boolean default true, size text default '25cc', replication_factor int default 1,
  replicas int default 1, owner name default current_user, created_at timestamptz default clock_timestamp());
insert into mz_shim.clusters (id, name, size) values ('s1','quickstart','25cc');
create table mz_shim.cluster_comments (cluster_id text primary key, comment text);
create table mz_shim.object_cluster (oid oid primary key, cluster_id text, created_at timestamptz default clock_timestamp());
create table mz_shim.sinks (id text primary key default 'u'||floor(random()*1e9)::bigint, database name, schema name, name name, cluster_id text, upstream text,
  upstream_oid oid); -- what it reads from stays, whatever its name becomes

-- which cluster an object was created in: the proxy turns "IN CLUSTER c" into SET mz_shim.cluster
create function mz_shim.on_ddl() returns event_trigger language plpgsql security definer as $$
declare r record; c text := nullif(current_setting('mz_shim.cluster', true), ''); cid text;
begin
  if c is null then return; end if;
  select id into cid from mz_shim.clusters where name = c;
  if cid is null then raise exception 'unknown cluster ''%''', c using errcode = '42704'; end if;
  for r in select objid from pg_event_trigger_ddl_commands() where object_type in ('materialized view','table','index') loop
    insert into mz_shim.object_cluster(oid, cluster_id) values (r.objid, cid) on conflict (oid) do update set cluster_id = excluded.cluster_id, created_at = clock_timestamp();
  end loop;
  perform set_config('mz_shim.cluster', '', false);
end $$;
create event trigger mz_shim_ddl on ddl_command_end when tag in ('CREATE MATERIALIZED VIEW','CREATE TABLE','CREATE TABLE AS','CREATE INDEX') execute function mz_shim.on_ddl();

create function mz_shim.create_cluster(n text, sz text, rf int) returns text language plpgsql as $$
begin
  if exists (select 1 from mz_shim.clusters where name = n) then raise exception 'cluster ''%'' already exists', n using errcode = '42710'; end if;
  insert into mz_shim.clusters(name, size, replication_factor, replicas) values (n, sz, rf, rf); return 'CREATE CLUSTER';
end $$;
-- Materialize takes the name of a cluster that there is not, and refuses the query that follows
create function mz_shim.use_cluster(n text) returns text language plpgsql as $$
begin
  if not exists (select 1 from mz_shim.clusters where name = n) then raise exception 'unknown cluster ''%''', n using errcode = '42704'; end if;
  return 'SET';
end $$;
create function mz_shim.drop_cluster(n text, missing_ok boolean, casc boolean) returns text language plpgsql as $$
declare cid text; r record;
begin
  select id into cid from mz_shim.clusters where name = n;
  if cid is null then
    if missing_ok then return 'DROP CLUSTER'; end if;
    raise exception 'unknown cluster ''%''', n using errcode = '42704';
  end if;
  for r in select c.oid, c.relkind, c.oid::regclass as rel from mz_shim.object_cluster o join pg_class c on c.oid = o.oid where o.cluster_id = cid loop
    if not casc then raise exception 'cannot drop cluster "%" because other objects depend on it', n using errcode = '2BP01'; end if;
    if exists (select 1 from pg_class where oid = r.oid) then
      execute format('drop %s if exists %s cascade', case r.relkind when 'm' then 'materialized view' when 'i' then 'index' else 'table' end, r.rel);
    end if;
  end loop;
  delete from mz_shim.object_cluster where cluster_id = cid;
  delete from mz_shim.clusters where id = cid; return 'DROP CLUSTER';
end $$;
create function mz_shim.swap_cluster(a text, b text) returns text language plpgsql as $$
begin
  perform mz_shim.maybe_conflict();
  if (select count(*) from mz_shim.clusters where name in (a,b)) <> 2 then raise exception 'unknown cluster ''%''', case when exists (select 1 from mz_shim.clusters where name = a) then b else a end using errcode='XX000'; end if;
  update mz_shim.clusters set name = '__swap' where name = a; update mz_shim.clusters set name = a where name = b; update mz_shim.clusters set name = b where name = '__swap';
  return 'ALTER CLUSTER';
end $$;
create sequence mz_shim.conflicts;
create function mz_shim.maybe_conflict() returns void language plpgsql as $$
begin  -- sequences survive the rollback, so "fail the first N swaps" works
  if (select value::int from mz_shim.settings where key='swap_conflicts') > 0
     and nextval('mz_shim.conflicts') <= (select value::int from mz_shim.settings where key='swap_conflicts') then
    raise exception 'another session modified the catalog while this DDL transaction was open' using errcode = '40001', hint = 'DDL transactions fail when any other DDL happens concurrently, even on unrelated schemas/clusters.';
  end if;
end $$;
create function mz_shim.swap_schema(a text, b text) returns text language plpgsql as $$
begin
  perform mz_shim.maybe_conflict();
  if to_regnamespace(quote_ident(b)) is null then raise exception 'unknown schema ''%''', b using errcode = 'XX000'; end if;
  execute format('alter schema %I rename to %I', a, '__swap'); execute format('alter schema %I rename to %I', b, a); execute format('alter schema %I rename to %I', '__swap', b);
  return 'ALTER SCHEMA';
end $$;
create function mz_shim.comment_cluster(n text, c text) returns text language sql as $$
  insert into mz_shim.cluster_comments select id, c from mz_shim.clusters where name = n on conflict (cluster_id) do update set comment = excluded.comment returning 'COMMENT' $$;
create function mz_shim.create_sink(d text, s text, n text, c text, up text) returns text language sql as $$
  insert into mz_shim.sinks(database, schema, name, cluster_id, upstream, upstream_oid)
    values (coalesce(d,current_database()), s, n, (select id from mz_shim.clusters where name=c), up, to_regclass(up)::oid) returning 'CREATE SINK' $$;
create function mz_shim.alter_sink(d text, s text, n text, up text) returns text language plpgsql as $$
begin
  update mz_shim.sinks set upstream = up, upstream_oid = to_regclass(up)::oid where schema = s and name = n;
  if not found then raise exception 'unknown catalog item ''%.%''', s, n using errcode='42704'; end if; return 'ALTER SINK';
end $$;

create function mz_shim.drop_sink(d text, s text, n text) returns text language sql as $$
  delete from mz_shim.sinks where schema = s and name = n; select 'DROP SINK' $$;

-- Replacement materialized views: refused where names or types differ (nullability and keys are not looked at). APPLY makes
-- what reads from the target anew in one transaction, so that nobody sees a gap, but its ids change, which Materialize's do not.
create table mz_shim.replacements (oid oid primary key, target oid);
create function mz_shim.check_replacement(r text, t text) returns text language plpgsql security definer as $$
declare differences text; kind "char" := (select relkind from pg_class where oid = t::regclass);
begin
  if (select value from mz_shim.settings where key = 'no_replacements') <> '' then
    raise exception 'Expected end of statement, found identifier "replacement"' using errcode = '42601'; end if;
  if kind <> 'm' then raise exception 'cannot replace % with materialized view %', t, r; end if;
  select string_agg(case when a.attname is null then format('extra column "%s" at position %s', b.attname, b.attnum)
      when b.attname is null then format('missing column "%s" at position %s', a.attname, a.attnum)
      when a.attname <> b.attname then format('column at position %s: name mismatch (target: "%s", replacement: "%s")', a.attnum, a.attname, b.attname)
      else format('column "%s" at position %s: type mismatch (target: %s, replacement: %s)', a.attname, a.attnum, a.atttypid::regtype, b.atttypid::regtype) end, E'\n' order by coalesce(a.attnum, b.attnum))
    into differences
    from (select * from pg_attribute where attrelid = t::regclass and attnum > 0) a full join (select * from pg_attribute where attrelid = r::regclass and attnum > 0) b
      on a.attnum = b.attnum where (a.attname, a.atttypid) is distinct from (b.attname, b.atttypid);
  if differences is not null then raise exception 'replacement schema differs from target schema' using detail = differences; end if;
  insert into mz_shim.replacements values (r::regclass, t::regclass); return 'CREATE MATERIALIZED VIEW';
end $$;
create function mz_shim.apply_replacement(r text, t text) returns text language plpgsql security definer as $$
declare one record;
begin
  create temporary table to_make on commit drop as
    with recursive readers as (select t::regclass::oid as oid, 0 as level
      union all select w.ev_class, level + 1 from readers join pg_depend d on d.refobjid = readers.oid and d.classid = 'pg_rewrite'::regclass
        join pg_rewrite w on w.oid = d.objid where w.ev_class <> readers.oid and level < 20)
    select c.oid, max(level) as level, c.relkind, format('%I.%I', c.relnamespace::regnamespace::text, c.relname) as name, c.relowner::regrole::text as owner, c.relacl,
        pg_get_viewdef(case when max(level) = 0 then r::regclass else c.oid end) as sql, (select cluster_id from mz_shim.object_cluster o where o.oid = c.oid) as cluster_id
      from readers join pg_class c on c.oid = readers.oid where c.oid <> r::regclass group by c.oid;
  execute format('drop materialized view %s cascade', t); execute format('drop materialized view if exists %s cascade', r);
  for one in select * from to_make order by level loop
    execute format('create %s %s as %s', case one.relkind when 'm' then 'materialized view' else 'view' end, one.name, one.sql);
    execute format('alter %s %s owner to %s', case one.relkind when 'm' then 'materialized view' else 'view' end, one.name, one.owner);
    update pg_class set relacl = one.relacl where oid = one.name::regclass;
    if one.cluster_id is not null then insert into mz_shim.object_cluster values (one.name::regclass, one.cluster_id, clock_timestamp()); end if;
  end loop;
  drop table to_make; return 'ALTER MATERIALIZED VIEW';
end $$;

-- mz_catalog -----------------------------------------------------------------------------------
create view mz_catalog.mz_databases as select oid::text as id, oid, datname as name, datdba::text as owner_id, datacl as privileges from pg_database;
create view mz_catalog.mz_roles as select oid::text as id, oid, rolname as name, rolinherit as inherit from pg_roles;
create view mz_catalog.mz_schemas as
  select n.oid::text as id, n.oid, (select oid::text from pg_database where datname = current_database()) as database_id, n.nspname as name, n.nspowner::text as owner_id, n.nspacl as privileges
  from pg_namespace n where n.nspname not like 'pg\_%' and n.nspname not in ('information_schema','mz_shim');
create view mz_catalog.mz_objects as
  select 'u'||c.oid as id, c.oid, c.relnamespace::text as schema_id, c.relname as name,
    case c.relkind when 'r' then 'table' when 'v' then 'view' when 'm' then 'materialized-view' when 'i' then 'index' end as type, c.relowner::text as owner_id, c.relacl as privileges
  from pg_class c where c.relkind in ('r','v','m','i') and c.relnamespace in (select oid from pg_namespace where nspname not like 'pg\_%' and nspname not in ('information_schema','mz_shim','mz_catalog','mz_internal'))
  union all select s.id, null, (select oid::text from pg_namespace where nspname = s.schema), s.name, 'sink', null, null from mz_shim.sinks s;
create view mz_catalog.mz_relations as select * from mz_catalog.mz_objects where type in ('table','view','materialized-view','source');
create view mz_catalog.mz_columns as
  select 'u'||a.attrelid as id, a.attname as name, a.attnum::bigint as position, not a.attnotnull as nullable, format_type(a.atttypid, null) as type, a.atttypid as type_oid from pg_attribute a where attnum > 0 and not attisdropped;
create view mz_catalog.mz_sources as select ''::text as id, ''::text as schema_id, ''::text as name, ''::text as type, ''::text as cluster_id where false;
create view mz_catalog.mz_sinks as select s.id, (select oid::text from pg_namespace where nspname = s.schema) as schema_id, s.name, s.cluster_id from mz_shim.sinks s;
create view mz_catalog.mz_clusters as select c.id, c.name, (select oid::text from pg_roles where rolname = c.owner) as owner_id, null::aclitem[] as privileges, c.managed, c.size, c.replication_factor from mz_shim.clusters c;
create view mz_catalog.mz_cluster_replicas as select c.id||'-r'||g as id, 'r'||g as name, c.id as cluster_id, c.size, null::text as availability_zone from mz_shim.clusters c, generate_series(1, c.replicas) g;
create view mz_catalog.mz_materialized_views as select 'u'||c.oid as id, c.oid, c.relname as name, c.relnamespace::text as schema_id, o.cluster_id from pg_class c left join mz_shim.object_cluster o on o.oid = c.oid where c.relkind = 'm';
create view mz_catalog.mz_indexes as select 'u'||c.oid as id, c.relname as name, 'u'||i.indrelid as on_id, o.cluster_id from pg_class c join pg_index i on i.indexrelid = c.oid join mz_shim.object_cluster o on o.oid = c.oid where c.relkind = 'i';
create function mz_catalog.mz_is_superuser() returns boolean language sql as $$ select rolsuper from pg_roles where rolname = current_user $$;
create function mz_catalog.mz_version() returns text language sql as $$ select 'v26.43.0 (shim)' $$;
create function mz_catalog.mz_now() returns timestamptz language sql as $$ select clock_timestamp() $$;
create function mz_catalog.has_system_privilege(p text) returns boolean language sql as $$ select rolcreatedb from pg_roles where rolname = current_user $$;
-- Materialize's information schema has the columns of materialized views, too; PostgreSQL's lacks them
create view mz_shim.columns as
  select table_schema::text, table_name::text, column_name::text, ordinal_position::int, data_type::text, character_maximum_length::int, numeric_precision::int, numeric_scale::int from information_schema.columns
  union all select n.nspname, c.relname, a.attname, a.attnum, format_type(a.atttypid, null), null, null, null
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'm' and a.attnum > 0 and not a.attisdropped;

-- mz_internal ----------------------------------------------------------------------------------
create view mz_internal.mz_cluster_schedules as select id as cluster_id, 'manual'::text as type, null::interval as refresh_hydration_time_estimate from mz_shim.clusters;
create view mz_internal.mz_comments as
  select n.oid::text as id, 'schema'::text as object_type, null::int as object_sub_id, d.description as comment from pg_description d join pg_namespace n on n.oid = d.objoid and d.classoid = 'pg_namespace'::regclass
  union all select cluster_id, 'cluster', null, comment from mz_shim.cluster_comments
  union all select 'u'||objoid, 'relation', nullif(objsubid,0), description from pg_description where classoid = 'pg_class'::regclass;
create view mz_internal.mz_internal_cluster_replicas as select ''::text as id where false;
create view mz_internal.mz_cluster_replica_status_history as
  select r.id as replica_id, clock_timestamp() - g * interval '1 minute' as occurred_at, 'oom-killed'::text as reason
  from mz_catalog.mz_cluster_replicas r join mz_shim.clusters c on c.id = r.cluster_id, generate_series(1,3) g where c.name = (select value from mz_shim.settings where key='oom_cluster');
create view mz_internal.mz_hydration_statuses as
  select 'u'||o.oid as object_id, case when told then r.id end as replica_id, told and clock_timestamp() > o.created_at + (select value::int from mz_shim.settings where key='hydrate_after_ms') * interval '1 ms' as hydrated
  from mz_shim.object_cluster o join pg_class c on c.oid = o.oid join mz_catalog.mz_cluster_replicas r on r.cluster_id = o.cluster_id,
    lateral (select clock_timestamp() > o.created_at + (select value::int from mz_shim.settings where key='report_after_ms') * interval '1 ms' as told) t
  union all select 's'||g, r.id, true from mz_catalog.mz_cluster_replicas r, generate_series(1, 32) g; -- indexes of its own, over what it is doing
create view mz_internal.mz_wallclock_global_lag as select 'u'||o.oid as object_id, (select value::int from mz_shim.settings where key='lag_ms') * interval '1 ms' as lag from mz_shim.object_cluster o;
create function mz_internal.mz_aclexplode(acl aclitem[], out grantor text, out grantee text, out privilege_type text, out is_grantable boolean) returns setof record language sql as $$ select grantor::text, grantee::text, privilege_type, is_grantable from aclexplode(acl) $$;
create view mz_internal.mz_show_default_privileges as select ''::text as object_owner, ''::text as database, ''::text as schema, ''::text as object_type, ''::text as grantee, ''::text as privilege_type where false;
create view mz_internal.mz_show_my_database_privileges as select current_user::text as grantee, datname::text as name, p as privilege_type from pg_database, unnest(array['CREATE','USAGE']) p where has_database_privilege(datname, case p when 'USAGE' then 'CONNECT' else p end);
create view mz_internal.mz_object_dependencies as
  select distinct 'u'||r.ev_class as object_id, 'u'||d.refobjid as referenced_object_id from pg_depend d join pg_rewrite r on r.oid = d.objid
  where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and r.ev_class <> d.refobjid
  union all select 'u'||indexrelid, 'u'||indrelid from pg_index
  union all select id, 'u'||upstream_oid from mz_shim.sinks where upstream_oid is not null;
create table mz_shim.ddl_of_others (event_type text, object_type text, "user" text, occurred_at timestamptz default clock_timestamp());
create view mz_catalog.mz_audit_events as select * from mz_shim.ddl_of_others;
grant usage on schema mz_catalog, mz_internal, mz_shim to public; grant select on all tables in schema mz_catalog, mz_internal, mz_shim to public; grant all on all tables in schema mz_shim to public;
grant usage on all sequences in schema mz_shim to public;
