/** Makes a report from a run: what changed by the comparison, what was selected and how it went by dbt. */
package io.jenkins.plugins.dbtslim.report.make;
