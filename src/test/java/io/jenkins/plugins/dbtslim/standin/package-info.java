/**
 * A database for tests of the whole road: a PostgreSQL of the test's own, and before it a proxy and a catalog that make
 * it answer dbt-materialize. README.md beside this says which of its answers were compared with a real Materialize.
 */
package io.jenkins.plugins.dbtslim.standin;
