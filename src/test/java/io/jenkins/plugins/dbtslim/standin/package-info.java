/**
 * A database for tests of the whole road: a PostgreSQL of the test's own, and before it a proxy and a catalog that make
 * it answer dbt-materialize. What runs here shows what we send and read, not how Materialize itself behaves.
 *
 * <p>Which of its answers were compared with a real Materialize, v26.19 built from its public source, by dbt-core 1.11 and
 * dbt-materialize 1.9.11, and are the same there:
 *
 * <ul>
 *   <li>ids are texts ({@code u23}) and stay with schemas and clusters through a swap; comments move along
 *   <li>a swap with a name that there is not: SQLSTATE XX000, {@code unknown schema}; DDL of others while it is open: 40001
 *   <li>a wrong password and an unknown role: {@code invalid password}
 *   <li>hydration: nothing is told of a new object at first, and the replicas' own indexes are counted by dbt's macro
 *   <li>dependencies, privileges ({@code mz_aclexplode}), owners, comments, {@code pg_has_role}, {@code mz_is_superuser}
 *   <li>{@code drop cascades to} in a notice (other words in PostgreSQL, by which both are read)
 *   <li>replacements: the words of refusals for columns that are missing, more, renamed or of another type; comments go
 *   <li>a cancel request ends the running statement
 * </ul>
 *
 * <p>Other than there: a replaced object and what reads from it get new ids here; nullability and keys are not compared;
 * {@code enable_rbac_checks} is no setting; a query in a DDL transaction is not refused. Not compared, because that server
 * had none: sinks, {@code source_table}, sources other than load generators.
 */
package io.jenkins.plugins.dbtslim.standin;
