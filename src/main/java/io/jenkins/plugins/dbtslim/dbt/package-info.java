/**
 * Runs dbt: what to run as data, the driver that runs it in one process, and what came of it.
 */
package io.jenkins.plugins.dbtslim.dbt;
