/**
 * A database for tests of the whole road: a PostgreSQL of the test's own, and before it a proxy and a catalog that make
 * it answer dbt-materialize. What runs here shows what we send and read, not how Materialize itself behaves.
 */
package io.jenkins.plugins.dbtslim.standin;
