/**
 * The command {@code dbt-slim}: a thin front door that wires the rooms together on a laptop or in any CI.
 */
package io.jenkins.plugins.dbtslim.cli;
